using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class MilestoneTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("means.csv");

    [Fact]
    public void The_difference_at_a_year_has_the_errors_of_R()
    {
        SurvivalCurve[] curves = [.. ReferenceTable.Read("lung.cox.csv").Groups("time", "status", "sex").Select(g => KaplanMeier.Estimate(g))];

        Contrast difference = Milestone.Difference(curves[1], curves[0], 365.25).Value;

        CurveAgreement.ShouldAgree(difference.Difference.Value, Expected["lung.year.2"] - Expected["lung.year.1"], "difference");
        CurveAgreement.ShouldAgree(difference.StandardError, Math.Sqrt(Math.Pow(Expected["lung.yearerror.1"], 2) + Math.Pow(Expected["lung.yearerror.2"], 2)), "error");
        difference.Difference.Upper.ShouldBe(difference.Difference.Value + (1.959963984540054 * difference.StandardError), 1e-12);
    }

    [Fact]
    public void What_cannot_be_estimated_says_why()
    {
        SurvivalCurve some = KaplanMeier.Estimate([new(1, true), new(5, false)]);
        SurvivalCurve none = KaplanMeier.Estimate([new(6, false)]);

        Milestone.Difference(some, none, 3).Reason!.ShouldContain("no estimate");
        Milestone.Difference(some, none, 5.5).Reason!.ShouldContain("not followed");
    }

    [Fact]
    public void Survival_and_incidence_are_not_mixed() =>
        Should.Throw<ArgumentException>(() => Milestone.Difference(KaplanMeier.Estimate([new(1, true)]), AalenJohansen.Estimate([new(1, 1)], 1)[0], 1));
}
