using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>A study run many times, each time with other parameters of the population and other patients: how much of the results' uncertainty is of which kind.</summary>
public sealed record Uncertainty
{
    /// <summary>Replicates that were asked for.</summary>
    public required int Replicates { get; init; }

    /// <summary>Patients in each arm of each; of an arm with allocation 1.</summary>
    public required int PatientsPerArm { get; init; }

    /// <summary>Patients in each arm of each replicate, in the order of the arms; empty (the default) where all have <see cref="PatientsPerArm"/>.</summary>
    public IReadOnlyList<int> ArmSizes { get; init; } = [];

    /// <summary>How many numbers of the population were drawn; 0 where it has none that is uncertain, and then only patients differ.</summary>
    public required int Numbers { get; init; }

    /// <summary>How many draws of a calibration the numbers were drawn from; 0 where each came from its prior.</summary>
    public int Posterior { get; init; }

    /// <summary>Draws that were thrown away because a population cannot have the values.</summary>
    public required int Refused { get; init; }

    /// <summary>Patients whose simulation failed numerically.</summary>
    public required int FailedPatients { get; init; }

    /// <summary>One row an endpoint of an arm, then of each arm less the first.</summary>
    public required IReadOnlyList<UncertainEndpoint> Rows { get; init; }
}

/// <summary>The uncertainty of one number.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Reference">The name of the arm that is subtracted; null for none.</param>
/// <param name="Parts">The parts of its variance; not estimable where too few replicates have an estimate.</param>
/// <param name="Missing">Replicates in which nobody counts for the endpoint; they are in no part.</param>
public sealed record UncertainEndpoint(TrialEndpoint Endpoint, string Arm, string? Reference, Estimable<VarianceParts> Parts, int Missing);
