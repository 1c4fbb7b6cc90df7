using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>What each instruction means, one operation at a time.</summary>
static class KernelArithmetic
{
    public static double Apply(OpCode op, double a, double b, double c) => op switch
    {
        OpCode.Add => a + b,
        OpCode.Subtract => a - b,
        OpCode.Multiply => a * b,
        OpCode.Divide => a / b,
        OpCode.MultiplyAdd => Math.FusedMultiplyAdd(a, b, c),
        OpCode.MultiplySubtract => Math.FusedMultiplyAdd(a, b, -c),
        OpCode.SubtractProduct => Math.FusedMultiplyAdd(-a, b, c),
        OpCode.Power => Elementary.Pow(a, b),
        OpCode.Remainder => Remainder(a, b),
        OpCode.Quotient => Quotient(a, b),
        OpCode.Min => Math.Min(a, b),
        OpCode.Max => Math.Max(a, b),
        OpCode.Equal => a == b ? 1 : 0,
        OpCode.NotEqual => a != b ? 1 : 0,
        OpCode.Less => a < b ? 1 : 0,
        OpCode.Greater => a > b ? 1 : 0,
        OpCode.LessOrEqual => a <= b ? 1 : 0,
        OpCode.GreaterOrEqual => a >= b ? 1 : 0,
        OpCode.Negate => -a,
        OpCode.Not => a == 0 ? 1 : 0,
        OpCode.Select => a != 0 ? b : c,
        _ => Function(op, a),
    };

    static double Function(OpCode op, double a) => op switch
    {
        OpCode.Exp => Elementary.Exp(a),
        OpCode.Ln => Elementary.Log(a),
        OpCode.Log10 => Elementary.Log10(a),
        OpCode.Sqrt => Math.Sqrt(a),
        OpCode.Abs => Math.Abs(a),
        OpCode.Floor => Math.Floor(a),
        OpCode.Ceiling => Math.Ceiling(a),
        OpCode.Factorial => Elementary.Factorial(a),
        OpCode.Sin => Elementary.Sin(a),
        OpCode.Cos => Elementary.Cos(a),
        OpCode.Tan => Elementary.Tan(a),
        OpCode.Asin => Elementary.Asin(a),
        OpCode.Acos => Elementary.Acos(a),
        OpCode.Atan => Elementary.Atan(a),
        OpCode.Sinh => Elementary.Sinh(a),
        OpCode.Cosh => Elementary.Cosh(a),
        OpCode.Tanh => Elementary.Tanh(a),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "not an operation"),
    };

    /// <summary>IEEE remainder of truncated division: exact, and the same on every machine.</summary>
    public static double Remainder(double a, double b) => a % b;

    /// <summary>a/b truncated toward zero.</summary>
    public static double Quotient(double a, double b) => Math.Truncate(a / b);
}
