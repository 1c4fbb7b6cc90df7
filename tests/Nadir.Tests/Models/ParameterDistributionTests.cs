using MathNet.Numerics.Distributions;
using Nadir.Models;

namespace Nadir.Tests.Models;

public class ParameterDistributionTests
{
    public static TheoryData<ParameterDistribution, double> Around => new()
    {
        { new ParameterDistribution.LogNormal(0.8), 3e9 },
        { new ParameterDistribution.LogitNormal(1.3), 0.589 },
        { new ParameterDistribution.Pareto(0.25), 1.008e-12 },
    };

    [Theory]
    [MemberData(nameof(Around))]
    public void The_typical_value_is_the_median(ParameterDistribution distribution, double typical) =>
        distribution.Value(typical, 0.5).ShouldBe(typical, typical * 1e-14);

    [Theory]
    [MemberData(nameof(Around))]
    public void A_draw_rises_with_the_uniform_number(ParameterDistribution distribution, double typical)
    {
        double[] values = [.. Enumerable.Range(1, 999).Select(i => distribution.Value(typical, i / 1000.0))];

        values.Zip(values.Skip(1)).ShouldAllBe(p => p.First < p.Second);
    }

    [Theory]
    [MemberData(nameof(Around))]
    public void A_typical_value_of_zero_stays_zero(ParameterDistribution distribution, double typical)
    {
        distribution.Refusal(typical).ShouldBeNull();
        distribution.Value(0, 0.999).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(0.99)]
    public void Quantiles_agree_with_another_library(double p)
    {
        new ParameterDistribution.LogNormal(0.7).Value(5, p).ShouldBe(LogNormal.InvCDF(Math.Log(5), 0.7, p), 1e-9);
        new ParameterDistribution.Pareto(2).Value(3, p).ShouldBe(Pareto.InvCDF(3 / Math.Sqrt(2), 2, p), 1e-9);
        new ParameterDistribution.LogUniform(1e-9, 1e-3).Value(0, p).ShouldBe(Math.Pow(10, -9 + 6 * p), 1e-12);
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(1e-6)]
    public void The_heavy_tail_is_that_of_the_reference_population(double x)
    {
        double tail = Math.Pow(6.3e-14 / x, 0.25);

        new ParameterDistribution.Pareto(0.25).Value(6.3e-14 * 16, 1 - tail).ShouldBe(x, x * 1e-9);
    }

    [Fact]
    public void Unsuitable_typical_values_are_refused()
    {
        new ParameterDistribution.LogNormal(1).Refusal(-1).ShouldNotBeNull();
        new ParameterDistribution.LogitNormal(1).Refusal(1.5).ShouldNotBeNull();
        new ParameterDistribution.Pareto(1).Refusal(double.NaN).ShouldNotBeNull();
        new ParameterDistribution.Fixed().Refusal(-1).ShouldBeNull();
    }
}
