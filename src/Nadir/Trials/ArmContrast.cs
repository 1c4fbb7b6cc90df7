using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// One endpoint of an arm beside that of the trial's first arm. The arms are taken as independent: where they hold the same patients, intervals and tests do not
/// use the pairing.
/// </summary>
public sealed record ArmContrast
{
    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The first arm's name.</summary>
    public required string Reference { get; init; }

    /// <summary><c>eventFreeSurvival</c>, <c>overallSurvival</c> or <c>relapseFreeSurvival</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The log-rank test.</summary>
    public required Estimable<LogRankTest> LogRank { get; init; }

    /// <summary>Cox hazard ratio, the arm's hazard over the first arm's; tied days after Efron.</summary>
    public required Estimable<Estimate> HazardRatio { get; init; }

    /// <summary>The day up to which the restricted mean counts time.</summary>
    public required double RestrictedMeanDays { get; init; }

    /// <summary>Difference of the mean days free of the event, the arm's less the first arm's.</summary>
    public required Estimable<Contrast> RestrictedMean { get; init; }

    /// <summary>Differences of the probability of the event, by month.</summary>
    public required IReadOnlyList<RiskDifference> Risks { get; init; }
}

/// <summary>The difference of the probability of an event by a month, the arm's less the first arm's.</summary>
/// <param name="Month">The month, of 30.4375 days.</param>
/// <param name="Difference">The difference.</param>
public sealed record RiskDifference(int Month, Estimable<Contrast> Difference);
