using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class SurvivalQuantileTests
{
    [Fact]
    public void Quantiles_and_their_intervals_equal_those_of_R()
    {
        ReferenceTable expected = ReferenceTable.Read("lung.quantiles.csv");
        SurvivalCurve curve = KaplanMeier.Estimate(RiskTable.Of(ReferenceTable.Read("lung.data.csv").FollowUps(null, "time", "cause")));

        Estimate[] found = [.. expected.Column("share").Select(s => SurvivalQuantile.Of(curve, s))];

        CurveAgreement.ShouldAgree([.. found.Select(e => e.Value)], expected.Column("value"), "value");
        CurveAgreement.ShouldAgree([.. found.Select(e => e.Lower)], expected.Column("lower"), "lower");
        CurveAgreement.ShouldAgree([.. found.Select(e => e.Upper)], expected.Column("upper"), "upper");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SurvivalQuantile.Of(KaplanMeier.Estimate([new(1, true)]), share));
}
