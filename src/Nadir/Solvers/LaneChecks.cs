using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Finds the lanes whose last step a patient's own trajectory has to look at, by the conditions that it would look for.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneChecks<T>
    where T : struct, ILanes<T>
{
    const int Quarters = StepSamples.Parts;

    readonly LaneFlow<T> _flow;
    readonly LaneStepper _stepper;
    readonly LaneKernel<T>.Body? _watch;
    readonly int _hazard;
    readonly int[] _clones;
    readonly (int Keeps, double Threshold)[] _sides;
    readonly int[] _held;
    readonly bool _watchUsesTime;
    readonly bool _recordedUsesTime;
    readonly LaneKernel<T>.Body? _recorded;
    readonly int[] _read;
    readonly int[] _recordedRead;
    readonly LaneArray _samples;
    readonly double[] _laneSamples;
    readonly LaneArray _standing;
    readonly LaneArray _hazardLeft = new(T.Width);
    readonly LaneArray _ignoredUntil = new(T.Width);
    readonly LaneArray _allUntil;
    readonly LaneArray _above;
    readonly LaneArray _until;
    readonly LaneArray _passing;
    readonly int _quantities;
    readonly LaneArray _inside;
    readonly LaneArray _middle;
    readonly LaneArray _time = new(T.Width);
    readonly LaneArray _value = new(T.Width);
    uint _always;
    uint _armed;
    uint _active;

    public LaneChecks(HybridPlan plan, HybridOptions options, LaneFlow<T> flow, LaneStepper stepper)
    {
        (_flow, _stepper) = (flow, stepper);
        _hazard = plan.Dimension - 1;
        _clones = [.. plan.Clones.Select(c => c.Slot)];
        _sides = [.. plan.Clones.Select((c, i) => (plan.Flow.KeepsSlot(i) * T.Width, c.Species.Threshold))];
        _standing = new LaneArray(Math.Max(1, _clones.Length) * T.Width);
        _inside = new LaneArray(stepper.Dimension * T.Width);
        _middle = new LaneArray(stepper.Dimension * T.Width);
        (_read, _recordedRead) = ([], []);
        if (options.Watch is { } watch)
        {
            KernelProgram program = plan.Network.Lower([watch]);
            _watch = plan.LaneBody<T>(program);
            _read = StepSamples.Read(program, plan.Network.DynamicCount);
            _watchUsesTime = program.UsesTime;
        }

        _quantities = options.Recorded.Count;
        (_allUntil, _above, _until, _passing) = (PerQuantity(), PerQuantity(), PerQuantity(), PerQuantity());
        _samples = new LaneArray(Math.Max(1, StepSamples.Points * _quantities) * T.Width);
        _laneSamples = new double[StepSamples.Points * _quantities];
        if (_quantities > 0)
        {
            KernelProgram program = plan.Network.Lower(options.Recorded);
            _recorded = plan.LaneBody<T>(program);
            _recordedRead = StepSamples.Read(program, plan.Network.DynamicCount);
            _recordedUsesTime = program.UsesTime;
        }

        _held = [.. Enumerable.Range(0, _clones.Length).Where(c => _read.Contains(_clones[c]))];
    }

    /// <summary>Lanes in which a continuous clone fell below its threshold.</summary>
    public uint Crossing { get; private set; }

    /// <summary>Lanes in which the watched condition held.</summary>
    public uint Holding { get; private set; }

    /// <summary>Takes over what is to be looked for in a lane from here.</summary>
    public void Expect(int lane, HybridTrajectory trajectory)
    {
        uint bit = 1u << lane;
        _always = trajectory.LooksAtEveryStep ? _always | bit : _always & ~bit;
        _armed = trajectory.IsArmed ? _armed | bit : _armed & ~bit;
        _active = trajectory.System.HasActive ? _active | bit : _active & ~bit;
        _hazardLeft[lane] = trajectory.HazardLeft;
        _ignoredUntil[lane] = trajectory.IgnoredUntil;
        Heed(lane, trajectory);
        ReadOnlySpan<double> slots = trajectory.Standing;
        foreach (int c in _held)
        {
            _standing[(c * T.Width) + lane] = slots[_clones[c]];
        }
    }

    /// <summary>The lanes to look at.</summary>
    /// <param name="accepted">The lanes that have taken a step.</param>
    /// <param name="ended">Those that are where they were to stop.</param>
    public uint Find(uint accepted, uint ended)
    {
        Crossing = Crossings() & accepted;
        uint armed = _armed & accepted;
        Holding = armed == 0 ? 0 : Watched(armed);
        uint found = _always | Fires() | Crossing | Holding;
        uint active = _active & accepted;
        return (active == 0 ? found : found | (active & (ended | Due() | T.Bits(T.LessOrEqual(T.Load(in _ignoredUntil[0]), T.Load(in _stepper.Times[0])))))) & accepted;
    }

    /// <summary>Lanes in which an event lies in the step, or the summed rate was negative in it.</summary>
    uint Fires()
    {
        T before = T.Load(in _stepper.Before[_hazard * T.Width]);
        T after = T.Load(in _stepper.State[_hazard * T.Width]);
        T quiet = T.LessOrEqual(before - T.Broadcast(HybridTrajectory.NegligibleChance), after) & T.Less(after, T.Load(in _hazardLeft[0]));
        return ~T.Bits(quiet);
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

    /// <summary>Takes over of which steps a lane's recorder is to be told.</summary>
    public void Heed(int lane, HybridTrajectory trajectory)
    {
        for (int q = 0; q < _quantities && trajectory.Recorder is { } recorder; q++)
        {
            int at = (q * T.Width) + lane;
            (_allUntil[at], _above[at], _until[at], _passing[at]) = recorder.Heeds(q);
        }
    }

    /// <summary>Samples the recorded quantities along the last step of every lane.</summary>
    /// <returns>The lanes whose recorder is told of the step; see <see cref="StepSamples.AreHeeded"/>.</returns>
    public uint Record()
    {
        if (_recorded is null)
        {
            return 0;
        }

        for (int quarter = 0; quarter <= Quarters; quarter++)
        {
            _stepper.AtQuarter(quarter, _recordedRead, _inside);
            if (_recordedUsesTime)
            {
                SetTimes(quarter);
            }

            _recorded(ref _time[0], ref _inside[0], ref _flow.Slots[0], ref _samples[quarter * _quantities * T.Width]);
        }

        T heeded = default;
        for (int q = 0; q < _quantities * T.Width; q += T.Width)
        {
            T start = T.Load(in _stepper.Starts[0]);
            T ignored = T.LessOrEqual(T.Load(in _until[q]), start) | T.LessOrEqual(Highest(q), T.Load(in _above[q]));
            T passed = T.LessOrEqual(T.Load(in _passing[q]), T.Load(in _stepper.Times[0]));
            heeded |= T.Select(ignored, T.Less(start, T.Load(in _allUntil[q])), All) | passed;
        }

        return T.Bits(heeded);
    }

    static T All => T.Equal(default, default);

    /// <summary>What a quantity may reach in the step, by its samples.</summary>
    T Highest(int quantity)
    {
        T highest = T.Load(in _samples[quantity]);
        T lowest = highest;
        for (int quarter = 1; quarter <= Quarters; quarter++)
        {
            T sample = T.Load(in _samples[(quarter * _quantities * T.Width) + quantity]);
            (highest, lowest) = (T.Max(highest, sample), T.Min(lowest, sample));
        }

        return highest + (T.Broadcast(StepSamples.PeakAbove) * (highest - lowest));
    }

    /// <summary>One lane's samples, quantity by quantity; they are overwritten by those of the next.</summary>
    public ReadOnlySpan<double> Samples(int lane)
    {
        for (int q = 0; q < _quantities; q++)
        {
            for (int quarter = 0; quarter <= Quarters; quarter++)
            {
                _laneSamples[(q * StepSamples.Points) + quarter] = _samples[(((quarter * _quantities) + q) * T.Width) + lane];
            }
        }

        return _laneSamples;
    }

    LaneArray PerQuantity() => new(Math.Max(1, _quantities) * T.Width);

    void SetTimes(int quarter)
    {
        for (int lane = 0; lane < T.Width; lane++)
        {
            _time[lane] = _stepper.TimeAt(lane, quarter / (double)Quarters);
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
        T found = default;
        for (int c = 0; c < _clones.Length; c++)
        {
            int at = _clones[c] * T.Width;
            T threshold = T.Broadcast(_sides[c].Threshold);
            T below = T.Less(T.Load(in _middle[at]), threshold) | T.Less(T.Load(in _stepper.State[at]), threshold);
            found |= below & Keeps(c);
        }

        return T.Bits(found);
    }

    /// <summary>Where a clone is continuous.</summary>
    T Keeps(int clone) => T.Less(default, T.Load(in _flow.Slots[_sides[clone].Keeps]));

    /// <summary>Lanes in which the watched condition holds in the middle or at the end of the step.</summary>
    uint Watched(uint armed)
    {
        _stepper.AtQuarter(Quarters / 2, _read, _inside);
        HoldWholeNumbers();
        for (int lane = 0; lane < T.Width && _watchUsesTime; lane++)
        {
            _time[lane] = _stepper.TimeAt(lane, 0.5);
        }

        uint found = Holds(_time, _inside) & armed;
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
        foreach (int c in _held)
        {
            int at = _clones[c] * T.Width;
            T.Store(T.Select(Keeps(c), T.Load(in _inside[at]), T.Load(in _standing[c * T.Width])), ref _inside[at]);
        }
    }

    uint Holds(LaneArray time, LaneArray state)
    {
        _watch!(ref time[0], ref state[0], ref _flow.Slots[0], ref _value[0]);
        return ~T.Bits(T.Equal(T.Load(in _value[0]), default));
    }
}
