using Nadir.Expressions;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>A quantity at the quarters of a step, before the jumps at its end.</summary>
sealed class StepSamples
{
    /// <summary>Parts of a step.</summary>
    public const int Parts = 4;

    readonly IKernel? _kernel;
    readonly int[] _read;
    readonly double[] _slots;
    readonly double[] _value = new double[1];
    readonly double[] _values = new double[Parts + 1];

    public StepSamples(Network network, Expr? quantity)
    {
        _slots = new double[network.SlotNames.Count];
        _kernel = quantity is null ? null : network.Kernel([quantity]);
        _read = quantity is null ? [] : Read(network.Lower([quantity]), network.DynamicCount);
    }

    /// <summary>The dynamic slots that a program reads.</summary>
    public static int[] Read(KernelProgram program, int dynamic) =>
        [.. program.Instructions.Where(i => i.Op == OpCode.Slot && i.A < dynamic).Select(i => i.A).Distinct()];

    /// <summary>Takes the samples; they are overwritten by the next.</summary>
    public ReadOnlySpan<double> Take(HybridTrajectory trajectory)
    {
        if (_kernel is null)
        {
            return default;
        }

        trajectory.BeforeJumps.CopyTo(_slots);
        for (int i = 0; i <= Parts; i++)
        {
            double t = trajectory.Inside(i / (double)Parts, _read, _slots);
            _kernel.Evaluate(t, _slots, _value);
            _values[i] = _value[0];
        }

        return _values;
    }
}
