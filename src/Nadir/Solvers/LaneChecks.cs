using System.Numerics;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Finds the lanes whose last step a patient's own trajectory has to look at, by the conditions that it would look for.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneChecks<T>
    where T : struct, ILanes<T>
{
    const int Quarters = StepSamples.Parts;

    readonly HybridPlan _plan;
    readonly LaneFlow<T> _flow;
    readonly LaneStepper _stepper;
    readonly LaneKernel<T>.Body? _watch;
    readonly int _hazard;
    readonly int[] _clones;
    readonly LaneKernel<T>.Body? _recorded;
    readonly int[] _read;
    readonly int[] _recordedRead;
    readonly LaneArray _samples = new((Quarters + 1) * T.Width);
    readonly double[] _laneSamples = new double[Quarters + 1];
    readonly LaneArray _standing;
    readonly LaneArray _inside;
    readonly LaneArray _middle;
    readonly LaneArray _time = new(T.Width);
    readonly LaneArray _value = new(T.Width);

    public LaneChecks(HybridPlan plan, HybridOptions options, LaneFlow<T> flow, LaneStepper stepper)
    {
        (_plan, _flow, _stepper) = (plan, flow, stepper);
        _hazard = plan.Dimension - 1;
        _clones = [.. plan.Clones.Select(c => c.Slot)];
        _standing = new LaneArray(Math.Max(1, _clones.Length) * T.Width);
        _inside = new LaneArray(stepper.Dimension * T.Width);
        _middle = new LaneArray(stepper.Dimension * T.Width);
        (_read, _recordedRead) = ([], []);
        if (options.Watch is { } watch)
        {
            KernelProgram program = plan.Network.Lower([watch]);
            _watch = plan.LaneBody<T>(program);
            _read = StepSamples.Read(program, plan.Network.DynamicCount);
        }

        if (options.Recorded is { } quantity)
        {
            KernelProgram program = plan.Network.Lower([quantity]);
            _recorded = plan.LaneBody<T>(program);
            _recordedRead = StepSamples.Read(program, plan.Network.DynamicCount);
        }
    }

    /// <summary>Lanes in which a continuous clone fell below its threshold.</summary>
    public uint Crossing { get; private set; }

    /// <summary>Lanes in which the watched condition held.</summary>
    public uint Holding { get; private set; }

    /// <summary>Takes the whole numbers that stand in a lane until they are drawn next.</summary>
    public void Stand(int lane, ReadOnlySpan<double> slots)
    {
        for (int c = 0; c < _clones.Length; c++)
        {
            _standing[(c * T.Width) + lane] = slots[_clones[c]];
        }
    }

    /// <summary>The lanes to look at.</summary>
    public uint Find(uint accepted, HybridTrajectory[] trajectories, double[] ends)
    {
        uint found = 0;
        uint armed = 0;
        uint due = Due();
        for (uint rest = accepted; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            HybridTrajectory trajectory = trajectories[lane];
            bool looks = trajectory.LooksAtEveryStep || trajectory.Fires(_stepper.Before[(_hazard * T.Width) + lane], _stepper.State[(_hazard * T.Width) + lane]);
            bool draws = trajectory.System.HasActive && ((due & (1u << lane)) != 0 || _stepper.Times[lane] >= ends[lane]);
            found |= looks || draws ? 1u << lane : 0;
            armed |= trajectory.IsArmed ? 1u << lane : 0;
        }

        Crossing = Crossings() & accepted;
        Holding = armed == 0 ? 0 : Watched(armed);
        return found | Crossing | Holding;
    }

    /// <summary>Lanes in which a clone of the closed form has to be drawn; see <see cref="CloneSampler.IsDue"/>.</summary>
    uint Due()
    {
        T longest = T.Broadcast(CloneSampler.LongestSpan);
        T found = default;
        foreach (int rho in _flow.Followed)
        {
            found |= T.Less(longest, T.Abs(T.Load(in _stepper.State[rho]))) | T.Less(longest, T.Load(in _stepper.State[rho + T.Width]));
        }

        return T.Bits(found);
    }

    /// <summary>Samples the recorded quantity along the last step of every lane.</summary>
    public void Record()
    {
        for (int quarter = 0; quarter <= Quarters && _recorded is not null; quarter++)
        {
            _stepper.AtQuarter(quarter, _recordedRead, _inside);
            SetTimes(quarter);
            _recorded(ref _time[0], ref _inside[0], ref _flow.Slots[0], ref _samples[quarter * T.Width]);
        }
    }

    /// <summary>One lane's samples; they are overwritten by those of the next.</summary>
    public ReadOnlySpan<double> Samples(int lane)
    {
        if (_recorded is null)
        {
            return default;
        }

        for (int quarter = 0; quarter <= Quarters; quarter++)
        {
            _laneSamples[quarter] = _samples[(quarter * T.Width) + lane];
        }

        return _laneSamples;
    }

    void SetTimes(int quarter)
    {
        for (int lane = 0; lane < T.Width; lane++)
        {
            double start = _stepper.PreviousTime(lane);
            _time[lane] = start + (quarter / (double)Quarters * (_stepper.Times[lane] - start));
        }
    }

    /// <summary>Lanes in which a continuous clone is below its threshold in the middle or at the end of the step.</summary>
    uint Crossings()
    {
        if (_clones.Length == 0)
        {
            return 0;
        }

        _stepper.AtQuarter(Quarters / 2, _clones, _middle);
        T zero = default;
        T found = default;
        for (int c = 0; c < _clones.Length; c++)
        {
            int at = _clones[c] * T.Width;
            T threshold = T.Broadcast(_plan.Clones[c].Species.Threshold);
            T below = T.Less(T.Load(in _middle[at]), threshold) | T.Less(T.Load(in _stepper.State[at]), threshold);
            T keeps = T.Less(zero, T.Load(in _flow.Slots[_plan.Flow.KeepsSlot(c) * T.Width]));
            found |= below & keeps;
        }

        return T.Bits(found);
    }

    /// <summary>Lanes in which the watched condition holds at a quarter of the step.</summary>
    uint Watched(uint armed)
    {
        uint found = 0;
        for (int quarter = 1; quarter <= Quarters && found != armed; quarter++)
        {
            _stepper.AtQuarter(quarter, _read, _inside);
            HoldWholeNumbers();
            for (int lane = 0; lane < T.Width; lane++)
            {
                _time[lane] = _stepper.TimeAt(lane, quarter / (double)Quarters);
            }

            found |= Holds(_time, _inside) & armed;
        }

        foreach (int slot in _read)
        {
            T.Store(T.Load(in _stepper.State[slot * T.Width]), ref _inside[slot * T.Width]);
        }

        HoldWholeNumbers();
        return found | (Holds(_stepper.Times, _inside) & armed);
    }

    /// <summary>Whole numbers stand still until they are drawn.</summary>
    void HoldWholeNumbers()
    {
        T zero = default;
        for (int c = 0; c < _clones.Length; c++)
        {
            int at = _clones[c] * T.Width;
            T keeps = T.Less(zero, T.Load(in _flow.Slots[_plan.Flow.KeepsSlot(c) * T.Width]));
            T.Store(T.Select(keeps, T.Load(in _inside[at]), T.Load(in _standing[c * T.Width])), ref _inside[at]);
        }
    }

    uint Holds(LaneArray time, LaneArray state)
    {
        _watch!(ref time[0], ref state[0], ref _flow.Slots[0], ref _value[0]);
        return ~T.Bits(T.Equal(T.Load(in _value[0]), default));
    }
}
