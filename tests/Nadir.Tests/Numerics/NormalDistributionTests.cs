using Nadir.Numerics;

namespace Nadir.Tests.Numerics;

public class NormalDistributionTests
{
    /// <summary>30-digit values computed with mpmath 1.3 (0.5 erfc(-x/√2)).</summary>
    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 0.8413447460685429)]
    [InlineData(-1.0, 0.15865525393145705)]
    [InlineData(-0.3, 0.3820885778110474)]
    [InlineData(0.7, 0.758036347776927)]
    [InlineData(1.1, 0.8643339390536173)]
    [InlineData(-1.959963984540054, 0.025000000000000012)]
    [InlineData(2.5, 0.9937903346742238)]
    [InlineData(-3.0, 0.0013498980316300946)]
    [InlineData(-5.0, 2.866515718791939e-07)]
    [InlineData(-8.5, 9.479534822203318e-18)]
    [InlineData(-14.0, 7.7935368191928e-45)]
    [InlineData(-25.0, 3.056696706382561e-138)]
    [InlineData(-37.0, 5.725571222524577e-300)]
    public void Cdf_is_within_2e_15(double x, double expected) =>
        Math.Abs(NormalDistribution.Cdf(x) / expected - 1.0).ShouldBeLessThan(2e-15);

    /// <summary>Values computed with mpmath 1.3 by root finding on 0.5 erfc(-x/√2).</summary>
    [Theory]
    [InlineData(0.025, -1.9599639845400543)]
    [InlineData(0.975, 1.9599639845400538)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.0749, -1.4402382675279637)]
    [InlineData(0.0751, -1.43882539275254)]
    [InlineData(0.9, 1.2815515655446006)]
    [InlineData(0.999999, 4.753424308817087)]
    [InlineData(1e-10, -6.361340902404057)]
    [InlineData(1e-12, -7.034483825301132)]
    [InlineData(1e-100, -21.273453560965326)]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(0.5000001, 2.506628273311648e-07)]
    public void Quantile_is_within_2e_15(double p, double expected) =>
        Math.Abs(NormalDistribution.Quantile(p) / expected - 1.0).ShouldBeLessThan(2e-15);

    [Fact]
    public void Quantile_inverts_the_distribution_function()
    {
        var stream = new Arguments(4);
        for (int i = 0; i < 20000; i++)
        {
            double p = i % 2 == 0 ? stream.Between(0.0, 1.0) : Math.Pow(10.0, stream.Between(-300.0, 0.0));
            double x = NormalDistribution.Quantile(p);

            // A relative error of 2e-15 in the quantile x is one of 2e-15 x² in a tail probability.
            Math.Abs(NormalDistribution.Cdf(x) / p - 1.0).ShouldBeLessThan(4e-15 * (1.0 + x * x));
        }
    }

    [Fact]
    public void Halves_mirror_each_other()
    {
        for (double x = 0.0; x < 8.0; x += 0.01)
        {
            (NormalDistribution.Cdf(x) + NormalDistribution.Cdf(-x)).ShouldBe(1.0, 3e-16);
        }
    }

    [Fact]
    public void Limits_are_reached()
    {
        NormalDistribution.Cdf(double.NegativeInfinity).ShouldBe(0.0);
        NormalDistribution.Cdf(double.PositiveInfinity).ShouldBe(1.0);
        NormalDistribution.Cdf(-39.0).ShouldBe(0.0);
        NormalDistribution.Cdf(double.NaN).ShouldBe(double.NaN);
        NormalDistribution.Quantile(0.0).ShouldBe(double.NegativeInfinity);
        NormalDistribution.Quantile(1.0).ShouldBe(double.PositiveInfinity);
        NormalDistribution.Quantile(0.5).ShouldBe(0.0);
    }

    [Theory]
    [InlineData(-1e-9), InlineData(1.0000001), InlineData(double.NaN)]
    public void Bad_probabilities_are_refused(double p) =>
        Should.Throw<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(p)).Message.ShouldContain("expected a probability from 0 to 1");
}
