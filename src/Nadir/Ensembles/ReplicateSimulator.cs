using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Ensembles;

/// <summary>Simulates replicates of one model, one alone or many at once, with the same result; a workspace for one thread.</summary>
sealed class ReplicateSimulator
{
    /// <summary>Failures of a thread whose state is told.</summary>
    const int MostDescribed = 5;

    readonly SimulationSettings _settings;
    readonly int _variables;
    readonly Trajectory _trajectory;
    readonly TrajectoryGroup _alone;
    readonly Lazy<TrajectoryGroup> _group;
    readonly IKernel? _outputs;
    readonly double[] _initial;
    int _described;

    public ReplicateSimulator(SimulationSettings settings, IReadOnlyList<string> variables, Network network, HybridPlan? hybrid, CancellationToken cancellation)
    {
        (_settings, _variables) = (settings, variables.Count);
        _trajectory = hybrid is null ? SimulationJob.CreateTrajectory(network, settings).OrThrow() : HybridTrajectory.Of(hybrid, SimulationJob.Options(settings));
        _trajectory.Cancellation = cancellation;
        _alone = TrajectoryGroup.Of(_trajectory);
        _group = new Lazy<TrajectoryGroup>(
            () => (hybrid is not null ? TrajectoryGroup.Create(hybrid, SimulationJob.Options(settings), TrajectoryGroup.WidestLanes)
                : _trajectory is DirectTrajectory ? TrajectoryGroup.CreateDirect(network, SimulationJob.Options(settings), TrajectoryGroup.WidestLanes) : null) ?? _alone);
        _outputs = _trajectory is ExtinctionTrajectory ? null : network.Kernel(variables.Select(network.AmountOf));
        InitialState start = new(network);
        _initial = new double[start.Count];
        start.Fill(_initial);
    }

    /// <summary>Simulates one replicate.</summary>
    public Replicate Simulate(int index)
    {
        Replicate[] results = new Replicate[1];
        _alone.Run(new Feed(this, index, 1, results), CancellationToken.None);
        Describe(results);
        return results[0];
    }

    /// <summary>Simulates replicates from <paramref name="first"/> on, at once.</summary>
    public void Simulate(int first, Replicate[] results, CancellationToken cancellation)
    {
        TrajectoryGroup group = _group.Value;
        group.Run(new Feed(this, first, group.Places, results), cancellation);
        Describe(results);
    }

    /// <summary>Adds the state to failures, in the replicates' order and not in that in which they ended.</summary>
    void Describe(Replicate[] results)
    {
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = results[i].FailedAt is null ? results[i] : results[i] with { FailedState = StateBefore(results[i].Index) };
        }
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
        _trajectory.Begin(_initial, _settings.Seed, (ulong)index);
        _ = _settings.Times.FirstOrDefault(t => _trajectory.Advance(t) == StopReason.Failed);
        _trajectory.Observer = null;
        double[] values = new double[_variables];
        _outputs.Evaluate(last.Time, last.Slots ?? _initial, values);
        return values;
    }

    void Report(Trajectory trajectory, double time, double[] values)
    {
        if (trajectory is ExtinctionTrajectory extinction)
        {
            extinction.Report(values);
        }
        else
        {
            _outputs!.Evaluate(time, trajectory.Slots, values);
        }
    }

    /// <summary>The replicates of one call.</summary>
    sealed class Feed(ReplicateSimulator simulator, int first, int places, Replicate[] results) : IPatientFeed
    {
        readonly (Trajectory Trajectory, int Number, int Stop, double[][] Values)[] _places = new (Trajectory, int, int, double[][])[places];
        int _next;

        IReadOnlyList<double> Times => simulator._settings.Times;

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = Times[0];
            if (_next == results.Length)
            {
                return false;
            }

            trajectory.Begin(simulator._initial, simulator._settings.Seed, (ulong)(first + _next));
            _places[place] = (trajectory, _next++, 0, new double[Times.Count][]);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            (Trajectory trajectory, int number, int stop, double[][] values) = _places[place];
            bool failed = reason == StopReason.Failed;
            for (int i = stop; i < (failed ? values.Length : stop + 1); i++)
            {
                values[i] = new double[simulator._variables];
                values[i].AsSpan().Fill(double.NaN);
            }

            if (!failed)
            {
                simulator.Report(trajectory, Times[stop], values[stop]);
            }

            _places[place].Stop = ++stop;
            bool goesOn = !failed && stop < values.Length;
            until = goesOn ? Times[stop] : 0;
            if (!goesOn)
            {
                results[number] = Done(trajectory, first + number, failed, values);
            }

            return goesOn;
        }

        Replicate Done(Trajectory trajectory, int index, bool failed, double[][] values)
        {
            double? failedAt = failed ? trajectory.Time : null;
            return new Replicate(index, trajectory.Status, failedAt, Times, values);
        }
    }
}
