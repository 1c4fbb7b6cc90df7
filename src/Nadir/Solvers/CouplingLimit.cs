using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Keeps a hybrid step short enough where rates depend on a whole-number clone: during the step they see its expected number, not the
/// number it really has. From one evaluation for each such clone, with its number raised by its spread, it estimates how much the integrated
/// rates could be off, and bounds that by <see cref="Tolerance"/>. The bound uses the state at the step's start only, so it does not bias the draws.
/// </summary>
sealed class CouplingLimit
{
    /// <summary>Largest error of an integrated per-cell rate, and of an expected number of arrivals or firings, in one step.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Largest share of a continuous source that leaves for a whole-number clone in one step, in which it stands still.</summary>
    const double LargestShare = 2e-3;

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

    /// <summary>The longest time to the next draw, or why there is none: a rate that stands for a chance is negative or not finite.</summary>
    public LaneStatus TryLimit(double t, double[] slots, out double limit)
    {
        limit = double.PositiveInfinity;
        if (!_system.HasDiscrete)
        {
            return LaneStatus.Completed;
        }

        _system.RatesAt(t, slots).CopyTo(_rates);
        LaneStatus status = Check(slots);
        if (status != LaneStatus.Completed)
        {
            return status;
        }

        for (int c = 0; c < _coupled.Length; c++)
        {
            bool active = _system.IsActive(c, slots[_plan.Clones[c].Slot]);
            limit = active && _system.IsReceiving(c) ? Math.Min(limit, ArrivalLimit(c, slots)) : limit;
            limit = active && _coupled[c] && Events(c, slots) > 0 ? Math.Min(limit, CoupledLimit(c, t, slots)) : limit;
        }

        return LaneStatus.Completed;
    }

    LaneStatus Check(double[] slots)
    {
        LaneStatus worst = LaneStatus.Completed;
        for (int r = 0; r < _plan.FirstRule; r++)
        {
            if (_system.IsEventReaction(r))
            {
                worst = Worse(worst, _rates[r]);
            }
        }

        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.IsActive(c, slots[_plan.Clones[c].Slot]))
            {
                int first = _plan.FirstClone + (3 * c);
                worst = Worse(Worse(Worse(worst, _rates[first]), _rates[first + 1]), _rates[first + 2]);
            }
        }

        return worst;
    }

    static LaneStatus Worse(LaneStatus before, double rate) =>
        !double.IsFinite(rate) ? LaneStatus.NotFinite : rate < 0 && before == LaneStatus.Completed ? LaneStatus.NegativeRate : before;

    /// <summary>Arrivals in one step stay below the threshold, and leave their source nearly as it was.</summary>
    double ArrivalLimit(int clone, double[] slots)
    {
        CloneRates c = _plan.Clones[clone];
        double limit = Math.Max(c.Species.Threshold, 1) / _rates[_plan.FirstClone + (3 * clone) + 2];
        for (int i = 0; i < c.ArrivalsFromSources.Length; i++)
        {
            int reaction = c.ArrivalsFromSources[i];
            NetChange[] changes = _plan.Changes[reaction];
            for (int n = 0; n < changes.Length; n++)
            {
                NetChange change = changes[n];
                double leaving = -change.Amount * _rates[reaction];
                limit = leaving > 0 ? Math.Min(limit, LargestShare * Math.Max(slots[change.Slot], 1) / leaving) : limit;
            }
        }

        return limit;
    }

    /// <summary>Births, deaths and arrivals of a clone per time.</summary>
    double Events(int clone, double[] slots)
    {
        int first = _plan.FirstClone + (3 * clone);
        return ((_rates[first] + _rates[first + 1]) * slots[_plan.Clones[clone].Slot]) + _rates[first + 2];
    }

    /// <summary>The time h in which sensitivity · h · spread of the number after h, which grows with √h, reaches the tolerance.</summary>
    double CoupledLimit(int clone, double t, double[] slots)
    {
        int slot = _plan.Clones[clone].Slot;
        double raise = 1 + (Spread * Math.Sqrt(slots[slot]));
        double events = Events(clone, slots);
        double sensitivity = Sensitivity(t, slots, slot, raise);
        return double.IsFinite(sensitivity)
            ? Elementary.Pow(Tolerance * raise / (sensitivity * Spread * Math.Sqrt(events)), 2.0 / 3)
            : Tolerance / events;
    }

    /// <summary>Largest change of a rate that decides about whole numbers when a clone's number is raised.</summary>
    double Sensitivity(double t, double[] slots, int slot, double raise)
    {
        slots.CopyTo(_raised, 0);
        _raised[slot] += raise;
        ReadOnlySpan<double> raised = _system.RatesAt(t, _raised);
        double largest = 0;
        for (int r = 0; r < _plan.FirstRule; r++)
        {
            largest = _system.IsEventReaction(r) ? Math.Max(largest, Math.Abs(raised[r] - _rates[r])) : largest;
        }

        for (int c = 0; c < _coupled.Length; c++)
        {
            if (_system.IsActive(c, slots[_plan.Clones[c].Slot]))
            {
                int first = _plan.FirstClone + (3 * c);
                double change = Math.Abs(raised[first] - _rates[first]) + Math.Abs(raised[first + 1] - _rates[first + 1])
                    + Math.Abs(raised[first + 2] - _rates[first + 2]);
                largest = Math.Max(largest, change);
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
