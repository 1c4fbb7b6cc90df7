using Nadir.Designs;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Tests.Survival;

namespace Nadir.Tests.Designs;

public class PowerCurveTests
{
    static PowerCurve Fit(params PowerPoint[] points) => PowerCurve.Fit(points).Value;

    [Fact]
    public void The_line_and_the_interval_of_the_size_are_those_of_R()
    {
        Dictionary<string, double> expected = ReferenceTable.Numbers("power-size.csv");
        PowerCurve line = Fit(new(100, 2000, 1170), new(141, 2000, 1451), new(160, 2000, 1597), new(178, 2000, 1648), new(200, 2000, 1744));
        Estimate size = line.SizeFor(0.8).Value;

        Agree(line.Intercept, "intercept");
        Agree(line.Slope, "slope");
        Agree(line.Covariance[0][0], "covariance.1");
        Agree(line.Covariance[0][1], "covariance.2");
        Agree(line.Covariance[1][1], "covariance.4");
        Agree(size.Value, "size");
        Agree(size.Lower, "lower");
        Agree(size.Upper, "upper");

        void Agree(double found, string name) => found.ShouldBe(expected[name], 1e-6 * Math.Abs(expected[name]));
    }

    [Fact]
    public void Powers_of_a_normal_test_give_its_line()
    {
        // Φ(0.2 √n - 1.96), to a millionth.
        PowerCurve line = Fit([.. new[] { 50, 120, 400 }.Select(n => new PowerPoint(n, 1_000_000, (int)Math.Round(1e6 * NormalDistribution.Cdf((0.2 * Math.Sqrt(n)) - 1.96))))]);

        line.Slope.ShouldBe(0.2, 1e-4);
        line.Intercept.ShouldBe(-1.96, 1e-3);
        line.SizeFor(0.8).Value.Value.ShouldBe(Math.Pow((1.96 + NormalDistribution.Quantile(0.8)) / 0.2, 2), 0.1);
    }

    [Fact]
    public void A_size_that_decides_all_trials_alike_still_counts() =>
        Fit(new(50, 1000, 500), new(100, 1000, 900), new(1000, 1000, 1000)).Slope.ShouldBe(Fit(new(50, 1000, 500), new(100, 1000, 900)).Slope, 0.02);

    [Fact]
    public void Sizes_that_do_not_tell_a_line_are_reasons()
    {
        PowerCurve.Fit([new(50, 100, 0), new(100, 100, 100)]).Reason.ShouldNotBeNull().ShouldContain("end alike");
        PowerCurve.Fit([new(50, 100, 60), new(100, 100, 40)]).Reason.ShouldNotBeNull().ShouldContain("does not grow");
        PowerCurve.Fit([new(50, 100, 60)]).Reason.ShouldNotBeNull().ShouldContain("fewer than two sizes");
        Fit(new(50, 10, 4), new(60, 10, 5)).SizeFor(0.8).Reason.ShouldNotBeNull().ShouldContain("use more trials");
    }
}
