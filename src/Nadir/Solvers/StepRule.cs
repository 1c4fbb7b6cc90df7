using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Logarithm, exponential and reciprocal for step sizes, the same bits on a lane as alone. A step size needs no more than their four digits; each step takes
/// one of the first two, and one of the last for every component.
/// </summary>
static class StepRule
{
    const double TwoTo52 = 4503599627370496.0;

    // Least maximal deviation of a polynomial of degree 4 from ln(1 + f) on 0 to 1, 7e-5, and of degree 3 from 2^f on -1/2 to 1/2, 8e-5.
    const double L0 = 6.944574456185792e-05;
    const double L1 = 0.9962619482337778;
    const double L2 = -0.466442438627468;
    const double L3 = 0.21866548366203656;
    const double L4 = -0.0554593137419739;
    const double E0 = 0.9999244814555743;
    const double E1 = 0.6931210339915362;
    const double E2 = 0.24264008283279254;
    const double E3 = 0.055922035647341134;
    const double Ln2 = 0.6931471805599453;

    // An integer difference gives 1/x within 13%; two Newton steps with constants of least maximal deviation bring 2.5e-6.
    const long ReciprocalBits = 0x7FDE640000000000;
    const double FirstTwo = 2.001;
    const double SecondTwo = 2.0;

    /// <summary>The natural logarithm of a normal number above 0.</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        double k = (bits >> 52) - 1023.0;
        double f = BitConverter.Int64BitsToDouble((bits & Elementary.MantissaMask) | Elementary.OneBits) - 1;
        double p = Math.FusedMultiplyAdd(f, Math.FusedMultiplyAdd(f, Math.FusedMultiplyAdd(f, Math.FusedMultiplyAdd(f, L4, L3), L2), L1), L0);
        return Math.FusedMultiplyAdd(k, Ln2, p);
    }

    /// <summary>e to the power x, for x from -700 to 700.</summary>
    public static double Exp(double x)
    {
        double z = x * Elementary.InverseLn2;
        double power = z + Elementary.RoundingShift;
        double f = z - (power - Elementary.RoundingShift);
        double p = Math.FusedMultiplyAdd(f, Math.FusedMultiplyAdd(f, Math.FusedMultiplyAdd(f, E3, E2), E1), E0);
        return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(p) + (BitConverter.DoubleToInt64Bits(power) << 52));
    }

    /// <summary>1/x for x from 1e-300 to 1e300, to five digits; beyond, or where x is not a number, something not finite or below 0.</summary>
    public static double Reciprocal(double x)
    {
        double r = BitConverter.Int64BitsToDouble(ReciprocalBits - BitConverter.DoubleToInt64Bits(x));
        r *= Math.FusedMultiplyAdd(-x, r, FirstTwo);
        return r * Math.FusedMultiplyAdd(-x, r, SecondTwo);
    }

    /// <inheritdoc cref="Log(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        T k = (T.ShiftRight(x, 52) | T.Broadcast(TwoTo52)) - T.Broadcast(TwoTo52 + 1023.0);
        T f = ((x & OfBits<T>(Elementary.MantissaMask)) | OfBits<T>(Elementary.OneBits)) - T.Broadcast(1);
        T p = T.MultiplyAdd(f, T.Broadcast(L4), T.Broadcast(L3));
        p = T.MultiplyAdd(f, T.MultiplyAdd(f, T.MultiplyAdd(f, p, T.Broadcast(L2)), T.Broadcast(L1)), T.Broadcast(L0));
        return T.MultiplyAdd(k, T.Broadcast(Ln2), p);
    }

    /// <inheritdoc cref="Reciprocal(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Reciprocal<T>(T x)
        where T : struct, ILanes<T>
    {
        T r = T.SubtractIntegers(OfBits<T>(ReciprocalBits), x);
        r *= T.MultiplyAdd(-x, r, T.Broadcast(FirstTwo));
        return r * T.MultiplyAdd(-x, r, T.Broadcast(SecondTwo));
    }

    /// <inheritdoc cref="Exp(double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        T z = x * T.Broadcast(Elementary.InverseLn2);
        T power = z + T.Broadcast(Elementary.RoundingShift);
        T f = z - (power - T.Broadcast(Elementary.RoundingShift));
        T p = T.MultiplyAdd(f, T.MultiplyAdd(f, T.Broadcast(E3), T.Broadcast(E2)), T.Broadcast(E1));
        return T.AddIntegers(T.MultiplyAdd(f, p, T.Broadcast(E0)), T.ShiftLeft(power, 52));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T OfBits<T>(long bits)
        where T : struct, ILanes<T> =>
        T.Broadcast(BitConverter.Int64BitsToDouble(bits));
}
