using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

/// <summary>Published results as targets: what ships, and what is wrong with those of users.</summary>
public class TargetSetTests
{
    const string Good = """
        name: mine
        title: My cohort
        population: children-young-adults
        design: {product: cd19-41bb}
        results:
          - quantity: rfs
            month: 12
            cohort: responders
            estimate: 0.6
            patients: 100
            citation: maude-2018
            verified: true
            role: calibration
          - quantity: transgeneCmax
            cohort: all
            estimate: 20000
            patients: 50
            log-sd: 0.8
            citation: stein-2019
            verified: true
            role: calibration
        """;

    static Checked<TargetSet> Read(string yaml) => TargetSet.Create([PublishedTrial.Read(new SourceText("mine.yaml", yaml))], Library.Shipped);

    [Fact]
    public void At_least_thirty_numbers_of_eight_publications_are_fitted_to()
    {
        TargetSet shipped = TargetSet.Shipped(Library.Shipped).OrThrow();

        shipped.Calibration.Targets.Count.ShouldBeGreaterThanOrEqualTo(30);
        shipped.Calibration.Targets.Select(t => t.Result.Citation.Key).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);
        shipped.Calibration.Targets.ShouldAllBe(t => t.Result.Verified && double.IsFinite(t.Sd) && t.Sd > 0);
        shipped.Targets.ShouldNotContain(t => !t.Result.Verified);
    }

    [Fact]
    public void What_is_fitted_holds_the_bounds_of_structural_results_after_all_else()
    {
        TargetSet fitted = TargetSet.Shipped(Library.Shipped).OrThrow().Fitted;

        fitted.Targets.Count(t => t.IsBound).ShouldBe(TargetSet.Shipped(Library.Shipped).OrThrow().Targets.Count(t => t.Result.Role == TargetRole.Structural));
        fitted.Targets.SkipWhile(t => !t.IsBound).ShouldAllBe(t => t.IsBound);
        Target least = fitted.Targets.First(t => t.Result.AtLeast is not null);
        (least.Holds(least.Result.AtLeast!.Value), least.Holds(0.99 * least.Result.AtLeast!.Value), least.Holds(double.NaN)).ShouldBe((true, false, false));
        Should.Throw<ArgumentException>(() => SyntheticLikelihood.Of([.. fitted.Targets.Reverse()], 0.1));
    }

    [Fact]
    public void Studies_of_one_design_share_a_cohort()
    {
        TargetSet shipped = TargetSet.Shipped(Library.Shipped).OrThrow();

        shipped.Targets.First(t => t.Trial == "eliana").Cohort.ShouldBe(shipped.Targets.First(t => t.Trial == "stein-2019").Cohort);
        shipped.Targets.First(t => t.Trial == "eliana").Cohort.ShouldNotBe(shipped.Targets.First(t => t.Trial == "dourthe").Cohort);
    }

    /// <summary>Closed forms: a logit's standard error from counts, a typical value's from the spread, an interval's from its width.</summary>
    [Fact]
    public void Standard_deviations_follow_from_counts_spreads_and_intervals()
    {
        TargetSet set = Read(Good).OrThrow();

        set.Targets[0].Sd.ShouldBe(Math.Sqrt((1 / 60.5) + (1 / 40.5)), 1e-12);
        set.Targets[1].Sd.ShouldBe(0.8 / Math.Sqrt(50), 1e-12);
        set.Targets[1].Interval.Upper.ShouldBe(20000 * Math.Exp(1.959964 * 0.8 / Math.Sqrt(50)), 0.1);
        Target interval = Read(Good.Replace("    patients: 50\n    log-sd: 0.8", "    interval: [10000, 40000]", StringComparison.Ordinal)).OrThrow().Targets[1];
        interval.Sd.ShouldBe(Math.Log(4) / (2 * 1.959963984540054), 1e-12);
    }

    [Theory]
    [InlineData("    patients: 100\n", "", "ND0432", 6)]
    [InlineData("    verified: true\n    role: calibration\n  - quantity: transgeneCmax", "    verified: false\n    role: calibration\n  - quantity: transgeneCmax", "ND0432", 6)]
    [InlineData("    log-sd: 0.8\n", "", "ND0432", 14)]
    [InlineData("design: {product: cd19-41bb}\n", "", "ND0433", 5)]
    [InlineData("month: 12", "month: 60", "ND0434", 6)]
    [InlineData("quantity: transgeneCmax", "quantity: transgeneCmx", "ND0025", 14)]
    [InlineData("role: calibration\n  - quantity: transgeneCmax", "role: calibrate\n  - quantity: transgeneCmax", "ND0025", 13)]
    [InlineData("product: cd19-41bb", "product: cd19-41b", "ND0025", 4)]
    [InlineData("    patients: 100\n", "    patients: 100\n    at-least: 0.5\n", "ND0431", 6)]
    public void A_target_that_cannot_be_used_is_an_issue_with_its_place(string good, string bad, string code, int line)
    {
        Good.ShouldContain(good);

        Checked<TargetSet> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    [Fact]
    public void Results_that_contradict_each_other_are_an_issue()
    {
        string other = Good[Good.IndexOf("  - quantity: rfs", StringComparison.Ordinal)..Good.IndexOf("  - quantity: transgeneCmax", StringComparison.Ordinal)]
            .Replace("estimate: 0.6", "estimate: 0.2", StringComparison.Ordinal);

        Issue issue = Read($"{Good}\n{other}").Issues.ShouldHaveSingleItem();

        (issue.Code, issue.Location.Line).ShouldBe(("ND0435", 22));
    }
}
