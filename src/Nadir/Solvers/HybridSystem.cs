using System.Runtime.InteropServices;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The equations of one hybrid step: continuous slots move by the reactions that touch no whole number; beside them run the integrals
/// of the birth-death law of each discrete clone, and the summed rate of the reactions that are simulated event by event. During the step
/// rates see a clone of the closed form at its expected number, others at the number they had at the start.
/// </summary>
sealed class HybridSystem : IOdeSystem, IOdeJacobian
{
    /// <summary>Arrivals a division or death of the clone's own below which each arrival is an event.</summary>
    const double RareArrivals = 0.1;

    readonly HybridPlan _plan;
    readonly int _dynamic;
    readonly double[] _slots;
    readonly double[] _rates;
    readonly CloneMode[] _modes;
    readonly double[] _kept;
    readonly int[] _switched;
    readonly bool[] _event;
    readonly int[] _events;
    readonly bool[] _isCount;
    readonly CloneRole[] _roles;
    double[]? _derivatives;
    double _ratesTime;
    bool _ratesKnown;
    bool _keptKnown;
    double _opens;
    int _eventCount;

    public HybridSystem(HybridPlan plan)
    {
        _plan = plan;
        _dynamic = plan.Network.DynamicCount;
        _slots = new double[plan.Flow.SlotCount];
        _kept = new double[plan.Flow.SlotCount - plan.Flow.FirstKept];
        _rates = new double[plan.Kernel.Outputs];
        _modes = new CloneMode[plan.Clones.Length];
        _event = new bool[plan.Network.Model.Reactions.Count];
        _events = new int[_event.Length];
        _switched = [.. Enumerable.Range(0, _event.Length).Where(r => plan.Flow.FiresSlot(r) >= 0)];
        _isCount = new bool[plan.Network.DynamicCount];
        _roles = new CloneRole[plan.Clones.Length];
        Arrange();
    }

    public int Dimension => HazardIndex + 1;

    /// <summary>Network slots, switches and kept values, as the right-hand side reads them; the state in front is that of the last evaluation.</summary>
    public ReadOnlySpan<double> FlowSlots => _slots;

    /// <summary>Counts the changes of anything but the state that the right-hand side depends on.</summary>
    public int Version { get; private set; }

    /// <summary>The times between which rates are taken.</summary>
    public (double From, double To) Window => (Math.BitIncrement(_opens), Math.BitDecrement(Closes));

    /// <summary>True when the closed form follows some clone or some clone is simulated event by event; not where empty clones only wait for arrivals.</summary>
    public bool HasDiscrete { get; private set; }

    /// <summary>True when the closed form follows some clone.</summary>
    public bool HasActive { get; private set; }

    /// <summary>True when arrivals of some clone are drawn from their integral.</summary>
    public bool HasReceiving { get; private set; }

    /// <summary>Where the summed rate of event reactions is integrated.</summary>
    public int HazardIndex => _dynamic + (HybridFlow.PerClone * _plan.Clones.Length);

    public CloneMode[] Modes => _modes;

    /// <summary>True when some reaction is simulated event by event.</summary>
    public bool HasEvents { get; private set; }

    /// <summary>The stop that steps lead up to: a rate that switches there keeps its old value to the end of the step.</summary>
    public double Closes { get; private set; }

    public int RhoIndex(int clone) => _dynamic + (HybridFlow.PerClone * clone);

    public int GrowthIndex(int clone) => RhoIndex(clone) + 1;

    public int ArrivalIndex(int clone) => RhoIndex(clone) + 2;

    /// <summary>True when the arrivals of a clone are drawn from their integral.</summary>
    public bool IsReceiving(int clone) => _roles[clone].Receives;

    /// <summary>The reactions that are simulated event by event at present, in the model's order.</summary>
    public ReadOnlySpan<int> EventReactions => _events.AsSpan(0, _eventCount);

    public bool IsCount(int slot) => _isCount[slot];

    /// <summary>Forgets the patient before; every clone is continuous until the caller says otherwise.</summary>
    public void Begin(ReadOnlySpan<double> slots)
    {
        _ratesKnown = false;
        _keptKnown = false;
        Between(double.NegativeInfinity, double.PositiveInfinity);
        Array.Clear(_modes);
        Arrange();
        Load(0, slots);
    }

