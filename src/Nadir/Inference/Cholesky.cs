using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>The lower triangle L of a symmetric positive definite matrix A = L·Lᵀ.</summary>
sealed class Cholesky
{
    readonly double[][] _l;

    Cholesky(double[][] l) => _l = l;

    /// <summary>Twice the sum of the logarithms of the diagonal.</summary>
    public double LogDeterminant => 2 * _l.Select((row, i) => Elementary.Log(row[i])).Sum();

    /// <summary>Factors a matrix; where it is not positive definite, a growing multiple of its diagonal is added.</summary>
    /// <exception cref="ArgumentException">An entry is not a number, or one of the diagonal is below 0.</exception>
    public static Cholesky Of(double[][] a)
    {
        for (double jitter = 0; double.IsFinite(jitter); jitter = jitter == 0 ? 1e-10 : jitter * 100)
        {
            if (TryFactor(a, jitter) is { } l)
            {
                return new Cholesky(l);
            }
        }

        throw new ArgumentException("found a matrix that no multiple of its diagonal makes positive definite, expected numbers and a diagonal of at least 0", nameof(a));
    }

    static double[][]? TryFactor(double[][] a, double jitter)
    {
        int n = a.Length;
        double[][] l = [.. a.Select(_ => new double[n])];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i][j] + (i == j ? (jitter * a[i][i]) + (jitter > 0 ? 1e-300 : 0) : 0);
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i][k] * l[j][k];
                }

                if (i == j && !(sum > 0))
                {
                    return null;
                }

                l[i][j] = i == j ? Math.Sqrt(sum) : sum / l[j][j];
            }
        }

        return l;
    }

    /// <summary>L⁻¹ times a vector.</summary>
    public double[] Forward(double[] x)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
            {
                sum -= _l[i][k] * y[k];
            }

            y[i] = sum / _l[i][i];
        }

        return y;
    }

    /// <summary>A⁻¹ times a vector.</summary>
    public double[] Solve(double[] x) => Backward(Forward(x));

    /// <summary>L⁻ᵀ times a vector: of standard normals, a draw whose covariance is A⁻¹.</summary>
    public double[] Backward(double[] x)
    {
        double[] y = [.. x];
        for (int i = y.Length - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < y.Length; k++)
            {
                y[i] -= _l[k][i] * y[k];
            }

            y[i] /= _l[i][i];
        }

        return y;
    }
}
