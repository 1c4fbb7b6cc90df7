using Nadir.Documents;
using Nadir.Populations;
using Nadir.Solvers;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What a caller changes of a study file.</summary>
public sealed record TrialOverrides
{
    /// <summary>Patients in each arm; null for the study's own number.</summary>
    public int? Patients { get; init; }

    /// <summary>Seed; null for the study's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The library whose names the study uses.</summary>
    /// <value>Default: what ships.</value>
    public Library Library { get; init; } = Library.Shipped;

    /// <summary>A calibration in the place of the one that comes with the model; null for the study's own choice. Numbers that the population does not have are passed over.</summary>
    public CalibratedValues? Calibration { get; init; }

    /// <summary>Accuracy and limits of the solver.</summary>
    /// <value>Default: <see cref="TrialPlan.UsualTolerances"/>.</value>
    public Tolerances Tolerances { get; init; } = TrialPlan.UsualTolerances;

    /// <summary>Method for the equations.</summary>
    /// <value>Default: <see cref="SolverCatalogue.Tsit5"/>.</value>
    public Solver Solver { get; init; } = SolverCatalogue.Tsit5;

    /// <summary>Names of relapse mechanisms to switch on that the population does not have, or has weakly.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Names of relapse mechanisms to switch off.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}
