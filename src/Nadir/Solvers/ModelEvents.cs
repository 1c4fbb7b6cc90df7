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

    public ModelEvents(Network network)
    {
        _events = network.Model.Events;
        _triggers = network.Kernel(_events.Select(e => e.Trigger));
        _compiled = [.. _events.Select(e => new Compiled(network, e))];
        _holds = new bool[_events.Count];
        _values = new double[_events.Count];
    }

    public int Count => _events.Count;

    /// <summary>When the next waiting event is due; infinity where none waits.</summary>
    public double NextDue { get; private set; } = double.PositiveInfinity;

    /// <summary>Forgets everything and takes the triggers' values before time 0 from the events' <c>t0</c> option.</summary>
    public void Begin()
    {
        _waiting.Clear();
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
    /// <returns><see cref="LaneStatus.Completed"/>, or what went wrong: no end of events, a delay that is not a number.</returns>
    public LaneStatus Process(double t, double[] slots)
    {
        int executed = 0;
        Update(t, slots);
        while (TakeDue(t, slots) is { } due)
        {
            if (++executed > MostAtOneInstant)
            {
                return LaneStatus.EventLimit;
            }

            due.Event.Assign(due.Values ?? due.Event.Evaluate(t, slots), slots);
            Update(t, slots);
        }

        NextDue = _waiting.Count == 0 ? double.PositiveInfinity : _waiting.Min(w => w.Due);
        return _waiting.Exists(w => double.IsNaN(w.Due)) ? LaneStatus.InvalidDelay : _waiting.Count > MostWaiting ? LaneStatus.EventLimit : LaneStatus.Completed;
    }

    void Update(double t, ReadOnlySpan<double> slots)
    {
        _triggers.Evaluate(t, slots, _values);
        for (int i = 0; i < _holds.Length; i++)
        {
            bool now = _values[i] != 0;
            if (now && !_holds[i])
            {
                ModelEvent e = _events[i];
                double[]? values = e.ValuesFromTrigger ? _compiled[i].Evaluate(t, slots) : null;
                _waiting.Add(new Waiting(_compiled[i], i, t + _compiled[i].Delay(t, slots), values));
            }
            else if (!now && !_events[i].Persistent)
            {
                _waiting.RemoveAll(w => w.Index == i);
            }

            _holds[i] = now;
        }
    }

    Waiting? TakeDue(double t, ReadOnlySpan<double> slots)
    {
        Waiting? best = null;
        double priority = double.NegativeInfinity;
        foreach (Waiting w in _waiting)
        {
            if (w.Due <= t)
            {
                double p = w.Event.Priority(t, slots);
                if (best is null || p > priority || (p == priority && w.Index < best.Index))
                {
                    (best, priority) = (w, p);
                }
            }
        }

        if (best is not null)
        {
            _waiting.Remove(best);
        }

        return best;
    }

    sealed record Waiting(Compiled Event, int Index, double Due, double[]? Values);

    /// <summary>The formulas of one event.</summary>
    sealed class Compiled
    {
        readonly IKernel _assignments;
        readonly IKernel _timing;
        readonly int[] _targets;
        readonly double[] _scratch = new double[2];

        public Compiled(Network network, ModelEvent e)
        {
            _targets = [.. e.Assignments.Select(a => network.SlotOf(a.Variable))];
            _assignments = network.Kernel(e.Assignments.Select(a => network.ToAmount(a.Variable, a.Formula)));
            _timing = network.Kernel([e.Delay ?? Expr.Zero, e.Priority ?? new NumberExpr(double.NegativeInfinity)]);
        }

        public double[] Evaluate(double t, ReadOnlySpan<double> slots)
        {
            double[] values = new double[_targets.Length];
            _assignments.Evaluate(t, slots, values);
            return values;
        }

        public void Assign(double[] values, double[] slots)
        {
            for (int i = 0; i < _targets.Length; i++)
            {
                slots[_targets[i]] = values[i];
            }
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
