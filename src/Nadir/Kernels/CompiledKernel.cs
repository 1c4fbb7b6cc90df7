using System.Runtime.InteropServices;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>A program compiled to machine code by the run-time's own compiler; equal to the interpreter bit for bit.</summary>
public sealed class CompiledKernel : IKernel
{
    readonly LaneKernel<Lanes1>.Body _body;
    readonly int _slots;

    /// <summary>Compiles <paramref name="program"/>.</summary>
    public CompiledKernel(KernelProgram program)
    {
        Outputs = program.Outputs.Count;
        _slots = 1 + program.Instructions.Where(i => i.Op == OpCode.Slot).Select(i => i.A).DefaultIfEmpty(-1).Max();
        _body = LaneKernel<Lanes1>.Compile(program, 0);
    }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public void Evaluate(double t, ReadOnlySpan<double> slots, Span<double> output)
    {
        if (slots.Length < _slots || output.Length < Outputs)
        {
            throw new ArgumentException($"found {slots.Length} slots and room for {output.Length} outputs, expected at least {_slots} and {Outputs}");
        }

        ref double first = ref MemoryMarshal.GetReference(slots);
        _body(ref t, ref first, ref first, ref MemoryMarshal.GetReference(output));
    }
}
