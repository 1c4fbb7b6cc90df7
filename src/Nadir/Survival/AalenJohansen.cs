namespace Nadir.Survival;

/// <summary>
/// Cumulative incidence under competing risks (Aalen &amp; Johansen 1978). The variance is the delta-method one (Dinse &amp; Larson 1986;
/// Marubini &amp; Valsecchi 1995, equation 10.12), which equals the infinitesimal jackknife of R's multi-state <c>survfit</c>; the interval is
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
        return Estimate(TimeGroup.Count(times, causes), level);
    }

    /// <summary>Estimates one curve for each cause from counts, in the order of the causes' numbers.</summary>
    /// <param name="table">Events and censorings by time.</param>
    /// <param name="level">Level of the two-sided interval at each time; default 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static IReadOnlyList<SurvivalCurve> Estimate(EventTable table, double level = 0.95)
    {
        double z = LogLogInterval.Quantile(level);
        List<TimeGroup> groups = TimeGroup.Of(table);
        return [.. Enumerable.Range(0, table.Causes).Select(cause => Curve(groups, cause, table.Patients, z))];
    }

    static SurvivalCurve Curve(List<TimeGroup> groups, int cause, int patients, double z)
    {
        CurveBuilder curve = new(start: 0, patients);
        double survivalBefore = 1;
        double incidence = 0;
        int otherCauses = 0;
        DeltaVariance variance = default;
        foreach (TimeGroup group in groups)
        {
            double n = group.AtRisk;
            double d = group.AllEvents;
            otherCauses += group.AllEvents - group.Events[cause];

            // A cause that took everybody would sum to 1 only up to rounding.
            bool tookEverybody = d == n && otherCauses == 0;
            incidence = tookEverybody ? 1 : incidence + (survivalBefore * (group.Events[cause] / n));
            variance = variance.After(group, cause, survivalBefore, incidence);
            survivalBefore = d == n ? 0 : survivalBefore * ((n - d) / n);
            curve.Add(group, group.Events[cause], LogLogInterval.Of(incidence, Math.Sqrt(variance.At(incidence)), z));
        }

        return curve.Build();
    }

    /// <summary>
    /// The variance of I(t) is a sum over the times s ≤ t of [I(t)-I(s)]²·g + S(s-)²·b - 2·[I(t)-I(s)]·S(s-)·c, with g = d/(n(n-d)),
    /// b = d_k(n-d_k)/n³ and c = d_k/n². Expanding I(t) leaves five running sums, so a curve costs one pass.
    /// </summary>
    readonly record struct DeltaVariance(double G, double GI, double GII, double B, double C, double CI)
    {
        public DeltaVariance After(TimeGroup group, int cause, double survivalBefore, double incidence)
        {
            double n = group.AtRisk;
            double d = group.AllEvents;
            double dk = group.Events[cause];

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
