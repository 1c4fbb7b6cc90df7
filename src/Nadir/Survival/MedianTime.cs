namespace Nadir.Survival;

/// <summary>The time by which half have had the event, with the interval of Brookmeyer &amp; Crowley (1982), as R's <c>quantile.survfit</c>.</summary>
public static class MedianTime
{
    /// <summary>Median of a survival curve in days, bounded by the times at which the interval's bounds reach one half; NaN where it is not reached.</summary>
    /// <exception cref="ArgumentException">The curve is not a survival curve: it does not start at 1.</exception>
    public static Estimate Of(SurvivalCurve curve) => SurvivalQuantile.Of(curve, 0.5);
}
