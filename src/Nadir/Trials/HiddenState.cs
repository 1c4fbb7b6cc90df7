using Nadir.Endpoints;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Reads from a patient's hidden state why a relapse came. Nothing that is decided in a trial uses it.</summary>
sealed class HiddenState
{
    const int CarTValues = 5;

    readonly CauseReadouts? _causes;
    readonly LeukaemiaClone[] _clones;
    readonly IKernel? _kernel;
    readonly double[] _values;
    readonly int _target;

    public HiddenState(Readouts readouts, Network network)
    {
        _causes = readouts.Causes;
        _clones = [.. readouts.Clones.Where(c => c.KilledBy is not null)];
        _target = Array.FindIndex(_clones, c => c.Mechanism is null);
        bool known = _causes is not null && _target >= 0;
        string[] symbols = known
            ? [_causes!.Cart, _causes.Exhausted, _causes.Rejection, _causes.Failure, _causes.MemorySurplus,
                .. _causes.Resistance.Select(r => r.Symbol), .. _clones.Select(c => c.Species), .. _clones.Select(c => c.KilledBy!)]
            : [];
        _kernel = known ? network.Kernel(symbols.Select(s => (Expr)new SymbolExpr(s))) : null;
        _values = new double[symbols.Length];
    }

    /// <summary>The cause of a relapse now; null where the model cannot tell or has no leukaemia left.</summary>
    public RelapseCause? CauseAt(Trajectory trajectory)
    {
        if (_kernel is null)
        {
            return null;
        }

        _kernel.Evaluate(trajectory.Time, trajectory.Slots, _values);
        int first = CarTValues + _causes!.Resistance.Count;
        int largest = 0;
        for (int c = 1; c < _clones.Length; c++)
        {
            largest = _values[first + c] > _values[first + largest] ? c : largest;
        }

        if (!(_values[first + largest] > 0))
        {
            return null;
        }

        int kills = first + _clones.Length;
        HiddenCarT cart = new(_values[0], _values[1], _values[2], _values[3], _values[4], _values[kills + largest], _values[kills + _target]);
        LeukaemiaClone clone = _clones[largest];
        CarTState state = cart.State;
        return new RelapseCause(clone.Species, clone.Phenotype, clone.Seed, state, clone.Mechanism ?? MechanismOf(state)) { ByClone = clone.Mechanism is not null };
    }

    /// <summary>CAR-T cells that are outgrown have been so because the leukaemia resists, where it does.</summary>
    string MechanismOf(CarTState state)
    {
        for (int r = 0; state == CarTState.Outgrown && r < _causes!.Resistance.Count; r++)
        {
            if (_values[CarTValues + r] < 1)
            {
                return _causes.Resistance[r].Mechanism;
            }
        }

        return _causes!.Mechanisms[(int)state];
    }
}
