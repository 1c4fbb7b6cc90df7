using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>
/// The events of a model for one patient: which triggers hold, what is waiting, and execution by SBML's rules. Events due at one
/// time execute by descending priority, those without one last; ties go in file order.
/// </summary>
sealed class ModelEvents
{
    const int MostAtOneInstant = 10_000;
    const int MostWaiting = 10_000;

    readonly IReadOnlyList<ModelEvent> _events;
    readonly IKernel _triggers;
    readonly Compiled[] _compiled;
    readonly bool[] _holds;
    readonly double[] _values;
    readonly List<Waiting> _waiting = [];

    /// <param name="network">The network.</param>
    /// <param name="populations">Slots that are populations; none by default, where the caller checks them.</param>
    /// <param name="negligible">Amount below zero that counts as zero.</param>
    public ModelEvents(Network network, bool[]? populations = null, double negligible = 0)
    {
        _events = network.Model.Events;
        _triggers = network.Kernel(_events.Select(e => e.Trigger));
        _compiled = [.. _events.Select(e => new Compiled(network, e, populations ?? [], negligible))];
        _holds = new bool[_events.Count];
        _values = new double[_events.Count];
    }

    public int Count => _events.Count;

    /// <summary>When the next waiting event is due; infinity where none waits.</summary>
    public double NextDue { get; private set; } = double.PositiveInfinity;

    /// <summary>Forgets everything and takes the triggers' values before time 0 from the events' <c>t0</c> option.</summary>
    public void Begin()
    {
        while (_waiting.Count > 0)
        {
            Drop(_waiting.Count - 1);
        }

        NextDue = double.PositiveInfinity;
        for (int i = 0; i < _holds.Length; i++)
        {
            _holds[i] = _events[i].InitiallyTrue;
        }
    }

    /// <summary>True when some trigger differs at this state from what it was at the last one that was processed.</summary>
    public bool WouldChange(double t, ReadOnlySpan<double> slots)
    {
        _triggers.Evaluate(t, slots, _values);
        for (int i = 0; i < _holds.Length; i++)
        {
            if (_holds[i] != (_values[i] != 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Updates the triggers at a state that was reached, queues what fires and executes all that is due.</summary>
    /// <returns><see cref="LaneStatus.Completed"/>, or what went wrong: no end of events, a delay that is not a number, a population below zero.</returns>
    public LaneStatus Process(double t, double[] slots)
    {
        int executed = 0;
        Update(t, slots);
        while (FindDue(t, slots) is var due and >= 0)
        {
            if (++executed > MostAtOneInstant)
            {
                return LaneStatus.EventLimit;
            }

            if (!Execute(due, t, slots))
            {
                return LaneStatus.NegativeAmount;
            }

            Update(t, slots);
        }

        NextDue = double.PositiveInfinity;
        for (int i = 0; i < _waiting.Count; i++)
        {
            NextDue = Math.Min(NextDue, _waiting[i].Due);
        }

        return double.IsNaN(NextDue) ? LaneStatus.InvalidDelay : _waiting.Count > MostWaiting ? LaneStatus.EventLimit : LaneStatus.Completed;
    }

    void Update(double t, ReadOnlySpan<double> slots)
    {
        _triggers.Evaluate(t, slots, _values);
        for (int i = 0; i < _holds.Length; i++)
        {
            bool now = _values[i] != 0;
            if (now && !_holds[i])
            {
                double[]? values = _events[i].ValuesFromTrigger ? _compiled[i].Evaluate(t, slots) : null;
                _waiting.Add(new Waiting(i, t + _compiled[i].Delay(t, slots), values));
            }
            else if (!now && !_events[i].Persistent)
            {
                Withdraw(i);
            }

            _holds[i] = now;
        }
    }

    /// <summary>What has fired no longer holds.</summary>
    void Withdraw(int fired)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Index == fired)
            {
                Drop(i);
            }
        }
    }

    /// <summary>The place of what is to be executed next; -1 where nothing is due.</summary>
    int FindDue(double t, ReadOnlySpan<double> slots)
    {
        int best = -1;
        double priority = double.NegativeInfinity;
        for (int i = 0; i < _waiting.Count; i++)
        {
            Waiting w = _waiting[i];
            if (w.Due <= t)
            {
                double p = _compiled[w.Index].Priority(t, slots);
                if (best < 0 || p > priority || (p == priority && w.Index < _waiting[best].Index))
                {
                    (best, priority) = (i, p);
                }
            }
        }

        return best;
    }

    /// <returns>False where a population came out below zero.</returns>
    bool Execute(int place, double t, double[] slots)
    {
        Waiting due = _waiting[place];
        Compiled e = _compiled[due.Index];
        double[] values = due.Values ?? e.Evaluate(t, slots);
        _waiting.RemoveAt(place);
        bool possible = e.Assign(values, slots);
        e.GiveBack(values);
        return possible;
    }

    void Drop(int place)
    {
        if (_waiting[place].Values is { } values)
        {
            _compiled[_waiting[place].Index].GiveBack(values);
        }

        _waiting.RemoveAt(place);
    }

    readonly record struct Waiting(int Index, double Due, double[]? Values);

    /// <summary>The formulas of one event.</summary>
    sealed class Compiled
    {
        readonly IKernel _assignments;
        readonly IKernel _timing;
        readonly int[] _targets;
        readonly bool[] _arePopulations;
        readonly double _negligible;
        readonly double[] _scratch = new double[2];
        readonly Stack<double[]> _spare = new();

        public Compiled(Network network, ModelEvent e, bool[] populations, double negligible)
        {
            _targets = [.. e.Assignments.Select(a => network.SlotOf(a.Variable))];
            _arePopulations = [.. _targets.Select(t => t < populations.Length && populations[t])];
            _negligible = negligible;
            _assignments = network.Kernel(e.Assignments.Select(a => network.ToAmount(a.Variable, a.Formula)));
            _timing = network.Kernel([e.Delay ?? Expr.Zero, e.Priority ?? new NumberExpr(double.NegativeInfinity)]);
        }

        /// <summary>The values to assign; they are to be given back.</summary>
        public double[] Evaluate(double t, ReadOnlySpan<double> slots)
        {
            double[] values = _spare.Count > 0 ? _spare.Pop() : new double[_targets.Length];
            _assignments.Evaluate(t, slots, values);
            return values;
        }

        public void GiveBack(double[] values) => _spare.Push(values);

        /// <returns>False where a population came out below zero.</returns>
        public bool Assign(double[] values, double[] slots)
        {
            bool possible = true;
            for (int i = 0; i < _targets.Length; i++)
            {
                bool negative = _arePopulations[i] && values[i] < 0;
                possible &= !negative || values[i] >= -_negligible;
                slots[_targets[i]] = negative && values[i] >= -_negligible ? 0 : values[i];
            }

            return possible;
        }

        /// <summary>The delay; NaN where it would lie in the past.</summary>
        public double Delay(double t, ReadOnlySpan<double> slots)
        {
            _timing.Evaluate(t, slots, _scratch);
            return _scratch[0] >= 0 ? _scratch[0] : double.NaN;
        }

        public double Priority(double t, ReadOnlySpan<double> slots)
        {
            _timing.Evaluate(t, slots, _scratch);
            return _scratch[1];
        }
    }
}
