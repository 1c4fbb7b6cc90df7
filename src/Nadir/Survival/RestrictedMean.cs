namespace Nadir.Survival;

/// <summary>
/// Restricted mean survival time: the mean time free of the event up to a given day, which is the area under the Kaplan-Meier curve (Irwin 1949; Royston &amp; Parmar
/// 2013), with the variance of Greenwood's kind of Meier (1975), as R's <c>survfit</c> prints it.
/// </summary>
public static class RestrictedMean
{
    /// <summary>The mean of one group.</summary>
    /// <param name="table">Numbers at risk, events and censorings by time.</param>
    /// <param name="untilDays">The day up to which time is counted; above 0.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable where nobody was followed until that day, where no event happened before it, or where those at risk came to nobody in between.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="untilDays"/> is not above 0 and finite, or <paramref name="level"/> not between 0 and 1.</exception>
    public static Estimable<RestrictedMeanTime> Of(RiskTable table, double untilDays, double level = 0.95)
    {
        if (!(untilDays > 0 && double.IsFinite(untilDays)))
        {
            throw new ArgumentOutOfRangeException(nameof(untilDays), untilDays, "Time is counted up to a finite day above 0.");
        }

        SurvivalCurve curve = KaplanMeier.Estimate(table);
        if (double.IsNaN(curve.At(untilDays).Value))
        {
            return Estimable<RestrictedMeanTime>.Not(table.Patients == 0 ? "there are no patients" : $"nobody was followed until day {untilDays:0.##}");
        }

        if (table.Rows.Index().Any(r => r.Item.Days < untilDays && r.Item.AtRisk > 0 && r.Item.AllEvents == r.Item.AtRisk && table.Rows.Skip(r.Index + 1).Any(later => later.AtRisk > 0)))
        {
            return Estimable<RestrictedMeanTime>.Not("all who were at risk had the event before others entered, so that the curve is 0 where patients are still followed");
        }

        RiskRow[] events = [.. table.Rows.Where(r => r.AllEvents > 0 && r.Days < untilDays)];
        return events.Length == 0
            ? Estimable<RestrictedMeanTime>.Not($"no event happened before day {untilDays:0.##}, so that the variance has no estimate")
            : Estimable<RestrictedMeanTime>.Of(Area(events, untilDays, level));
    }

    /// <summary>The first group's mean less the second's.</summary>
    /// <param name="first">A group.</param>
    /// <param name="second">An independent group.</param>
    /// <param name="untilDays">The day up to which time is counted; above 0.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable where one of the means is not.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="untilDays"/> is not above 0 and finite, or <paramref name="level"/> not between 0 and 1.</exception>
    public static Estimable<Contrast> Difference(RiskTable first, RiskTable second, double untilDays, double level = 0.95) =>
        Of(first, untilDays).Then(a => Of(second, untilDays).Then(b => Estimable<Contrast>.Of(Contrast.Of(
            a.Mean.Value - b.Mean.Value, Math.Sqrt((a.StandardError * a.StandardError) + (b.StandardError * b.StandardError)), level))));

    /// <summary>From the last event back, so that the area after each is at hand for its part of the variance.</summary>
    static RestrictedMeanTime Area(RiskRow[] events, double untilDays, double level)
    {
        double[] survival = new double[events.Length];
        double s = 1;
        for (int i = 0; i < events.Length; i++)
        {
            s *= (double)(events[i].AtRisk - events[i].AllEvents) / events[i].AtRisk;
            survival[i] = s;
        }

        double area = 0;
        double variance = 0;
        for (int i = events.Length - 1; i >= 0; i--)
        {
            double until = i + 1 < events.Length ? events[i + 1].Days : untilDays;
            area += survival[i] * (until - events[i].Days);
            double n = events[i].AtRisk;
            double d = events[i].AllEvents;
            variance += d == n ? 0 : area * area * d / (n * (n - d));
        }

        Contrast mean = Contrast.Of(area + events[0].Days, Math.Sqrt(variance), level);
        return new RestrictedMeanTime(mean.Difference, mean.StandardError);
    }
}

/// <summary>A restricted mean survival time.</summary>
/// <param name="Mean">Days, with the normal interval.</param>
/// <param name="StandardError">Its standard error, days.</param>
public sealed record RestrictedMeanTime(Estimate Mean, double StandardError);
