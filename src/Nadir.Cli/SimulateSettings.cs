namespace Nadir.Cli;

/// <summary>What <c>nadir simulate</c> was asked to do.</summary>
sealed record SimulateSettings
{
    /// <summary>An Antimony file, or the name of a library model.</summary>
    public required string Model { get; init; }

    /// <summary>Values that replace the model's.</summary>
    public IReadOnlyList<NamedValue> Set { get; init; } = [];

    public required OutputTimes Times { get; init; }

    /// <summary>Null: hybrid where clones are discrete (<see cref="Discrete"/>, or the model's own list), else ODE.</summary>
    public SimulateMethod? Method { get; init; }

    /// <summary>Clones that become whole numbers of cells; empty means those the model lists.</summary>
    public IReadOnlyList<DiscreteClone> Discrete { get; init; } = [];

    /// <summary>Replicates; they differ in their random streams only.</summary>
    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Worker threads; results do not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>The file to write; null for standard output.</summary>
    public string? Out { get; init; }

    public CsvShape Shape { get; init; }
}

/// <summary>How trajectories are computed.</summary>
enum SimulateMethod
{
    /// <summary>Deterministic: every amount is a real number.</summary>
    Ode,

    /// <summary>Clones below a threshold are whole numbers of cells, the rest is an ODE.</summary>
    Hybrid,

    /// <summary>Every reaction happens one by one (exact, slow for many cells).</summary>
    Ssa,
}

/// <summary>A model value to replace, <c>--set name=value</c>.</summary>
readonly record struct NamedValue(string Name, double Value);

/// <summary>A clone that turns discrete, <c>--discrete NAME[:THRESHOLD]</c>; the threshold is in cells, null for the default.</summary>
readonly record struct DiscreteClone(string Name, double? Threshold);

/// <summary>The times at which a trajectory is written, in the model's unit of time, ascending.</summary>
sealed record OutputTimes(IReadOnlyList<double> Values)
{
    /// <summary><paramref name="steps"/> equal steps from 0 to <paramref name="until"/>, both ends included.</summary>
    public static OutputTimes Even(double until, int steps) =>
        new([.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? until : until * i / steps)]);
}
