using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Parameters of one patient that treatments change, for good or for a time: amounts add up, then factors multiply.</summary>
sealed class TreatedParameters(Trajectory trajectory)
{
    readonly Dictionary<int, double> _lasting = [];
    readonly List<(int Slot, PassingEffect Effect)> _passing = [];

    /// <summary>Day on which the next passing effect ends; positive infinity where there is none.</summary>
    public double NextEnd
    {
        get
        {
            double next = double.PositiveInfinity;
            foreach ((_, PassingEffect effect) in _passing)
            {
                next = Math.Min(next, effect.Until);
            }

            return next;
        }
    }

    public void Set(int slot, double value)
    {
        _lasting[slot] = value;
        Apply(slot);
    }

    public void Multiply(int slot, double factor) => Set(slot, Lasting(slot) * factor);

    public void Change(int slot, PassingEffect effect)
    {
        _lasting[slot] = Lasting(slot);
        _passing.Add((slot, effect));
        Apply(slot);
    }

    /// <summary>Ends the effects that last until this day at most.</summary>
    public void End(double day)
    {
        if (_passing.Count == 0)
        {
            return;
        }

        int[] over = [.. _passing.Where(p => p.Effect.Until <= day).Select(p => p.Slot).Distinct()];
        _passing.RemoveAll(p => p.Effect.Until <= day);
        foreach (int slot in over)
        {
            Apply(slot);
        }
    }

    double Lasting(int slot) => _lasting.TryGetValue(slot, out double value) ? value : trajectory.Slots[slot];

    void Apply(int slot)
    {
        PassingEffect[] effects = [.. _passing.Where(p => p.Slot == slot).Select(p => p.Effect)];
        double value = effects.Aggregate(_lasting[slot], (sum, e) => sum + e.Amount);
        trajectory.Set(slot, effects.Aggregate(value, (product, e) => product * e.Factor));
    }
}

/// <summary>An effect on a parameter that ends.</summary>
/// <param name="Until">Day of its end.</param>
/// <param name="Factor">The parameter is multiplied by it.</param>
/// <param name="Amount">The parameter grows by it before.</param>
readonly record struct PassingEffect(double Until, double Factor, double Amount);
