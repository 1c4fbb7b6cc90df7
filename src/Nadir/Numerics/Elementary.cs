using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

/// <summary>
/// The elementary functions, with the same bits on every machine: only exactly defined operations (+, -, *, /, square root,
/// comparison, bit operations, rounding to integers) in a fixed order, never the C library, a fused multiply-add or an estimate.
/// </summary>
/// <remarks>
/// Each function reduces its argument to a short interval (Cody &amp; Waite 1980, chapters 5 to 11; Payne &amp; Hanek 1983 for the trigonometric
/// functions) and evaluates a near-minimax polynomial there. Where the error bound needs it, a leading term is carried as a sum of two
/// doubles (Dekker 1971). Stated errors hold over the whole range, in units in the last place (ulp) of the exact result;
/// they are the largest errors found against 200-bit values, rounded up. A NaN result is always <see cref="double.NaN"/>.
/// </remarks>
public static partial class Elementary
{
    // The high parts of ln 2 and ln 1.5 end at 2^-41, so that any multiple k ln 2 + ln 1.5 with |k| < 2048 is exact.
    internal const double Ln2High = 0.6931471805601177;
    internal const double Ln2Low = -1.7239444525614835e-13;
    internal const double Ln1Point5High = 0.40546510810827385;
    internal const double Ln1Point5Low = -1.094708713660664e-13;
    internal const double InverseLn2 = 1.4426950408889634;

    // Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, which is then read from the low bits.
    internal const double RoundingShift = 6755399441055744.0;
    internal const long RoundingShiftBits = 0x4338000000000000;

    internal const double SmallestNormal = 2.2250738585072014e-308;
    internal const double TwoTo54 = 18014398509481984.0;
    internal const long MantissaMask = 0x000FFFFFFFFFFFFF;
    internal const long OneBits = 0x3FF0000000000000;
    internal const long SqrtHalfBits = 0x3FE6A09E667F3BCD;
    internal const long HalfSqrt3Bits = 0x3FEBB67AE8584CAA;
    internal const double Sqrt1Point5 = 1.224744871391589;

    /// <summary>e to the power <paramref name="x"/>; error below 0.8 ulp.</summary>
    public static double Exp(double x)
    {
        DoubleDouble significand = ExpReduced(ClampExponent(x), 0.0, out long power);
        double result = Scale(significand.High + significand.Low, power);
        return double.IsNaN(x) ? double.NaN : result;
    }

    /// <summary>The natural logarithm; error below 0.9 ulp. -∞ at 0, NaN below.</summary>
    public static double Log(double x)
    {
        bool isSubnormal = x < SmallestNormal;
        double scaled = isSubnormal ? x * TwoTo54 : x;
        long bits = BitConverter.DoubleToInt64Bits(scaled) + (OneBits - SqrtHalfBits);
        double k = (long)((ulong)bits >> 52) - (isSubnormal ? 1077L : 1023L);
        double f = BitConverter.Int64BitsToDouble((bits & MantissaMask) + SqrtHalfBits) - 1.0;

        // log(1 + f) = 2 artanh(s) = f - f²/2 + s (f²/2 + z R(z)), with s = f / (2 + f) and z = s².
        double s = f / (2.0 + f);
        double z = s * s;
        double w = z * z;
        double odd = 0.4000000000000088 + w * (0.22222222392089008 + w * (0.15386241881938595 + w * 0.1308723619665962));
        double even = 0.6666666666666666 + w * (0.28571428570801954 + w * (0.18181795600060793 + w * 0.13268714792348096));
        double r = z * (even + z * odd);
        double halfSquare = 0.5 * f * f;
        DoubleDouble sum = DoubleDouble.Sum(k * Ln2High, f);
        double result = sum.High + (sum.Low - (halfSquare - (s * (halfSquare + r) + k * Ln2Low)));
        return FixLog(x, result);
    }

    /// <summary>The logarithm to base 10; error below 0.51 ulp, exact at powers of ten.</summary>
    public static double Log10(double x)
    {
        DoubleDouble log = LogWide(x).Times(new DoubleDouble(0.4342944819032518, 1.098319650216765e-17));
        return FixLog(x, log.High);
    }