    /// <summary>Steps lie between two stops: rates are taken just inside, so that a switch at a stop belongs to one side only.</summary>
    public void Between(double opens, double closes)
    {
        (_opens, Closes) = (opens, closes);
        Version++;
    }

    /// <summary>Takes over the slots that only events and protocol actions change, and sets how each clone and reaction is simulated from here.</summary>
    public void Load(double t, ReadOnlySpan<double> slots)
    {
        LoadFixed(slots);
        Follow(t, slots);
    }

    /// <summary>Takes over the slots that only events and protocol actions change.</summary>
    public void LoadFixed(ReadOnlySpan<double> slots)
    {
        Span<double> fixedSlots = _slots.AsSpan(_dynamic, slots.Length - _dynamic);
        if (_keptKnown && SameBits(slots[_dynamic..], fixedSlots))
        {
            return;
        }

        slots[_dynamic..].CopyTo(fixedSlots);
        _plan.Flow.Once.Evaluate(0, _slots, _kept);
        _kept.CopyTo(_slots, _plan.Flow.FirstKept);
        Version++;
        _keptKnown = true;
        _ratesKnown = false;
    }

    void Follow(double t, ReadOnlySpan<double> slots)
    {
        bool changed = false;
        for (int c = 0; c < _modes.Length; c++)
        {
            bool active = IsActive(c, slots[_plan.Clones[c].Slot]);
            bool receives = active && _plan.Flow.ReceivesSlot(c) >= 0 && ArrivesOften(c, t, slots);
            CloneRole role = new(_modes[c], active, receives);
            changed |= role != _roles[c];
            _roles[c] = role;
        }

        if (changed)
        {
            Arm();
        }
    }

    /// <summary>Sets the switches after some clone has taken another role.</summary>
    void Arm()
    {
        (HasDiscrete, HasActive, HasReceiving, HasEvents) = (false, false, false, false);
        Array.Clear(_event);
        for (int c = 0; c < _modes.Length; c++)
        {
            CloneRole role = _roles[c];
            HasActive |= role.Active;
            HasReceiving |= role.Receives;
            HasDiscrete |= role.Active || role.Mode == CloneMode.Events;
            Switch(_plan.Flow.FollowsSlot(c), role.Active);
            if (_plan.Flow.ReceivesSlot(c) >= 0)
            {
                Switch(_plan.Flow.ReceivesSlot(c), role.Receives);
            }

            if (role.Mode == CloneMode.Events)
            {
                Fire(_plan.Clones[c].Reactions);
            }
            else if (role.Mode == CloneMode.ClosedForm && !role.Receives)
            {
                Fire(_plan.Clones[c].Arrivals);
            }
        }

        _eventCount = 0;
        for (int r = 0; r < _event.Length; r++)
        {
            _events[_eventCount] = r;
            _eventCount += _event[r] ? 1 : 0;
        }

        foreach (int reaction in _switched)
        {
            HasEvents |= _event[reaction];
            Switch(_plan.Flow.FiresSlot(reaction), _event[reaction]);
        }
    }

    /// <summary>Whether arrivals make up a good part of what happens to a clone. Where they do not, they are waited for as for events.</summary>
    bool ArrivesOften(int clone, double t, ReadOnlySpan<double> slots)
    {
        ReadOnlySpan<double> rates = RatesAt(t, slots);
        int first = _plan.FirstClone + (3 * clone);
        return !(rates[first + 2] <= RareArrivals * (rates[first] + rates[first + 1]) * slots[_plan.Clones[clone].Slot]);
    }

    void Fire(int[] reactions)
    {
        for (int i = 0; i < reactions.Length; i++)
        {
            _event[reactions[i]] = true;
        }
    }

    void Switch(int slot, bool on)
    {
        ref double value = ref _slots[slot];
        Version += on == (value != 0) ? 0 : 1;
        value = on ? 1 : 0;
    }

