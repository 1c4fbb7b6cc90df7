using System.Reflection;
using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>Functions of each lane by itself: vectorised where speed matters, one lane after another elsewhere.</summary>
/// <typeparam name="T">The vector.</typeparam>
static class LaneFunctions<T>
    where T : struct, ILanes<T>
{
    /// <summary>The method behind an instruction.</summary>
    public static MethodInfo Of(OpCode op) => op switch
    {
        OpCode.Exp => One(LaneMath.Exp),
        OpCode.Ln => One(LaneMath.Log),
        OpCode.Tanh => One(LaneMath.Tanh),
        OpCode.Power => Two(LaneMath.Pow),
        OpCode.Remainder => Two(Remainder),
        OpCode.Quotient => Two(Quotient),
        _ => One(Other(op)),
    };

    static Func<T, T> Other(OpCode op) => op switch
    {
        OpCode.Log10 => Log10,
        OpCode.Factorial => Factorial,
        OpCode.Sin => Sin,
        OpCode.Cos => Cos,
        OpCode.Tan => Tan,
        OpCode.Asin => Asin,
        OpCode.Acos => Acos,
        OpCode.Atan => Atan,
        OpCode.Sinh => Sinh,
        OpCode.Cosh => Cosh,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "expected a function"),
    };

    static T Log10(T a) => Each(a, Elementary.Log10);

    static T Factorial(T a) => Each(a, Elementary.Factorial);

    static T Sin(T a) => Each(a, Elementary.Sin);

    static T Cos(T a) => Each(a, Elementary.Cos);

    static T Tan(T a) => Each(a, Elementary.Tan);

    static T Asin(T a) => Each(a, Elementary.Asin);

    static T Acos(T a) => Each(a, Elementary.Acos);

    static T Atan(T a) => Each(a, Elementary.Atan);

    static T Sinh(T a) => Each(a, Elementary.Sinh);

    static T Cosh(T a) => Each(a, Elementary.Cosh);

    static T Remainder(T a, T b) => Each(a, b, KernelArithmetic.Remainder);

    static T Quotient(T a, T b) => Each(a, b, KernelArithmetic.Quotient);

    static MethodInfo One(Func<T, T> f) => f.Method;

    static MethodInfo Two(Func<T, T, T> f) => f.Method;

    static T Each(T a, Func<double, double> f)
    {
        Span<double> values = stackalloc double[T.Width];
        T.Store(a, ref values[0]);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = f(values[i]);
        }

        return T.Load(in values[0]);
    }

    static T Each(T a, T b, Func<double, double, double> f)
    {
        Span<double> left = stackalloc double[T.Width];
        Span<double> right = stackalloc double[T.Width];
        T.Store(a, ref left[0]);
        T.Store(b, ref right[0]);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] = f(left[i], right[i]);
        }

        return T.Load(in left[0]);
    }
}
