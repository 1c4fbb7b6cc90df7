using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Exact simulation of a whole network, reaction by reaction: what all methods share. Species are whole numbers, events happen by their
/// rules, waits end at scheduled times. A method says when which reaction fires. Nothing is allocated from one firing to the next, nor from one
/// patient to the next where events need no memory.
/// </summary>
abstract class ExactTrajectory : Trajectory
{
    /// <summary>No reaction fires.</summary>
    private protected const int None = -1;

    static readonly uint Purpose = RandomStream.Purpose("reactions");

    private protected readonly double[] _slots;
    private protected RandomStream _stream;

    readonly NetChange[][] _changes;
    readonly ModelEvents _events;
    readonly TimeStops _timeStops;
    readonly Watch _watch;
    readonly double[] _previous;
    readonly double[] _fixed;
    readonly int[] _moved;
    readonly int _maxFirings;
    readonly double _longestWait;
    double _from;
    long _steps;
    double[]? _stops;
    int _nextStop;
    int _firedLast;

    private protected ExactTrajectory(Network network, HybridOptions options)
    {
        _changes = [.. network.Stoichiometry.Select(c => c.ToArray())];
        _events = new ModelEvents(network);
        _timeStops = new TimeStops(network);
        _watch = new Watch(network, options.Watch);
        _slots = new double[network.SlotNames.Count];
        _previous = new double[network.SlotNames.Count];
        _fixed = new double[network.SlotNames.Count - network.DynamicCount];
        _moved = [.. Counted(network).Select(network.SlotOf)];
        (_maxFirings, _longestWait) = (options.Tolerances.Validated().MaxFirings, options.Tolerances.MaxStep);
        IEnumerable<Expr> conditions = network.Model.Events.Select(e => e.Trigger).Concat(options.Watch is null ? [] : [options.Watch]);
        ConditionsReadTime = network.Lower(conditions).Instructions.Any(i => i.Op == OpCode.Time);
    }

    /// <inheritdoc/>
    public sealed override double Time => Now;

    /// <inheritdoc/>
    public sealed override ReadOnlySpan<double> Slots => _slots;

    /// <inheritdoc/>
    public sealed override long Steps => _steps;

    /// <inheritdoc/>
    public sealed override double StepStart => _from;

    /// <summary>Current time.</summary>
    private protected double Now { get; set; }

    /// <summary>Whether a trigger or the watched condition may change while no reaction fires and no variable moves.</summary>
    private protected bool ConditionsReadTime { get; }

    /// <summary>The last scheduled time at or before now; minus infinity where there is none.</summary>
    private protected double StopBehind => _nextStop > 0 ? _stops![_nextStop - 1] : double.NegativeInfinity;

    /// <summary>The next scheduled time; infinity where there is none.</summary>
    private protected double StopAhead => _nextStop < _stops!.Length ? _stops[_nextStop] : double.PositiveInfinity;

    /// <summary>The species that are whole numbers: those that reactions move and no rate rule.</summary>
    public static IEnumerable<string> Counted(Network network) =>
        network.SlotNames.Take(network.DynamicCount).Where(n => network.Model.Species.Any(s => s.Name == n) && network.RateRules.All(r => r.Variable != n));

    /// <summary>What forbids exact simulation: reversible reactions, fractional stoichiometry.</summary>
    public static IReadOnlyList<Issue> Check(Network network) => HybridPlan.Create(network, EveryCount(network)).Issues;

    /// <summary>Every whole-number species as one that is never continuous.</summary>
    private protected static IReadOnlyList<DiscreteSpecies> EveryCount(Network network) =>
        [.. Counted(network).Select(name => new DiscreteSpecies(name, double.PositiveInfinity))];

