using Nadir.Bench.Jobs;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Bench;

/// <summary>Nadir's side of the comparison: how a cohort is simulated to its output days. Everything else is independent of the engine.</summary>
sealed class NadirEngine(Network network, Solver solver)
{
    readonly HybridPlan _plan = HybridPlan.Create(network, []).OrThrow();

    /// <summary>Methods by the name the table gives the engine.</summary>
    public static IReadOnlyDictionary<string, Solver> Solvers { get; } = SolverCatalogue.All.ToDictionary(s => $"nadir-{s.Name}");

    /// <summary>Patients that the method moves at once on this processor.</summary>
    public int Lanes { get; } = solver.HasLanes ? TrajectoryGroup.WidestLanes : 1;

    /// <summary>Integrates patients on the calling thread.</summary>
    /// <param name="job">Patients and output days.</param>
    /// <param name="tolerances">Accuracy.</param>
    /// <param name="output">Receives the states [patient][day][state], NaN from a failure on.</param>
    /// <param name="patients">How many of the job's patients, from the first.</param>
    public EngineCounts Run(Job job, Tolerances tolerances, double[] output, int patients)
    {
        output.AsSpan().Fill(double.NaN);
        TrajectoryGroup group = TrajectoryGroup.Create(_plan, new HybridOptions { Tolerances = tolerances, Solver = solver }, Lanes);
        Feed feed = new(job, output, patients, group.Places);
        group.Run(feed, CancellationToken.None);
        return new EngineCounts(feed.Steps, 0, 0, feed.Failed);
    }

    /// <summary>Hands patients out and writes their states down at each output day.</summary>
    sealed class Feed(Job job, double[] output, int patients, int places) : IPatientFeed
    {
        readonly Trajectory[] _trajectories = new Trajectory[places];
        readonly int[] _patient = new int[places];
        readonly int[] _day = new int[places];
        int _next;

        public long Steps { get; private set; }

        public int Failed { get; private set; }

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = job.Days[0];
            if (_next == patients)
            {
                return false;
            }

            _trajectories[place] = trajectory;
            (_patient[place], _day[place]) = (_next++, 0);
            trajectory.Begin(job.Patient(_patient[place]), seed: 1, (ulong)_patient[place]);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            Trajectory trajectory = _trajectories[place];
            bool failed = reason == StopReason.Failed;
            int at = ((_patient[place] * job.Days.Length) + _day[place]) * job.States;
            if (!failed)
            {
                trajectory.Slots[..job.States].CopyTo(output.AsSpan(at));
                _day[place]++;
            }

            bool more = !failed && _day[place] < job.Days.Length;
            until = more ? job.Days[_day[place]] : 0;
            Steps += more ? 0 : trajectory.Steps;
            Failed += failed ? 1 : 0;
            return more;
        }
    }
}

/// <summary>What an engine counted over a cohort.</summary>
/// <param name="Steps">Steps, with the rejected ones where these are not counted apart.</param>
/// <param name="Rejected">Rejected steps; 0 where not counted apart.</param>
/// <param name="Evaluations">Right-hand sides; 0 where not counted.</param>
/// <param name="Failed">Patients that did not reach the last day.</param>
sealed record EngineCounts(long Steps, long Rejected, long Evaluations, int Failed);
