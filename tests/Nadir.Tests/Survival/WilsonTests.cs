using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class WilsonTests
{
    [Fact]
    public void Intervals_equal_those_of_R()
    {
        ReferenceTable expected = ReferenceTable.Read("wilson.csv");
        double[] successes = expected.Column("successes");
        double[] n = expected.Column("n");

        Estimate[] found = [.. successes.Zip(n, (x, of) => Wilson.Interval((int)x, (int)of))];

        CurveAgreement.ShouldAgree([.. found.Select(e => e.Value)], expected.Column("value"), "value");
        CurveAgreement.ShouldAgree([.. found.Select(e => e.Lower)], expected.Column("lower"), "lower");
        CurveAgreement.ShouldAgree([.. found.Select(e => e.Upper)], expected.Column("upper"), "upper");
    }

    [Fact]
    public void Failures_mirror_successes()
    {
        Estimate some = Wilson.Interval(13, 47, 0.9);
        Estimate others = Wilson.Interval(34, 47, 0.9);

        others.Lower.ShouldBe(1 - some.Upper, 1e-12);
        others.Upper.ShouldBe(1 - some.Lower, 1e-12);
    }

    [Fact]
    public void The_bounds_are_exact_where_none_or_all_succeed()
    {
        Wilson.Interval(0, 20).Lower.ShouldBe(0);
        Wilson.Interval(20, 20).Upper.ShouldBe(1);
    }

    [Fact]
    public void Nobody_gives_no_estimate() => Wilson.Interval(0, 0).ShouldBe(new Estimate(double.NaN, double.NaN, double.NaN));

    [Theory]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    [InlineData(0, -1)]
    public void Counts_that_are_none_are_refused(int successes, int n) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Wilson.Interval(successes, n));
}
