using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

/// <summary>The factorisation of one matrix is the oracle: it is tested against another library beside this.</summary>
public sealed class LaneLuTests
{
    public static TheoryData<int> Orders => [1, 2, 3, 7, 12, 20];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_lane_has_the_bits_of_one_matrix_alone(int order)
    {
        Compare<Lanes8>(order);
        Compare<Lanes4>(order);
        Compare<Lanes2>(order);
        Compare<Lanes1>(order);
    }

    [Fact]
    public void Lanes_exchange_their_own_rows()
    {
        LaneLu<Lanes2> lu = new(2);
        lu.Weights.Span.Fill(1);
        double[] first = [0, 2, 4, 1];
        double[] second = [2, 0, 1, 1];
        for (int i = 0; i < 4; i++)
        {
            lu.Matrix[2 * i] = first[i];
            lu.Matrix[(2 * i) + 1] = second[i];
        }

        double[] b = [6, 2, 11, 2];
        lu.Factor().ShouldBe(0b11u);
        lu.Solve(ref b[0]);

        b.ShouldBe([2, 1, 3, 1]);
    }

    [Fact]
    public void Lanes_without_a_factorisation_are_named_and_leave_the_others_alone()
    {
        LaneLu<Lanes4> lu = new(2);
        lu.Weights.Span.Fill(1);
        double[][] matrices = [[1, 2, 2, 4], [3, 1, 1, 2], [1, double.NaN, 2, 3], [0, 1, double.PositiveInfinity, 1]];
        for (int i = 0; i < 16; i++)
        {
            lu.Matrix[i] = matrices[i % 4][i / 4];
        }

        double[] b = [1, 5, 1, 1, 1, 5, 1, 1];
        lu.Factor().ShouldBe(0b0010u);
        lu.Solve(ref b[0]);

        (b[1], b[5]).ShouldBe((1, 2));
    }

    [Fact]
    public void Factoring_and_solving_allocate_nothing()
    {
        LaneLu<Lanes8> lu = new(5);
        lu.Weights.Span.Fill(1);
        double[] b = new double[40];
        Arguments arguments = new(31);

        Allocated.Least(() =>
        {
            for (int j = 0; j < lu.Matrix.Length; j++)
            {
                lu.Matrix[j] = arguments.Between(-1.0, 1.0);
            }

            lu.Factor();
            lu.Solve(ref b[0]);
        }).ShouldBe(0);
    }

    static void Compare<T>(int order)
        where T : struct, ILanes<T>
    {
        Arguments arguments = new((ulong)order);
        LaneLu<T> lu = new(order);
        LaneArray b = new(order * T.Width);
        DenseLu[] alone = [.. Enumerable.Range(0, T.Width).Select(_ => new DenseLu(order))];
        double[][] sides = [.. Enumerable.Range(0, T.Width).Select(_ => new double[order])];
        double[][] weights = [.. Enumerable.Range(0, T.Width).Select(_ => new double[order])];
        for (int trial = 0; trial < 200; trial++)
        {
            for (int lane = 0; lane < T.Width; lane++)
            {
                Fill(arguments, trial, alone[lane].Matrix);
                Fill(arguments, 0, sides[lane]);
                weights[lane] = [.. weights[lane].Select(_ => trial % 2 == 0 ? 1 : arguments.Between(0.1, 10.0))];
                Scatter<T>(weights[lane], lane, lu.Weights);
                Scatter<T>(alone[lane].Matrix, lane, lu.Matrix);
                Scatter<T>(sides[lane], lane, b);
            }

            uint factored = lu.Factor();
            lu.Solve(ref b[0]);
            for (int lane = 0; lane < T.Width; lane++)
            {
                bool isFactored = alone[lane].TryFactor(weights[lane]);
                ((factored >> lane) & 1u).ShouldBe(isFactored ? 1u : 0u);
                if (isFactored)
                {
                    alone[lane].Solve(sides[lane]);
                    Expect<T>(sides[lane], lane, b);
                }
            }
        }
    }

    /// <summary>Full, sparse, diagonally dominant or with values that are too large, too small or not finite.</summary>
    static void Fill(Arguments arguments, int trial, Span<double> values)
    {
        int order = (int)Math.Sqrt(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            bool isDiagonal = i % (order + 1) == 0;
            values[i] = (trial % 4) switch
            {
                0 => arguments.Between(-1.0, 1.0),
                1 => isDiagonal ? 5.0 : arguments.Pick(3) == 0 ? arguments.Between(-1.0, 1.0) : 0.0,
                2 => arguments.Pick(2) == 0 ? arguments.Between(-1.0, 1.0) : -0.0,
                _ => arguments.Pick(200) == 0 ? double.NaN : arguments.Pick(200) == 0 ? double.NegativeInfinity : arguments.Tiny(),
            };
        }
    }

    static void Scatter<T>(ReadOnlySpan<double> values, int lane, LaneArray lanes)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            lanes[(i * T.Width) + lane] = values[i];
        }
    }

    static void Expect<T>(double[] expected, int lane, LaneArray lanes)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double computed = lanes[(i * T.Width) + lane];
            bool isSame = BitConverter.DoubleToInt64Bits(computed) == BitConverter.DoubleToInt64Bits(expected[i]) || (double.IsNaN(computed) && double.IsNaN(expected[i]));
            isSame.ShouldBeTrue($"component {i} in lane {lane} of {T.Width} is {computed:R}, not {expected[i]:R}");
        }
    }
}
