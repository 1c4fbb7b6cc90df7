using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Ensembles;

/// <summary>Simulates one model, once or in replicates, and hands on amounts at the output times.</summary>
public sealed class SimulationJob
{
    /// <summary>Output times of an extinction at most: with arrivals each looks back over the whole course.</summary>
    public const int MostTimesOfExtinction = 10_000;

    /// <summary>Replicates may hold many values, so few of them wait.</summary>
    const int LargestBlock = 64;

    readonly Network _network;
    readonly SimulationSettings _settings;
    readonly HybridPlan? _hybrid;
    readonly bool _together;

    SimulationJob(Network network, SimulationSettings settings, IReadOnlyList<string> variables)
    {
        (_network, _settings, Variables) = (network, settings, variables);
        bool isHybrid = settings.Method == SimulationMethod.Hybrid && settings.Count > 1 && Options(settings).Solver.HasLanes;
        _hybrid = isHybrid ? HybridPlan.Create(network, settings.Discrete).OrThrow() : null;
        _together = isHybrid || (settings.Method == SimulationMethod.Ssa && settings.Count > 1 && (settings.Exact ?? ExactCatalogue.Direct) == ExactCatalogue.Direct);
    }

    /// <summary>
    /// What is reported: species (amounts), then whatever else changes in time (rule variables, values that events assign). For extinction: for each clone
    /// <c>P(extinct) NAME</c>, <c>mean NAME</c> and <c>variance NAME</c>, then <c>P(extinct) all</c> where there are several.
    /// </summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Prepares a simulation.</summary>
    /// <returns>The job, or the issues that forbid the method for this model.</returns>
    /// <exception cref="ArgumentException">The settings contradict themselves.</exception>
    public static Checked<SimulationJob> Create(Model model, SimulationSettings settings)
    {
        Validate(settings);
        Network network = Network.Compile(model);
        settings = settings with { Tolerances = settings.Tolerances.For(network, settings.Times[^1]) };
        Checked<Trajectory> trial = CreateTrajectory(network, settings);
        return new Checked<SimulationJob>(
            trial.Value is null ? null : new SimulationJob(network, settings, (trial.Value as ExtinctionTrajectory)?.Variables ?? [.. OutputNames(model)]), trial.Issues);
    }

    /// <summary>Runs all replicates and hands them on in order.</summary>
    public void Run(Action<Replicate> consume, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        EnsembleWork<ReplicateSimulator, Replicate> work = new(
            _settings.Count, _settings.Threads, () => new ReplicateSimulator(_settings, Variables, _network, _hybrid, cancellation), (workspace, index) => workspace.Simulate(_settings.First + index))
        {
            LargestBlock = LargestBlock,
            Together = !_together ? null : (workspace, first, results, stop) => workspace.Simulate(_settings.First + first, results, stop),
        };
        Ensemble.Run(work, consume, progress, cancellation);
    }

    static void Validate(SimulationSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.First);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1);
        if (settings.Method is not (SimulationMethod.Hybrid or SimulationMethod.Extinction) && settings.Discrete.Count > 0)
        {
            throw new ArgumentException($"found discrete species with the method {settings.Method}; expected the hybrid method", nameof(settings));
        }

        if (settings.Method == SimulationMethod.Extinction && (settings.Discrete.Count == 0 || settings.Times.Count > MostTimesOfExtinction))
        {
            throw new ArgumentException(
                $"found {settings.Discrete.Count} clones and {settings.Times.Count} output times with the method {settings.Method}; expected a clone and at most {MostTimesOfExtinction} times", nameof(settings));
        }

        if (settings.Method == SimulationMethod.Ssa && settings.Solver is not null)
        {
            throw new ArgumentException($"found the solver {settings.Solver.Name} with the method {settings.Method}; expected the ODE or the hybrid method", nameof(settings));
        }

        if (settings.Method != SimulationMethod.Ssa && settings.Exact is not null)
        {
            throw new ArgumentException($"found the exact method {settings.Exact.Name} with the method {settings.Method}; expected exact simulation", nameof(settings));
        }

        bool ascending = settings.Times.Zip(settings.Times.Skip(1)).All(p => p.First < p.Second);
        if (settings.Times.Count == 0 || !ascending || !(settings.Times[0] >= 0) || !double.IsFinite(settings.Times[^1]))
        {
            throw new ArgumentException("expected output times that are finite, from 0 on and ascending", nameof(settings));
        }
    }

    /// <summary>What the hybrid method is told.</summary>
    internal static HybridOptions Options(SimulationSettings settings) => new()
    {
        Discrete = settings.Discrete,
        Tolerances = settings.Tolerances,
        Solver = settings.Solver ?? (settings.Method == SimulationMethod.Hybrid ? SolverCatalogue.Tsit5 : SolverCatalogue.Auto),
    };

    internal static Checked<Trajectory> CreateTrajectory(Network network, SimulationSettings settings)
    {
        HybridOptions options = Options(settings);
        if (settings.Method == SimulationMethod.Ssa)
        {
            return (settings.Exact ?? ExactCatalogue.Direct).Create(network, options);
        }

        if (settings.Method == SimulationMethod.Extinction)
        {
            Checked<ExtinctionTrajectory> extinction = ExtinctionTrajectory.Create(network, options);
            return new Checked<Trajectory>(extinction.Value, extinction.Issues);
        }

        Checked<HybridTrajectory> hybrid = HybridTrajectory.Create(network, options);
        return new Checked<Trajectory>(hybrid.Value, hybrid.Issues);
    }

    static IEnumerable<string> OutputNames(Model model)
    {
        HashSet<string> changing = [.. model.Rules.Select(r => r.Variable).Concat(model.Events.SelectMany(e => e.Assignments).Select(a => a.Variable))];
        return model.Species.Select(s => s.Name)
            .Concat(model.Compartments.Select(c => c.Name).Where(changing.Contains))
            .Concat(model.Parameters.Select(p => p.Name).Where(changing.Contains));
    }
}

/// <summary>One replicate of a simulation.</summary>
/// <param name="Index">Number of the replicate, from 0.</param>
/// <param name="Status">How it ended.</param>
/// <param name="FailedAt">Time at which it failed; null where it did not.</param>
/// <param name="Times">Output times.</param>
/// <param name="Values">For each output time one value a variable; NaN from the failure on.</param>
public sealed record Replicate(
    int Index, LaneStatus Status, double? FailedAt, IReadOnlyList<double> Times, IReadOnlyList<IReadOnlyList<double>> Values)
{
    /// <summary>The variables after the last step before the failure, for the first failures; empty for the others and without one.</summary>
    public IReadOnlyList<double> FailedState { get; init; } = [];
}
