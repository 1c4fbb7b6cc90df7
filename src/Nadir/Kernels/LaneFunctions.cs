using Nadir.Numerics;

namespace Nadir.Kernels;

/// <summary>Functions of each lane by itself.</summary>
/// <typeparam name="T">The vector.</typeparam>
static class LaneFunctions<T>
    where T : struct, ILanes<T>
{
    public static T Exp(T a) => Each(a, Elementary.Exp);

    public static T Ln(T a) => Each(a, Elementary.Log);

    public static T Tanh(T a) => Each(a, Elementary.Tanh);

    public static T Power(T a, T b) => Each(a, b, Elementary.Pow);

    public static T Log10(T a) => Each(a, Elementary.Log10);

    public static T Factorial(T a) => Each(a, Elementary.Factorial);

    public static T Sin(T a) => Each(a, Elementary.Sin);

    public static T Cos(T a) => Each(a, Elementary.Cos);

    public static T Tan(T a) => Each(a, Elementary.Tan);

    public static T Asin(T a) => Each(a, Elementary.Asin);

    public static T Acos(T a) => Each(a, Elementary.Acos);

    public static T Atan(T a) => Each(a, Elementary.Atan);

    public static T Sinh(T a) => Each(a, Elementary.Sinh);

    public static T Cosh(T a) => Each(a, Elementary.Cosh);

    public static T Remainder(T a, T b) => Each(a, b, KernelArithmetic.Remainder);

    public static T Quotient(T a, T b) => Each(a, b, KernelArithmetic.Quotient);

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
