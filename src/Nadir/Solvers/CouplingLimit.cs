using Nadir.Expressions;

namespace Nadir.Solvers;

/// <summary>
/// Keeps a hybrid step short enough where rates depend on a whole-number clone, whose value stands still during the step. From one
/// evaluation with the clones' numbers raised by their spread it estimates how much the integrated rates could be off, and bounds
/// that by <see cref="Tolerance"/>. The bound uses the state at the step's start only, so it does not bias the draws.
/// </summary>
sealed class CouplingLimit
{
    /// <summary>Largest error of an integrated per-cell rate, and of an expected number of arrivals, in one step.</summary>
    public const double Tolerance = 1e-3;

    const double Spread = 3;

    readonly HybridPlan _plan;
    readonly HybridSystem _system;
    readonly bool[] _coupled;
    readonly double[] _rates;
    readonly double[] _raised;

    public CouplingLimit(HybridPlan plan, HybridSystem system)
    {
        (_plan, _system) = (plan, system);
        _coupled = [.. plan.Clones.Select(c => IsCoupled(plan, c))];
        _rates = new double[plan.Kernel.Outputs];
        _raised = new double[plan.Network.SlotNames.Count];
    }

    /// <summary>The longest step from here.</summary>
    /// <returns>False when a clone's birth, death or arrival rate is negative or not a number.</returns>
    public bool TryLimit(double t, double[] slots, double proposed, out double limit)
    {
        limit = double.PositiveInfinity;
        if (!_system.Modes.Contains(CloneMode.ClosedForm))
        {
            return true;
        }

        _system.RatesAt(t, slots).CopyTo(_rates);
        bool coupled = false;
        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.Modes[c] == CloneMode.ClosedForm)
            {
                int first = _plan.FirstClone + (3 * c);
                if (!(_rates[first] >= 0 && _rates[first + 1] >= 0 && _rates[first + 2] >= 0))
                {
                    return false;
                }

                double room = Math.Max(_plan.Clones[c].Species.Threshold, 1);
                limit = Math.Min(limit, room / _rates[first + 2]);
                coupled |= _coupled[c] && slots[_plan.Clones[c].Slot] > 0;
            }
        }

        if (coupled)
        {
            limit = Math.Min(limit, CoupledLimit(t, slots, Math.Min(limit, proposed > 0 ? proposed : 1)));
        }

        return true;
    }

    double CoupledLimit(double t, double[] slots, double step)
    {
        slots.CopyTo(_raised, 0);
        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.Modes[c] == CloneMode.ClosedForm)
            {
                _raised[_plan.Clones[c].Slot] += Raise(slots, c);
            }
        }

        double sensitivity = Sensitivity(_system.RatesAt(t, _raised));
        while (sensitivity * step * Drift(slots, step) > Tolerance)
        {
            step *= 0.5;
        }

        return sensitivity * step * Drift(slots, step) * 4 > Tolerance ? step : double.PositiveInfinity;
    }

    double Raise(double[] slots, int clone) => 1 + (Spread * Math.Sqrt(slots[_plan.Clones[clone].Slot]));

    /// <summary>Largest change of a clone's rates when all numbers are raised.</summary>
    double Sensitivity(ReadOnlySpan<double> raised)
    {
        double largest = 0;
        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.Modes[c] == CloneMode.ClosedForm)
            {
                int first = _plan.FirstClone + (3 * c);
                double change = Math.Abs(raised[first] - _rates[first]) + Math.Abs(raised[first + 1] - _rates[first + 1])
                    + Math.Abs(raised[first + 2] - _rates[first + 2]);
                largest = Math.Max(largest, change);
            }
        }

        return largest;
    }

    /// <summary>Largest move of a clone in a step (drift and three standard deviations), in units of its raise.</summary>
    double Drift(double[] slots, double step)
    {
        double largest = 0;
        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.Modes[c] == CloneMode.ClosedForm)
            {
                double n = slots[_plan.Clones[c].Slot];
                int first = _plan.FirstClone + (3 * c);
                double move = (Math.Abs(_rates[first] - _rates[first + 1]) * n * step) + (_rates[first + 2] * step)
                    + (Spread * Math.Sqrt((_rates[first] + _rates[first + 1]) * n * step));
                largest = Math.Max(largest, move / Raise(slots, c));
            }
        }

        return largest;
    }

    static bool IsCoupled(HybridPlan plan, CloneRates clone)
    {
        FormulaExpander expander = new(plan.Network.Model);
        IEnumerable<Expr> others = plan.Network.Model.Reactions.Where((_, r) => !clone.Reactions.Contains(r)).Select(r => r.RateLaw);
        IEnumerable<Expr> rates = plan.Clones.SelectMany(c => new[] { c.Birth, c.Death, c.Immigration });
        IEnumerable<Expr> rules = plan.Network.RateRules.Select(r => r.Formula);
        return others.Concat(rates).Concat(rules).Any(f => FreeSymbols.Contains(expander.Expand(f), clone.Species.Name));
    }
}
