using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class RestrictedMeanTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("means.csv");

    [Fact]
    public void Means_and_errors_equal_those_of_R()
    {
        RiskTable[] lung = ReferenceTable.Read("lung.cox.csv").Groups("time", "status", "sex");
        RestrictedMeanTime men = RestrictedMean.Of(lung[0], 500).Value;
        RestrictedMeanTime women = RestrictedMean.Of(lung[1], 500).Value;
        RestrictedMeanTime veterans = RestrictedMean.Of(RiskTable.Of(ReferenceTable.Read("veteran.cox.csv").FollowUps(null, "time", "status")), 365.25).Value;

        CurveAgreement.ShouldAgree(
            [men.Mean.Value, women.Mean.Value, veterans.Mean.Value, men.StandardError, women.StandardError, veterans.StandardError],
            [Expected["lung.mean.1"], Expected["lung.mean.2"], Expected["veteran.mean"], Expected["lung.error.1"], Expected["lung.error.2"], Expected["veteran.error"]],
            "mean");

        Contrast difference = RestrictedMean.Difference(lung[1], lung[0], 500).Value;
        CurveAgreement.ShouldAgree(difference.Difference.Value, Expected["lung.mean.2"] - Expected["lung.mean.1"], "difference");
        CurveAgreement.ShouldAgree(difference.StandardError, Math.Sqrt(Math.Pow(Expected["lung.error.1"], 2) + Math.Pow(Expected["lung.error.2"], 2)), "error");
    }

    [Fact]
    public void Without_censoring_it_is_the_mean_of_the_times_cut_off()
    {
        RiskTable table = RiskTable.Of([FollowUp.FromOrigin(1, 1), FollowUp.FromOrigin(4, 1), FollowUp.FromOrigin(7, 1), FollowUp.FromOrigin(20, 1)]);

        RestrictedMeanTime mean = RestrictedMean.Of(table, 10).Value;

        mean.Mean.Value.ShouldBe((1 + 4 + 7 + 10) / 4.0, 1e-12);
        double variance = new[] { 1, 4, 7, 10 }.Sum(t => Math.Pow(t - 5.5, 2)) / 4 / 4;
        mean.StandardError.ShouldBe(Math.Sqrt(variance), 1e-12);
    }

    [Fact]
    public void What_cannot_be_estimated_says_why()
    {
        RiskTable shortly = RiskTable.Of([FollowUp.FromOrigin(1, 1), FollowUp.FromOrigin(4, 0)]);
        RiskTable healthy = RiskTable.Of([FollowUp.FromOrigin(10, 0)]);

        RestrictedMean.Of(shortly, 5).Reason.ShouldBe("nobody was followed until day 5");
        RestrictedMean.Of(healthy, 5).Reason!.ShouldContain("no event happened");
        RestrictedMean.Of(RiskTable.Of(new EventTable(1)), 5).Reason.ShouldBe("there are no patients");
        RestrictedMean.Difference(shortly, healthy, 3).Reason!.ShouldContain("no event happened");
        RestrictedMean.Of(shortly, 4).IsEstimable.ShouldBeTrue();
    }

    [Fact]
    public void A_curve_that_is_0_before_others_enter_has_no_mean()
    {
        RiskTable late = RiskTable.Of([new FollowUp(0, 1, 1), new FollowUp(2, 10, 0)]);
        RiskTable together = RiskTable.Of([new FollowUp(0, 1, 1), new FollowUp(0.5, 10, 0)]);

        RestrictedMean.Of(late, 5).Reason!.ShouldContain("before others entered");
        RestrictedMean.Of(together, 5).IsEstimable.ShouldBeTrue();
    }
}
