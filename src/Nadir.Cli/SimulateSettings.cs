using Nadir.Ensembles;
using Nadir.Solvers;
using Nadir.Studies;

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
    public SimulationMethod? Method { get; init; }

    /// <summary>Method for the equations; null leaves it to the simulation.</summary>
    public Solver? Solver { get; init; }

    /// <summary>Method of exact simulation; null leaves it to the simulation.</summary>
    public ExactMethod? Exact { get; init; }

    /// <summary>Relative error of a step; null for the default.</summary>
    public double? Relative { get; init; }

    /// <summary>Absolute error of a step; null for the default.</summary>
    public double? Absolute { get; init; }

    /// <summary>Steps, or firings of an exact simulation, after which a replicate is given up; null for the default.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Longest step of the equations, in the model's unit of time; null for the default.</summary>
    public double? MaxStep { get; init; }

    /// <summary>Clones that become whole numbers of cells; empty means those the model lists.</summary>
    public IReadOnlyList<DiscreteSpecies> Discrete { get; init; } = [];

    /// <summary>Replicates, which differ in their random streams only; null for 1.</summary>
    public int? Count { get; init; }

    /// <summary>Seed of every random stream; null for 1.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Worker threads; results do not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>The file to write; null for standard output.</summary>
    public string? Out { get; init; }

    /// <summary>The file for a figure; null for none.</summary>
    public string? Plot { get; init; }

    /// <summary>When to give up; null for never.</summary>
    public TimeLimit? TimeLimit { get; init; }

    public CsvShape Shape { get; init; }

    /// <summary>The part of the replicates to simulate; null for all of them.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Files of the parts to put together instead of simulating; empty for a simulation.</summary>
    public IReadOnlyList<string> Join { get; init; } = [];

    /// <summary>The replicates to simulate: the first, from 0, and how many.</summary>
    public (int First, int Count) Range
    {
        get
        {
            (long number, long of, long count) = (Shard?.Number ?? 1, Shard?.Of ?? 1, Count ?? 1);
            int first = (int)((number - 1) * count / of);
            return (first, (int)(number * count / of) - first);
        }
    }

    /// <summary>Options that were given and would change nothing with <paramref name="method"/>.</summary>
    public IEnumerable<UsageProblem> WithoutEffect(SimulationMethod method)
    {
        const string whole = "with --method ssa every species is a whole number";
        string? deterministic = Deterministic(method);
        if (Discrete.Count > 0 && method is (SimulationMethod.Ode or SimulationMethod.Ssa))
        {
            yield return DoesNotApply("--discrete", deterministic ?? whole);
        }

        foreach (UsageProblem problem in WithoutEquations(method))
        {
            yield return problem;
        }

        if (Count is not null && deterministic is not null)
        {
            yield return DoesNotApply("--count", deterministic);
        }

        if (Seed is not null && deterministic is not null)
        {
            yield return DoesNotApply("--seed", deterministic);
        }
    }

    /// <summary>Why replicates would be equal; null where they are not.</summary>
    static string? Deterministic(SimulationMethod method) => method switch
    {
        SimulationMethod.Ode => "the ODE is deterministic and every amount is a real number",
        SimulationMethod.Extinction => "with --method extinction chances are computed by formula, without draws",
        _ => null,
    };

    /// <summary>Options of the equations that <paramref name="method"/> does not integrate, and the exact method that it does not use.</summary>
    IEnumerable<UsageProblem> WithoutEquations(SimulationMethod method)
    {
        if (method != SimulationMethod.Ssa)
        {
            string equations = $"{Exact?.Name} is a method of exact simulation; for equations it is {string.Join(", ", SolverCatalogue.All.Select(s => s.Name))}, with --method ssa {Exact?.Name}";
            return Exact is null ? [] : [DoesNotApply("--solver", equations)];
        }

        const string exact = "with --method ssa every reaction fires by itself and no equation is solved";
        (string Name, bool Given, string Reason)[] options =
        [
            ("--solver", Solver is not null, $"{exact}; it takes {string.Join(", ", ExactCatalogue.All.Select(e => e.Name))}"),
            ("--rtol", Relative is not null, exact),
            ("--atol", Absolute is not null, exact),
        ];
        return options.Where(o => o.Given).Select(o => DoesNotApply(o.Name, o.Reason));
    }

    static UsageProblem DoesNotApply(string option, string reason) => new($"{option} does not apply: {reason}");
}

/// <summary>A model value to replace, <c>--set name=value</c>.</summary>
readonly record struct NamedValue(string Name, double Value);

/// <summary>The times at which a trajectory is written, in the model's unit of time, ascending.</summary>
sealed record OutputTimes(IReadOnlyList<double> Values)
{
    /// <summary><paramref name="steps"/> equal steps from 0 to <paramref name="until"/>, both ends included.</summary>
    public static OutputTimes Even(double until, int steps) =>
        new([.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? until : until * i / steps)]);
}
