using System.Runtime.Intrinsics;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>A workspace of one thread that takes patients from a feed and moves them through time, several at once where the method can.</summary>
public abstract class TrajectoryGroup
{
    /// <summary>How many patients it moves at once.</summary>
    public abstract int Places { get; }

    /// <summary>Lanes that the processor's widest vectors hold.</summary>
    public static int WidestLanes =>
        Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;

    /// <summary>Simulates every patient of the feed.</summary>
    /// <param name="feed">The patients.</param>
    /// <param name="cancellation">Looked at between stops of patients; on lanes also now and then between steps.</param>
    public abstract void Run(IPatientFeed feed, CancellationToken cancellation);

    /// <summary>A group of one: patients one after another.</summary>
    public static TrajectoryGroup Of(Trajectory trajectory) => new Single(trajectory);

    /// <summary>A group for a plan: on lanes where the solver has them.</summary>
    /// <param name="plan">The plan; threads may share it.</param>
    /// <param name="options">What the hybrid method is told.</param>
    /// <param name="lanes">Patients at once: 1, 2, 4 or 8. The results do not depend on it.</param>
    internal static TrajectoryGroup Create(HybridPlan plan, HybridOptions options, int lanes) => (CanUseLanes(plan, options), lanes) switch
    {
        (true, 8) => options.Solver.CreateGroup<Lanes8>(plan, options),
        (true, 4) => options.Solver.CreateGroup<Lanes4>(plan, options),
        (true, 2) => options.Solver.CreateGroup<Lanes2>(plan, options),
        (true, 1) => options.Solver.CreateGroup<Lanes1>(plan, options),
        (true, _) => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "expected 1, 2, 4 or 8 lanes"),
        _ => new Single(HybridTrajectory.Of(plan, options)),
    };

    /// <summary>Reactions from which on rates of several replicates are computed at once: for fewer, what is done one by one costs more.</summary>
    internal const int FewestForLanes = 32;

    /// <summary>A group for exact simulation by the direct method; null where its rates change in time or are interpreted, or where lanes do not pay.</summary>
    internal static TrajectoryGroup? CreateDirect(Network network, HybridOptions options, int lanes) =>
        network.Model.Reactions.Count < FewestForLanes || new ReactionDependencies(network).AnyMovesInTime || DirectTrajectory.Rates(network).Instructions.Count > Network.LongestCompiled ? null
        : lanes switch
        {
            8 => new LaneDirectGroup<Lanes8>(network, options),
            4 => new LaneDirectGroup<Lanes4>(network, options),
            2 => new LaneDirectGroup<Lanes2>(network, options),
            1 => new LaneDirectGroup<Lanes1>(network, options),
            _ => throw new ArgumentOutOfRangeException(nameof(lanes), lanes, "expected 1, 2, 4 or 8 lanes"),
        };

    /// <summary>Very long programs are interpreted, one patient at a time.</summary>
    static bool CanUseLanes(HybridPlan plan, HybridOptions options) =>
        options.Solver.HasLanes && plan.Flow.Program.Body.Instructions.Count <= Network.LongestCompiled;

    sealed class Single(Trajectory trajectory) : TrajectoryGroup
    {
        public override int Places => 1;

        public override void Run(IPatientFeed feed, CancellationToken cancellation)
        {
            while (feed.TryBegin(0, trajectory, out double until))
            {
                StopReason reason;
                do
                {
                    cancellation.ThrowIfCancellationRequested();
                    reason = trajectory.Advance(until);
                }
                while (feed.Reached(0, reason, out until) && reason != StopReason.Failed);
            }
        }
    }
}
