using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// One endpoint of an arm beside that of the trial's first arm: in a counterfactual design of the same patients, with paired tests and intervals; else of different patients.
/// </summary>
public sealed record ArmContrast
{
    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The first arm's name.</summary>
    public required string Reference { get; init; }

    /// <summary>The name of <see cref="Endpoint"/> that is relapse from remission, with death in remission as the competing event.</summary>
    public const string Relapse = "relapse";

    /// <summary><c>eventFreeSurvival</c>, <c>overallSurvival</c>, <c>relapseFreeSurvival</c> or <c>relapse</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Whether the event has a competing one, so that test and hazard ratio are those of its cumulative incidence.</summary>
    public bool HasCompetingEvent => Endpoint == Relapse;

    /// <summary>Whether test, hazard ratio and differences compare the same patients, each patient a cluster; false (the default) where the arms are taken as independent.</summary>
    public bool IsPaired { get; init; }

    /// <summary>The log-rank test, of relapse Gray's; of pairs with the variance of the patients' own contributions (<see cref="PairedGroups.Test"/>).</summary>
    public required Estimable<ChiSquareTest> Test { get; init; }

    /// <summary>
    /// Cox hazard ratio, the arm's hazard over the first arm's; tied days after Efron. Of relapse the ratio of subdistribution hazards (Fine &amp; Gray 1999). Of pairs with the robust variance clustered by patient.
    /// </summary>
    public required Estimable<Estimate> HazardRatio { get; init; }

    /// <summary>The day up to which the restricted mean counts time.</summary>
    public required double RestrictedMeanDays { get; init; }

    /// <summary>Difference of the mean days free of the event, the arm's less the first arm's; a competing event does not end them.</summary>
    public required Estimable<Contrast> RestrictedMean { get; init; }

    /// <summary>Differences of the probability of the event, by month.</summary>
    public required IReadOnlyList<RiskDifference> Risks { get; init; }
}

/// <summary>The difference of the probability of an event by a month, the arm's less the first arm's.</summary>
/// <param name="Month">The month, of 30.4375 days.</param>
/// <param name="Difference">The difference.</param>
public sealed record RiskDifference(int Month, Estimable<Contrast> Difference);
