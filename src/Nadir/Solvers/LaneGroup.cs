using System.Numerics;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The hybrid method for several patients at once. The equations of all lanes move together, each with its own step; what is special to a
/// patient (a stop, whole numbers, a threshold crossed, an event) is done by that patient's own <see cref="HybridTrajectory"/>, which
/// looks at its lane only after steps in which there is something to see.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneGroup<T> : TrajectoryGroup
    where T : struct, ILanes<T>
{
    const int AttemptsBetweenLooks = 1024;

    readonly HybridPlan _plan;
    readonly LaneFlow<T> _flow;
    readonly LaneStepper _stepper;
    readonly LaneChecks<T> _checks;
    readonly HybridTrajectory[] _trajectories;
    readonly double[] _until = new double[T.Width];
    readonly double[] _ends = new double[T.Width];
    uint _busy;

    public LaneGroup(HybridPlan plan, HybridOptions options)
    {
        _plan = plan;
        _flow = new LaneFlow<T>(plan);
        _stepper = options.Solver.CreateLanes<T>(
            _flow, options.Tolerances, HybridTrajectory.AbsoluteTolerances(plan, options.Tolerances), HybridTrajectory.NonNegative(plan));
        _trajectories = [.. _stepper.Views.Select(view => new HybridTrajectory(plan, options, _ => view))];
        _checks = new LaneChecks<T>(plan, options, _flow, _stepper);
    }

    public override int Places => T.Width;

    public override void Run(IPatientFeed feed, CancellationToken cancellation)
    {
        _busy = 0;
        for (int lane = 0; lane < T.Width; lane++)
        {
            Refill(lane, feed);
        }

        uint attention = _busy;
        for (int attempt = 1; ; attempt++)
        {
            Attend(attention, feed);
            if (_busy == 0)
            {
                return;
            }

            if (attempt % AttemptsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            LoadLanes();
            uint accepted = _stepper.Attempt(_busy, _ends);
            attention = Failed(_busy & ~accepted) | Complete(accepted);
        }
    }

    void Refill(int lane, IPatientFeed feed)
    {
        uint bit = 1u << lane;
        _busy = feed.TryBegin(lane, _trajectories[lane], out _until[lane]) ? _busy | bit : _busy & ~bit;
    }

    /// <summary>Lets the patients that want something have it, until each can take a step.</summary>
    void Attend(uint lanes, IPatientFeed feed)
    {
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            while ((_busy & (1u << lane)) != 0 && _trajectories[lane].BeforeStep(_until[lane], out _ends[lane]) is { } reason)
            {
                if (!feed.Reached(lane, reason, out _until[lane]) || reason == StopReason.Failed)
                {
                    Refill(lane, feed);
                }
            }

            _checks.Stand(lane, _trajectories[lane].Standing);
        }
    }

    void LoadLanes()
    {
        bool changed = false;
        for (uint rest = _busy; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            changed |= _flow.Load(lane, _trajectories[lane].System);
        }

        if (changed && _flow.LiveComponentsChanged())
        {
            _stepper.UseComponents(_flow.LiveComponents);
        }
    }

    uint Failed(uint refused)
    {
        uint failed = 0;
        for (uint rest = refused; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (_stepper.Status(lane) != LaneStatus.Completed)
            {
                _trajectories[lane].Fail(_stepper.Status(lane));
                failed |= 1u << lane;
            }
        }

        return failed;
    }

    /// <summary>Takes up the accepted steps.</summary>
    /// <returns>The lanes that stand at a stop, or were looked at.</returns>
    uint Complete(uint accepted)
    {
        uint seen = accepted & _checks.Find(accepted, _trajectories, _ends);
        uint attention = seen;
        if (seen != accepted)
        {
            _checks.Record();
        }

        for (uint rest = accepted; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            _stepper.Views[lane].Moved();
            if ((seen & (1u << lane)) != 0)
            {
                _trajectories[lane].AfterStep((_checks.Crossing & (1u << lane)) != 0, (_checks.Holding & (1u << lane)) != 0);
            }
            else
            {
                _trajectories[lane].AfterQuietStep(_checks.Samples(lane));
                attention |= _stepper.Times[lane] >= _ends[lane] ? 1u << lane : 0;
            }
        }

        return attention;
    }
}
