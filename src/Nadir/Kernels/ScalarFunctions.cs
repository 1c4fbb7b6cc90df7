using System.Reflection;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>The method behind each function instruction for one patient.</summary>
static class ScalarFunctions
{
    /// <summary>The method behind an instruction: the one that <see cref="KernelArithmetic"/> calls.</summary>
    public static MethodInfo Of(OpCode op) => op switch
    {
        OpCode.Min => Two(Math.Min),
        OpCode.Max => Two(Math.Max),
        OpCode.Sqrt => One(Math.Sqrt),
        OpCode.Abs => One(Math.Abs),
        OpCode.Floor => One(Math.Floor),
        OpCode.Ceiling => One(Math.Ceiling),
        OpCode.Power => Two(Elementary.Pow),
        OpCode.Remainder => Two(KernelArithmetic.Remainder),
        OpCode.Quotient => Two(KernelArithmetic.Quotient),
        _ => Elementaries(op),
    };

    static MethodInfo Elementaries(OpCode op) => One(op switch
    {
        OpCode.Exp => Elementary.Exp,
        OpCode.Ln => Elementary.Log,
        OpCode.Log10 => Elementary.Log10,
        OpCode.Factorial => Elementary.Factorial,
        OpCode.Sin => Elementary.Sin,
        OpCode.Cos => Elementary.Cos,
        OpCode.Tan => Elementary.Tan,
        OpCode.Asin => Elementary.Asin,
        OpCode.Acos => Elementary.Acos,
        OpCode.Atan => Elementary.Atan,
        OpCode.Sinh => Elementary.Sinh,
        OpCode.Cosh => Elementary.Cosh,
        OpCode.Tanh => Elementary.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "expected a function"),
    });

    static MethodInfo One(Func<double, double> f) => f.Method;

    static MethodInfo Two(Func<double, double, double> f) => f.Method;
}
