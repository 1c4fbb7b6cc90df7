namespace Nadir.Kernels;

/// <summary>What one instruction computes from the results of earlier ones.</summary>
public enum OpCode
{
    /// <summary>A literal.</summary>
    Constant,

    /// <summary>A slot of the state vector.</summary>
    Slot,

    /// <summary>Time.</summary>
    Time,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a * b + c, rounded once.</summary>
    MultiplyAdd,

    /// <summary>a * b - c, rounded once.</summary>
    MultiplySubtract,

    /// <summary>c - a * b, rounded once.</summary>
    SubtractProduct,

    /// <summary>a to the power b.</summary>
    Power,

    /// <summary>Remainder with the sign of a.</summary>
    Remainder,

    /// <summary>a / b truncated toward zero.</summary>
    Quotient,

    /// <summary>Smaller; NaN if either is.</summary>
    Min,

    /// <summary>Larger; NaN if either is.</summary>
    Max,

    /// <summary>1 if a == b, else 0.</summary>
    Equal,

    /// <summary>1 if a != b, else 0.</summary>
    NotEqual,

    /// <summary>1 if a &lt; b, else 0.</summary>
    Less,

    /// <summary>1 if a &gt; b, else 0.</summary>
    Greater,

    /// <summary>1 if a &lt;= b, else 0.</summary>
    LessOrEqual,

    /// <summary>1 if a &gt;= b, else 0.</summary>
    GreaterOrEqual,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>1 if a is 0, else 0.</summary>
    Not,

    /// <summary>b if a is not 0, else c.</summary>
    Select,

    /// <summary>e^a.</summary>
    Exp,

    /// <summary>Natural logarithm.</summary>
    Ln,

    /// <summary>Decimal logarithm.</summary>
    Log10,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Absolute value.</summary>
    Abs,

    /// <summary>Largest integer not above a.</summary>
    Floor,

    /// <summary>Smallest integer not below a.</summary>
    Ceiling,

    /// <summary>a!.</summary>
    Factorial,

    /// <summary>Sine.</summary>
    Sin,

    /// <summary>Cosine.</summary>
    Cos,

    /// <summary>Tangent.</summary>
    Tan,

    /// <summary>Inverse sine.</summary>
    Asin,

    /// <summary>Inverse cosine.</summary>
    Acos,

    /// <summary>Inverse tangent.</summary>
    Atan,

    /// <summary>Hyperbolic sine.</summary>
    Sinh,

    /// <summary>Hyperbolic cosine.</summary>
    Cosh,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
}

/// <summary>One step of a <see cref="KernelProgram"/>; operands are indices of earlier instructions.</summary>
/// <param name="Op">The operation.</param>
/// <param name="A">First operand; for <see cref="OpCode.Slot"/> the slot.</param>
/// <param name="B">Second operand.</param>
/// <param name="C">Third operand.</param>
/// <param name="Bits">For <see cref="OpCode.Constant"/> the literal's bits, so that NaN and -0 keep their identity.</param>
public readonly record struct Instruction(OpCode Op, int A = -1, int B = -1, int C = -1, long Bits = 0)
{
    /// <summary>The literal of a <see cref="OpCode.Constant"/>.</summary>
    public double Value => BitConverter.Int64BitsToDouble(Bits);
}
