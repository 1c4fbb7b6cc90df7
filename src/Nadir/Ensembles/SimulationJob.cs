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

    readonly Network _network;
    readonly SimulationSettings _settings;

    SimulationJob(Network network, SimulationSettings settings, IReadOnlyList<string> variables) =>
        (_network, _settings, Variables) = (network, settings, variables);

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
        Checked<Trajectory> trial = CreateTrajectory(network, settings);
        return new Checked<SimulationJob>(
            trial.Value is null ? null : new SimulationJob(network, settings, (trial.Value as ExtinctionTrajectory)?.Variables ?? [.. OutputNames(model)]), trial.Issues);
    }

    /// <summary>Runs all replicates and hands them on in order.</summary>
    public void Run(Action<Replicate> consume, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        EnsembleWork<Workspace, Replicate> work = new(
            _settings.Count, _settings.Threads, () => new Workspace(this), (workspace, index) => workspace.Simulate(index));
        Ensemble.Run(work, consume, progress, cancellation);
    }

    static void Validate(SimulationSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Count, 1);
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

    static Checked<Trajectory> CreateTrajectory(Network network, SimulationSettings settings)
    {
        HybridOptions options = new() { Discrete = settings.Discrete, Tolerances = settings.Tolerances };
        if (settings.Method == SimulationMethod.Ssa)
        {
            return (settings.Exact ?? ExactCatalogue.Direct).Create(network, options);
        }

        Solver solver = settings.Solver ?? (settings.Method == SimulationMethod.Hybrid ? SolverCatalogue.Tsit5 : SolverCatalogue.Auto);
        if (settings.Method == SimulationMethod.Extinction)
        {
            Checked<ExtinctionTrajectory> extinction = ExtinctionTrajectory.Create(network, options with { Solver = solver });
            return new Checked<Trajectory>(extinction.Value, extinction.Issues);
        }

        Checked<HybridTrajectory> hybrid = HybridTrajectory.Create(network, options with { Solver = solver });
        return new Checked<Trajectory>(hybrid.Value, hybrid.Issues);
    }

    static IEnumerable<string> OutputNames(Model model)
    {
        HashSet<string> changing = [.. model.Rules.Select(r => r.Variable).Concat(model.Events.SelectMany(e => e.Assignments).Select(a => a.Variable))];
        return model.Species.Select(s => s.Name)
            .Concat(model.Compartments.Select(c => c.Name).Where(changing.Contains))
            .Concat(model.Parameters.Select(p => p.Name).Where(changing.Contains));
    }

    /// <summary>Failures of a thread whose state is told.</summary>
    const int MostDescribed = 5;

    /// <summary>What one thread needs.</summary>
    sealed class Workspace
    {
        readonly SimulationJob _job;
        readonly Trajectory _trajectory;
        readonly IKernel? _outputs;
        readonly double[] _initial;
        int _described;

        public Workspace(SimulationJob job)
        {
            _job = job;
            _trajectory = CreateTrajectory(job._network, job._settings).OrThrow();
            _outputs = _trajectory is ExtinctionTrajectory ? null : job._network.Kernel(job.Variables.Select(job._network.AmountOf));
            InitialState start = new(job._network);
            _initial = new double[start.Count];
            start.Fill(_initial);
        }

        public Replicate Simulate(int index)
        {
            IReadOnlyList<double> times = _job._settings.Times;
            double[][] values = new double[times.Count][];
            _trajectory.Begin(_initial, _job._settings.Seed, (ulong)index);
            double? failedAt = null;
            for (int i = 0; i < times.Count; i++)
            {
                values[i] = new double[_job.Variables.Count];
                if (failedAt is null && _trajectory.Advance(times[i]) == StopReason.Failed)
                {
                    failedAt = _trajectory.Time;
                }

                if (failedAt is null)
                {
                    Report(times[i], values[i]);
                }
                else
                {
                    Array.Fill(values[i], double.NaN);
                }
            }

            LaneStatus status = _trajectory.Status;
            return new Replicate(index, status, failedAt, times, values) { FailedState = failedAt is null ? [] : StateBefore(index) };
        }

        /// <summary>The variables after the last step before a failure, from a second simulation that looks on; for the first failures only.</summary>
        double[] StateBefore(int index)
        {
            if (_outputs is null || _described++ >= MostDescribed)
            {
                return [];
            }

            LastStep last = new();
            _trajectory.Observer = last;
            _trajectory.Begin(_initial, _job._settings.Seed, (ulong)index);
            _ = _job._settings.Times.FirstOrDefault(t => _trajectory.Advance(t) == StopReason.Failed);
            _trajectory.Observer = null;
            double[] values = new double[_job.Variables.Count];
            _outputs.Evaluate(last.Time, last.Slots ?? _initial, values);
            return values;
        }

        void Report(double time, double[] values)
        {
            if (_trajectory is ExtinctionTrajectory extinction)
            {
                extinction.Report(values);
            }
            else
            {
                _outputs!.Evaluate(time, _trajectory.Slots, values);
            }
        }
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
