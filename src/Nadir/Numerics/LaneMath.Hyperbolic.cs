using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

static partial class LaneMath
{
    /// <summary>The hyperbolic tangent; see <see cref="Elementary.Tanh"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Abs(x);
        T isSmall = T.LessOrEqual(magnitude, Of<T>(0.55));
        uint small = T.Bits(isSmall);
        if (small == AllLanes<T>())
        {
            return TanhOfSmall(x);
        }

        T large = TanhOfLarge(x, magnitude);
        return small == 0 ? large : T.Select(isSmall, TanhOfSmall(x), large);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T TanhOfSmall<T>(T x)
        where T : struct, ILanes<T>
    {
        T z = x * x;
        ReadOnlySpan<double> tail = Elementary.HyperbolicTangentTail;
        T sum = Of<T>(tail[^1]);
        for (int i = tail.Length - 2; i >= 0; i--)
        {
            sum = Of<T>(tail[i]) + z * sum;
        }

        return T.Select(T.Equal(x, Of<T>(0.0)), x, x + x * (z * sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T TanhOfLarge<T>(T x, T magnitude)
        where T : struct, ILanes<T>
    {
        T bounded = T.Select(T.Less(magnitude, Of<T>(20.0)), magnitude, Of<T>(20.0));
        T significand = ExpReduced(Of<T>(2.0) * bounded, out T tail, out T power);
        T exp = Sum(significand, tail, out T expLow);
        T scale = PowerOfTwo(power);
        T denominator = Sum(scale * exp, Of<T>(1.0), out T denominatorLow);
        T correction = TwoOver(denominator, denominatorLow + scale * expLow);
        T result = (Of<T>(1.0) - correction) | (x & Of<T>(-0.0));
        return T.Select(T.Equal(x, x), result, Of<T>(double.NaN));
    }

    /// <summary>2 / (high + low), corrected once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T TwoOver<T>(T high, T low)
        where T : struct, ILanes<T>
    {
        T quotient = Of<T>(2.0) / high;
        T back = Product(quotient, high, out T backLow);
        T remainder = Of<T>(2.0) - back - backLow - quotient * low;
        return quotient + remainder / high;
    }
}
