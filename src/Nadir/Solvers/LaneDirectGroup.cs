using System.Numerics;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The direct method for several replicates at once: their rates, the sums of these and the logarithms of the waits are computed together, one replicate
/// a lane; which reaction fires, and what happens then, each replicate's own <see cref="DirectTrajectory"/> decides.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneDirectGroup<T> : TrajectoryGroup
    where T : struct, ILanes<T>
{
    /// <summary>Firings after which a run looks whether it is to stop.</summary>
    const int FiringsBetweenLooks = 4096;

    readonly DirectTrajectory[] _trajectories;
    readonly LaneKernel<T>.Body _body;
    readonly int _reactions;
    readonly LaneArray _slots;
    readonly LaneArray _rates;
    readonly LaneArray _time = new(T.Width);
    readonly LaneArray _totals = new(T.Width);
    readonly LaneArray _waits = new(T.Width);
    readonly double[] _until = new double[T.Width];
    readonly LaneRates[] _known;
    uint _busy;
    uint _stale;

    /// <summary>Workspaces for a network whose rates do not change in time.</summary>
    public LaneDirectGroup(Network network, HybridOptions options)
    {
        _trajectories = [.. Enumerable.Range(0, T.Width).Select(_ => new DirectTrajectory(network, options))];
        _body = LaneKernel<T>.Compile(DirectTrajectory.Rates(network), 0);
        _reactions = network.Model.Reactions.Count;
        _slots = new LaneArray(network.SlotNames.Count * T.Width);
        _rates = new LaneArray(Math.Max(1, _reactions) * T.Width);
        _known = [.. Enumerable.Range(0, T.Width).Select(lane => new LaneRates(_rates, lane, T.Width))];
        for (int lane = 0; lane < T.Width; lane++)
        {
            _trajectories[lane].TakeFrom(_known[lane]);
        }
    }

    public override int Places => T.Width;

    public override void Run(IPatientFeed feed, CancellationToken cancellation)
    {
        (_busy, _stale) = (0, 0);
        for (int lane = 0; lane < T.Width; lane++)
        {
            Refill(lane, feed);
        }

        for (int firing = 1; ; firing++)
        {
            Attend(feed);
            if (_busy == 0)
            {
                return;
            }

            if (firing % FiringsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            Load();
            uint negative = Evaluate();
            Draw();
            for (uint rest = _busy; rest != 0; rest &= rest - 1)
            {
                Step(BitOperations.TrailingZeroCount(rest), negative);
            }
        }
    }

    void Refill(int lane, IPatientFeed feed)
    {
        uint bit = 1u << lane;
        _busy = feed.TryBegin(lane, _trajectories[lane], out _until[lane]) ? _busy | bit : _busy & ~bit;
        _stale |= bit;
    }

    /// <summary>Lets replicates at their stops have it, until each can go on.</summary>
    void Attend(IPatientFeed feed)
    {
        for (uint rest = _busy; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            while ((_busy & (1u << lane)) != 0 && _trajectories[lane].BeforeStep(_until[lane]) is { } reason)
            {
                _stale |= 1u << lane;
                if (!feed.Reached(lane, reason, out _until[lane]) || reason == StopReason.Failed)
                {
                    Refill(lane, feed);
                }
            }
        }
    }

    /// <summary>Takes over the slots of replicates in which more than a firing has changed them.</summary>
    void Load()
    {
        for (uint rest = _stale & _busy; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            ReadOnlySpan<double> slots = _trajectories[lane].Slots;
            for (int s = 0; s < slots.Length; s++)
            {
                _slots[(s * T.Width) + lane] = slots[s];
            }
        }

        _stale = 0;
    }

    /// <summary>Rates and their sums.</summary>
    /// <returns>Lanes with a negative rate and none that is not a number.</returns>
    uint Evaluate()
    {
        _body(ref _time[0], ref _slots[0], ref _slots[0], ref _rates[0]);
        T total = default;
        T negative = default;
        T isNumber = T.Equal(default, default);
        for (int at = 0; at < _reactions * T.Width; at += T.Width)
        {
            T rate = T.Load(in _rates[at]);
            total += rate;
            negative |= T.Less(rate, default);
            isNumber &= T.Equal(rate, rate);
        }

        T.Store(total, ref _totals[0]);
        return T.Bits(negative & isNumber);
    }

    /// <summary>The waits for the next firings.</summary>
    void Draw()
    {
        for (int lane = 0; lane < T.Width; lane++)
        {
            bool draws = ((_busy >> lane) & 1) != 0 && _totals[lane] > 0;
            _waits[lane] = draws ? _trajectories[lane].NextUniform() : 0.5;
        }

        T.Store(-LaneMath.Log(T.Load(in _waits[0])) / T.Load(in _totals[0]), ref _waits[0]);
    }

    void Step(int lane, uint negative)
    {
        DirectTrajectory trajectory = _trajectories[lane];
        LaneRates known = _known[lane];
        (known.Total, known.Wait) = (_totals[lane], _waits[lane]);
        known.Status = ((negative >> lane) & 1) != 0 ? LaneStatus.NegativeRate : double.IsFinite(known.Total) ? LaneStatus.Completed : LaneStatus.NotFinite;
        trajectory.Step(_until[lane]);
        if (trajectory.ChangesOfStep is not { } changes)
        {
            _stale |= 1u << lane;
            return;
        }

        foreach (NetChange change in changes)
        {
            _slots[(change.Slot * T.Width) + lane] = trajectory.Slots[change.Slot];
        }
    }
}

/// <summary>What lanes have found for one replicate before its next firing.</summary>
/// <param name="rates">Rates of all replicates, side by side.</param>
/// <param name="lane">The replicate's lane.</param>
/// <param name="width">Number of lanes.</param>
sealed class LaneRates(LaneArray rates, int lane, int width)
{
    /// <summary>The first rate.</summary>
    public ref double First => ref rates[lane];

    /// <summary>From one rate to the next, in doubles.</summary>
    public int Width => width;

    /// <summary><see cref="LaneStatus.Completed"/>, or what is wrong with the rates.</summary>
    public LaneStatus Status { get; set; }

    /// <summary>Sum of the rates.</summary>
    public double Total { get; set; }

    /// <summary>Time to the next firing, where the sum is above zero.</summary>
    public double Wait { get; set; }
}
