namespace Nadir.Numerics;

/// <summary>
/// Several doubles side by side, one a patient. Every operation acts on each lane by itself and is exactly defined (IEEE 754 arithmetic, fused
/// multiply-add, comparison, bits), so a lane's result depends neither on its neighbours nor on how many there are.
/// </summary>
/// <remarks>A comparison gives a mask: all bits of a lane set where it holds, none where it does not (also where an operand is NaN).</remarks>
/// <typeparam name="T">The vector itself.</typeparam>
interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Width { get; }

    static abstract T Broadcast(double value);

    /// <summary>Reads <see cref="Width"/> doubles that lie side by side.</summary>
    static abstract T Load(ref readonly double source);

    static abstract void Store(T lanes, ref double target);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator -(T a);

    /// <summary>Bitwise and.</summary>
    static abstract T operator &(T a, T b);

    /// <summary>Bitwise or.</summary>
    static abstract T operator |(T a, T b);

    /// <summary>a*b + c, rounded once.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T Sqrt(T a);

    static abstract T Abs(T a);

    static abstract T Floor(T a);

    static abstract T Ceiling(T a);

    /// <summary>The smaller; NaN where either is.</summary>
    static abstract T Min(T a, T b);

    /// <summary>The larger; NaN where either is.</summary>
    static abstract T Max(T a, T b);

    /// <summary>The larger, in one instruction; where either is NaN, one of the two.</summary>
    static abstract T MaxOfNumbers(T a, T b);

    static abstract T Equal(T a, T b);

    static abstract T Less(T a, T b);

    static abstract T LessOrEqual(T a, T b);

    /// <summary>Where <paramref name="mask"/> has its bits set, <paramref name="chosen"/>, else <paramref name="otherwise"/>.</summary>
    static abstract T Select(T mask, T chosen, T otherwise);

    /// <summary>One bit a lane: the sign bit of each.</summary>
    static abstract uint Bits(T mask);

    /// <summary>Sum of the lanes taken as 64-bit integers.</summary>
    static abstract T AddIntegers(T a, T b);

    /// <summary>The difference of the bits, read as whole numbers.</summary>
    static abstract T SubtractIntegers(T a, T b);

    /// <summary>The larger of the bits, read as whole numbers with a sign.</summary>
    static abstract T MaxIntegers(T a, T b);

    static abstract T ShiftLeft(T a, int bits);

    /// <summary>Shifts in zeros.</summary>
    static abstract T ShiftRight(T a, int bits);
}
