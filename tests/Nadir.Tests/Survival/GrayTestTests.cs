using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class GrayTestTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("gray.csv");

    // Printed by cuminc of R's package cmprsk for these data (E. Zabor, "Survival analysis in R").
    [Theory]
    [InlineData(1, 26.120719, 3.207240e-07)]
    [InlineData(2, 0.158662, 6.903913e-01)]
    public void The_melanoma_data_give_the_published_test(int cause, double statistic, double p)
    {
        ChiSquareTest test = GrayTest.Test(ReferenceTable.Read("melanoma.data.csv").Groups("time", "cause", "ulcer", causes: 2), cause).Value;

        test.Statistic.ShouldBe(statistic, 5e-7);
        test.PValue.ShouldBe(p, 1e-6 * p);
        test.DegreesOfFreedom.ShouldBe(1);
    }

    [Theory]
    [InlineData("mgus2", "mgus2.fg.csv", "sex", 2, 1)]
    [InlineData("mgus2", "mgus2.fg.csv", "sex", 2, 2)]
    [InlineData("pbc", "pbc.csv", "trt", 2, 1)]
    [InlineData("pbc", "pbc.csv", "trt", 2, 2)]
    [InlineData("transplant", "transplant.csv", "abo", 3, 1)]
    [InlineData("transplant", "transplant.csv", "abo", 3, 2)]
    [InlineData("transplant", "transplant.csv", "abo", 3, 3)]
    public void Groups_are_compared_as_in_the_reference(string name, string file, string group, int causes, int cause) =>
        CurveAgreement.ShouldAgree(
            GrayTest.Test(ReferenceTable.Read(file).Groups("time", "cause", group, causes), cause).Value.Statistic, Expected[$"{name}.{cause}"], name);

    [Fact]
    public void Strata_are_compared_as_in_the_reference()
    {
        ReferenceTable table = ReferenceTable.Read("mgus2.fg.csv");
        double[] age = table.Column("age");

        GrayComparison found = GrayTest.Compare(
            [table.Groups("time", "cause", "sex", 2, i => age[i] > 70), table.Groups("time", "cause", "sex", 2, i => age[i] <= 70)], 2).Value;

        CurveAgreement.ShouldAgree(found.Test.Statistic, Expected["mgus2.strata"], "statistic");
        CurveAgreement.ShouldAgree(found.Scores[1], Expected["mgus2.strata.score"], "score");
        found.Scores.Sum().ShouldBe(0, 1e-9);
    }

    [Fact]
    public void The_order_of_groups_changes_nothing()
    {
        RiskTable[] groups = ReferenceTable.Read("transplant.csv").Groups("time", "cause", "abo", 3);

        GrayTest.Test(groups.Reversed(), 2, rho: 1).Value.Statistic.ShouldBe(GrayTest.Test(groups, 2, rho: 1).Value.Statistic, 1e-9);
    }

    [Fact]
    public void Without_an_event_of_the_cause_or_with_late_entry_the_reason_is_given()
    {
        RiskTable other = RiskTable.Of([FollowUp.FromOrigin(5, 2)], 2);
        RiskTable late = RiskTable.Of([new FollowUp(1, 5, 1)], 2);

        GrayTest.Test([other, other], 1).Reason!.ShouldContain("no patient had an event");
        GrayTest.Test([late, other], 1).Reason!.ShouldContain("enter late");
        GrayTest.Test([RiskTable.Of([FollowUp.FromOrigin(5, 1)], 2), RiskTable.Of(new EventTable(2))], 1).Reason!.ShouldContain("fewer than two groups");
    }

    [Fact]
    public void A_cause_that_is_none_is_refused() =>
        Should.Throw<ArgumentException>(() => GrayTest.Test([RiskTable.Of(new EventTable(2)), RiskTable.Of(new EventTable(2))], 3)).Message.ShouldContain("from 1 to 2");
}
