namespace Nadir.Survival;

/// <summary>
/// The product-limit estimator (Kaplan &amp; Meier 1958) with Greenwood's variance (Greenwood 1926).
/// At a tie the events come before the censorings: who is censored on that day was at risk of its events.
/// </summary>
public static class KaplanMeier
{
    /// <summary>Estimates survival. Where the estimate is exactly 1 or 0 its bounds are NaN: no interval has a value there.</summary>
    /// <param name="times">One entry a patient, in any order; days.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <param name="scale">Scale of the interval; default log-log.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static SurvivalCurve Estimate(ReadOnlySpan<SurvivalTime> times, double level = 0.95, IntervalScale scale = IntervalScale.LogLog)
    {
        FollowUp[] patients = new FollowUp[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            patients[i] = FollowUp.FromOrigin(times[i].Time, times[i].Event ? 1 : 0);
        }

        return Estimate(RiskTable.Of(patients), level, scale);
    }

    /// <summary>Estimates survival from counts; an event of any cause is an event.</summary>
    /// <param name="table">Events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <param name="scale">Scale of the interval; default log-log.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static SurvivalCurve Estimate(EventTable table, double level = 0.95, IntervalScale scale = IntervalScale.LogLog) =>
        Estimate(RiskTable.Of(table), level, scale);

    /// <summary>Estimates survival of patients who may enter late; an event of any cause is an event.</summary>
    /// <param name="table">Numbers at risk, events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <param name="scale">Scale of the interval; default log-log.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static SurvivalCurve Estimate(RiskTable table, double level = 0.95, IntervalScale scale = IntervalScale.LogLog)
    {
        double z = ProbabilityInterval.Quantile(level);
        CurveBuilder curve = new(start: 1, table.Patients);
        double survival = 1;
        double greenwood = 0;
        foreach (RiskRow row in table.Rows)
        {
            double n = row.AtRisk;
            double d = row.AllEvents;
            survival = d == n ? 0 : survival * ((n - d) / n);
            greenwood += d / (n * (n - d));
            double standardError = survival == 0 ? double.NaN : survival * Math.Sqrt(greenwood);
            curve.Add(row, row.AllEvents, ProbabilityInterval.Of(survival, standardError, z, scale), standardError);
        }

        return curve.Build();
    }
}
