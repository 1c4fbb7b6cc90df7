using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public sealed class LanesTests
{
    static readonly double[] _edges =
    [
        0.0, -0.0, 1.0, -1.0, 1.5, -1.5, 0.1, -2.5, 1e16, -1e300, 1e300, double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, BitConverter.Int64BitsToDouble(-1), BitConverter.Int64BitsToDouble(0x7FF8000000000000),
    ];

    [Fact]
    public void Each_of_eight_lanes_does_what_one_lane_does() => Compare<Lanes8>();

    [Fact]
    public void Each_of_four_lanes_does_what_one_lane_does() => Compare<Lanes4>();

    [Fact]
    public void Each_of_two_lanes_does_what_one_lane_does() => Compare<Lanes2>();

    /// <summary>The operations on one lane themselves, against the language's own.</summary>
    [Fact]
    public void One_lane_does_what_a_double_does()
    {
        foreach (double a in _edges)
        {
            foreach (double b in _edges)
            {
                Lanes1 x = new(a);
                Lanes1 y = new(b);
                Same(x + y, a + b);
                Same(x - y, a - b);
                Same(x * y, a * b);
                Same(x / y, a / b);
                Same(-x, -a);
                Same(Lanes1.MultiplyAdd(x, y, x), Math.FusedMultiplyAdd(a, b, a));
                Same(Lanes1.Min(x, y), Math.Min(a, b));
                Same(Lanes1.Max(x, y), Math.Max(a, b));
                if (!double.IsNaN(a) && !double.IsNaN(b) && (a != 0 || b != 0))
                {
                    Same(Lanes1.MaxOfNumbers(x, y), Math.Max(a, b));
                }

                Lanes1.Bits(Lanes1.Less(x, y)).ShouldBe(a < b ? 1u : 0u);
                Lanes1.Bits(Lanes1.LessOrEqual(x, y)).ShouldBe(a <= b ? 1u : 0u);
                Lanes1.Bits(Lanes1.Equal(x, y)).ShouldBe(a == b ? 1u : 0u);
                Same(Lanes1.Select(Lanes1.Less(x, y), x, y), a < b ? a : b);
            }
        }
    }

    [Fact]
    public void A_mask_has_one_bit_a_lane_with_the_first_lane_lowest()
    {
        double[] values = [-1, 1, 1, -1, 1, -1, 1, 1];
        Lanes8.Bits(Lanes8.Less(Lanes8.Load(ref values[0]), Lanes8.Broadcast(0.0))).ShouldBe(0b00101001u);
        Lanes4.Bits(Lanes4.Less(Lanes4.Load(ref values[0]), Lanes4.Broadcast(0.0))).ShouldBe(0b1001u);
        Lanes2.Bits(Lanes2.Less(Lanes2.Load(ref values[0]), Lanes2.Broadcast(0.0))).ShouldBe(0b01u);
    }

    static void Compare<T>()
        where T : struct, ILanes<T>
    {
        Arguments arguments = new(22);
        double[] a = new double[T.Width];
        double[] b = new double[T.Width];
        double[] c = new double[T.Width];
        for (int i = 0; i < 5000; i++)
        {
            Fill(arguments, a);
            Fill(arguments, b);
            Fill(arguments, c);
            List<T> wide = Operations(T.Load(ref a[0]), T.Load(ref b[0]), T.Load(ref c[0]));
            for (int lane = 0; lane < T.Width; lane++)
            {
                List<Lanes1> one = Operations(new Lanes1(a[lane]), new Lanes1(b[lane]), new Lanes1(c[lane]));
                for (int operation = 0; operation < one.Count; operation++)
                {
                    string what = $"operation {operation} on {a[lane]:R}, {b[lane]:R}, {c[lane]:R} in lane {lane} of {T.Width}";
                    ShouldBeSame(Values(wide[operation])[lane], Values(one[operation])[0], what);
                }
            }
        }
    }

    static List<T> Operations<T>(T a, T b, T c)
        where T : struct, ILanes<T> =>
    [
        a + b, a - b, a * b, a / b, -a, a & b, a | b, T.MultiplyAdd(a, b, c), T.Sqrt(a), T.Abs(a), T.Floor(a), T.Ceiling(a), T.Min(a, b), T.Max(a, b),
        T.Equal(a, b), T.Less(a, b), T.LessOrEqual(a, b), T.Select(T.Less(a, b), c, a), T.Select(a, b, c), T.AddIntegers(a, b), T.SubtractIntegers(a, b), T.MaxIntegers(a, b), T.ShiftLeft(a, 52), T.ShiftLeft(a, 1),
        T.ShiftRight(a, 52), T.ShiftRight(a, 1), T.Broadcast(1.0 / 3.0),
    ];

    static void Fill(Arguments arguments, double[] values)
    {
        foreach (ref double value in values.AsSpan())
        {
            value = arguments.Pick(4) switch
            {
                0 => arguments.AnyPositive(),
                1 => -arguments.AnyPositive(),
                2 => arguments.Between(-10.0, 10.0),
                _ => _edges[arguments.Pick(_edges.Length)],
            };
        }
    }

    static double[] Values<T>(T lanes)
        where T : struct, ILanes<T>
    {
        double[] values = new double[T.Width];
        T.Store(lanes, ref values[0]);
        return values;
    }

    static void Same(Lanes1 computed, double expected) => ShouldBeSame(Values(computed)[0], expected, "one lane");

    /// <summary>Which of two NaN operands a processor hands on is not defined, and never read.</summary>
    static void ShouldBeSame(double computed, double expected, string what)
    {
        bool isSame = BitConverter.DoubleToInt64Bits(computed) == BitConverter.DoubleToInt64Bits(expected) || (double.IsNaN(computed) && double.IsNaN(expected));
        if (!isSame)
        {
            Assert.Fail($"{what}: {computed:R}, not {expected:R}");
        }
    }
}
