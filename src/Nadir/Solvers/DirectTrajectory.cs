using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Exact simulation of a whole network, reaction by reaction (Gillespie 1976, direct method). Rates may change only when a reaction
/// fires or an event happens; for others use <see cref="Exact"/>, which chooses.
/// </summary>
public sealed class DirectTrajectory : Trajectory
{
    readonly Network _network;
    readonly IKernel _rates;
    readonly double[] _rate;
    readonly ModelEvents _events;
    readonly TimeStops _timeStops;
    readonly Watch _watch;
    readonly double[] _slots;
    readonly double[] _previous;
    readonly int[] _moved;
    readonly Func<double, bool> _conditionAt;
    readonly int _maxFirings;
    readonly int _reactions;
    RandomStream _stream;
    double _time;
    double _from;
    double _next;
    long _steps;
    double[] _stops = [];
    int _nextStop;

    DirectTrajectory(Network network, HybridOptions options)
    {
        _network = network;
        _reactions = network.Model.Reactions.Count;
        _rates = network.Kernel(network.Model.Reactions.Select(r => r.RateLaw));
        _rate = new double[_reactions];
        _events = new ModelEvents(network);
        _timeStops = new TimeStops(network);
        _watch = new Watch(network, options.Watch);
        _slots = new double[network.SlotNames.Count];
        _previous = new double[network.SlotNames.Count];
        _moved = [.. Moved(network).Select(network.SlotOf)];
        _conditionAt = x => ConditionAt(_from + (x * (_next - _from)));
        _maxFirings = options.Tolerances.Validated().MaxFirings;
    }

    /// <inheritdoc/>
    public override double Time => _time;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Slots => _slots;

    /// <inheritdoc/>
    public override long Steps => _steps;

    /// <inheritdoc/>
    public override double StepStart => _from;

    /// <summary>
    /// Exact simulation of a network with every species a whole number: the direct method where rates change only with the state, else
    /// event by event along the equations of what changes in time.
    /// </summary>
    /// <returns>The workspace, or the issues that forbid it (reversible reactions, fractional stoichiometry).</returns>
    public static Checked<Trajectory> Exact(Network network, HybridOptions options)
    {
        IReadOnlyList<DiscreteSpecies> all = [.. Moved(network).Select(name => new DiscreteSpecies(name, double.PositiveInfinity))];
        Checked<HybridPlan> plan = HybridPlan.Create(network, all);
        if (plan.Value is null)
        {
            return new Checked<Trajectory>(null, plan.Issues);
        }

        if (!ChangesInTime(network))
        {
            return new Checked<Trajectory>(new DirectTrajectory(network, options), plan.Issues);
        }

        Tolerances tolerances = options.Tolerances with { MaxSteps = options.Tolerances.MaxFirings };
        Checked<HybridTrajectory> hybrid = HybridTrajectory.Create(network, options with { Discrete = all, Tolerances = tolerances, ForceEvents = true });
        return new Checked<Trajectory>(hybrid.Value, hybrid.Issues);
    }

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<double> slots, ulong seed, ulong patient)
    {
        Status = LaneStatus.Completed;
        slots.CopyTo(_slots);
        _stream = Stream(seed, patient, "reactions");
        _time = 0;
        _steps = 0;
        _watch.Armed = false;
        FindStops();
        _events.Begin();
        Settle();
    }

    /// <inheritdoc/>
    public override StopReason Advance(double until)
    {
        while (Status == LaneStatus.Completed)
        {
            if (_watch.Holds(_time, _slots))
            {
                return StopReason.Watch;
            }

            if (_time >= until)
            {
                return StopReason.Time;
            }

            Step(until);
        }

        _slots.AsSpan(0, _network.DynamicCount).Fill(double.NaN);
        return StopReason.Failed;
    }

    /// <inheritdoc/>
    public override double Inside(double fraction, Span<double> slots)
    {
        _previous.CopyTo(slots);
        return _from + (fraction * (_time - _from));
    }

    /// <inheritdoc/>
    public override void Arm(bool armed) => _watch.Armed = armed;

    /// <inheritdoc/>
    public override void Set(int slot, double value)
    {
        _slots[slot] = value;
        FindStops();
        Settle();
    }

    /// <inheritdoc/>
    public override void Thin(int slot, double fraction)
    {
        _slots[slot] = Draws.Binomial(ref _stream, _slots[slot], fraction);
        Settle();
    }

    /// <summary>The next firing, or the next stop where that comes first: without memory, the wait is drawn anew from there.</summary>
    void Step(double until)
    {
        if (++_steps > _maxFirings)
        {
            Status = LaneStatus.StepLimit;
            return;
        }

        _from = _time;
        _slots.CopyTo(_previous, 0);
        double total = TotalRate();
        if (Status != LaneStatus.Completed)
        {
            return;
        }

        double stop = Math.Min(until, NextStop());
        double firing = total > 0 ? _time + (Draws.Exponential(ref _stream) / total) : double.PositiveInfinity;
        bool interrupted = MoveTo(Math.Min(firing, stop));
        if (firing < stop && !interrupted)
        {
            Fire();
        }

        Settle();
        Observer?.Stepped(this);
    }

    double TotalRate()
    {
        _rates.Evaluate(_time, _slots, _rate);
        double total = 0;
        foreach (double rate in _rate.AsSpan(0, _reactions))
        {
            Status = rate < 0 ? LaneStatus.NegativeRate : Status;
            total += rate;
        }

        Status = Status == LaneStatus.Completed && !double.IsFinite(total) ? LaneStatus.NotFinite : Status;
        return total;
    }

    /// <summary>Lets time pass without a firing.</summary>
    /// <returns>True when a trigger that depends on time ended the wait early: by then the rates may have changed.</returns>
    bool MoveTo(double time)
    {
        _next = time;
        double first = _events.Count == 0 && !_watch.Armed ? 2 : FirstMoment.Find(1, _conditionAt);
        _time = first < 1 ? _from + (first * (time - _from)) : time;
        return first <= 1;
    }

    bool ConditionAt(double time) => _watch.Holds(time, _slots) || (_events.Count > 0 && _events.WouldChange(time, _slots));

    void Fire()
    {
        int reaction = ReactionChoice.Choose(_rate, _ => true, _stream.NextUniform());
        foreach (NetChange change in _network.Stoichiometry[reaction])
        {
            _slots[change.Slot] += change.Amount;
        }
    }

    void FindStops()
    {
        _stops = _timeStops.For(_slots);
        _nextStop = 0;
    }

    double NextStop()
    {
        while (_nextStop < _stops.Length && _stops[_nextStop] <= _time)
        {
            _nextStop++;
        }

        return Math.Min(_events.NextDue, _nextStop < _stops.Length ? _stops[_nextStop] : double.PositiveInfinity);
    }

    void Settle()
    {
        MakeWhole();
        if (_events.Count > 0 && Status == LaneStatus.Completed)
        {
            Status = _events.Process(_time, _slots);
            MakeWhole();
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

    static IEnumerable<string> Moved(Network network) =>
        network.SlotNames.Take(network.DynamicCount).Where(n => network.Model.Species.Any(s => s.Name == n) && network.RateRules.All(r => r.Variable != n));

    static bool ChangesInTime(Network network)
    {
        FormulaExpander expander = new(network.Model);
        return network.RateRules.Count > 0 || network.Model.Reactions.Any(r => HasTime(expander.Expand(r.RateLaw)));
    }

    static bool HasTime(Expr e) => e is TimeExpr || ExprTree.Children(e).Any(HasTime);
}
