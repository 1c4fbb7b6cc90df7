using System.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>A binary floating-point number with 256 bits: the truth that functions of doubles are compared with.</summary>
readonly struct BigReal
{
    const int Precision = 256;
    readonly BigInteger _significand;
    readonly int _exponent;

    BigReal(BigInteger significand, int exponent)
    {
        int excess = (int)BigInteger.Abs(significand).GetBitLength() - Precision;
        _significand = excess > 0 ? significand >> excess : significand;
        _exponent = excess > 0 ? exponent + excess : exponent;
    }

    public bool IsZero => _significand.IsZero;

    /// <summary>The exponent of the leading bit.</summary>
    public int Magnitude => (int)BigInteger.Abs(_significand).GetBitLength() - 1 + _exponent;

    public static implicit operator BigReal(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        long significand = biased == 0 ? fraction : fraction | (1L << 52);
        return new BigReal(bits < 0 ? -significand : significand, Math.Max(biased, 1) - 1075);
    }

    public static BigReal Of(BigInteger significand, int exponent) => new(significand, exponent);

    public static BigReal operator +(BigReal a, BigReal b)
    {
        // A term below the other's last bit is left out; aligning it would need thousands of bits.
        if (a.IsZero || (!b.IsZero && b.Magnitude - a.Magnitude > 2 * Precision))
        {
            return b;
        }

        if (b.IsZero || a.Magnitude - b.Magnitude > 2 * Precision)
        {
            return a;
        }

        int exponent = Math.Min(a._exponent, b._exponent);
        return new BigReal((a._significand << (a._exponent - exponent)) + (b._significand << (b._exponent - exponent)), exponent);
    }

    public static BigReal operator -(BigReal a) => new(-a._significand, a._exponent);

    public static BigReal operator -(BigReal a, BigReal b) => a + -b;

    public static BigReal operator *(BigReal a, BigReal b) => new(a._significand * b._significand, a._exponent + b._exponent);

    public static BigReal operator /(BigReal a, BigReal b)
    {
        int shift = 2 * Precision;
        return new BigReal((a._significand << shift) / b._significand, a._exponent - shift - b._exponent);
    }

    public BigReal Scaled(int powerOfTwo) => new(_significand, _exponent + powerOfTwo);

    public BigReal SquareRoot()
    {
        if (IsZero)
        {
            return this;
        }

        int shift = 2 * Precision + ((_exponent & 1) == 0 ? 0 : 1);
        BigInteger radicand = _significand << shift;
        BigInteger root = BigInteger.One << (int)(radicand.GetBitLength() / 2 + 1);
        for (BigInteger next = (root + radicand / root) >> 1; next < root; next = (root + radicand / root) >> 1)
        {
            root = next;
        }

        return new BigReal(root, (_exponent - shift) / 2);
    }

    /// <summary>The value truncated to a double; only for values within a double's normal range, or far below it.</summary>
    public double ToDouble()
    {
        int excess = (int)BigInteger.Abs(_significand).GetBitLength() - 53;
        BigInteger top = excess > 0 ? _significand >> excess : _significand;
        return Math.ScaleB((double)top, excess > 0 ? _exponent + excess : _exponent);
    }

    /// <summary>How far a double is from this, in units in the last place of this.</summary>
    public double UlpsTo(double computed)
    {
        if (IsZero)
        {
            return computed == 0.0 ? 0.0 : double.PositiveInfinity;
        }

        // Beyond the largest double, infinity counts as the next one.
        BigReal found = double.IsInfinity(computed) ? Of(Math.Sign(computed), 1024) : computed;
        int unit = Math.Max(Magnitude, -1022) - 52;
        return Math.Abs((found - this).Scaled(-unit).ToDouble());
    }
}
