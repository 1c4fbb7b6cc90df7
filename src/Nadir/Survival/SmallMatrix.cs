using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>Systems as small as the number of covariates, with symmetric positive matrices.</summary>
static class SmallMatrix
{
    // A pivot this small beside its diagonal is rounding: the columns depend on each other.
    const double Dependent = 1e-11;

    public static double[][] Zero(int order)
    {
        double[][] matrix = new double[order][];
        for (int i = 0; i < order; i++)
        {
            matrix[i] = new double[order];
        }

        return matrix;
    }

    /// <summary>The inverse; null where the matrix is singular or not finite.</summary>
    public static double[][]? Inverse(IReadOnlyList<double[]> matrix)
    {
        int n = matrix.Count;
        if (!IsPositive(matrix))
        {
            return null;
        }

        DenseLu lu = new(n);
        for (int i = 0; i < n; i++)
        {
            matrix[i].CopyTo(lu.Matrix[(i * n)..]);
        }

        return lu.TryFactor() ? Columns(lu, n) : null;
    }

    /// <summary>x'A x.</summary>
    public static double Quadratic(IReadOnlyList<double[]> matrix, IReadOnlyList<double> x)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Count; i++)
        {
            sum += x[i] * Dot(matrix[i], x);
        }

        return sum;
    }

    public static double[] Times(IReadOnlyList<double[]> matrix, IReadOnlyList<double> x) => [.. matrix.Select(row => Dot(row, x))];

    public static double Dot(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    static double[][] Columns(DenseLu lu, int n)
    {
        double[][] inverse = Zero(n);
        for (int i = 0; i < n; i++)
        {
            inverse[i][i] = 1;
            lu.Solve(inverse[i]);
        }

        // Rounding leaves the two halves unequal in their last bits.
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                inverse[i][j] = inverse[j][i] = (inverse[i][j] + inverse[j][i]) / 2;
            }
        }

        return inverse;
    }

    /// <summary>Cholesky's factors exist, with pivots that are more than rounding.</summary>
    static bool IsPositive(IReadOnlyList<double[]> matrix)
    {
        double[][] factor = Zero(matrix.Count);
        for (int i = 0; i < matrix.Count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i][j] - Dot(factor[i][..j], factor[j][..j]);
                if (i == j && !(sum > Dependent * matrix[i][i] && double.IsFinite(sum)))
                {
                    return false;
                }

                factor[i][j] = i == j ? Math.Sqrt(sum) : sum / factor[j][j];
            }
        }

        return true;
    }
}
