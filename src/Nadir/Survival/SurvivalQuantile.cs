namespace Nadir.Survival;

/// <summary>The time by which a given share have had the event, with the interval of Brookmeyer &amp; Crowley (1982), as R's <c>quantile.survfit</c>.</summary>
public static class SurvivalQuantile
{
    // Products of fractions such as 3/4·2/3 miss one half by a few ulps.
    const double Tolerance = 1e-9;

    /// <summary>Quantile of a survival curve in days, bounded by the times at which the interval's bounds reach it; NaN where it is not reached.</summary>
    /// <param name="curve">A survival curve; the interval has its level and scale.</param>
    /// <param name="share">Share of patients with the event, between 0 and 1: 0.5 for the median.</param>
    /// <exception cref="ArgumentException">The curve is not a survival curve: it does not start at 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not between 0 and 1.</exception>
    public static Estimate Of(SurvivalCurve curve, double share)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share of patients lies between 0 and 1, for example 0.25.");
        }

        return curve.Start == 1
            ? new Estimate(Crossing(curve, curve.Values, 1 - share), Crossing(curve, curve.Lower, 1 - share), Crossing(curve, curve.Upper, 1 - share))
            : throw new ArgumentException($"The curve starts at {curve.Start}; a quantile of time is defined for survival, which starts at 1.", nameof(curve));
    }

    /// <summary>Where a curve stays exactly at the level, the middle of that stretch.</summary>
    static double Crossing(SurvivalCurve curve, IReadOnlyList<double> values, double level)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] <= level + Tolerance)
            {
                return values[i] < level - Tolerance ? curve.Times[i] : Middle(curve, values, i, level);
            }
        }

        return double.NaN;
    }

    static double Middle(SurvivalCurve curve, IReadOnlyList<double> values, int from, double level)
    {
        for (int i = from; i < values.Count; i++)
        {
            if (values[i] < level - Tolerance)
            {
                return (curve.Times[from] + curve.Times[i]) / 2;
            }
        }

        return curve.Times[from];
    }
}
