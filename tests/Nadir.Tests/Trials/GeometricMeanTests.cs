using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class GeometricMeanTests
{
    static GeometricMean Of(params IEnumerable<double> values)
    {
        GeometricMean mean = new();
        foreach (double value in values)
        {
            mean.Add(value);
        }

        return mean;
    }

    [Fact]
    public void Powers_of_two_average_to_the_power_in_the_middle() => Of(0.5, 2, 8).Value.ShouldBe(2, 1e-15);

    [Fact]
    public void Order_and_grouping_change_no_bit()
    {
        double[] values = [.. Enumerable.Range(1, 1000).Select(i => Math.Exp(30 * Math.Sin(i)))];
        GeometricMean joined = Of(values[600..].Reverse());
        joined.Add(Of(values[..600]));

        joined.Value.ShouldBe(Of(values).Value);
        Of(values).Value.ShouldBe(Math.Exp(values.Average(Math.Log)), 1e-12);
    }

    [Fact]
    public void The_smallest_and_the_largest_number_are_in_range() => Of(double.Epsilon, double.MaxValue).Value.ShouldBe(Math.Exp((Math.Log(double.Epsilon) + Math.Log(double.MaxValue)) / 2), 1e-24);

    [Fact]
    public void A_zero_makes_the_mean_zero_and_a_missing_value_makes_it_missing()
    {
        Of(3, 0).Value.ShouldBe(0);
        Of(3, 0, double.NaN).Value.ShouldBe(double.NaN);
        Of().Value.ShouldBe(double.NaN);
    }
}
