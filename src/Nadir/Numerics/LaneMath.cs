using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

/// <summary>
/// The functions of <see cref="Elementary"/> on lanes: the same operations in the same order, so every lane has the bits of the scalar function
/// whatever its neighbours hold.
/// </summary>
/// <remarks>Where the scalar code branches, both sides are computed and one is selected, or the rare lanes are redone one by one.</remarks>
static partial class LaneMath
{
    // The low 52 bits of 2^52 + n are the whole number n.
    const double TwoTo52 = 4503599627370496.0;

    /// <summary>e to the power <paramref name="x"/>; see <see cref="Elementary.Exp"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.Bits(T.LessOrEqual(T.Abs(x), Of<T>(708.0))) != AllLanes<T>())
        {
            return ExpOfAny(x);
        }

        // Within these limits the result is a normal number, so one factor scales it exactly.
        T significand = ExpReduced(x, out T tail, out T power);
        return (significand + tail) * PowerOfTwo(power);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static T ExpOfAny<T>(T x)
        where T : struct, ILanes<T>
    {
        T significand = ExpReduced(ClampExponent(x), out T tail, out T power);
        return T.Select(T.Equal(x, x), Scale(significand + tail, power), Of<T>(double.NaN));
    }

    /// <summary>The natural logarithm; see <see cref="Elementary.Log"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        T regular = T.LessOrEqual(Of<T>(Elementary.SmallestNormal), x) & T.Less(x, Of<T>(double.PositiveInfinity));
        return T.Bits(regular) == AllLanes<T>() ? LogOfScaled(x, Of<T>(TwoTo52 + 1023.0)) : LogOfAny(x);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static T LogOfAny<T>(T x)
        where T : struct, ILanes<T>
    {
        T isSubnormal = T.Less(x, Of<T>(Elementary.SmallestNormal));
        T scaled = T.Select(isSubnormal, x * Of<T>(Elementary.TwoTo54), x);
        T result = LogOfScaled(scaled, T.Select(isSubnormal, Of<T>(TwoTo52 + 1077.0), Of<T>(TwoTo52 + 1023.0)));
        T isPositive = T.Less(Of<T>(0.0), x);
        T edge = T.Select(T.Equal(x, Of<T>(0.0)), Of<T>(double.NegativeInfinity), T.Select(isPositive, x, Of<T>(double.NaN)));
        return T.Select(isPositive & T.Less(x, Of<T>(double.PositiveInfinity)), result, edge);
    }

    /// <summary>The logarithm of a normal number over 2^(bias - 2^52 - 1023).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogOfScaled<T>(T scaled, T bias)
        where T : struct, ILanes<T>
    {
        T bits = T.AddIntegers(scaled, OfBits<T>(Elementary.OneBits - Elementary.SqrtHalfBits));
        T k = ExponentField(bits) - bias;
        T f = T.AddIntegers(bits & OfBits<T>(Elementary.MantissaMask), OfBits<T>(Elementary.SqrtHalfBits)) - Of<T>(1.0);
        T s = f / (Of<T>(2.0) + f);
        T z = s * s;
        T w = z * z;
        T odd = Of<T>(0.4000000000000088) + w * (Of<T>(0.22222222392089008) + w * (Of<T>(0.15386241881938595) + w * Of<T>(0.1308723619665962)));
        T even = Of<T>(0.6666666666666666) + w * (Of<T>(0.28571428570801954) + w * (Of<T>(0.18181795600060793) + w * Of<T>(0.13268714792348096)));
        T r = z * (even + z * odd);
        T halfSquare = Of<T>(0.5) * f * f;
        T sum = Sum(k * Of<T>(Elementary.Ln2High), f, out T sumLow);
        return sum + (sumLow - (halfSquare - (s * (halfSquare + r) + k * Of<T>(Elementary.Ln2Low))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ClampExponent<T>(T x)
        where T : struct, ILanes<T>
    {
        T fromBelow = T.Select(T.Less(x, Of<T>(-746.0)), Of<T>(-746.0), x);
        return T.Select(T.Less(Of<T>(710.0), fromBelow), Of<T>(710.0), fromBelow);
    }

    /// <summary>e^x = (result + tail) * 2^power, the power in the low bits of <paramref name="power"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ExpReduced<T>(T x, out T tail, out T power)
        where T : struct, ILanes<T>
    {
        T k = NearestPower(x, out power);
        return ExpOfRemainder(x - k * Of<T>(Elementary.Ln2High), k * Of<T>(-Elementary.Ln2Low), out tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T NearestPower<T>(T x, out T power)
        where T : struct, ILanes<T>
    {
        power = x * Of<T>(Elementary.InverseLn2) + Of<T>(Elementary.RoundingShift);
        return power - Of<T>(Elementary.RoundingShift);
    }

    /// <summary>e^(high + low) as an unnormalised pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ExpOfRemainder<T>(T high, T low, out T tail)
        where T : struct, ILanes<T>
    {
        T r = Sum(high, low, out T rLow);
        T linear = Sum(Of<T>(1.0), r, out T linearLow);
        T square = r * r;
        tail = linearLow + (rLow + rLow * r + square * ExpRemainder(r, square));
        return linear;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ExpRemainder<T>(T r, T r2)
        where T : struct, ILanes<T>
    {
        T r4 = r2 * r2;
        T a = Of<T>(0.5) + r * Of<T>(0.1666666666666667);
        T b = Of<T>(0.04166666666666667) + r * Of<T>(0.008333333333326141);
        T c = Of<T>(0.0013888888888883752) + r * Of<T>(0.00019841269874801073);
        T d = Of<T>(2.480158732553378e-05) + r * Of<T>(2.7557255425009614e-06);
        T e = Of<T>(2.7557273660822466e-07) + r * Of<T>(2.510520668068106e-08) + r2 * Of<T>(2.0914679595617734e-09);
        return a + r2 * b + r4 * (c + r2 * d + r4 * e);
    }

    /// <summary>value * 2^power in two factors, neither of which leaves the normal numbers; rounds once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Scale<T>(T value, T power)
        where T : struct, ILanes<T>
    {
        // (power + 2048) / 2 - 1024 rounded down and up; the shift to the left drops all but the sum's low bits.
        T lower = T.ShiftRight(T.AddIntegers(power, OfBits<T>(2046)), 1);
        T upper = T.ShiftRight(T.AddIntegers(power, OfBits<T>(2047)), 1);
        return value * T.ShiftLeft(lower, 52) * T.ShiftLeft(upper, 52);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowerOfTwo<T>(T power)
        where T : struct, ILanes<T> =>
        T.ShiftLeft(T.AddIntegers(power, OfBits<T>(1023)), 52);

    /// <summary>The upper 12 bits, taken as a whole number n, as the double 2^52 + n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ExponentField<T>(T bits)
        where T : struct, ILanes<T> =>
        T.ShiftRight(bits, 52) | Of<T>(TwoTo52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Sum<T>(T large, T small, out T low)
        where T : struct, ILanes<T>
    {
        T sum = large + small;
        low = large - sum + small;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Of<T>(double value)
        where T : struct, ILanes<T> =>
        T.Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T OfBits<T>(long bits)
        where T : struct, ILanes<T> =>
        T.Broadcast(BitConverter.Int64BitsToDouble(bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint AllLanes<T>()
        where T : struct, ILanes<T> =>
        (1u << T.Width) - 1u;
}
