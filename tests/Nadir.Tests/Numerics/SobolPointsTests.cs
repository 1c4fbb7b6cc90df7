using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class SobolPointsTests
{
    [Theory]
    [InlineData(1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)]
    [InlineData(2, 0.75, 0.25, 0.25, 0.75, 0.25, 0.75)]
    [InlineData(7, 0.125, 0.625, 0.375, 0.875, 0.875, 0.375)]
    [InlineData(100, 0.4140625, 0.2578125, 0.7734375, 0.6953125, 0.4140625, 0.6484375)]
    [InlineData(255, 0.00390625, 0.99609375, 0.76953125, 0.35546875, 0.16796875, 0.33984375)]
    [InlineData(299, 0.490234375, 0.669921875, 0.162109375, 0.455078125, 0.537109375, 0.326171875)]
    public void Points_are_those_of_scipy(uint index, params double[] expected)
    {
        // scipy 1.10.1: scipy.stats.qmc.Sobol(d=64, scramble=False, bits=32).random(300), coordinates 1, 2, 3, 10, 32 and 64; ours lie half a cell higher.
        double[] point = new SobolPoints(64, null).Point(index);

        new[] { 0, 1, 2, 9, 31, 63 }.Select(d => point[d] - (0.5 / 4294967296)).ShouldBe(expected);
    }

    [Fact]
    public void Every_slice_of_every_axis_holds_one_point_whatever_the_shift()
    {
        SobolPoints points = new(64, new RandomStream(7, 0, RandomStream.Purpose("test")));
        double[][] first = [.. Enumerable.Range(0, 256).Select(i => points.Point((uint)i))];
        for (int d = 0; d < 64; d++)
        {
            first.Select(p => (int)(p[d] * 256)).Order().ShouldBe(Enumerable.Range(0, 256));
        }
    }

    [Fact]
    public void Pairs_of_neighbouring_axes_fill_the_square()
    {
        // The first two coordinates are a (0, m, 2)-net: of 256 points one in each rectangle of area 1/256.
        SobolPoints points = new(2, new RandomStream(7, 0, RandomStream.Purpose("test")));
        double[][] first = [.. Enumerable.Range(0, 256).Select(i => points.Point((uint)i))];
        for (int wide = 0; wide <= 8; wide++)
        {
            first.Select(p => ((int)(p[0] * (1 << wide)), (int)(p[1] * (256 >> wide)))).Distinct().Count().ShouldBe(256);
        }
    }

    [Fact]
    public void Too_many_dimensions_are_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new SobolPoints(65, null));
}
