namespace Nadir.Survival;

/// <summary>
/// The product-limit estimator (Kaplan &amp; Meier 1958) with Greenwood's variance (Greenwood 1926) and log-log intervals.
/// At a tie the events come before the censorings: who is censored on that day was at risk of its events.
/// </summary>
public static class KaplanMeier
{
    /// <summary>Estimates survival. Where the estimate is exactly 1 or 0 its bounds are NaN: the log-log interval has no value there.</summary>
    /// <param name="times">One entry a patient, in any order; days.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static SurvivalCurve Estimate(ReadOnlySpan<SurvivalTime> times, double level = 0.95) =>
        Estimate(TimeGroup.Count(AsCauses(times), causes: 1), level);

    /// <summary>Estimates survival from counts; an event of any cause is an event.</summary>
    /// <param name="table">Events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static SurvivalCurve Estimate(EventTable table, double level = 0.95)
    {
        double z = LogLogInterval.Quantile(level);
        CurveBuilder curve = new(start: 1, table.Patients);
        double survival = 1;
        double greenwood = 0;
        foreach (TimeGroup group in TimeGroup.Of(table))
        {
            double n = group.AtRisk;
            double d = group.AllEvents;
            survival = d == n ? 0 : survival * ((n - d) / n);
            greenwood += d / (n * (n - d));
            curve.Add(group, group.AllEvents, LogLogInterval.Of(survival, survival * Math.Sqrt(greenwood), z));
        }

        return curve.Build();
    }

    static CompetingTime[] AsCauses(ReadOnlySpan<SurvivalTime> times)
    {
        CompetingTime[] causes = new CompetingTime[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            causes[i] = new CompetingTime(times[i].Time, times[i].Event ? 1 : 0);
        }

        return causes;
    }
}
