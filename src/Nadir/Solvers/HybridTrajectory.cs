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
public sealed partial class HybridTrajectory : Trajectory
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
    readonly bool[] _populations;
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
        : this(plan, options, system => options.Solver.Create(system, options.Tolerances, plan.AbsoluteTolerances(options.Tolerances), plan.NonNegative()))
    {
    }

    /// <summary>A trajectory by itself.</summary>
    internal static HybridTrajectory Of(HybridPlan plan, HybridOptions options) => new(plan, options);

    internal HybridTrajectory(HybridPlan plan, HybridOptions options, Func<HybridSystem, OdeStepper> stepper)
    {
        _plan = plan;
        _system = new HybridSystem(plan);
        _ode = stepper(_system);
        _populations = plan.NonNegative()[..plan.Network.DynamicCount];
        _events = new ModelEvents(plan.Network, _populations, options.Tolerances.Absolute);
        _hasModelEvents = _events.Count > 0;
        _timeStops = new TimeStops(plan.Network);
        _watch = new Watch(plan.Network, options.Watch);
        _sampler = new CloneSampler(plan, _system, _ode, options.Tolerances.MaxFirings);
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

    /// <summary>Time from which on clones are drawn at the next end of a step.</summary>
    internal double IgnoredUntil { get; private set; }

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
        Checked<HybridPlan> plan = HybridPlan.Create(network, options.Discrete, options.ForceEvents);
        return new Checked<HybridTrajectory>(plan.Value is null ? null : new HybridTrajectory(plan.Value, options), plan.Issues);
    }

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient)
    {
        Status = LaneStatus.Completed;
        _behind = false;
        slots.CopyTo(_slots);
        CheckAbsent();
        CheckGiven();
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
        for (long steps = 1; ; steps++)
        {
            LookAtCancellation(steps);
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

    /// <summary>The recorded quantity's sources in the step as it was before it was cut short; the rest of <paramref name="slots"/> stays as it is.</summary>
    internal double SourcesAt(double theta, ReadOnlySpan<int> components, Span<double> slots)
    {
        _ode.Interpolate(theta, components, slots);
        return _ode.TimeAt(theta);
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
        CheckGiven();
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

    /// <summary>No population is given below zero. Steps watch over what comes of it themselves.</summary>
    void CheckGiven()
    {
        for (int slot = 0; slot < _populations.Length; slot++)
        {
            Status = Status == LaneStatus.Completed && _populations[slot] && _slots[slot] < 0 ? LaneStatus.NegativeAmount : Status;
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
}
