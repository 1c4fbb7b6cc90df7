using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// What analyses of one arm by treatment received say of a transplant, beside its true effect, which a simulation knows from the same patients without it. The event
/// is relapse or death; time counts from infusion; patients are at risk from their remission on.
/// </summary>
public sealed record TransplantEffect
{
    /// <summary>The arm with the transplant.</summary>
    public required string Arm { get; init; }

    /// <summary>The arm that is the same but for the transplant.</summary>
    public required string Reference { get; init; }

    /// <summary>The landmark, in days from infusion: the median day of the transplants.</summary>
    public required double LandmarkDay { get; init; }

    /// <summary>The day up to which restricted means count time.</summary>
    public required double RestrictedMeanDays { get; init; }

    /// <summary>The analyses, in the order of <see cref="TransplantAnalysis"/>.</summary>
    public required IReadOnlyList<TransplantComparison> Comparisons { get; init; }

    /// <summary>How far the naive, the two landmark and the time-dependent analyses are from the true effect, with the error of that.</summary>
    public IReadOnlyList<TransplantGap> Gaps { get; init; } = [];
}

/// <summary>How far an analysis is from the true effect.</summary>
/// <param name="Analysis">Which.</param>
/// <param name="FromTruth">The analysis less the true effect; of hazard ratios the quotient.</param>
/// <param name="Nearer">The naive analysis's distance from the true effect less this one's, without their signs; of hazard ratios the quotient, above 1 where this analysis is nearer. Null for the naive analysis.</param>
public sealed record TransplantGap(TransplantAnalysis Analysis, TransplantDistance FromTruth, TransplantDistance? Nearer);

/// <summary>A distance on each scale, with the 95% interval over samples of patients (bootstrap).</summary>
public sealed record TransplantDistance
{
    /// <summary>A quotient of hazard ratios; 1 for no distance.</summary>
    public required Estimable<Estimate> HazardRatio { get; init; }

    /// <summary>A difference of differences of mean days free of relapse and death.</summary>
    public required Estimable<Contrast> RestrictedMean { get; init; }

    /// <summary>Differences of risk differences, by month.</summary>
    public required IReadOnlyList<RiskDifference> Risks { get; init; }
}

/// <summary>How patients with and without a transplant are compared.</summary>
public enum TransplantAnalysis
{
    /// <summary>Transplanted at any time against never transplanted, as if the groups had been known at remission: the transplanted are credited with the time they had to survive to become so (immortal time).</summary>
    Naive,

    /// <summary>Those without an event at the landmark, by whether they were transplanted by then (Anderson, Cain &amp; Gelber 1983).</summary>
    Landmark,

    /// <summary>The landmark analysis among those who had met the rule for a transplant by then, with a donor or without: what the rule looks at is the same in both groups.</summary>
    LandmarkEligible,

    /// <summary>Cox model in which a patient changes groups at the transplant.</summary>
    TimeDependent,

    /// <summary>The two groups of the landmark analysis as they fare when nobody is transplanted: what is left of a difference here is selection, above all by MRD.</summary>
    Selection,

    /// <summary>The two groups of <see cref="LandmarkEligible"/> as they fare when nobody is transplanted: what is left is by whom the rule could be carried out, chance where only a donor decides.</summary>
    SelectionEligible,

    /// <summary>The transplanted beside themselves without the transplant, from it on: the average effect among the treated.</summary>
    True,
}

/// <summary>One analysis.</summary>
/// <param name="Analysis">Which.</param>
/// <param name="Transplanted">Patients in the group with a transplant.</param>
/// <param name="Others">Patients they are compared with.</param>
public sealed record TransplantComparison(TransplantAnalysis Analysis, int Transplanted, int Others)
{
    /// <summary>Hazard ratio of relapse or death, transplanted over others (Cox, Efron); of <see cref="TransplantAnalysis.True"/> with the robust variance clustered by patient.</summary>
    public required Estimable<Estimate> HazardRatio { get; init; }

    /// <summary>Difference of the mean days free of relapse and death.</summary>
    public required Estimable<Contrast> RestrictedMean { get; init; }

    /// <summary>Differences of the probability of relapse or death, by month from infusion.</summary>
    public required IReadOnlyList<RiskDifference> Risks { get; init; }
}
