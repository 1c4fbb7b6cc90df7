using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>On which side of the positive CD19 gate a clone lies: one with normal CD19 is below it while CAR-T cells have stripped too much of it.</summary>
sealed class AntigenGate
{
    readonly IKernel? _density;
    readonly double _gate;
    readonly double[] _value = new double[1];

    public AntigenGate(Readouts readouts, Network network)
    {
        _density = readouts.Stripping is { } stripping ? network.Kernel([network.AmountOf(stripping.Density)]) : null;
        _gate = readouts.Stripping?.Gate ?? 0;
    }

    /// <summary>What flow cytometry makes of a clone now.</summary>
    public ClonePhenotype Shown(LeukaemiaClone clone, Trajectory trajectory) =>
        clone.Phenotype == ClonePhenotype.Cd19Positive && IsBelow(trajectory) ? ClonePhenotype.Cd19Dim : clone.Phenotype;

    bool IsBelow(Trajectory trajectory)
    {
        if (_density is null)
        {
            return false;
        }

        _density.Evaluate(trajectory.Time, trajectory.Slots, _value);
        return _value[0] < _gate;
    }
}
