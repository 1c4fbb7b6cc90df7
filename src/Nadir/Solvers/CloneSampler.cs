using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Moves the whole-number clones over a step that the environment has taken, and decides when a clone is a whole number.</summary>
sealed class CloneSampler
{
    /// <summary>Largest change of the log of the expected number, and largest number of births weighted by it, between two draws of a clone.</summary>
    public const double LongestSpan = 1;

    readonly HybridPlan _plan;
    readonly HybridSystem _system;
    readonly OdeStepper _ode;
    readonly RandomStream[] _streams;
    readonly uint[] _purposes;
    readonly double[] _moment;
    readonly bool[] _fed;
    readonly bool[] _wasEmpty;
    readonly double[] _oneCell;
    readonly double _mostArrivals;
    double _arrivalsLeft;

    /// <param name="plan">What is discrete.</param>
    /// <param name="system">The equations.</param>
    /// <param name="ode">The stepper.</param>
    /// <param name="mostArrivals">Arrivals of a patient that are placed one by one at most.</param>
    public CloneSampler(HybridPlan plan, HybridSystem system, OdeStepper ode, int mostArrivals)
    {
        (_plan, _system, _ode, _mostArrivals) = (plan, system, ode, mostArrivals);
        _moment = new double[plan.Network.DynamicCount];
        _fed = new bool[plan.Clones.Length];
        _wasEmpty = new bool[plan.Clones.Length];
        _oneCell = new double[plan.Network.SlotNames.Count];
        _streams = new RandomStream[plan.Clones.Length];
        _purposes = [.. plan.Clones.Select(c => RandomStream.Purpose("clone:" + c.Species.Name))];
    }

    /// <summary>True when some clone stays continuous below its threshold because arrivals are about to fill it.</summary>
    public bool HasFed { get; private set; }

    /// <summary>True when more cells arrived than may be placed; then the numbers drawn last are not the clones'.</summary>
    public bool IsSpent => _arrivalsLeft < 0;

    /// <summary>Draws the initial numbers and decides which clones start as whole numbers.</summary>
    public void Begin(double[] slots, ulong seed, ulong patient)
    {
        _arrivalsLeft = _mostArrivals;
        for (int c = 0; c < _streams.Length; c++)
        {
            DiscreteSpecies species = _plan.Clones[c].Species;
            ref double cells = ref slots[_plan.Clones[c].Slot];
            _streams[c] = new RandomStream(seed, patient, _purposes[c]);
            if (species.Initial == InitialNumber.Poisson || cells < species.Threshold)
            {
                cells = WholeNumber.Draw(ref _streams[c], cells, species.Initial);
            }

            (_fed[c], _wasEmpty[c]) = (false, false);
        }

        Repartition(0, slots);
        _system.Arrange();
    }

    /// <summary>What is left of a species when each cell stays with the given chance: drawn where the result is a whole number, else scaled.</summary>
    public double Thinned(int slot, double cells, double fraction)
    {
        for (int c = 0; c < _streams.Length; c++)
        {
            bool drawn = _plan.Clones[c].Slot == slot && cells >= 0
                && (_system.Modes[c] != CloneMode.Continuous || cells * fraction < _plan.Clones[c].Species.Threshold);
            if (drawn)
            {
                double whole = WholeNumber.Draw(ref _streams[c], cells, InitialNumber.Rounded);
                return Draws.Binomial(ref _streams[c], whole, fraction);
            }
        }

        return cells * fraction;
    }

    /// <summary>Whether all whole numbers are numbers of cells.</summary>
    public LaneStatus Check(ReadOnlySpan<double> slots)
    {
        LaneStatus status = LaneStatus.Completed;
        for (int c = 0; c < _streams.Length; c++)
        {
            double cells = slots[_plan.Clones[c].Slot];
            bool wrong = _system.Modes[c] != CloneMode.Continuous && !(cells >= 0);
            status = wrong ? LaneStatus.NegativeAmount : status;
        }

        return status;
    }

