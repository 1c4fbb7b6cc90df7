using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class QuantilesTests
{
    /// <summary>R: quantile(c(1, 2, 4, 8, 16), p, type = 7), position 4p counted from 0.</summary>
    [Theory]
    [InlineData(0.0, 1.0), InlineData(0.1, 1.4), InlineData(0.25, 2.0), InlineData(0.5, 4.0), InlineData(0.6, 5.6), InlineData(0.9, 12.8), InlineData(1.0, 16.0)]
    public void Type_7_interpolates_between_order_statistics(double probability, double expected) =>
        Quantiles.Of([8.0, 1.0, 16.0, 4.0, 2.0], probability).ShouldBe(expected, 1e-14);

    [Fact]
    public void One_value_is_its_every_quantile() => Quantiles.Of([3.5], 0.3).ShouldBe(3.5);

    [Fact]
    public void Infinite_neighbours_stay_infinite() => Quantiles.Of([1.0, double.PositiveInfinity, double.PositiveInfinity], 0.75).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void Values_keep_their_order()
    {
        double[] values = [3.0, 1.0, 2.0];
        Quantiles.Of(values, 0.5).ShouldBe(2.0);
        values.ShouldBe([3.0, 1.0, 2.0]);
    }

    [Fact]
    public void No_values_are_refused() => Should.Throw<ArgumentException>(() => Quantiles.Of([], 0.5)).Message.ShouldContain("at least one");

    [Fact]
    public void NaN_values_are_refused() => Should.Throw<ArgumentException>(() => Quantiles.Of([1.0, double.NaN], 0.5)).Message.ShouldContain("Found NaN");

    [Theory]
    [InlineData(-0.1), InlineData(1.1), InlineData(double.NaN)]
    public void Bad_probabilities_are_refused(double probability) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.Of([1.0], probability)).Message.ShouldContain("expected a probability from 0 to 1");
}
