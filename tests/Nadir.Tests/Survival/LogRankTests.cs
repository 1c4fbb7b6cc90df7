using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class LogRankTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("logrank.csv");

    [Theory]
    [InlineData("lung", "lung.cox.csv", "sex")]
    [InlineData("veteran", "veteran.cox.csv", "cell")]
    [InlineData("colon", "colon.csv", "rx")]
    [InlineData("ovarian", "ovarian.groups.csv", "rx")]
    public void Groups_are_compared_as_in_R(string name, string file, string group) =>
        ShouldAgree(name, LogRank.Test(ReferenceTable.Read(file).Groups("time", "status", group)).Value);

    [Theory]
    [InlineData("lung.inst", "lung.cox.csv", "sex", "inst")]
    [InlineData("colon.extent", "colon.csv", "rx", "extent")]
    [InlineData("pbc.edema", "pbc.csv", "trt", "edema", "cause", 2)]
    public void Strata_are_compared_as_in_R(string name, string file, string group, string stratum, string status = "status", int cause = 1)
    {
        ReferenceTable table = ReferenceTable.Read(file);
        double[] strata = table.Column(stratum);

        LogRankTest test = LogRank.Test([.. strata.Distinct().Order().Select(s => Groups(s))]).Value;

        ShouldAgree(name, test);

        RiskTable[] Groups(double s)
        {
            (double[] times, double[] causes, double[] groups) = (table.Column("time"), table.Column(status), table.Column(group));
            return [.. groups.Distinct().Order().Select(g => RiskTable.Of(
                [.. Enumerable.Range(0, times.Length).Where(i => groups[i] == g && strata[i] == s).Select(i => FollowUp.FromOrigin(times[i], causes[i] == cause ? 1 : 0))]))];
        }
    }

    [Fact]
    public void The_example_of_hand_equals_its_hand_calculation()
    {
        // Group A: events on days 1 and 3. Group B: an event on day 1, censored on day 2, an event on day 4.
        RiskTable a = RiskTable.Of([FollowUp.FromOrigin(1, 1), FollowUp.FromOrigin(3, 1)]);
        RiskTable b = RiskTable.Of([FollowUp.FromOrigin(1, 1), FollowUp.FromOrigin(2, 0), FollowUp.FromOrigin(4, 1)]);

        LogRankTest test = LogRank.Test([a, b]).Value;

        // Day 1: 2 of 5 at risk, 2 events; day 3: 1 of 2 at risk, 1 event; day 4: nobody of A is left.
        test.Expected[0].ShouldBe((2 * 2 / 5.0) + (1 / 2.0), 1e-14);
        double variance = (2 * 3 * 2 * 3 / (25.0 * 4)) + (1 / 4.0);
        test.Test.Statistic.ShouldBe(Math.Pow(2 - 1.3, 2) / variance, 1e-14);
    }

    [Fact]
    public void Late_entry_is_the_score_test_of_a_Cox_model()
    {
        ReferenceTable aged = ReferenceTable.Read("aged.data.csv");
        FollowUp[] patients = aged.FollowUps("entry", "exit", "death");
        double[] sex = aged.Column("sex01");
        RiskTable[] groups = [.. new[] { 0, 1 }.Select(s => RiskTable.Of([.. patients.Where((_, i) => sex[i] == s)]))];

        CoxFit cox = Cox.Compare(groups, TieMethod.Breslow).Value;
        double variance = cox.ScoreTest.Statistic;

        // Tied deaths make the two variances differ, by less than the share of ties.
        LogRank.Test(groups).Value.Test.Statistic.ShouldBe(variance, 0.05 * variance);
    }

    [Fact]
    public void The_order_of_groups_changes_nothing()
    {
        RiskTable[] groups = ReferenceTable.Read("veteran.cox.csv").Groups("time", "status", "cell");

        LogRank.Test(groups.Reversed()).Value.Test.Statistic.ShouldBe(LogRank.Test(groups).Value.Test.Statistic, 1e-10);
    }

    [Fact]
    public void An_empty_group_takes_no_part()
    {
        RiskTable[] groups = ReferenceTable.Read("lung.cox.csv").Groups("time", "status", "sex");

        LogRank.Test([.. groups, RiskTable.Of(new EventTable(1))]).Value.Test.ShouldBe(LogRank.Test(groups).Value.Test);
    }

    [Fact]
    public void Without_an_event_the_reason_is_given()
    {
        RiskTable censored = RiskTable.Of([FollowUp.FromOrigin(5, 0)]);

        LogRank.Test([censored, censored]).Reason.ShouldBe("no group had an event");
        LogRank.Test([RiskTable.Of([FollowUp.FromOrigin(5, 1)]), RiskTable.Of(new EventTable(1))]).Reason!.ShouldContain("fewer than two groups");
    }

    [Fact]
    public void A_single_group_is_refused() =>
        Should.Throw<ArgumentException>(() => LogRank.Test([RiskTable.Of(new EventTable(1))])).Message.ShouldContain("at least two");

    static void ShouldAgree(string name, LogRankTest test)
    {
        for (int i = 0; i < test.Observed.Count; i++)
        {
            test.Observed[i].ShouldBe(Expected[$"{name}.observed.{i + 1}"]);
            CurveAgreement.ShouldAgree(test.Expected[i], Expected[$"{name}.expected.{i + 1}"], "expected");
        }

        CurveAgreement.ShouldAgree(test.Test.Statistic, Expected[$"{name}.chisq"], "statistic");
        CurveAgreement.ShouldAgree(test.Test.PValue, Expected[$"{name}.p"], "p");
    }
}
