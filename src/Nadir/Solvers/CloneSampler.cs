using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>Moves the whole-number clones over a step that the environment has taken, and decides when a clone is a whole number.</summary>
sealed class CloneSampler
{
    readonly HybridPlan _plan;
    readonly HybridSystem _system;
    readonly Tsit5 _ode;
    readonly RandomStream[] _streams;
    readonly uint[] _purposes;

    public CloneSampler(HybridPlan plan, HybridSystem system, Tsit5 ode)
    {
        (_plan, _system, _ode) = (plan, system, ode);
        _streams = new RandomStream[plan.Clones.Count];
        _purposes = [.. plan.Clones.Select(c => RandomStream.Purpose("clone:" + c.Species.Name))];
    }

    public ref RandomStream StreamOf(int clone) => ref _streams[clone];

    /// <summary>Draws the initial numbers and decides which clones start as whole numbers.</summary>
    public void Begin(double[] slots, ulong seed, ulong patient)
    {
        for (int c = 0; c < _streams.Length; c++)
        {
            DiscreteSpecies species = _plan.Clones[c].Species;
            ref double cells = ref slots[_plan.Clones[c].Slot];
            _streams[c] = new RandomStream(seed, patient, _purposes[c]);
            if (species.Initial == InitialNumber.Poisson || cells < species.Threshold)
            {
                cells = WholeNumber.Draw(ref _streams[c], cells, species.Initial);
            }

            _system.Modes[c] = CloneMode.Continuous;
        }

        Repartition(slots);
        _system.Arrange();
    }

    public bool IsCount(int slot, out int clone)
    {
        clone = -1;
        for (int c = 0; c < _streams.Length; c++)
        {
            if (_plan.Clones[c].Slot == slot && _system.Modes[c] != CloneMode.Continuous)
            {
                clone = c;
            }
        }

        return clone >= 0;
    }

    /// <summary>Turns clones that fell below their threshold into whole numbers, and those that grew well above it back.</summary>
    /// <returns>True when some clone changed sides.</returns>
    public bool Repartition(double[] slots)
    {
        bool changed = false;
        for (int c = 0; c < _streams.Length; c++)
        {
            DiscreteSpecies species = _plan.Clones[c].Species;
            ref double cells = ref slots[_plan.Clones[c].Slot];
            bool isCount = _system.Modes[c] != CloneMode.Continuous;
            bool becomes = isCount ? cells < species.Threshold * DiscreteSpecies.Hysteresis : cells < species.Threshold;
            if (becomes)
            {
                cells = WholeNumber.Draw(ref _streams[c], cells, InitialNumber.Rounded);
            }

            if (becomes != isCount)
            {
                _system.Modes[c] = becomes ? CloneMode.Events : CloneMode.Continuous;
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Where in the last step, from 0 to 1, the first continuous clone fell below its threshold; above 1 where none did.</summary>
    public double FirstCrossing()
    {
        double first = 2;
        for (int c = 0; c < _streams.Length; c++)
        {
            int slot = _plan.Clones[c].Slot;
            double threshold = _plan.Clones[c].Species.Threshold;
            if (_system.Modes[c] == CloneMode.Continuous)
            {
                double below = _ode.Interpolate(0.5, slot) < threshold ? 0.5 : _ode.State[slot] < threshold ? 1 : 2;
                if (below <= 1)
                {
                    first = Math.Min(first, Bisection.FirstTrue(0, below, x => _ode.Interpolate(x, slot) < threshold));
                }
            }
        }

        return first;
    }

    /// <summary>Draws the numbers of the closed-form clones at <paramref name="theta"/> of the last step.</summary>
    public void Sample(double theta, double[] slots)
    {
        for (int c = 0; c < _streams.Length; c++)
        {
            if (_system.Modes[c] == CloneMode.ClosedForm)
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
        for (double k = 0; k < number; k++)
        {
            double share = expected * _streams[clone].NextUniform();
            double at = Bisection.FirstTrue(0, theta, x => _ode.Interpolate(x, _system.ArrivalIndex(clone)) >= share);
            BirthDeath law = BirthDeath.Since(
                rho, growth, _ode.Interpolate(at, _system.RhoIndex(clone)), _ode.Interpolate(at, _system.GrowthIndex(clone)));
            alive += law.Descendants(ref _streams[clone], 1);
            TakeFromSource(clone, slots);
        }

        return alive;
    }

    /// <summary>A conversion takes the arriving cell from its source.</summary>
    void TakeFromSource(int clone, double[] slots)
    {
        CloneRates c = _plan.Clones[clone];
        if (c.Arrivals.All(r => _plan.Network.Stoichiometry[r].Count == 1))
        {
            return;
        }

        ReadOnlySpan<double> rates = _system.RatesAt(_ode.Time, slots);
        int reaction = ReactionChoice.Choose(rates[.._plan.FirstRule], c.Arrivals.Contains, _streams[clone].NextUniform());
        if (reaction >= 0)
        {
            foreach (NetChange change in _plan.Network.Stoichiometry[reaction].Where(n => n.Slot != c.Slot))
            {
                slots[change.Slot] += change.Amount;
            }
        }
    }
}
