using Nadir.Solvers;

namespace Nadir.Ensembles;

/// <summary>What a model's symbols mean in a simulation.</summary>
public enum SimulationMethod
{
    /// <summary>Every species is an amount that changes continuously.</summary>
    Ode,

    /// <summary>Named species are whole numbers below their threshold, everything else is an ODE.</summary>
    Hybrid,

    /// <summary>Every species is a whole number; each reaction fires by itself.</summary>
    Ssa,

    /// <summary>For each named species the chance that it is extinct, mean and variance of its number, by formula along the ODE.</summary>
    Extinction,
}

/// <summary>A simulation of one model.</summary>
public sealed record SimulationSettings
{
    /// <summary>Method. Default <see cref="SimulationMethod.Ode"/>.</summary>
    public SimulationMethod Method { get; init; }

    /// <summary>Species that turn discrete; only with <see cref="SimulationMethod.Hybrid"/> and <see cref="SimulationMethod.Extinction"/>, which needs one.</summary>
    public IReadOnlyList<DiscreteSpecies> Discrete { get; init; } = [];

    /// <summary>Output times, ascending, from 0 on, in the model's time unit.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Replicates. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Number of the first replicate, from 0, for a part of a simulation. Default 0.</summary>
    public int First { get; init; }

    /// <summary>Seed. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads. Default 1; the results do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Method for ordinary differential equations. Null, the default, leaves it to the simulation: <see cref="SolverCatalogue.Auto"/> for an
    /// ODE and for extinction, <see cref="SolverCatalogue.Tsit5"/> for a hybrid. An exact simulation takes none.
    /// </summary>
    public Solver? Solver { get; init; }

    /// <summary>Method of exact simulation, only with <see cref="SimulationMethod.Ssa"/>. Null, the default, is <see cref="ExactCatalogue.Direct"/>.</summary>
    public ExactMethod? Exact { get; init; }

    /// <summary>Accuracy and limits.</summary>
    public Tolerances Tolerances { get; init; } = new();
}
