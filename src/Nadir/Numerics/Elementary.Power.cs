using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

public static partial class Elementary
{
    // At this exponent every base but 1 has overflowed or underflowed; beyond it the products below would.
    internal const double LargestUsefulExponent = 36893488147419103232.0;

    /// <summary>
    /// <paramref name="x"/> to the power <paramref name="y"/>; error below 0.8 ulp. The special cases are those of IEEE 754-2019, section 9.2.1.
    /// </summary>
    /// <remarks>
    /// y log|x| reaches 745 and its absolute error becomes the result's relative one, so the logarithm is carried as a pair of doubles
    /// with a relative error below 2^-68 (Dekker 1971).
    /// </remarks>
    public static double Pow(double x, double y)
    {
        double exponent = y > LargestUsefulExponent ? LargestUsefulExponent : y < -LargestUsefulExponent ? -LargestUsefulExponent : y;
        DoubleDouble log = LogWide(Math.Abs(x));
        DoubleDouble product = DoubleDouble.Product(log.High, exponent);
        double high = ClampExponent(product.High);
        double low = high == product.High ? product.Low + log.Low * exponent : 0.0;
        DoubleDouble significand = ExpReduced(high, low, out long power);
        double result = Scale(significand.High + significand.Low, power);
        return x > 0.0 && x < double.PositiveInfinity && Math.Abs(y) < double.PositiveInfinity ? result : PowAtEdge(x, y, result);
    }

    /// <summary>The power where a base is not positive and finite or the exponent not finite.</summary>
    static double PowAtEdge(double x, double y, double powerOfMagnitude)
    {
        if (y == 0.0 || x == 1.0)
        {
            return 1.0;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double magnitude = Math.Abs(x);
        if (double.IsInfinity(y))
        {
            return magnitude == 1.0 ? 1.0 : magnitude > 1.0 == y > 0.0 ? double.PositiveInfinity : 0.0;
        }

        bool isNegative = double.IsNegative(x);
        if (magnitude == 0.0 || double.IsInfinity(magnitude))
        {
            double edge = magnitude == 0.0 == y > 0.0 ? 0.0 : double.PositiveInfinity;
            return isNegative && IsOdd(y) ? -edge : edge;
        }

        return Math.Floor(y) != y ? double.NaN : IsOdd(y) ? -powerOfMagnitude : powerOfMagnitude;
    }

    static bool IsOdd(double y) => Math.Floor(y) == y && Math.Floor(0.5 * y) != 0.5 * y;

    /// <summary>The natural logarithm of a positive finite number with a relative error below 2^-68; anything for other arguments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static DoubleDouble LogWide(double x)
    {
        bool isSubnormal = x < SmallestNormal;
        double scaled = isSubnormal ? x * TwoTo54 : x;
        long bits = BitConverter.DoubleToInt64Bits(scaled) + (OneBits - HalfSqrt3Bits);
        double k = (long)((ulong)bits >> 52) - (isSubnormal ? 1077L : 1023L);
        double m = BitConverter.Int64BitsToDouble((bits & MantissaMask) + HalfSqrt3Bits);

        // x = 2^k m with m in [√3/2, √3), and m is c = 1 or 1.5 times something within √1.5 of 1.
        bool isNearOne = m < Sqrt1Point5;
        double c = isNearOne ? 1.0 : 1.5;
        double numerator = m - c;
        double denominator = m + c;
        double denominatorLow = m - (denominator - c);

        // s = (m - c) / (m + c) as a pair; log(m / c) = 2 artanh(s) = 2s + s (2/3 z + z² R(z)) with z = s².
        double reciprocal = 1.0 / denominator;
        double s = numerator * reciprocal;
        DoubleDouble back = DoubleDouble.Product(s, denominator);
        double sLow = (numerator - back.High - back.Low - s * denominatorLow) * reciprocal;
        DoubleDouble z = DoubleDouble.Product(s, s);
        double zLow = z.Low + 2.0 * s * sLow;
        DoubleDouble first = DoubleDouble.Product(0.6666666666666666, z.High);
        double firstLow = first.Low + (3.700743415417188e-17 * z.High + 0.6666666666666666 * zLow);
        DoubleDouble t = DoubleDouble.Sum(first.High, z.High * z.High * ArtanhRemainder(z.High));
        double tLow = t.Low + firstLow;
        DoubleDouble cubic = DoubleDouble.Product(s, t.High);
        double cubicLow = cubic.Low + (s * tLow + sLow * t.High);
        DoubleDouble log = DoubleDouble.Sum(2.0 * s, cubic.High);
        double logLow = log.Low + (2.0 * sLow + cubicLow);

        double whole = k * Ln2High + (isNearOne ? 0.0 : Ln1Point5High);
        double wholeLow = k * Ln2Low + (isNearOne ? 0.0 : Ln1Point5Low);
        DoubleDouble sum = DoubleDouble.Sum(whole, log.High);
        return DoubleDouble.Sum(sum.High, sum.Low + (logLow + wholeLow));
    }

    /// <summary>(2 artanh(s) / s - 2 - 2/3 z) / z² at z = s² up to 0.0103.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double ArtanhRemainder(double z)
    {
        double w = z * z;
        double even = 0.4 + w * (0.22222222222454144 + w * (0.15384653348368382 + w * 0.12148747972177489));
        double odd = 0.28571428571428426 + w * (0.18181818045791381 + w * 0.13327901866073755);
        return even + z * odd;
    }
}
