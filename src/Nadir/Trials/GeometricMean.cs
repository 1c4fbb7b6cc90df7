using Nadir.Numerics;

namespace Nadir.Trials;

/// <summary>
/// A geometric mean that takes values one by one. Logarithms are summed as whole multiples of 2^-60, which is exact, so that neither the order of the
/// values nor how they are split into parts changes a bit of the mean. Rounding to the multiple errs by less than 1e-18 a value.
/// </summary>
sealed class GeometricMean
{
    const int FractionBits = 60;

    /// <summary>Sum of the logarithms of the positive values, in units of 2^-60. It holds more than 10^15 values.</summary>
    public Int128 Sum { get; private set; }

    /// <summary>Values that are positive and finite.</summary>
    public int Count { get; private set; }

    /// <summary>Values that are exactly 0; one of them makes the mean 0.</summary>
    public int Zeros { get; private set; }

    /// <summary>Values that are missing, which leaves no mean.</summary>
    public int Missing { get; private set; }

    /// <summary>The mean; NaN without values or where one is missing.</summary>
    public double Value =>
        Missing > 0 || Count + Zeros == 0 ? double.NaN
        : Zeros > 0 ? 0
        : Elementary.Exp(Math.ScaleB((double)Sum / Count, -FractionBits));

    /// <summary>Adds one value, at least 0; NaN is a missing one.</summary>
    public void Add(double value)
    {
        if (value > 0 && double.IsFinite(value))
        {
            Sum += (Int128)Math.Round(Math.ScaleB(Elementary.Log(value), FractionBits));
            Count++;
        }
        else if (value == 0)
        {
            Zeros++;
        }
        else
        {
            Missing++;
        }
    }

    /// <summary>Adds the values behind sums that were made elsewhere.</summary>
    public void Add(Int128 sum, int count, int zeros, int missing)
    {
        Sum += sum;
        Count = checked(Count + count);
        Zeros = checked(Zeros + zeros);
        Missing = checked(Missing + missing);
    }

    public void Add(GeometricMean other) => Add(other.Sum, other.Count, other.Zeros, other.Missing);
}
