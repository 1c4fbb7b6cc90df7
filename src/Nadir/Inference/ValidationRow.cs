using Nadir.Evidence;
using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>A published result beside what is simulated for it.</summary>
/// <param name="Target">The published result.</param>
/// <param name="Median">Simulated median over the draws of the population.</param>
/// <param name="Lower">Lower end of the 90% predictive interval: what a trial of the published size would show.</param>
/// <param name="Upper">Upper end of it.</param>
/// <param name="Discrepancy">Simulated less published on the target's scale, over the standard deviations of both.</param>
public sealed record ValidationRow(Target Target, double Median, double Lower, double Upper, double Discrepancy)
{
    const double Z90 = 1.6448536269514722;

    /// <summary>What it is for.</summary>
    public TargetRole Role => Target.Result.Role;

    /// <summary>True where the simulated median lies in the published interval, or within the bounds of a structural result.</summary>
    public bool Inside => Target.Holds(Median);

    /// <summary>False where nobody in the virtual cohort tells, so that all numbers are NaN.</summary>
    public bool IsEstimated => !double.IsNaN(Median);

    /// <summary>True where it lies inside, or outside as committed; on either side where that is borderline.</summary>
    public bool AsExpected => IsEstimated && (Target.Result.IsBorderline || Inside == Target.Result.Misses is null);

    /// <summary>A row from the statistics of the draws.</summary>
    /// <param name="target">The published result.</param>
    /// <param name="draws">One statistic a draw of the population; those that could not be estimated are left out.</param>
    internal static ValidationRow Of(Target target, IEnumerable<Statistic> draws)
    {
        Statistic[] known = [.. draws.Where(s => double.IsFinite(s.Place) && double.IsFinite(s.Variance))];
        if (known.Length == 0)
        {
            return new ValidationRow(target, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double median = Quantiles.Of([.. known.Select(s => s.Place)], 0.5);
        double mean = known.Average(s => s.Place);
        double between = known.Average(s => (s.Place - mean) * (s.Place - mean));

        double chance = known.Average(s => s.Variance);
        double spread = Spread(between, chance, known.Length);
        double trial = target.Result.Patients is { } patients ? known.Average(s => s.UnitVariance) / patients : double.IsFinite(target.Sd) ? target.Sd * target.Sd : 0;
        double half = Z90 * Math.Sqrt(spread + trial);
        double error = Math.Sqrt((target.Sd * target.Sd) + spread);
        return new ValidationRow(
            target,
            TargetScales.From(target.Scale, median),
            TargetScales.From(target.Scale, median - half),
            TargetScales.From(target.Scale, median + half),
            (median - target.Place) / error);
    }

    /// <summary>
    /// Variance by what is not known about the population. Each draw has patients of its own, so that the spread of the draws holds chance among them, which is taken out; that of the median
    /// over draws stays. One draw alone has no spread, and chance among its patients is all.
    /// </summary>
    internal static double Spread(double between, double chance, int draws) => draws > 1 ? Math.Max(0, between - chance) + (chance / draws) : chance;
}
