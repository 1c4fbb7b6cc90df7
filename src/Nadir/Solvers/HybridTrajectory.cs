using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The hybrid method: an ODE for everything that is plentiful, whole numbers for clones below their threshold. A whole-number clone
/// follows the birth-death law of its own rates along the step (Kendall 1948) with Poisson arrivals; where its reactions are more
/// than births, deaths and arrivals it is simulated event by event with rates that change in time. Zero is absorbing.
/// Without discrete species it is the ODE.
/// </summary>
public sealed class HybridTrajectory : Trajectory
{
    /// <summary>Expected number of events below zero that is the solver's error and not a negative rate.</summary>
    internal const double NegligibleChance = 1e-3;

    /// <summary>Parts of a step after which triggers of events, and conditions that a caller waits for, are looked at.</summary>
    const int TriggerParts = 4;
    const int WatchParts = 2;

    readonly HybridPlan _plan;
    readonly HybridSystem _system;
    readonly OdeStepper _ode;
    readonly ModelEvents _events;
    readonly bool _hasModelEvents;
    readonly TimeStops _timeStops;
    readonly Watch _watch;
    readonly CloneSampler _sampler;
    readonly CouplingLimit _coupling;
    readonly StepSamples _samples;
    readonly double[] _slots;
    readonly double[] _inside;
    readonly double[] _start;
    readonly double[] _beforeJumps;
    readonly Func<double, bool> _conditionAt;
    double _theta = 1;
    double[] _stops = [];
    int _nextStop;
    double _hazardLeft;
    bool _behind;
    bool _spanOpen;
    double _spanEnd;
    double _end;
    int _loaded = -1;
    RandomStream _eventStream;

    HybridTrajectory(HybridPlan plan, HybridOptions options)
        : this(plan, options, system => options.Solver.Create(system, options.Tolerances, AbsoluteTolerances(plan, options.Tolerances), NonNegative(plan)))
    {
    }

    /// <summary>A trajectory by itself.</summary>
    internal static HybridTrajectory Of(HybridPlan plan, HybridOptions options) => new(plan, options);

    internal HybridTrajectory(HybridPlan plan, HybridOptions options, Func<HybridSystem, OdeStepper> stepper)
    {
        _plan = plan;
        _system = new HybridSystem(plan) { ForceEvents = options.ForceEvents };
        _ode = stepper(_system);
        _events = new ModelEvents(plan.Network);
        _hasModelEvents = _events.Count > 0;
        _timeStops = new TimeStops(plan.Network);
        _watch = new Watch(plan.Network, options.Watch);
        _sampler = new CloneSampler(plan, _system, _ode);
        _coupling = new CouplingLimit(plan, _system);
        _slots = new double[plan.Network.SlotNames.Count];
        _inside = new double[plan.Network.SlotNames.Count];
        _start = new double[_system.Dimension];
        _beforeJumps = new double[plan.Network.SlotNames.Count];
        _samples = new StepSamples(plan.Network, options.Recorded);
        _conditionAt = ConditionAt;
    }

    /// <inheritdoc/>
    public override double Time => _ode.Time;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Slots
    {
        get
        {
            CatchUp();
            return _slots;
        }
    }

    /// <summary>The equations with what is discrete at present.</summary>
    internal HybridSystem System => _system;

    /// <summary>Whether the caller waits for the watched condition.</summary>
    internal bool IsArmed => _watch.Armed;

    /// <summary>Whether each step must be followed by <see cref="AfterStep"/>, whatever happened in it.</summary>
    internal bool LooksAtEveryStep => SettlesEveryStep || Observer is not null;

    bool SettlesEveryStep => _system.HasReceiving || _sampler.HasFed || _hasModelEvents;

    /// <summary>Where the integral of the summed rate brings the next event; never where nothing is simulated event by event.</summary>
    internal double HazardLeft => _system.HasEvents ? _hazardLeft : double.PositiveInfinity;

    /// <inheritdoc/>
    public override long Steps => _ode.Steps;

    /// <inheritdoc/>
    public override double StepStart => _ode.PreviousTime;

