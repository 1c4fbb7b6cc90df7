namespace Nadir.Survival;

/// <summary>The time by which half have had the event, with the interval of Brookmeyer &amp; Crowley (1982), as R's <c>quantile.survfit</c>.</summary>
public static class MedianTime
{
    // Products of fractions such as 3/4·2/3 miss one half by a few ulps.
    const double Tolerance = 1e-9;

    /// <summary>Median of a survival curve in days, bounded by the times at which the interval's bounds reach one half; NaN where it is not reached.</summary>
    /// <exception cref="ArgumentException">The curve is not a survival curve: it does not start at 1.</exception>
    public static Estimate Of(SurvivalCurve curve) =>
        curve.Start == 1
            ? new Estimate(Crossing(curve, curve.Values), Crossing(curve, curve.Lower), Crossing(curve, curve.Upper))
            : throw new ArgumentException($"The curve starts at {curve.Start}; a median is defined for survival, which starts at 1.", nameof(curve));

    /// <summary>Where a curve stays exactly at one half, the middle of that stretch.</summary>
    static double Crossing(SurvivalCurve curve, IReadOnlyList<double> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] <= 0.5 + Tolerance)
            {
                return values[i] < 0.5 - Tolerance ? curve.Times[i] : Middle(curve, values, i);
            }
        }

        return double.NaN;
    }

    static double Middle(SurvivalCurve curve, IReadOnlyList<double> values, int from)
    {
        for (int i = from; i < values.Count; i++)
        {
            if (values[i] < 0.5 - Tolerance)
            {
                return (curve.Times[from] + curve.Times[i]) / 2;
            }
        }

        return curve.Times[from];
    }
}
