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
    readonly LaneArray _ends = new(T.Width);
    readonly bool _records;
    uint _busy;
    uint _behind;

    public LaneGroup(HybridPlan plan, HybridOptions options)
    {
        _plan = plan;
        _flow = new LaneFlow<T>(plan);
        _stepper = options.Solver.CreateLanes<T>(
            _flow, options.Tolerances, plan.AbsoluteTolerances(options.Tolerances), plan.NonNegative());
        _trajectories = [.. _stepper.Views.Select(view => new HybridTrajectory(plan, options, _ => view))];
        _checks = new LaneChecks<T>(plan, options, _flow, _stepper);
        _records = options.Recorded.Count > 0;
    }

    public override int Places => T.Width;

    public override void Run(IPatientFeed feed, CancellationToken cancellation)
    {
        (_busy, _behind) = (0, 0);
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

            LoadLanes(attention & _busy);
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
            CatchUp(lane);
            while ((_busy & (1u << lane)) != 0 && _trajectories[lane].BeforeStep(_until[lane], out _ends[lane]) is { } reason)
            {
                if (!feed.Reached(lane, reason, out _until[lane]) || reason == StopReason.Failed)
                {
                    Refill(lane, feed);
                }
            }

            _checks.Expect(lane, _trajectories[lane]);
        }
    }

    /// <summary>Tells a patient of the quiet steps that were taken since it was looked at last.</summary>
    void CatchUp(int lane)
    {
        if ((_behind & (1u << lane)) != 0)
        {
            _behind &= ~(1u << lane);
            _stepper.Views[lane].Moved();
            _trajectories[lane].FallBehind();
        }
    }

    void LoadLanes(uint lanes)
    {
        bool changed = false;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            changed |= _flow.Load(lane, _trajectories[lane].System);
        }

        if (changed && _flow.LiveChanged())
        {
            _stepper.UseComponents(_flow.Live);
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
        uint ended = T.Bits(T.LessOrEqual(T.Load(in _ends[0]), T.Load(in _stepper.Times[0]))) & accepted;
        uint seen = _checks.Find(accepted, ended);
        uint told = _records ? _checks.Record() & accepted : 0;
        _behind |= accepted;
        for (uint rest = seen | told; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            CatchUp(lane);
            if ((seen & (1u << lane)) != 0)
            {
                _trajectories[lane].AfterStep((_checks.Crossing & (1u << lane)) != 0, (_checks.Holding & (1u << lane)) != 0, _checks.Samples(lane));
            }
            else
            {
                _trajectories[lane].Recorder?.Recorded(_trajectories[lane], _checks.Samples(lane));
                _checks.Heed(lane, _trajectories[lane]);
            }
        }

        return seen | ended;
    }
}