    /// <inheritdoc/>
    public sealed override void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient)
    {
        Status = LaneStatus.Completed;
        slots.CopyTo(_slots);
        _stream = new RandomStream(seed, patient, Purpose);
        (Now, _from) = (0, 0);
        _steps = 0;
        _firedLast = None;
        _slots.CopyTo(_previous, 0);
        _watch.Armed = false;
        FindStops();
        _events.Begin();
        MakeWhole();
        Restart();
        Settle(changed: false);
    }

    /// <inheritdoc/>
    public sealed override StopReason Advance(double until)
    {
        while (true)
        {
            if (BeforeStep(until) is { } reason)
            {
                return reason;
            }

            Step(until);
        }
    }

    /// <summary>Why there is no step to take; null where there is.</summary>
    internal StopReason? BeforeStep(double until)
    {
        if (Status != LaneStatus.Completed)
        {
            _slots.AsSpan(0, _slots.Length - _fixed.Length).Fill(double.NaN);
            return StopReason.Failed;
        }

        return _watch.Holds(Now, _slots) ? StopReason.Watch : Now >= until ? StopReason.Time : null;
    }

    /// <summary>What the last step has changed; null where it is more than a reaction's changes, or may be.</summary>
    internal NetChange[]? ChangesOfStep => _firedLast == None ? null : _changes[_firedLast];

    /// <inheritdoc/>
    public sealed override double Inside(double fraction, Span<double> slots)
    {
        _previous.CopyTo(slots);
        MoveInside(fraction, slots);
        return _from + (fraction * (Now - _from));
    }

    /// <inheritdoc/>
    public sealed override void Arm(bool armed) => _watch.Armed = armed;

    /// <inheritdoc/>
    public sealed override void Set(int slot, double value)
    {
        _slots[slot] = value;
        FindStops();
        MakeWhole();
        Settle(changed: true);
    }

    /// <inheritdoc/>
    public sealed override void Thin(int slot, double fraction)
    {
        _slots[slot] = Draws.Binomial(ref _stream, _slots[slot], fraction);
        Settle(changed: true);
    }

    /// <summary>Prepares for a new patient, whose slots are in place.</summary>
    private protected abstract void Restart();

    /// <summary>Lets time pass to <paramref name="stop"/>, to the next firing, or to where a condition changes, whichever is first.</summary>
    /// <returns>The reaction that fires there, or <see cref="None"/>.</returns>
    private protected abstract int Wait(double stop);

    /// <summary>A reaction has fired and its changes are made.</summary>
    private protected abstract void Fired(int reaction);

    /// <summary>Any slot may have changed, by an event or from outside.</summary>
    private protected abstract void Changed();

    /// <summary>Moves what changes continuously to a position inside the last step.</summary>
    private protected abstract void MoveInside(double fraction, Span<double> slots);

    /// <summary>Whether an event would happen or the watched condition turns true at a state.</summary>
    private protected bool ConditionAt(double time, ReadOnlySpan<double> slots) =>
        _watch.Holds(time, slots) || (_events.Count > 0 && _events.WouldChange(time, slots));

    /// <summary>Whether there is any condition to look at.</summary>
    private protected bool HasConditions => _events.Count > 0 || _watch.Armed;

    /// <summary>Goes on to the next firing, to what happens before, or to <paramref name="until"/>.</summary>
    internal void Step(double until)
    {
        if (++_steps > _maxFirings)
        {
            Status = LaneStatus.StepLimit;
            return;
        }

        LookAtCancellation(_steps);
        Remember();
        double stop = Math.Min(until, NextStop());
        int reaction = Wait(ConditionsReadTime && HasConditions ? Math.Min(stop, Now + _longestWait) : stop);
        if (Status != LaneStatus.Completed)
        {
            return;
        }

        if (reaction != None)
        {
            Fire(reaction);
        }

        Settle(changed: false);
        Observer?.Stepped(this);
    }

    /// <summary>Keeps the state at the start of the step; only what the last firing changed differs from what is kept.</summary>
    void Remember()
    {
        _from = Now;
        if (_firedLast == None)
        {
            _slots.CopyTo(_previous, 0);
            return;
        }

        foreach (NetChange change in _changes[_firedLast])
        {
            _previous[change.Slot] = _slots[change.Slot];
        }

        _firedLast = None;
    }

    void Fire(int reaction)
    {
        foreach (NetChange change in _changes[reaction])
        {
            ref double count = ref _slots[change.Slot];
            count += change.Amount;
            Status = count >= 0 ? Status : LaneStatus.NegativeAmount;
        }

        if (Status == LaneStatus.Completed)
        {
            Fired(reaction);
            _firedLast = MovesBetweenFirings ? None : reaction;
        }
    }

    /// <summary>Whether more than time passes while no reaction fires: variables under rate rules move.</summary>
    private protected abstract bool MovesBetweenFirings { get; }

    void FindStops()
    {
        ReadOnlySpan<double> now = _slots.AsSpan(_slots.Length - _fixed.Length);
        if (_stops is null || !HybridSystem.SameBits(now, _fixed))
        {
            now.CopyTo(_fixed);
            _stops = _timeStops.For(_slots);
        }

        _nextStop = 0;
        PassStops();
    }

    void PassStops()
    {
        while (_nextStop < _stops!.Length && _stops[_nextStop] <= Now)
        {
            _nextStop++;
        }
    }

    double NextStop()
    {
        PassStops();
        return _events.Count > 0 ? Math.Min(_events.NextDue, StopAhead) : StopAhead;
    }

    /// <summary>Executes what is due after slots or time have changed.</summary>
    void Settle(bool changed)
    {
        bool happens = _events.Count > 0 && Status == LaneStatus.Completed && (_events.NextDue <= Now || _events.WouldChange(Now, _slots));
        if (happens)
        {
            Status = _events.Process(Now, _slots);
            MakeWhole();
        }

        if (changed || happens)
        {
            _firedLast = None;
            Changed();
        }
    }

    void MakeWhole()
    {
        foreach (int slot in _moved)
        {
            _slots[slot] = WholeNumber.Draw(ref _stream, _slots[slot], InitialNumber.Rounded);
            Status = Status == LaneStatus.Completed && !(_slots[slot] >= 0) ? LaneStatus.NegativeAmount : Status;
        }
    }
}