    /// <summary>Turns clones that fell below their threshold into whole numbers, and those that grew well above it back.</summary>
    /// <returns>True when some clone changed sides.</returns>
    public bool Repartition(double t, double[] slots)
    {
        bool changed = false;
        HasFed = false;
        for (int c = 0; c < _streams.Length; c++)
        {
            DiscreteSpecies species = _plan.Clones[c].Species;
            ref double cells = ref slots[_plan.Clones[c].Slot];
            bool isCount = _system.Modes[c] != CloneMode.Continuous;
            bool becomes = isCount ? cells < species.Threshold * DiscreteSpecies.Hysteresis : cells < species.Threshold;
            _fed[c] = becomes && (!isCount || HasFirstCell(c, cells)) && IsFed(c, t, slots);
            becomes &= !_fed[c];
            HasFed |= _fed[c];
            if (becomes)
            {
                cells = WholeNumber.Draw(ref _streams[c], cells, InitialNumber.Rounded);
            }

            if (becomes != isCount)
            {
                _system.Modes[c] = becomes ? CloneMode.Events : CloneMode.Continuous;
                changed = true;
            }

            _wasEmpty[c] = cells == 0;
        }

        return changed;
    }

    /// <summary>Whether a clone that was empty has one cell now: the first of its arrivals may be the first of many.</summary>
    bool HasFirstCell(int clone, double cells) => cells == 1 && _wasEmpty[clone];

    /// <summary>
    /// Whether arrivals would fill a clone to where it turns continuous again before one cell of it has divided, died or turned into another:
    /// then chance hardly matters, and counting the arrivals one by one would be in vain. An infusion fills its compartments so.
    /// </summary>
    bool IsFed(int clone, double t, double[] slots)
    {
        CloneRates c = _plan.Clones[clone];
        if (c.Arrivals.Length == 0)
        {
            return false;
        }

        _system.LoadFixed(slots);
        slots.AsSpan(0, _oneCell.Length).CopyTo(_oneCell);
        _oneCell[c.Slot] = 1;
        ReadOnlySpan<double> rates = _system.RatesAt(t, _oneCell);
        double turnover = 0;
        for (int i = 0; i < c.Reactions.Length; i++)
        {
            int reaction = c.Reactions[i];
            turnover += c.Arrivals.Contains(reaction) ? 0 : Math.Abs(_plan.Change(reaction, c.Slot)) * rates[reaction];
        }

        double filled = DiscreteSpecies.Hysteresis * c.Species.Threshold;
        double arriving = rates[_plan.FirstClone + (3 * clone) + 2];
        return turnover > 0 && arriving >= filled * turnover && SourcesHold(c, filled, slots);
    }

    /// <summary>Whether what the arrivals are taken from has enough cells to fill the clone.</summary>
    bool SourcesHold(CloneRates clone, double filled, double[] slots)
    {
        for (int i = 0; i < clone.ArrivalsFromSources.Length; i++)
        {
            NetChange[] changes = _plan.Changes[clone.ArrivalsFromSources[i]];
            for (int n = 0; n < changes.Length; n++)
            {
                if (changes[n].Amount < 0 && slots[changes[n].Slot] >= filled)
                {
                    return true;
                }
            }
        }

        return clone.ArrivalsFromSources.Length == 0;
    }

    /// <summary>Where in the last step, from 0 to 1, the first continuous clone fell below its threshold; above 1 where none did.</summary>
    public double FirstCrossing()
    {
        double first = 2;
        for (int c = 0; c < _streams.Length; c++)
        {
            int slot = _plan.Clones[c].Slot;
            double threshold = _plan.Clones[c].Species.Threshold;
            if (_system.Modes[c] == CloneMode.Continuous && !_fed[c])
            {
                double below = _ode.Interpolate(0.5, slot) < threshold ? 0.5 : _ode.State[slot] < threshold ? 1 : 2;
                first = below <= 1 ? Math.Min(first, _ode.Reaches(slot, Math.BitDecrement(threshold), rising: false, below)) : first;
            }
        }

        return first;
    }

