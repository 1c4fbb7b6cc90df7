namespace Nadir.Solvers;

/// <summary>
/// Gauss-Legendre nodes on a panel from 0 to 1, exact for polynomials up to degree 15, with the integrals from 0 to each node of the polynomial through
/// the values (collocation at Gauss points; Hairer, Nørsett and Wanner 1993, section II.7).
/// </summary>
static class GaussPanel
{
    /// <summary>Number of nodes.</summary>
    public const int Count = 8;

    static readonly double[] HalfAbscissae = [0.96028985649753623168, 0.79666647741362673959, 0.52553240991632898582, 0.18343464249564980494];
    static readonly double[] HalfWeights = [0.10122853629037625915, 0.22238103445337447054, 0.31370664587788728734, 0.36268378337836198297];

    static readonly double[] Abscissae = [.. HalfAbscissae.Select(x => -x), .. HalfAbscissae.Reverse()];
    static readonly double[] FullWeights = [.. HalfWeights, .. HalfWeights.Reverse()];
    static readonly double[] NodeTable = [.. Abscissae.Select(x => 0.5 * (1 + x))];
    static readonly double[] WeightTable = [.. FullWeights.Select(w => 0.5 * w)];
    static readonly double[] PartialTable = Partials();
    static readonly double[] LastCoefficients = Coefficients(Count - 1);
    static readonly double[] SecondLastCoefficients = Coefficients(Count - 2);

    /// <summary>Positions of the nodes.</summary>
    public static ReadOnlySpan<double> Nodes => NodeTable;

    /// <summary>Weights of the integral over the panel.</summary>
    public static ReadOnlySpan<double> Weights => WeightTable;

    /// <summary>The integral over the panel.</summary>
    public static double Whole(ReadOnlySpan<double> values) => Dot(WeightTable, values);

    /// <summary>The integral from 0 to a node.</summary>
    public static double UpTo(int node, ReadOnlySpan<double> values) => Dot(PartialTable.AsSpan(node * Count, Count), values);

    /// <summary>How large the two highest terms of the polynomial through the values are: small where the panel resolves the function.</summary>
    public static double Roughness(ReadOnlySpan<double> values) => Math.Abs(Dot(LastCoefficients, values)) + Math.Abs(Dot(SecondLastCoefficients, values));

    static double Dot(ReadOnlySpan<double> weights, ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += weights[i] * values[i];
        }

        return sum;
    }

    /// <summary>The polynomial through the values in Legendre polynomials, each integrated by (P[k+1] - P[k-1])/(2k + 1).</summary>
    static double[] Partials()
    {
        double[] partials = new double[Count * Count];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                for (int k = 0; k < Count; k++)
                {
                    double integral = k == 0 ? Abscissae[i] + 1 : (Legendre(k + 1, Abscissae[i]) - Legendre(k - 1, Abscissae[i])) / ((2 * k) + 1);
                    partials[(i * Count) + j] += 0.25 * ((2 * k) + 1) * FullWeights[j] * Legendre(k, Abscissae[j]) * integral;
                }
            }
        }

        return partials;
    }

    static double[] Coefficients(int k) => [.. Abscissae.Select((x, j) => 0.5 * ((2 * k) + 1) * FullWeights[j] * Legendre(k, x))];

    static double Legendre(int k, double x)
    {
        (double before, double value) = (0, 1);
        for (int n = 0; n < k; n++)
        {
            (before, value) = (value, ((((2 * n) + 1) * x * value) - (n * before)) / (n + 1));
        }

        return value;
    }
}
