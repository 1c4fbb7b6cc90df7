using Nadir.Numerics;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class LogHistogramTests
{
    static LogHistogram Of(params IEnumerable<double> values)
    {
        LogHistogram histogram = new();
        foreach (double value in values)
        {
            histogram.Add(value);
        }

        return histogram;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(101)]
    [InlineData(5000)]
    public void The_median_is_right_to_a_4096th(int count)
    {
        RandomStream stream = new(1, (ulong)count, RandomStream.Purpose("median"));
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = 10 * Math.Exp(Draws.Normal(ref stream));
        }

        double exact = Quantiles.Of(values, 0.5);
        Of(values).Median.ShouldBe(exact, exact / 4096);
    }

    [Fact]
    public void Many_equal_values_and_zeros_are_counted_in_their_own_bins()
    {
        Of(Enumerable.Repeat(9.5, 1000)).Bins.ShouldHaveSingleItem().Count.ShouldBe(1000);
        Of(0, -0.0, 0).Median.ShouldBe(0);
        Of().Median.ShouldBe(double.NaN);
    }

    [Fact]
    public void Histograms_add_up()
    {
        double[] values = [.. Enumerable.Range(1, 500).Select(i => 1 + (Math.Abs(Math.Sin(i)) * 40))];
        LogHistogram joined = Of(values[123..]);
        joined.Add(Of(values[..123]));

        joined.Bins.ShouldBe(Of(values).Bins);
        joined.Median.ShouldBe(Of(values).Median);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_time_is_misuse(double value) => Should.Throw<ArgumentOutOfRangeException>(() => new LogHistogram().Add(value));
}
