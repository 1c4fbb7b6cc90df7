namespace Nadir.Numerics;

/// <summary>
/// One row of a design for variance-based sensitivity, of the points A and B and the mixed points that are A with one factor taken from B. Where the output f is itself an estimate, squares and
/// products are unbiased ones.
/// </summary>
/// <param name="Level">(f(A) + f(B)) / 2.</param>
/// <param name="Whole">(f(A) - f(B))² / 2.</param>
/// <param name="Steps">For each factor f(mixed) - f(A).</param>
/// <param name="Products">For each factor f(B) (f(mixed) - f(A)).</param>
/// <param name="Squares">For each factor (f(mixed) - f(A))² / 2.</param>
public sealed record SobolRow(double Level, double Whole, IReadOnlyList<double> Steps, IReadOnlyList<double> Products, IReadOnlyList<double> Squares)
{
    /// <summary>The row of an output that is known exactly.</summary>
    /// <param name="a">f(A).</param>
    /// <param name="b">f(B).</param>
    /// <param name="mixed">f at A with one factor taken from B, one a factor.</param>
    public static SobolRow Exact(double a, double b, IReadOnlyList<double> mixed) => new(
        (a + b) / 2,
        (a - b) * (a - b) / 2,
        [.. mixed.Select(m => m - a)],
        [.. mixed.Select(m => b * (m - a))],
        [.. mixed.Select(m => (m - a) * (m - a) / 2)]);
}

/// <summary>An index with its bootstrap interval.</summary>
/// <param name="Value">The estimate; it may lie outside 0 to 1 by chance.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public readonly record struct SobolIndex(double Value, double Lower, double Upper);

/// <summary>
/// Indices of variance-based sensitivity (Sobol 1993; Homma &amp; Saltelli 1996) by the estimators that Saltelli et al. (2010, Computer Physics Communications 181:259, table 2) recommend: (b) for
/// the first order, with the output centred, and (f), of Jansen (1999), for the total. Percentile bootstrap intervals over rows (Archer, Saltelli &amp; Sobol 1997).
/// </summary>
public sealed record SobolIndices
{
    /// <summary>The output's variance over the factors; at or below 0 where chance hides it, and then the indices are NaN.</summary>
    public required SobolIndex Variance { get; init; }

    /// <summary>For each factor the share of the variance that goes when the factor is known: its effect by itself.</summary>
    public required IReadOnlyList<SobolIndex> First { get; init; }

    /// <summary>For each factor the share of the variance that stays when all others are known: its effect with all its interactions.</summary>
    public required IReadOnlyList<SobolIndex> Total { get; init; }

    /// <summary>Estimates the indices.</summary>
    /// <param name="rows">At least two rows with as many factors each.</param>
    /// <param name="stream">Draws the bootstrap samples.</param>
    /// <param name="resamples">Bootstrap samples, at least 1.</param>
    /// <param name="level">Level of the two-sided intervals; default 0.95.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, or they differ in their factors.</exception>
    public static SobolIndices Of(IReadOnlyList<SobolRow> rows, RandomStream stream, int resamples = 1000, double level = 0.95)
    {
        int factors = rows.Count < 2 ? 0 : rows[0].Squares.Count;
        if (rows.Count < 2 || rows.Any(r => r.Squares.Count != factors || r.Products.Count != factors || r.Steps.Count != factors))
        {
            throw new ArgumentException($"Found {rows.Count} rows; expected at least two, all with the same factors.", nameof(rows));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        double[] estimate = Estimates(rows, all);
        double[][] samples = [.. estimate.Select(_ => new double[resamples])];
        int[] drawn = new int[rows.Count];
        for (int b = 0; b < resamples; b++)
        {
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = (int)(stream.NextUniform() * rows.Count);
            }

            foreach ((int i, double value) in Estimates(rows, drawn).Index())
            {
                samples[i][b] = value;
            }
        }

        SobolIndex[] indices = [.. estimate.Select((value, i) => Interval(value, samples[i], level))];
        return new SobolIndices { Variance = indices[0], First = indices[1..(factors + 1)], Total = indices[(factors + 1)..] };
    }

    /// <summary>Variance, then first-order, then total indices.</summary>
    static double[] Estimates(IReadOnlyList<SobolRow> rows, int[] drawn)
    {
        int factors = rows[0].Squares.Count;
        double whole = 0;
        double level = 0;
        double[] steps = new double[factors];
        double[] sums = new double[1 + (2 * factors)];
        foreach (int row in drawn)
        {
            SobolRow r = rows[row];
            whole += r.Whole;
            level += r.Level / drawn.Length;
            for (int f = 0; f < factors; f++)
            {
                steps[f] += r.Steps[f];
                sums[1 + f] += r.Products[f];
                sums[1 + factors + f] += r.Squares[f];
            }
        }

        sums[0] = whole / drawn.Length;
        for (int i = 1; i < sums.Length; i++)
        {
            double centred = i <= factors ? sums[i] - (level * steps[i - 1]) : sums[i];
            sums[i] = whole > 0 ? centred / whole : double.NaN;
        }

        return sums;
    }

    // A sample without variance says nothing about shares of it.
    static SobolIndex Interval(double value, double[] samples, double level)
    {
        double[] sorted = [.. samples.Where(s => !double.IsNaN(s)).Order()];
        return sorted.Length == 0 || double.IsNaN(value)
            ? new SobolIndex(value, double.NaN, double.NaN)
            : new SobolIndex(value, Quantiles.OfSorted(sorted, (1 - level) / 2), Quantiles.OfSorted(sorted, (1 + level) / 2));
    }
}
