using System.Numerics;

namespace Nadir.Numerics;

public static partial class Elementary
{
    /// <summary>
    /// <paramref name="x"/> less the nearest multiple of π/2, and that multiple modulo 4 (Payne &amp; Hanek 1983): the significand
    /// times the 192 bits of 2/π that matter, in integers, so that nothing is lost at any size of a finite angle.
    /// </summary>
    static DoubleDouble ReduceAngle(double x, out int quadrant)
    {
        quadrant = 0;
        if (Math.Abs(x) <= QuarterPi)
        {
            return new DoubleDouble(x, 0.0);
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1075;
        ulong significand = (ulong)((bits & MantissaMask) | (1L << 52));

        // Bits of 2/π whose product with the significand is a multiple of 4 are skipped; the window's top bits are worth 2 and 1.
        UInt128 high = WindowTimes(exponent + 62, significand, out ulong low);
        quadrant = (int)(((high >> 126) + ((high >> 125) & 1)) & 3);

        // What is left, in quarter turns, as a signed fraction of 2^192; rounding up above makes the upper half negative.
        high = (high << 2) | (low >> 62);
        low <<= 2;
        bool isNegative = (high >> 127) != 0;
        if (isNegative)
        {
            low = ~low + 1;
            high = ~high + (low == 0 ? UInt128.One : UInt128.Zero);
        }

        DoubleDouble angle = FromFraction(high, low).Times(new DoubleDouble(HalfPi, HalfPiLow));
        quadrant = x < 0.0 ? -quadrant & 3 : quadrant;
        return isNegative != x < 0.0 ? angle.Negated : angle;
    }

    /// <summary>The lowest 192 bits of the significand times the 192 bits of 2/π from <paramref name="offset"/> on.</summary>
    static UInt128 WindowTimes(int offset, ulong significand, out ulong low)
    {
        ulong upper = Math.BigMul(Word(offset + 128), significand, out low);
        UInt128 middle = new UInt128(0, upper) + (UInt128)Word(offset + 64) * significand;
        return middle + ((UInt128)(Word(offset) * significand) << 64);
    }

    /// <summary>64 bits of 2/π, from a bit offset on.</summary>
    static ulong Word(int offset)
    {
        int index = offset >> 6;
        int shift = offset & 63;
        return shift == 0 ? TwoOverPi[index] : (TwoOverPi[index] << shift) | (TwoOverPi[index + 1] >> (64 - shift));
    }

    /// <summary>A fraction of 2^192 as a pair of doubles, within 2^-115 of it.</summary>
    static DoubleDouble FromFraction(UInt128 high, ulong low)
    {
        int zeros = BitOperations.LeadingZeroCount((ulong)(high >> 64));
        UInt128 normal = zeros == 0 ? high : (high << zeros) | (low >> (64 - zeros));
        double first = (long)(normal >> 75);
        double second = (long)((ulong)(normal >> 12) & 0x7FFFFFFFFFFFFFFF);
        return DoubleDouble.Sum(first * PowerOfTwo(-53 - zeros), second * PowerOfTwo(-116 - zeros));
    }

    /// <summary>A zero word, then the first 1280 bits of 2/π.</summary>
    static ReadOnlySpan<ulong> TwoOverPi =>
    [
        0, 0xA2F9836E4E441529, 0xFC2757D1F534DDC0, 0xDB6295993C439041, 0xFE5163ABDEBBC561, 0xB7246E3A424DD2E0, 0x06492EEA09D1921C,
        0xFE1DEB1CB129A73E, 0xE88235F52EBB4484, 0xE99C7026B45F7E41, 0x3991D639835339F4, 0x9C845F8BBDF9283B, 0x1FF897FFDE05980F,
        0xEF2F118B5A0A6D1F, 0x6D367ECF27CB09B7, 0x4F463F669E5FEA2D, 0x7527BAC7EBE5F17B, 0x3D0739F78A5292EA, 0x6BFB5FB11F8D5D08,
        0x56033046FC7B6BAB, 0xF0CFBC209AF4361D,
    ];
}
