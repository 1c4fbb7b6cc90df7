using Nadir.Expressions;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>The recorded quantities at the quarters of a step, before the jumps at its end.</summary>
sealed class StepSamples
{
    /// <summary>Parts of a step.</summary>
    public const int Parts = 4;

    /// <summary>Samples of a quantity in a step.</summary>
    public const int Points = Parts + 1;

    /// <summary>How far a parabola's top can lie above the highest of its samples, in parts of their range.</summary>
    public const double PeakAbove = 0.25;

    readonly IKernel? _kernel;
    readonly int[] _read;
    readonly double[] _slots;
    readonly double[] _point;
    readonly double[] _values;

    public StepSamples(Network network, IReadOnlyList<Expr> quantities)
    {
        _slots = new double[network.SlotNames.Count];
        _point = new double[quantities.Count];
        _values = new double[quantities.Count * Points];
        _kernel = quantities.Count == 0 ? null : network.Kernel(quantities);
        _read = quantities.Count == 0 ? [] : Read(network.Lower(quantities), network.DynamicCount);
    }

    /// <summary>The dynamic slots that a program reads.</summary>
    public static int[] Read(KernelProgram program, int dynamic) =>
        [.. program.Instructions.Where(i => i.Op == OpCode.Slot && i.A < dynamic).Select(i => i.A).Distinct()];

    /// <summary>Whether a recorder is told of a step.</summary>
    /// <param name="recorder">Who follows the quantities.</param>
    /// <param name="start">Time at which the step began.</param>
    /// <param name="end">Time at which it ended before it was cut short.</param>
    /// <param name="whole">The samples of the step, not cut short.</param>
    public static bool AreHeeded(IStepRecorder recorder, double start, double end, ReadOnlySpan<double> whole)
    {
        bool heeded = whole.IsEmpty;
        for (int first = 0; first < whole.Length && !heeded; first += Points)
        {
            StepHeed heed = recorder.Heeds(first / Points);
            heeded = start < heed.AllUntil || end >= heed.Passing || (start < heed.Until && !(Highest(whole.Slice(first, Points)) <= heed.Above));
        }

        return heeded;
    }

    /// <summary>Takes the samples; they are overwritten by the next.</summary>
    /// <param name="trajectory">After the step.</param>
    /// <param name="part">The part of the step to sample; 1 for the whole.</param>
    public ReadOnlySpan<double> Take(HybridTrajectory trajectory, double part)
    {
        if (_kernel is null)
        {
            return default;
        }

        trajectory.BeforeJumps.CopyTo(_slots);
        for (int i = 0; i < Points; i++)
        {
            double t = trajectory.SourcesAt(part * i / Parts, _read, _slots);
            _kernel.Evaluate(t, _slots, _point);
            for (int q = 0; q < _point.Length; q++)
            {
                _values[(q * Points) + i] = _point[q];
            }
        }

        return _values;
    }

    /// <summary>What a quantity may reach in a step, by its samples.</summary>
    static double Highest(ReadOnlySpan<double> samples)
    {
        (double highest, double lowest) = (samples[0], samples[0]);
        for (int i = 1; i < samples.Length; i++)
        {
            (highest, lowest) = (Math.Max(highest, samples[i]), Math.Min(lowest, samples[i]));
        }

        return highest + (PeakAbove * (highest - lowest));
    }
}