    /// <summary>
    /// Whether the closed-form clones have to be drawn now: arrivals may come within the step, or a cell is expected to have died or divided
    /// about once since they were drawn last. Until then the law's integrals go on.
    /// </summary>
    public bool IsDue()
    {
        bool due = _system.HasReceiving;
        for (int c = 0; c < _streams.Length && !due; c++)
        {
            due = Math.Abs(_ode.State[_system.RhoIndex(c)]) > LongestSpan || _ode.State[_system.GrowthIndex(c)] > LongestSpan;
        }

        return due;
    }

    /// <summary>Draws the numbers of the closed-form clones at <paramref name="theta"/> of the last step.</summary>
    public void Sample(double theta, double[] slots)
    {
        for (int c = 0; c < _streams.Length; c++)
        {
            if (_system.IsActive(c, slots[_plan.Clones[c].Slot]))
            {
                double rho = _ode.State[_system.RhoIndex(c)];
                double growth = _ode.State[_system.GrowthIndex(c)];
                ref double cells = ref slots[_plan.Clones[c].Slot];
                cells = BirthDeath.Over(rho, growth).Descendants(ref _streams[c], cells);
                cells += Arrivals(c, theta, rho, growth, slots);
            }
        }
    }

    /// <summary>Poisson arrivals at their own times in the step, each with its own descendants by the end of it.</summary>
    double Arrivals(int clone, double theta, double rho, double growth, double[] slots)
    {
        double expected = _ode.State[_system.ArrivalIndex(clone)];
        if (!(expected > 0))
        {
            return 0;
        }

        double number = Draws.Poisson(ref _streams[clone], expected);
        double alive = 0;
        _arrivalsLeft -= number;
        for (double k = 0; k < number && !IsSpent; k++)
        {
            double share = expected * _streams[clone].NextUniform();
            double at = _ode.Reaches(_system.ArrivalIndex(clone), share, rising: true, theta);
            if (TakeFromSource(clone, at, slots))
            {
                BirthDeath law = BirthDeath.Since(
                    rho, growth, _ode.Interpolate(at, _system.RhoIndex(clone)), _ode.Interpolate(at, _system.GrowthIndex(clone)));
                alive += law.Descendants(ref _streams[clone], 1);
            }
        }

        return alive;
    }

    /// <summary>The reaction that brought an arrival, by the rates of its moment.</summary>
    int ArrivalAt(int clone, double at)
    {
        _ode.Interpolate(at, _moment);
        ReadOnlySpan<double> rates = _system.RatesAt(_ode.TimeAt(at), _moment);
        return ReactionChoice.Choose(rates, _plan.Clones[clone].Arrivals, _streams[clone].NextUniform());
    }

    /// <summary>A conversion takes the arriving cell from its source, chosen by the rates of the moment of arrival.</summary>
    /// <returns>False when the source has no whole cell to give: then there is no arrival.</returns>
    bool TakeFromSource(int clone, double at, double[] slots)
    {
        CloneRates c = _plan.Clones[clone];
        if (c.ArrivalsFromSources.Length == 0)
        {
            return true;
        }

        int reaction = c.Arrivals.Length == 1 ? c.Arrivals[0] : ArrivalAt(clone, at);
        if (reaction < 0)
        {
            return true;
        }

        NetChange[] changes = _plan.Changes[reaction];
        for (int i = 0; i < changes.Length; i++)
        {
            if (changes[i].Slot != c.Slot && slots[changes[i].Slot] + changes[i].Amount < 0)
            {
                return false;
            }
        }

        for (int i = 0; i < changes.Length; i++)
        {
            slots[changes[i].Slot] += changes[i].Slot == c.Slot ? 0 : changes[i].Amount;
        }

        return true;
    }
}
