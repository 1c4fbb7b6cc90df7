using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>How arms are compared.</summary>
public enum PrimaryTest
{
    /// <summary>The log-rank test, stratified where the randomisation is.</summary>
    LogRank,

    /// <summary>Gray's test of the cumulative incidence of relapse, stratified where the randomisation is.</summary>
    Gray,

    /// <summary>The difference of the event's probability at one month (Kaplan-Meier, or Aalen-Johansen for the incidence of relapse).</summary>
    Milestone,
}

/// <summary>The comparison that decides a randomised trial, and when it is made.</summary>
public sealed record PrimaryAnalysis
{
    /// <summary>Index of the arm that is tested.</summary>
    public required int Arm { get; init; }

    /// <summary>Index of the arm it is compared with.</summary>
    /// <value>Default: 0, the first.</value>
    public int Reference { get; init; }

    /// <summary>The endpoint.</summary>
    public required ProtocolEndpoint Endpoint { get; init; }

    /// <summary>Whether only infused patients are compared, from the infusion on; else all who are enrolled, from enrolment on (intention to treat).</summary>
    /// <value>Default: all who are enrolled.</value>
    public bool OnlyInfused { get; init; }

    /// <summary>How the arms are compared.</summary>
    /// <value>Default: the log-rank test.</value>
    public PrimaryTest Test { get; init; }

    /// <summary>The day of the milestone, from the endpoint's origin; NaN for another test.</summary>
    public double MilestoneDay { get; init; } = double.NaN;

    /// <summary>Type I error over all looks and both sides; above 0, below 1.</summary>
    /// <value>Default: 0.05, two-sided.</value>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Whether the trial can show harm as well as benefit.</summary>
    /// <value>Default: both sides.</value>
    public BoundarySides Sides { get; init; } = BoundarySides.Two;

    /// <summary>Events in the two arms together at which the final analysis is made; null for an analysis at the data cut-off whatever their number.</summary>
    public int? Events { get; init; }

    /// <summary>Interim looks, as shares of <see cref="Events"/>: ascending, above 0 and below 1.</summary>
    public IReadOnlyList<double> Looks { get; init; } = [];

    /// <summary>How the type I error is spent over looks.</summary>
    /// <value>Default: O'Brien and Fleming.</value>
    public SpendingFunction Spending { get; init; } = SpendingFunction.OBrienFleming;

    /// <summary>
    /// A trial stops for futility at a look where the conditional power under the current trend falls below this; 0 (the default) for never. It is not binding: the
    /// boundaries do not count on it.
    /// </summary>
    public double FutilityConditionalPower { get; init; }

    /// <summary>The power that a search for the size aims at; null for no search.</summary>
    public double? TargetPower { get; init; }

    /// <summary>The looks and the final analysis as shares of the events.</summary>
    public IReadOnlyList<double> InformationFractions => [.. Looks, 1];
}
