using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>The scalar functions are the oracle: their own accuracy is tested beside them.</summary>
public sealed class LaneMathTests
{
    const int Vectors = 20_000;

    static readonly double[] _edges =
    [
        0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 0.55, -0.55, Math.BitIncrement(0.55), 20.0, Math.BitDecrement(20.0), -20.0, 1e22, 9007199254740991.0,
        double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(0x7FF800000000BEEF), BitConverter.Int64BitsToDouble(0x7FF0000000000001), BitConverter.Int64BitsToDouble(-1),
        double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon,
        2.2250738585072014e-308, Math.BitDecrement(2.2250738585072014e-308), 709.782712893384, 709.7827128933841, 710.0, -708.4, -745.1332191019412, -745.13321910194, -746.0, -746.5,
        3.7e19, -3.7e19, 1e300, -1e300, 1e-300, 1e-17, 0.7071067811865476, Math.BitDecrement(0.7071067811865476), 0.8660254037844386, 1.224744871391589, 1.7320508075688772,
        Math.BitDecrement(1.0), Math.BitIncrement(1.0),
    ];

    [Fact]
    public void Eight_lanes_have_the_bits_of_the_scalar_functions() => Compare<Lanes8>();

    [Fact]
    public void Four_lanes_have_the_bits_of_the_scalar_functions() => Compare<Lanes4>();

    [Fact]
    public void Two_lanes_have_the_bits_of_the_scalar_functions() => Compare<Lanes2>();

    [Fact]
    public void One_lane_has_the_bits_of_the_scalar_functions() => Compare<Lanes1>();

    [Fact]
    public void Every_pair_of_edges_has_the_bits_of_the_scalar_power_in_every_lane()
    {
        ComparePowersOfEdges<Lanes8>();
        ComparePowersOfEdges<Lanes4>();
        ComparePowersOfEdges<Lanes2>();
        ComparePowersOfEdges<Lanes1>();
    }

    static void Compare<T>()
        where T : struct, ILanes<T>
    {
        Arguments arguments = new(21);
        double[] x = new double[T.Width];
        double[] y = new double[T.Width];
        for (int i = 0; i < Vectors; i++)
        {
            // Every other vector is free of edges, so that the paths without a rare lane are taken too.
            for (int lane = 0; lane < T.Width; lane++)
            {
                x[lane] = i % 2 == 0 ? Ordinary(arguments) : Any(arguments);
                y[lane] = i % 2 == 0 ? Ordinary(arguments) : Any(arguments);
            }

            Expect<T>("Exp", x, LaneMath.Exp(Load<T>(x)), Elementary.Exp);
            Expect<T>("Log", x, LaneMath.Log(Load<T>(x)), Elementary.Log);
            Expect<T>("Tanh", x, LaneMath.Tanh(Load<T>(x)), Elementary.Tanh);
            ExpectPowers<T>(x, y);
        }
    }

    static void ComparePowersOfEdges<T>()
        where T : struct, ILanes<T>
    {
        double[] x = new double[T.Width];
        double[] y = new double[T.Width];
        for (int i = 0; i < _edges.Length * _edges.Length; i++)
        {
            for (int lane = 0; lane < T.Width; lane++)
            {
                x[lane] = lane == i % T.Width ? _edges[i / _edges.Length] : 1.5;
                y[lane] = lane == i % T.Width ? _edges[i % _edges.Length] : 2.5;
            }

            ExpectPowers<T>(x, y);
        }
    }

    static double Ordinary(Arguments arguments) => arguments.Pick(3) switch
    {
        0 => arguments.Between(0.0, 0.5),
        1 => arguments.Between(0.0, 4.0),
        _ => arguments.Between(1.0, 700.0),
    };

    static double Any(Arguments arguments) => arguments.Pick(6) switch
    {
        0 => _edges[arguments.Pick(_edges.Length)],
        1 => arguments.AnyPositive(),
        2 => -arguments.AnyPositive(),
        3 => arguments.Tiny(),
        4 => arguments.Between(-760.0, 760.0),
        _ => arguments.Near(_edges[arguments.Pick(_edges.Length)]),
    };

    static void ExpectPowers<T>(double[] x, double[] y)
        where T : struct, ILanes<T>
    {
        double[] computed = Values(LaneMath.Pow(Load<T>(x), Load<T>(y)));
        for (int lane = 0; lane < T.Width; lane++)
        {
            SameBits(computed[lane], Elementary.Pow(x[lane], y[lane]), $"Pow({x[lane]:R}, {y[lane]:R}) in lane {lane} of {T.Width}");
        }
    }

    static void Expect<T>(string name, double[] x, T computed, Func<double, double> scalar)
        where T : struct, ILanes<T>
    {
        double[] values = Values(computed);
        for (int lane = 0; lane < T.Width; lane++)
        {
            SameBits(values[lane], scalar(x[lane]), $"{name}({x[lane]:R}) in lane {lane} of {T.Width}");
        }
    }

    static void SameBits(double computed, double expected, string what)
    {
        if (BitConverter.DoubleToInt64Bits(computed) != BitConverter.DoubleToInt64Bits(expected))
        {
            Assert.Fail($"{what} is {computed:R}, not {expected:R}");
        }
    }

    static T Load<T>(double[] values)
        where T : struct, ILanes<T> =>
        T.Load(ref values[0]);

    static double[] Values<T>(T lanes)
        where T : struct, ILanes<T>
    {
        double[] values = new double[T.Width];
        T.Store(lanes, ref values[0]);
        return values;
    }
}
