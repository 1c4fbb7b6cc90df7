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
    readonly double[] _unstripped;
    readonly AntigenGate _gate;
    readonly int _target;
    readonly int _shortage;

    public HiddenState(Readouts readouts, Network network, AntigenGate gate)
    {
        _causes = readouts.Causes;
        _clones = [.. readouts.Clones.Where(c => c.KilledBy is not null)];
        _target = Array.FindIndex(_clones, c => c.Mechanism is null);
        bool known = _causes is not null && _target >= 0;
        _gate = gate;
        string[] symbols = known
            ? [_causes!.Cart, _causes.Exhausted, _causes.Rejection, _causes.Failure, _causes.MemorySurplus,
                .. _causes.Resistance.Select(r => r.Symbol), .. _clones.Select(c => c.Species), .. _clones.Select(c => c.KilledBy!)]
            : [];
        _kernel = known ? network.Kernel(symbols.Select(s => (Expr)new SymbolExpr(s))) : null;
        _values = new double[symbols.Length];
        _unstripped = new double[symbols.Length];
        _shortage = readouts.Stripping is { } stripping ? network.SlotOf(stripping.Shortage) : -1;
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

        EvaluateUnstripped(trajectory);
        int kills = first + _clones.Length;
        HiddenCarT cart = new(_values[0], _values[1], _values[2], _values[3], _values[4], _values[kills + largest], _unstripped[kills + _target]);
        LeukaemiaClone clone = _clones[largest];
        CarTState state = cart.State;

        // Stripping lowers the bystander killing of what has no CD19 too, through the activation; the cause is then the loss.
        bool hasAntigen = clone.Phenotype is ClonePhenotype.Cd19Positive or ClonePhenotype.Cd19Dim;
        bool stripped = hasAntigen && state == CarTState.Blind && _values[kills + largest] < 0.5 * _unstripped[kills + largest];
        return new RelapseCause(clone.Species, _gate.Shown(clone, trajectory), clone.Seed, state, (stripped ? null : clone.Mechanism) ?? MechanismOf(state))
        {
            ByClone = clone.Mechanism is not null && !stripped,
        };
    }

    /// <summary>The same values had CAR-T cells stripped no antigen.</summary>
    void EvaluateUnstripped(Trajectory trajectory)
    {
        double[] slots = trajectory.Slots.ToArray();
        if (_shortage >= 0)
        {
            slots[_shortage] = 0;
        }

        _kernel!.Evaluate(trajectory.Time, slots, _unstripped);
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
