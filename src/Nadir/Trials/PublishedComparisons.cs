using Nadir.Evidence;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Sets published results beside those of a simulated arm.</summary>
static class PublishedComparisons
{
    /// <summary>Comparable results that the trial followed patients long enough for, in the order of the trials.</summary>
    public static IReadOnlyList<PublishedComparison> Of(ArmResult arm, TrialPlan plan, IReadOnlyList<PublishedTrial> trials, CitationTable citations) =>
        [.. from trial in trials
            from result in trial.Results
            where result.IsComparable && IsFollowed(result, plan)
            let simulated = Simulated(arm, result)
            where simulated is not null
            select new PublishedComparison(
                Name(result), citations.Find(result.Citation.Key)?.Short ?? result.Citation.Key, Published(result), result.Origin != IntervalOrigin.Published, simulated.Value) { IsAdjusted = result.Role == TargetRole.Adjusted }];

    /// <summary>Remission by month 3 needs the assessment at month 3, a survival probability its month.</summary>
    static bool IsFollowed(PublishedResult result, TrialPlan plan) => result.Quantity == "remission3Months"
        ? plan.RemissionDays.Contains(plan.NonResponseDay)
        : (result.Month ?? 0) * Duration.DaysPerMonth <= plan.HorizonDays;

    static Estimate Published(PublishedResult result)
    {
        if (result.Basis == IntervalBasis.Published)
        {
            return new Estimate(result.Estimate, result.Lower!.Value, result.Upper!.Value);
        }

        Estimate wilson = Wilson.Interval(result.EffectiveEvents!.Value, result.Patients!.Value);
        return wilson with { Value = result.Estimate };
    }

    static Estimate? Simulated(ArmResult arm, PublishedResult result)
    {
        double day = (result.Month ?? 0) * Duration.DaysPerMonth;
        return result.Quantity switch
        {
            "remission3Months" => arm.Remission3Months,
            "rfs" => arm.RelapseFreeSurvival.At(day),
            "efs" => arm.EventFreeSurvival.At(day),
            "os" => arm.OverallSurvival.At(day),
            "crsAny" => arm.CytokineRelease?.Any,
            "crsGrade3" => arm.CytokineRelease?.Severe,
            "relapseShareCd19Positive" => Share(arm, "cd19-positive"),
            "relapseShareCd19Negative" => Share(arm, "cd19-negative-or-low"),
            "relapseShareLineageSwitch" => Share(arm, "lineage-switch"),
            _ => null,
        };
    }

    static Estimate Share(ArmResult arm, string phenotype) =>
        Wilson.Interval(arm.Relapse.Single(r => r.Phenotype == phenotype).Count, arm.Relapse.Sum(r => r.Count));

    static string Name(PublishedResult result) => result.Quantity switch
    {
        "remission3Months" => "Remission by month 3",
        "rfs" => FormattableString.Invariant($"Relapse-free survival at {result.Month} months"),
        "efs" => FormattableString.Invariant($"Event-free survival at {result.Month} months"),
        "os" => FormattableString.Invariant($"Overall survival at {result.Month} months"),
        "crsAny" => "Cytokine release syndrome of any grade",
        "crsGrade3" => "Cytokine release syndrome of grade 3 or more",
        "relapseShareCd19Positive" => "Share of relapses that are CD19-positive",
        "relapseShareCd19Negative" => "Share of relapses that are CD19-negative or low",
        "relapseShareLineageSwitch" => "Share of relapses that are lineage switch",
        _ => throw new ArgumentException($"found the quantity \"{result.Quantity}\", expected one the trial reports", nameof(result)),
    };
}
