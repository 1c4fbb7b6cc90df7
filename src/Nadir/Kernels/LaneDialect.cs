using System.Reflection.Emit;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>How instructions are written in the run-time's intermediate language for one width of vector.</summary>
/// <remarks>A vector's own operations are named directly: the compiler turns each into one machine instruction, while it stops inlining methods of ours in long code.</remarks>
abstract class LaneDialect
{
    private protected LaneDialect(Type value) => Value = value;

    /// <summary>Type of a value.</summary>
    public Type Value { get; }

    /// <summary>The dialect of a vector.</summary>
    public static LaneDialect Of<T>()
        where T : struct, ILanes<T> =>
        T.Width == 1 ? new ScalarDialect() : VectorDialect.Of<T>();

    /// <summary>Address on the stack becomes the value there.</summary>
    public abstract void Load(ILGenerator il);

    /// <summary>Stores a value at an address, both on the stack.</summary>
    public abstract void Store(ILGenerator il);

    /// <summary>Leaves a literal in every lane.</summary>
    public abstract void Constant(ILGenerator il, double value);

    /// <summary>Operands on the stack become the result of an operation that is no comparison and no choice.</summary>
    public abstract void Operation(ILGenerator il, OpCode op);

    /// <summary>Two operands on the stack become a mask; "greater" and "not equal" are left to the caller.</summary>
    public abstract void Compare(ILGenerator il, OpCode op);

    /// <summary>Mask, chosen and otherwise on the stack become a value.</summary>
    public abstract void Select(ILGenerator il);
}
