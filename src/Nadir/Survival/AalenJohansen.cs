namespace Nadir.Survival;

/// <summary>
/// Cumulative incidence under competing risks (Aalen &amp; Johansen 1978). The variance is the delta-method one (Dinse &amp; Larson 1986;
/// Marubini &amp; Valsecchi 1995, equation 10.12), which without late entry equals the infinitesimal jackknife of R's multi-state <c>survfit</c>; the interval is
/// log-log on the incidence itself, as R's <c>survfit(conf.type = "log-log")</c> gives it.
/// </summary>
public static class AalenJohansen
{
    /// <summary>Estimates one curve for each cause, in the order of the causes' numbers. Where an incidence is exactly 0 or 1 its bounds are NaN.</summary>
    /// <param name="times">One entry a patient, in any order; days.</param>
    /// <param name="causes">How many causes there are, from 1; a cause without an event gives a curve that stays at 0.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <exception cref="ArgumentException">A time is negative or not finite, or a cause is not from 0 to <paramref name="causes"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1, or <paramref name="causes"/> is below 1.</exception>
    public static IReadOnlyList<SurvivalCurve> Estimate(ReadOnlySpan<CompetingTime> times, int causes, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(causes, 1);
        FollowUp[] patients = new FollowUp[times.Length];
        for (int i = 0; i < times.Length; i++)
        {
            patients[i] = FollowUp.FromOrigin(times[i].Time, times[i].Cause);
        }

        return Estimate(RiskTable.Of(patients, causes), level);
    }

    /// <summary>Estimates one curve for each cause from counts, in the order of the causes' numbers.</summary>
    /// <param name="table">Events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <param name="scale">Scale of the interval; default log-log.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<SurvivalCurve> Estimate(EventTable table, double level = 0.95, IntervalScale scale = IntervalScale.LogLog) =>
        Estimate(RiskTable.Of(table), level, scale);

    /// <summary>Estimates one curve for each cause of patients who may enter late, in the order of the causes' numbers.</summary>
    /// <param name="table">Numbers at risk, events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <param name="scale">Scale of the interval; default log-log.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<SurvivalCurve> Estimate(RiskTable table, double level = 0.95, IntervalScale scale = IntervalScale.LogLog)
    {
        double z = ProbabilityInterval.Quantile(level);
        return [.. Enumerable.Range(0, table.Causes).Select(cause => Curve(table, cause, z, scale))];
    }

    static SurvivalCurve Curve(RiskTable table, int cause, double z, IntervalScale scale)
    {
        CurveBuilder curve = new(start: 0, table.Patients);
        double survivalBefore = 1;
        double incidence = 0;
        int otherCauses = 0;
        DeltaVariance variance = default;
        foreach (RiskRow row in table.Rows)
        {
            double n = row.AtRisk;
            double d = row.AllEvents;
            otherCauses += row.AllEvents - row.Events[cause];

            // A cause that took everybody would sum to 1 only up to rounding.
            bool tookEverybody = d == n && otherCauses == 0;
            incidence = tookEverybody ? 1 : incidence + (survivalBefore * (row.Events[cause] / n));
            variance = variance.After(row, cause, survivalBefore, incidence);
            survivalBefore = d == n ? 0 : survivalBefore * ((n - d) / n);

            // Where the sum cancels to 0 it may miss it from below by rounding.
            double standardError = Math.Sqrt(Math.Max(0, variance.At(incidence)));
            curve.Add(row, row.Events[cause], ProbabilityInterval.Of(incidence, standardError, z, scale), standardError);
        }

        return curve.Build();
    }

    /// <summary>
    /// The variance of I(t) is a sum over the times s ≤ t of [I(t)-I(s)]²·g + S(s-)²·b - 2·[I(t)-I(s)]·S(s-)·c, with g = d/(n(n-d)),
    /// b = d_k(n-d_k)/n³ and c = d_k/n². Expanding I(t) leaves five running sums, so a curve costs one pass.
    /// </summary>
    readonly record struct DeltaVariance(double G, double GI, double GII, double B, double C, double CI)
    {
        public DeltaVariance After(RiskRow row, int cause, double survivalBefore, double incidence)
        {
            double n = row.AtRisk;
            double d = row.AllEvents;
            double dk = row.Events[cause];

            // When everybody left has an event, I(t)-I(s) is 0 from here on and the term with g has no part in the sum.
            double g = d == n ? 0 : d / (n * (n - d));
            double c = survivalBefore * dk / (n * n);
            double b = survivalBefore * survivalBefore * dk * (n - dk) / (n * n * n);
            return new DeltaVariance(G + g, GI + (g * incidence), GII + (g * incidence * incidence), B + b, C + c, CI + (c * incidence));
        }

        public double At(double incidence) =>
            (incidence * incidence * G) - (2 * incidence * GI) + GII + B - (2 * ((incidence * C) - CI));
    }
}
