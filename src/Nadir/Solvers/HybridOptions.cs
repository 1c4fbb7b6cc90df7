using Nadir.Expressions;

namespace Nadir.Solvers;

/// <summary>What the hybrid method is told.</summary>
public sealed record HybridOptions
{
    /// <summary>Species that turn discrete; none makes the method an ODE solver.</summary>
    public IReadOnlyList<DiscreteSpecies> Discrete { get; init; } = [];

    /// <summary>Accuracy and limits.</summary>
    public Tolerances Tolerances { get; init; } = new();

    /// <summary>Method for the equations. Default <see cref="SolverCatalogue.Tsit5"/>.</summary>
    public Solver Solver { get; init; } = SolverCatalogue.Tsit5;

    /// <summary>Quantities that are sampled along every step for the trajectory's <see cref="Trajectory.Recorder"/>.</summary>
    public IReadOnlyList<Expr> Recorded { get; init; } = [];

    /// <summary>A condition the caller waits for with <see cref="Trajectory.Arm"/>; null for none.</summary>
    public Expr? Watch { get; init; }

    /// <summary>Simulate every discrete species event by event, never by the closed form. For exact simulation of networks whose rates change in time.</summary>
    internal bool ForceEvents { get; init; }
}
