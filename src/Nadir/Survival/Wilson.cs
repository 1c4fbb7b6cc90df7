using System.Globalization;

namespace Nadir.Survival;

/// <summary>The score interval of a binomial proportion (Wilson 1927), without continuity correction.</summary>
public static class Wilson
{
    /// <summary>The proportion with its interval; all NaN when <paramref name="n"/> is 0.</summary>
    /// <param name="successes">How many of <paramref name="n"/>; a fraction where a published proportion does not come from whole counts.</param>
    /// <param name="n">Trials.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="successes"/> is not from 0 to <paramref name="n"/>, or <paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimate Interval(double successes, int n, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (!(successes >= 0 && successes <= n))
        {
            throw new ArgumentOutOfRangeException(nameof(successes), successes, string.Create(CultureInfo.InvariantCulture, $"Successes are counted from 0 to the {n} trials."));
        }

        double z = ProbabilityInterval.Quantile(level);
        if (n == 0)
        {
            return new Estimate(double.NaN, double.NaN, double.NaN);
        }

        double p = successes / n;
        double scale = 1 + (z * z / n);
        double centre = (p + (z * z / (2.0 * n))) / scale;
        double halfWidth = z / scale * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n)));

        // The bounds are exactly 0 and 1 there; the formula misses them by rounding.
        double lower = successes == 0 ? 0 : centre - halfWidth;
        double upper = successes == n ? 1 : centre + halfWidth;
        return new Estimate(p, lower, upper);
    }
}
