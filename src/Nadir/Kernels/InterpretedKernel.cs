namespace Nadir.Kernels;

/// <summary>Runs a program one instruction at a time: slow and plain, the oracle that compiled kernels are tested against.</summary>
/// <param name="program">What to compute.</param>
public sealed class InterpretedKernel(KernelProgram program) : IKernel
{
    /// <summary>Room of a thread for the values of its longest program.</summary>
    [ThreadStatic]
    static double[]? _room;

    /// <inheritdoc/>
    public int Outputs => program.Outputs.Count;

    /// <inheritdoc/>
    public void Evaluate(double t, ReadOnlySpan<double> slots, Span<double> output)
    {
        int count = program.Instructions.Count;
        double[] values = _room is { } room && room.Length >= count ? room : _room = new double[count];
        for (int i = 0; i < count; i++)
        {
            Instruction c = program.Instructions[i];
            values[i] = c.Op switch
            {
                OpCode.Constant => c.Value,
                OpCode.Slot => slots[c.A],
                OpCode.Time => t,
                _ => KernelArithmetic.Apply(c.Op, values[c.A], c.B < 0 ? 0 : values[c.B], c.C < 0 ? 0 : values[c.C]),
            };
        }

        for (int i = 0; i < Outputs; i++)
        {
            output[i] = values[program.Outputs[i]];
        }
    }
}