    /// <summary>Sorts the reactions after some clone has changed between whole number and continuous.</summary>
    public void Arrange()
    {
        Array.Clear(_isCount);
        for (int c = 0; c < _modes.Length; c++)
        {
            _isCount[_plan.Clones[c].Slot] = _modes[c] != CloneMode.Continuous;
        }

        ChooseModes();
        for (int c = 0; c < _modes.Length; c++)
        {
            Switch(_plan.Flow.KeepsSlot(c), _modes[c] == CloneMode.Continuous);
        }
    }

    /// <summary>True when a clone follows the closed form and has cells. An empty one waits for its next arrival as for an event.</summary>
    public bool IsActive(int clone, double cells) => _modes[clone] == CloneMode.ClosedForm && cells != 0;

    public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
    {
        y[.._dynamic].CopyTo(_slots);
        _ratesKnown = false;
        _plan.Flow.Body.Evaluate(Inside(t), _slots, dy);
        for (int c = 0; c < _modes.Length; c++)
        {
            if (_slots[_plan.Flow.FollowsSlot(c)] != 0)
            {
                dy[GrowthIndex(c)] *= Elementary.Exp(y[RhoIndex(c)]);
            }
        }
    }

    /// <summary>Known where no clone is discrete: what the others need beside the network's own derivatives is left to differences.</summary>
    public bool TryJacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> byTime)
    {
        if (_modes.Length > 0)
        {
            return false;
        }

        RatesAt(t, y);
        IKernel kernel = _plan.Jacobian;
        _derivatives ??= new double[kernel.Outputs];
        kernel.Evaluate(_ratesTime, _slots, _derivatives);
        jacobian.Clear();
        for (int i = 0; i < _dynamic; i++)
        {
            _derivatives.AsSpan(i * _dynamic, _dynamic).CopyTo(jacobian[(i * Dimension)..]);
        }

        byTime.Clear();
        _derivatives.AsSpan(_dynamic * _dynamic).CopyTo(byTime);
        return true;
    }

    /// <summary>
    /// Rates of all reactions, then the clones', at a state. The span is overwritten by the next evaluation. Steps end where the next
    /// begins, so the last state's rates are kept.
    /// </summary>
    public ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<double> state = y[.._dynamic];
        double inside = Inside(t);
        if (!_ratesKnown || inside != _ratesTime || !SameBits(state, _slots.AsSpan(0, _dynamic)))
        {
            state.CopyTo(_slots);
            _plan.Kernel.Evaluate(inside, _slots, _rates);
            (_ratesTime, _ratesKnown) = (inside, true);
        }

        return _rates;
    }

    /// <summary>A time between the stops.</summary>
    double Inside(double t) => Math.Min(Math.Max(t, Window.From), Window.To);

    public static bool SameBits(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        MemoryMarshal.Cast<double, long>(a).SequenceEqual(MemoryMarshal.Cast<double, long>(b));

    /// <summary>The closed form needs that only births, deaths and arrivals change the clone, and that arrivals take from no other whole number.</summary>
    void ChooseModes()
    {
        for (int c = 0; c < _modes.Length; c++)
        {
            if (_modes[c] != CloneMode.Continuous)
            {
                CloneRates clone = _plan.Clones[c];
                bool closed = !_plan.ForceEvents && clone.Plain && clone.Arrivals.All(r => TouchesOnly(r, clone.Slot));
                _modes[c] = closed ? CloneMode.ClosedForm : CloneMode.Events;
            }
        }
    }

    bool TouchesOnly(int reaction, int slot) =>
        _plan.Changes[reaction].All(c => c.Slot == slot || !_isCount[c.Slot]);
}

/// <summary>What the equations do about a clone.</summary>
/// <param name="Mode">How it is simulated.</param>
/// <param name="Active">The closed form follows it.</param>
/// <param name="Receives">Its arrivals are drawn from their integral.</param>
readonly record struct CloneRole(CloneMode Mode, bool Active, bool Receives);

/// <summary>How a discrete clone is simulated at present.</summary>
enum CloneMode
{
    /// <summary>At or above its threshold: an ODE state.</summary>
    Continuous,

    /// <summary>A whole number, moved by the birth-death law.</summary>
    ClosedForm,

    /// <summary>A whole number, moved event by event.</summary>
    Events,
}
