using Nadir.Expressions;
using Nadir.Kernels;

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

    /// <summary>Arrivals expected in one step at most, however high the threshold: each is placed by itself.</summary>
    const double MostArrivals = 1e4;

    /// <summary>
    /// Steps after which the bound of a coupled clone is looked at anew, because what it depends on may have changed: at least, and at most where the
    /// bound is far.
    /// </summary>
    const double FewestSteps = 2;
    const double MostSteps = 16;

    /// <summary>The fastest relative change of a variable in a step, as a logarithm, that is reckoned with even where all is quiet at present.</summary>
    const double LeastChange = 0.5;

    /// <summary>The power of what changes fastest with which a sensitivity is taken to grow.</summary>
    const double Power = 2;

    const double Spread = 3;

    readonly HybridPlan _plan;
    readonly HybridSystem _system;
    readonly bool[] _coupled;
    readonly double[] _rates;
    readonly double[] _raised;
    readonly double[] _slopes;

    public CouplingLimit(HybridPlan plan, HybridSystem system)
    {
        (_plan, _system) = (plan, system);
        _coupled = [.. plan.Clones.Select(c => IsCoupled(plan, c))];
        _rates = new double[plan.Kernel.Outputs];
        _raised = new double[plan.Network.SlotNames.Count];
        _slopes = new double[plan.Network.DynamicCount];
    }

    /// <summary>How long clones may go undrawn from here, or why not at all: a rate that stands for a chance is negative or not finite.</summary>
    /// <param name="t">Time.</param>
    /// <param name="slots">The slots, with the clones as they were drawn.</param>
    /// <param name="proposed">The step the equations are about to take; 0 where none is known.</param>
    /// <param name="limit">Time beyond which no step may go.</param>
    /// <param name="ignored">Time from which on the next end of a step is one to draw at.</param>
    public LaneStatus TryLimit(double t, double[] slots, double proposed, out double limit, out double ignored)
    {
        limit = double.PositiveInfinity;
        ignored = double.PositiveInfinity;
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

        double change = -1;
        for (int c = 0; c < _coupled.Length; c++)
        {
            bool active = _system.IsActive(c, slots[_plan.Clones[c].Slot]);
            limit = active && _system.IsReceiving(c) ? Math.Min(limit, ArrivalLimit(c, slots)) : limit;
            if (active && _coupled[c] && Events(c, slots) > 0)
            {
                (double direct, double indirect) = CoupledLimits(c, t, slots);
                limit = Math.Min(limit, direct);
                change = change < 0 ? FastestChange(slots) * proposed : change;
                ignored = Math.Min(ignored, Math.Min(indirect, StepsAhead(Math.Min(direct, indirect), proposed, change) * proposed));
            }
        }

        return LaneStatus.Completed;
    }

    /// <summary>
    /// How many steps may pass before the bound is looked at anew. Time enters the bound with the power 3/2, so while it lies n steps ahead the
    /// sensitivity would have to grow by n to the 3/2 for it to be passed in one; how fast that can be follows from the variable that changes fastest.
    /// </summary>
    static double StepsAhead(double limit, double proposed, double change)
    {
        if (!double.IsFinite(change))
        {
            return FewestSteps;
        }

        double room = 1.5 * StepRule.Log(Math.Clamp(limit / proposed, 1, 1e300));
        return Math.Clamp(room / (Power * Math.Max(change, LeastChange)), FewestSteps, MostSteps);
    }

    /// <summary>Largest slope of a continuous variable relative to itself, by the rates of the moment.</summary>
    double FastestChange(double[] slots)
    {
        Array.Clear(_slopes);
        for (int r = 0; r < _plan.FirstRule; r++)
        {
            AddSlopes(r, _rates[r]);
        }

        for (int rule = 0; rule < _plan.RateRuleSlots.Count; rule++)
        {
            _slopes[_plan.RateRuleSlots[rule]] += _rates[_plan.FirstRule + rule];
        }

        return LargestSlope(slots, -1);
    }

    LaneStatus Check(double[] slots)
    {
        LaneStatus worst = LaneStatus.Completed;
        foreach (int r in _system.EventReactions)
        {
            worst = Worse(worst, _rates[r]);
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
        double limit = Math.Clamp(c.Species.Threshold, 1, MostArrivals) / _rates[_plan.FirstClone + (3 * clone) + 2];
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

    /// <summary>
    /// The times h in which sensitivity · h · spread of the number after h, which grows with √h, reaches the tolerance: for rates that decide about whole
    /// numbers, and for what the clone does to continuous variables, through which it may reach them later.
    /// </summary>
    (double Direct, double Indirect) CoupledLimits(int clone, double t, double[] slots)
    {
        int slot = _plan.Clones[clone].Slot;
        double raise = 1 + (Spread * Math.Sqrt(slots[slot]));
        double events = Events(clone, slots);
        slots.CopyTo(_raised, 0);
        _raised[slot] += raise;
        ReadOnlySpan<double> raised = _system.RatesAt(t, _raised);
        double scale = Tolerance * raise / (Spread * Math.Sqrt(events));
        return (Limit(OfChances(raised, slots), scale, events), Limit(OfVariables(raised, slots, slot), scale, events));
    }

    static double Limit(double sensitivity, double scale, double events) =>
        double.IsFinite(sensitivity) ? StepRule.Exp(2.0 / 3 * StepRule.Log(Math.Clamp(scale / sensitivity, 1e-300, 1e300))) : Tolerance / events;

    /// <summary>Largest change of a rate that decides about whole numbers when a clone's number is raised.</summary>
    double OfChances(ReadOnlySpan<double> raised, double[] slots)
    {
        double largest = 0;
        foreach (int r in _system.EventReactions)
        {
            largest = Math.Max(largest, Math.Abs(raised[r] - _rates[r]));
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

    /// <summary>Largest change of the slope of a continuous variable, relative to it, when a clone's number is raised.</summary>
    double OfVariables(ReadOnlySpan<double> raised, double[] slots, int clone)
    {
        Array.Clear(_slopes);
        for (int r = 0; r < _plan.FirstRule; r++)
        {
            AddSlopes(r, raised[r] - _rates[r]);
        }

        for (int rule = 0; rule < _plan.RateRuleSlots.Count; rule++)
        {
            _slopes[_plan.RateRuleSlots[rule]] += raised[_plan.FirstRule + rule] - _rates[_plan.FirstRule + rule];
        }

        return LargestSlope(slots, clone);
    }

    void AddSlopes(int reaction, double rate)
    {
        if (rate != 0)
        {
            foreach (NetChange net in _plan.Changes[reaction])
            {
                _slopes[net.Slot] += net.Amount * rate;
            }
        }
    }

    /// <summary>Of the continuous variables but one.</summary>
    double LargestSlope(double[] slots, int except)
    {
        double largest = 0;
        for (int slot = 0; slot < _slopes.Length; slot++)
        {
            largest = slot == except || _system.IsCount(slot) ? largest : Math.Max(largest, Math.Abs(_slopes[slot]) / (Math.Abs(slots[slot]) + 1));
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
