using System.Globalization;

namespace Nadir.Numerics;

/// <summary>Sample quantiles by linear interpolation of the order statistics: type 7 of Hyndman &amp; Fan (1996), the default of R.</summary>
public static class Quantiles
{
    /// <summary>The quantile of values in any order, which stay as they are.</summary>
    /// <param name="values">At least one value, none of them NaN.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty or holds NaN.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in [0, 1].</exception>
    public static double Of(ReadOnlySpan<double> values, double probability)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, probability);
    }

    /// <summary>The quantile of values in ascending order; allocates nothing.</summary>
    /// <param name="sorted">At least one value, ascending, none of them NaN.</param>
    /// <param name="probability">From 0 to 1.</param>
    /// <exception cref="ArgumentException"><paramref name="sorted"/> is empty or starts with NaN, where sorting puts it.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in [0, 1].</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
        {
            throw new ArgumentException("Found no values; expected at least one.", nameof(sorted));
        }

        if (double.IsNaN(sorted[0]))
        {
            throw new ArgumentException("Found NaN; expected numbers. Leave out missing values first.", nameof(sorted));
        }

        if (!(probability >= 0.0 && probability <= 1.0))
        {
            string found = probability.ToString("R", CultureInfo.InvariantCulture);
            throw new ArgumentOutOfRangeException(nameof(probability), $"Found {found}; expected a probability from 0 to 1.");
        }

        double position = (sorted.Length - 1) * probability;
        int below = (int)Math.Floor(position);
        double fraction = position - below;
        double lower = sorted[below];
        return fraction == 0.0 || lower == sorted[below + 1] ? lower : lower + fraction * (sorted[below + 1] - lower);
    }
}