    /// <summary>log(1 + <paramref name="x"/>), also for tiny <paramref name="x"/>; error below 0.8 ulp.</summary>
    public static double Log1p(double x)
    {
        DoubleDouble argument = DoubleDouble.SumOfAny(1.0, x);
        DoubleDouble log = LogWide(argument.High);
        double result = log.High + (log.Low + argument.Low / argument.High);
        return x == 0.0 ? x : FixLog(argument.High, result);
    }

    /// <summary>e to the power <paramref name="x"/> less 1, also for tiny <paramref name="x"/>; error below 1.2 ulp.</summary>
    public static double Expm1(double x)
    {
        if (!(x > -40.0 && x < 40.0))
        {
            return x < 0.0 ? -1.0 : Exp(x);
        }

        DoubleDouble r = ReduceExponent(x, 0.0, out long power);
        double tail = r.High * r.High * ExpRemainder(r.High) + (r.Low + r.Low * r.High);
        double scale = PowerOfTwo(power);
        DoubleDouble exp = DoubleDouble.Sum(1.0, r.High);
        DoubleDouble difference = DoubleDouble.SumOfAny(scale * exp.High, -1.0);
        double result = power == 0 ? r.High + tail : difference.High + (difference.Low + scale * (exp.Low + tail));
        return x == 0.0 ? x : result;
    }

    static double FixLog(double x, double result) =>
        x > 0.0 && x < double.PositiveInfinity ? result
        : x == 0.0 ? double.NegativeInfinity
        : x > 0.0 ? x
        : double.NaN;

    /// <summary>Beyond these limits e^x is 0 or ∞ in any case; inside, the power of two stays within reach of <see cref="Scale"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double ClampExponent(double x)
    {
        double fromBelow = x < -746.0 ? -746.0 : x;
        return fromBelow > 710.0 ? 710.0 : fromBelow;
    }

    /// <summary>e^(high + low) = result * 2^power, with the result in [0.7, 1.42] as an unnormalised pair within 2^-57.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble ExpReduced(double high, double low, out long power)
    {
        DoubleDouble r = ReduceExponent(high, low, out power);
        DoubleDouble linear = DoubleDouble.Sum(1.0, r.High);
        double square = r.High * r.High;
        return new DoubleDouble(linear.High, linear.Low + (r.Low + r.Low * r.High + square * ExpRemainder(r.High)));
    }

    /// <summary>Takes the nearest multiple of ln 2 from an exponent; what is left is at most ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble ReduceExponent(double high, double low, out long power)
    {
        double shifted = high * InverseLn2 + RoundingShift;
        power = BitConverter.DoubleToInt64Bits(shifted) - RoundingShiftBits;
        double k = shifted - RoundingShift;
        return DoubleDouble.Sum(high - k * Ln2High, low - k * Ln2Low);
    }

    /// <summary>(e^r - 1 - r) / r² for |r| up to ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double ExpRemainder(double r)
    {
        double r2 = r * r;
        double r4 = r2 * r2;
        double a = 0.5 + r * 0.1666666666666667;
        double b = 0.04166666666666667 + r * 0.008333333333326141;
        double c = 0.0013888888888883752 + r * 0.00019841269874801073;
        double d = 2.480158732553378e-05 + r * 2.7557255425009614e-06;
        double e = 2.7557273660822466e-07 + r * 2.510520668068106e-08 + r2 * 2.0914679595617734e-09;
        return a + r2 * b + r4 * (c + r2 * d + r4 * e);
    }

    /// <summary>value * 2^power in two factors, neither of which leaves the normal numbers for |power| up to 2044; rounds once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Scale(double value, long power)
    {
        long half = (long)((ulong)(power + 2048) >> 1) - 1024;
        return value * PowerOfTwo(half) * PowerOfTwo(power - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double PowerOfTwo(long power) => BitConverter.Int64BitsToDouble((power + 1023) << 52);
}