    /// <summary>Prepares the method for a network.</summary>
    /// <returns>The workspace, or the issues that forbid a species to be discrete.</returns>
    public static Checked<HybridTrajectory> Create(Network network, HybridOptions options)
    {
        Checked<HybridPlan> plan = HybridPlan.Create(network, options.Discrete);
        return new Checked<HybridTrajectory>(plan.Value is null ? null : new HybridTrajectory(plan.Value, options), plan.Issues);
    }

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient)
    {
        Status = LaneStatus.Completed;
        _behind = false;
        slots.CopyTo(_slots);
        CheckAbsent();
        _system.Begin(_slots);
        _sampler.Begin(_slots, seed, patient);
        _eventStream = Stream(seed, patient, "events");
        _hazardLeft = Draws.Exponential(ref _eventStream);
        _watch.Armed = false;
        Array.Clear(_start);
        _slots.AsSpan(0, _plan.Network.DynamicCount).CopyTo(_start);
        _ode.Begin(0, _start);
        _theta = 1;
        FindStops();
        _events.Begin();
        Settle();
    }

    /// <inheritdoc/>
    public override StopReason Advance(double until)
    {
        while (true)
        {
            if (BeforeStep(until, out double end) is { } reason)
            {
                return reason;
            }

            LaneStatus status = _ode.Step(end);
            if (status == LaneStatus.Completed)
            {
                AfterStep();
            }
            else
            {
                Fail(status);
            }
        }
    }

    /// <inheritdoc/>
    public override double Inside(double fraction, Span<double> slots)
    {
        CatchUp();
        _beforeJumps.CopyTo(slots);
        _ode.Interpolate(fraction * _theta, slots[.._plan.Network.DynamicCount]);
        return _ode.PreviousTime + (fraction * (Time - _ode.PreviousTime));
    }

    /// <summary>The recorded quantity's sources inside the last step; the rest of <paramref name="slots"/> stays as it is.</summary>
    internal double Inside(double fraction, ReadOnlySpan<int> components, Span<double> slots)
    {
        _ode.Interpolate(fraction * _theta, components, slots);
        return _ode.PreviousTime + (fraction * (Time - _ode.PreviousTime));
    }

    /// <summary>The slots when they were last brought up to date; whole numbers stand so until they are drawn next.</summary>
    internal ReadOnlySpan<double> Standing => _slots;

    /// <summary>The slots that stood still in the last step.</summary>
    internal ReadOnlySpan<double> BeforeJumps => _beforeJumps;

    /// <inheritdoc/>
    public override void Arm(bool armed) => _watch.Armed = armed;

    /// <inheritdoc/>
    public override void Set(int slot, double value)
    {
        CatchUp();
        _slots[slot] = value;
        CheckAbsent();
        FindStops();
        Settle();
    }

    /// <inheritdoc/>
    public override void Thin(int slot, double fraction)
    {
        CatchUp();
        _slots[slot] = _sampler.Thinned(slot, _slots[slot], fraction);
        Settle();
    }

    /// <summary>What the kernels leave out must not be there.</summary>
    void CheckAbsent()
    {
        foreach (int slot in _plan.AbsentSlots)
        {
            if (_slots[slot] != 0)
            {
                throw new InvalidOperationException($"found {_slots[slot]:R} for {_plan.Network.SlotNames[slot]}; expected 0, as this network was made for patients who do not have it");
            }
        }
    }

    void FindStops()
    {
        _stops = _timeStops.For(_slots);
        _nextStop = -1;
        PassStops();
    }

    /// <summary>Moves on to the stop ahead; past one the rates may differ, so the stepper starts anew.</summary>
    void PassStops()
    {
        int passed = Math.Max(_nextStop, 0);
        while (passed < _stops.Length && _stops[passed] <= Time)
        {
            passed++;
        }

        if (passed != _nextStop)
        {
            _nextStop = passed;
            bool current = _loaded == _system.Version;
            _system.Between(
                passed > 0 ? _stops[passed - 1] : double.NegativeInfinity, passed < _stops.Length ? _stops[passed] : double.PositiveInfinity);
            _loaded = current ? _system.Version : _loaded;
            _spanOpen = false;
            _ode.Restart();
        }
    }

    /// <summary>Looks at where the patient stands before a step is taken.</summary>
    /// <param name="until">Time at which the caller wants to stop.</param>
    /// <param name="end">Time beyond which the step must not go.</param>
    /// <returns>Why there is no step to take; null where there is.</returns>
    internal StopReason? BeforeStep(double until, out double end)
    {
        CatchUp();
        end = until;
        if (Status == LaneStatus.Completed && _watch.Holds(Time, _slots))
        {
            return StopReason.Watch;
        }

        if (Status == LaneStatus.Completed && Time >= until)
        {
            return StopReason.Time;
        }

        if (Status == LaneStatus.Completed)
        {
            PassStops();
            LaneStatus status = OpenSpan();
            end = Math.Min(Math.Min(until, _spanEnd), Math.Min(_events.NextDue, _system.Closes));
            _end = end;
            Status = status != LaneStatus.Completed ? status : end > Time ? status : LaneStatus.StepTooSmall;
        }

        if (Status != LaneStatus.Completed)
        {
            _slots.AsSpan(0, _plan.Network.DynamicCount).Fill(double.NaN);
            return StopReason.Failed;
        }

        return null;
    }

    /// <summary>Finds how long the clones may go on without being drawn.</summary>
    LaneStatus OpenSpan()
    {
        if (_spanOpen)
        {
            return LaneStatus.Completed;
        }

        _spanOpen = true;
        LaneStatus status = _coupling.TryLimit(Time, _slots, out double limit);
        _spanEnd = Time + limit;
        return status;
    }

    /// <summary>Takes note that steps were taken in which nothing but the continuous state has changed.</summary>
    internal void FallBehind() => _behind = true;

    /// <summary>Brings the slots up to the steps that were quiet.</summary>
    void CatchUp()
    {
        if (_behind)
        {
            _behind = false;
            _theta = 1;
            CopyContinuous();
            _slots.CopyTo(_beforeJumps, 0);
        }
    }

    void CopyContinuous()
    {
        ReadOnlySpan<double> state = _ode.State;
        for (int slot = 0; slot < _plan.Network.DynamicCount; slot++)
        {
            _slots[slot] = _system.IsCount(slot) ? _slots[slot] : state[slot];
        }
    }

    /// <summary>The stepper can go no further.</summary>
    internal void Fail(LaneStatus status) => Status = status;

    /// <summary>Takes up a step: where it really ends, what the whole numbers have become, what fires there.</summary>
    /// <param name="mayCross">False where it is known that no continuous clone fell below its threshold.</param>
    /// <param name="mayHold">False where it is known that the watched condition held nowhere.</param>
    /// <param name="samples">The recorded quantity at the quarters of the whole step, where it is known.</param>
    internal void AfterStep(bool mayCross = true, bool mayHold = true, ReadOnlySpan<double> samples = default)
    {
        _behind = false;
        double theta = mayCross ? _sampler.FirstCrossing() : 2;
        bool settles = theta <= 1 || SettlesEveryStep || (_system.HasActive && (Time >= _end || _sampler.IsDue()));
        theta = Math.Min(1, theta);
        bool fires = HazardCrossing(ref theta);
        if ((_hasModelEvents || (_watch.Armed && mayHold)) && ConditionCrossing(ref theta))
        {
            settles = true;
            fires = false;
        }

        settles |= fires || NegativeHazard;
        _theta = theta;
        if (settles)
        {
            _ode.Truncate(theta);
        }

        _slots.CopyTo(_beforeJumps, 0);
        CopyContinuous();
        if (settles)
        {
            Jump(theta, fires);
        }

        Recorder?.Recorded(this, theta < 1 || samples.IsEmpty ? _samples.Take(this) : samples);
        Observer?.Stepped(this);
    }

    bool NegativeHazard =>
        _system.HasEvents && !(_ode.State[_system.HazardIndex] >= _ode.Interpolate(0, _system.HazardIndex) - NegligibleChance);

    /// <summary>What happens at the end of a step: clones are drawn, a reaction fires, and whoever has changed sides is sorted.</summary>
    void Jump(double theta, bool fires)
    {
        _sampler.Sample(theta, _slots);
        Status = NegativeHazard ? LaneStatus.NegativeRate : Status;
        if (fires)
        {
            Fire();
        }

        Settle();
    }

    /// <summary>Where the summed rate of event reactions uses up the exponential draw.</summary>
    bool HazardCrossing(ref double theta)
    {
        int hazard = _system.HazardIndex;
        if (!_system.HasEvents || (theta < 1 ? _ode.Interpolate(theta, hazard) : _ode.State[hazard]) < _hazardLeft)
        {
            return false;
        }

        theta = _ode.Reaches(hazard, _hazardLeft, rising: true, theta);
        return true;
    }

    /// <summary>Where an event's trigger changes or the watched condition first turns true on the continuous path. Whole numbers stand still on it.</summary>
    bool ConditionCrossing(ref double theta)
    {
        double first = FirstMoment.Find(1, _conditionAt, _hasModelEvents ? TriggerParts : WatchParts);
        bool holds = first <= theta;
        theta = Math.Min(theta, first);
        return holds;
    }

    bool ConditionAt(double theta)
    {
        _slots.CopyTo(_inside, 0);
        _ode.Interpolate(theta, _inside.AsSpan(0, _plan.Network.DynamicCount));
        for (int slot = 0; slot < _plan.Network.DynamicCount; slot++)
        {
            _inside[slot] = _system.IsCount(slot) ? _slots[slot] : _inside[slot];
        }

        double t = _ode.TimeAt(theta);
        return _watch.Holds(t, _inside) || (_hasModelEvents && _events.WouldChange(t, _inside));
    }

    void Fire()
    {
        _hazardLeft = Draws.Exponential(ref _eventStream) + _ode.State[_system.HazardIndex];
        ReadOnlySpan<double> rates = _system.RatesAt(Time, _slots);
        int reaction = ReactionChoice.Choose(rates[.._plan.FirstRule], _system.EventReactions, _eventStream.NextUniform());
        if (reaction < 0)
        {
            Status = reaction == ReactionChoice.Negative ? LaneStatus.NegativeRate : Status;
            return;
        }

        NetChange[] changes = _plan.Changes[reaction];
        for (int i = 0; i < changes.Length; i++)
        {
            // A continuous source that holds less than a cell has none to give.
            if (_slots[changes[i].Slot] >= 0 && _slots[changes[i].Slot] + changes[i].Amount < 0)
            {
                return;
            }
        }

        for (int i = 0; i < changes.Length; i++)
        {
            _slots[changes[i].Slot] += changes[i].Amount;
        }
    }

    /// <summary>After any change of the slots: whole numbers are made whole, events processed, the stepper told.</summary>
    void Settle()
    {
        Repartition();
        if (_hasModelEvents && Status == LaneStatus.Completed)
        {
            Status = _events.Process(Time, _slots);
            Repartition();
        }

        Status = Status == LaneStatus.Completed ? _sampler.Check(_slots) : Status;
        _spanOpen = false;
        Load();
    }

    void Repartition()
    {
        if (_sampler.Repartition(Time, _slots))
        {
            _system.Arrange();
            _ode.Restart();
        }
    }

    /// <summary>Hands the slots to the equations; where anything is different the integrals begin anew, and the time to the next event is what is left of it.</summary>
    void Load()
    {
        Span<double> state = _ode.State;
        int dynamic = _plan.Network.DynamicCount;
        int hazard = _system.HazardIndex;
        _system.Load(Time, _slots);
        bool changed = _loaded != _system.Version || !HybridSystem.SameBits(state[..dynamic], _slots.AsSpan(0, dynamic)) || state[dynamic..hazard].ContainsAnyExcept(0.0);
        if (changed)
        {
            _loaded = _system.Version;
            _hazardLeft -= state[hazard];
            _slots.AsSpan(0, dynamic).CopyTo(state);
            state[dynamic..].Clear();
            _ode.Restart();
        }
    }

    internal static double[] AbsoluteTolerances(HybridPlan plan, Tolerances tolerances)
    {
        double[] absolute = new double[plan.Dimension];
        absolute.AsSpan().Fill(tolerances.Absolute);
        foreach (CloneRates clone in plan.Clones)
        {
            double cells = double.IsFinite(clone.Species.Threshold) ? tolerances.Relative * clone.Species.Threshold : 0;
            absolute[clone.Slot] = Math.Max(tolerances.Absolute, cells);
        }

        absolute.AsSpan(plan.Network.DynamicCount).Fill(tolerances.Relative);
        return absolute;
    }

    internal static bool[] NonNegative(HybridPlan plan)
    {
        bool[] populations = new bool[plan.Dimension];
        for (int slot = 0; slot < plan.Network.DynamicCount; slot++)
        {
            populations[slot] = !plan.RateRuleSlots.Contains(slot);
        }

        return populations;
    }
}
