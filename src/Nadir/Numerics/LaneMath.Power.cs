using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

static partial class LaneMath
{
    const int MostLanes = 8;

    /// <summary><paramref name="x"/> to the power <paramref name="y"/>; see <see cref="Elementary.Pow"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Pow<T>(T x, T y)
        where T : struct, ILanes<T>
    {
        T regular = T.Less(Of<T>(0.0), x) & T.Less(x, Of<T>(double.PositiveInfinity)) & T.Less(T.Abs(y), Of<T>(double.PositiveInfinity));
        T result = PowOfPositive(x, y);
        uint edges = T.Bits(regular) ^ AllLanes<T>();
        return edges == 0 ? result : RedoPow(x, y, result, edges);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T PowOfPositive<T>(T x, T y)
        where T : struct, ILanes<T>
    {
        T fromBelow = T.Select(T.Less(y, Of<T>(-Elementary.LargestUsefulExponent)), Of<T>(-Elementary.LargestUsefulExponent), y);
        T exponent = T.Select(T.Less(Of<T>(Elementary.LargestUsefulExponent), y), Of<T>(Elementary.LargestUsefulExponent), fromBelow);
        T log = LogWide(x, out T logLow);
        T product = Product(log, exponent, out T productLow);
        T high = ClampExponent(product);
        T low = T.Equal(high, product) & (productLow + logLow * exponent);
        T k = NearestPower(high, out T power);
        T significand = ExpOfRemainder(high - k * Of<T>(Elementary.Ln2High), low - k * Of<T>(Elementary.Ln2Low), out T tail);
        return Scale(significand + tail, power);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static T RedoPow<T>(T x, T y, T result, uint lanes)
        where T : struct, ILanes<T>
    {
        Span<double> buffer = stackalloc double[3 * MostLanes];
        Span<double> bases = buffer[..MostLanes];
        Span<double> exponents = buffer[MostLanes..(2 * MostLanes)];
        Span<double> results = buffer[(2 * MostLanes)..];
        T.Store(x, ref bases[0]);
        T.Store(y, ref exponents[0]);
        T.Store(result, ref results[0]);
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
            results[lane] = Elementary.Pow(bases[lane], exponents[lane]);
        }

        return T.Load(ref results[0]);
    }

    /// <summary>The natural logarithm of a positive finite number as a pair; anything for other arguments.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogWide<T>(T x, out T low)
        where T : struct, ILanes<T>
    {
        T isSubnormal = T.Less(x, Of<T>(Elementary.SmallestNormal));
        T scaled = T.Select(isSubnormal, x * Of<T>(Elementary.TwoTo54), x);
        T bits = T.AddIntegers(scaled, OfBits<T>(Elementary.OneBits - Elementary.HalfSqrt3Bits));
        T k = ExponentField(bits) - T.Select(isSubnormal, Of<T>(TwoTo52 + 1077.0), Of<T>(TwoTo52 + 1023.0));
        T m = T.AddIntegers(bits & OfBits<T>(Elementary.MantissaMask), OfBits<T>(Elementary.HalfSqrt3Bits));
        T isNearOne = T.Less(m, Of<T>(Elementary.Sqrt1Point5));
        T log = LogOfRatio(m, T.Select(isNearOne, Of<T>(1.0), Of<T>(1.5)), out T logLow);
        T whole = k * Of<T>(Elementary.Ln2High) + T.Select(isNearOne, Of<T>(0.0), Of<T>(Elementary.Ln1Point5High));
        T wholeLow = k * Of<T>(Elementary.Ln2Low) + T.Select(isNearOne, Of<T>(0.0), Of<T>(Elementary.Ln1Point5Low));
        T sum = Sum(whole, log, out T sumLow);
        return Sum(sum, sumLow + (logLow + wholeLow), out low);
    }

    /// <summary>log(m / c) for m / c within √1.5 of 1, as a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T LogOfRatio<T>(T m, T c, out T low)
        where T : struct, ILanes<T>
    {
        T numerator = m - c;
        T denominator = m + c;
        T denominatorLow = m - (denominator - c);
        T reciprocal = Of<T>(1.0) / denominator;
        T s = numerator * reciprocal;
        T back = Product(s, denominator, out T backLow);
        T sLow = (numerator - back - backLow - s * denominatorLow) * reciprocal;
        T z = Product(s, s, out T squareLow);
        T zLow = squareLow + Of<T>(2.0) * s * sLow;
        T first = Product(Of<T>(0.6666666666666666), z, out T productLow);
        T firstLow = productLow + (Of<T>(3.700743415417188e-17) * z + Of<T>(0.6666666666666666) * zLow);
        T t = Sum(first, z * z * ArtanhRemainder(z), out T tSumLow);
        T tLow = tSumLow + firstLow;
        T cubic = Product(s, t, out T cubicProductLow);
        T cubicLow = cubicProductLow + (s * tLow + sLow * t);
        T log = Sum(Of<T>(2.0) * s, cubic, out T logSumLow);
        low = logSumLow + (Of<T>(2.0) * sLow + cubicLow);
        return log;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T ArtanhRemainder<T>(T z)
        where T : struct, ILanes<T>
    {
        T w = z * z;
        T even = Of<T>(0.4) + w * (Of<T>(0.22222222222454144) + w * (Of<T>(0.15384653348368382) + w * Of<T>(0.12148747972177489)));
        T odd = Of<T>(0.28571428571428426) + w * (Of<T>(0.18181818045791381) + w * Of<T>(0.13327901866073755));
        return even + z * odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Product<T>(T a, T b, out T low)
        where T : struct, ILanes<T>
    {
        T aHigh = a & OfBits<T>(DoubleDouble.UpperHalf);
        T bHigh = b & OfBits<T>(DoubleDouble.UpperHalf);
        T aLow = a - aHigh;
        T bLow = b - bHigh;
        T product = a * b;
        low = (aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh + aLow * bLow;
        return product;
    }
}
