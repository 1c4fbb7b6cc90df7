using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Parameters of one patient that treatments change, for good or for a time; effects that overlap multiply.</summary>
sealed class TreatedParameters(Trajectory trajectory)
{
    readonly Dictionary<int, double> _lasting = [];
    readonly List<(double Until, int Slot, double Factor)> _passing = [];

    /// <summary>Day on which the next passing effect ends; positive infinity where there is none.</summary>
    public double NextEnd => _passing.Count == 0 ? double.PositiveInfinity : _passing.Min(p => p.Until);

    public void Set(int slot, double value)
    {
        _lasting[slot] = value;
        Apply(slot);
    }

    public void Multiply(int slot, double factor) => Set(slot, Lasting(slot) * factor);

    public void Multiply(int slot, double factor, double until)
    {
        _lasting[slot] = Lasting(slot);
        _passing.Add((until, slot, factor));
        Apply(slot);
    }

    /// <summary>Ends the effects that last until this day at most.</summary>
    public void End(double day)
    {
        foreach ((double Until, int Slot, double Factor) over in _passing.Where(p => p.Until <= day).ToArray())
        {
            _passing.Remove(over);
            Apply(over.Slot);
        }
    }

    double Lasting(int slot) => _lasting.TryGetValue(slot, out double value) ? value : trajectory.Slots[slot];

    void Apply(int slot)
    {
        double value = _lasting[slot];
        foreach ((_, int other, double factor) in _passing)
        {
            value = other == slot ? value * factor : value;
        }

        trajectory.Set(slot, value);
    }
}
