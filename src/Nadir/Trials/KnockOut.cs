using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>What each relapse mechanism of a study contributes: the study beside itself without the mechanism, on the same patients with the same random streams.</summary>
public sealed record KnockOut
{
    /// <summary>The month at which fates are compared, of 30.4375 days from infusion, and the month of the endpoints.</summary>
    public required int Month { get; init; }

    /// <summary>One entry an arm, in the study's order.</summary>
    public required IReadOnlyList<KnockOutArm> Arms { get; init; }

    /// <summary>Mechanisms that were not switched off, and why: those that are off in this study.</summary>
    public required IReadOnlyList<MechanismLeftOut> LeftOut { get; init; }
}

/// <summary>A mechanism that a knock-out table does not show.</summary>
/// <param name="Mechanism">Its name.</param>
/// <param name="Title">For people.</param>
/// <param name="Reason">Why.</param>
public sealed record MechanismLeftOut(string Mechanism, string Title, string Reason);

/// <summary>One arm of a knock-out table.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Fates">In the study, the share of patients with each <see cref="FirstEvent"/> by the month, in its order (Wilson intervals).</param>
/// <param name="Rows">One row a mechanism; the one that costs most event-free survival first.</param>
public sealed record KnockOutArm(string Arm, IReadOnlyList<Estimate> Fates, IReadOnlyList<KnockOutRow> Rows);

/// <summary>What one mechanism contributes in one arm. Every contribution is the study's value less the value without the mechanism: above 0 where the mechanism makes it more frequent.</summary>
public sealed record KnockOutRow
{
    /// <summary>The mechanism's name.</summary>
    public required string Mechanism { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What the mechanism is catalogued to lead to.</summary>
    public required string RelapseClass { get; init; }

    /// <summary>Patients compared with themselves.</summary>
    public required int Patients { get; init; }

    /// <summary>Patients left out because their simulation failed with or without the mechanism.</summary>
    public required int Failed { get; init; }

    /// <summary>Patients whose first event by the month is another one, or comes or stays away, without the mechanism.</summary>
    public required int Changed { get; init; }

    /// <summary>Contribution to the share of patients with each <see cref="FirstEvent"/> by the month, in its order; they sum to 0. Paired intervals after Agresti &amp; Min (2005).</summary>
    public required IReadOnlyList<Estimate> Fates { get; init; }

    /// <summary>Contribution to endpoints as the study defines them.</summary>
    public required IReadOnlyList<EndpointContribution> Endpoints { get; init; }
}

/// <summary>Contribution to an endpoint.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Contribution">The study's value less that without the mechanism, paired.</param>
public sealed record EndpointContribution(TrialEndpoint Endpoint, Estimable<Contrast> Contribution);
