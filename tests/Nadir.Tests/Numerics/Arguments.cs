using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>Reproducible arguments for tests of functions of doubles.</summary>
sealed class Arguments(ulong seed)
{
    RandomStream _stream = new(seed, 0, RandomStream.Purpose("test arguments"));

    public int Pick(int count) => (int)(_stream.NextUInt64() % (ulong)count);

    public double Between(double low, double high) => low + (high - low) * _stream.NextUniform();

    /// <summary>Any positive finite double, subnormal ones included, every exponent as likely as any other.</summary>
    public double AnyPositive() => BitConverter.UInt64BitsToDouble(_stream.NextUInt64() % 0x7FF0000000000000);

    /// <summary>From 1e-18 to 0.3 in magnitude, of either sign.</summary>
    public double Tiny() => (Pick(2) == 0 ? 1.0 : -1.0) * Math.ScaleB(Between(0.5, 1.0), -Pick(59)) * 0.3;

    /// <summary>One of the 2000 doubles around a value.</summary>
    public double Near(double value) => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) + Pick(2001) - 1000);
}
