using System.Runtime.CompilerServices;

namespace Nadir.Numerics;

/// <summary>An unevaluated sum of two doubles, which together carry about 105 bits (Dekker 1971, sections 2 and 4).</summary>
/// <param name="High">The sum rounded to a double, once normalised.</param>
/// <param name="Low">What <paramref name="High"/> leaves out.</param>
readonly record struct DoubleDouble(double High, double Low)
{
    internal const long UpperHalf = ~0x7FFFFFFL;

    /// <summary>The exact sum of two doubles where <paramref name="large"/> is zero or no smaller in magnitude than <paramref name="small"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double large, double small)
    {
        double sum = large + small;
        return new DoubleDouble(sum, large - sum + small);
    }

    /// <summary>The exact sum of two doubles of any magnitude (Knuth's two-sum).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble SumOfAny(double a, double b)
    {
        double sum = a + b;
        double fromB = sum - a;
        return new DoubleDouble(sum, a - (sum - fromB) + (b - fromB));
    }

    /// <summary>The product of two doubles, within 2^-105 of it as long as nothing overflows or underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double a, double b)
    {
        // Halves are cut with a mask and not with Veltkamp's multiplication, which overflows for large arguments.
        double aHigh = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) & UpperHalf);
        double bHigh = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(b) & UpperHalf);
        double aLow = a - aHigh;
        double bLow = b - bHigh;
        double product = a * b;
        return new DoubleDouble(product, (aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh + aLow * bLow);
    }

    /// <summary>The product with a double, within 2^-100 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble Times(double factor)
    {
        DoubleDouble product = Product(High, factor);
        return Sum(product.High, product.Low + Low * factor);
    }

    /// <summary>The product with another pair, within 2^-100 of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble Times(DoubleDouble factor)
    {
        DoubleDouble product = Product(High, factor.High);
        return Sum(product.High, product.Low + (High * factor.Low + Low * factor.High));
    }

    /// <summary>The sum with another pair, within 2^-100 of the larger of the two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble Plus(DoubleDouble other)
    {
        DoubleDouble sum = SumOfAny(High, other.High);
        return Sum(sum.High, sum.Low + (Low + other.Low));
    }

    /// <summary>The negative of this.</summary>
    public DoubleDouble Negated => new(-High, -Low);
}
