using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Studies;
using Nadir.Trials;

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

    /// <summary>What assumed numbers were chosen by can test nothing, and the machine that fits never saw it.</summary>
    [Fact]
    public void A_result_adjusted_to_by_hand_is_neither_fitted_nor_called_predicted()
    {
        TargetSet set = Read(Good.Replace("role: calibration", "role: adjusted", StringComparison.Ordinal)).OrThrow();
        Validation validation = new([.. set.Targets.Select(t => ValidationRow.Of(t, [new Statistic(t.Place, 0.1, 100)]))], 100, 1, 0);

        set.Fitted.Targets.ShouldBeEmpty();
        set.Targets.Count.ShouldBe(2);
        validation.Of(TargetRole.Validation).ShouldBeEmpty();
        ValidationMarkdown.Summary(validation).ShouldBe("calibration: 0 of 0 inside; validation: 0 of 0 inside; adjusted by hand: 2 of 2 inside; structure: 0 of 0 inside");
        ValidationMarkdown.Write(validation, "the population", "nadir validate", null).ShouldContain("## Adjusted by hand");
        ValidationForest.Write(validation).ShouldContain("Adjusted by hand: 2 of 2 inside");
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
    [InlineData("    role: calibration\n  - quantity: transgeneCmax", "    role: structural\n    at-least: 0.5\n    misses: it cannot be kept\n  - quantity: transgeneCmax", "ND0440", 6)]
    [InlineData("    role: calibration\n  - quantity: transgeneCmax", "    role: calibration\n    borderline: true\n  - quantity: transgeneCmax", "ND0440", 6)]
    public void A_target_that_cannot_be_used_is_an_issue_with_its_place(string good, string bad, string code, int line)
    {
        Good.ShouldContain(good);

        Checked<TargetSet> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    /// <summary>What is listed has no role, and what no cohort gives is listed.</summary>
    [Theory]
    [InlineData("    role: calibration\n  - quantity: transgeneCmax", "    role: calibration\n    listed: no\n  - quantity: transgeneCmax", "ND0439", 6)]
    [InlineData("quantity: transgeneCmax", "quantity: other", "ND0439", 14)]
    [InlineData("design: {product: cd19-41bb}", "study: eliana\ndesign: {product: cd19-41bb}", "ND0438", 5)]
    [InlineData("design: {product: cd19-41bb}", "study: park-2018", "ND0438", 4)]
    [InlineData("design: {product: cd19-41bb}", "study: nowhere.yaml", "ND0001", 0)]
    public void A_virtual_version_or_a_result_that_contradicts_itself_is_refused(string good, string bad, string code, int line) =>
        Read(Good.Replace(good, bad, StringComparison.Ordinal)).Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);

    [Fact]
    public void Every_shipped_result_is_a_target_or_listed_with_a_reason()
    {
        TargetSet shipped = TargetSet.Shipped(Library.Shipped).OrThrow();
        int results = PublishedTrial.ShippedNames.Sum(n => PublishedTrial.LoadShipped(n).OrThrow().Results.Count);

        (shipped.Targets.Count + shipped.Listed.Count).ShouldBe(results);
        shipped.Listed.ShouldAllBe(l => l.Reason.Length > 0 && l.Result.Role == TargetRole.Validation);
        shipped.Listed.ShouldContain(l => l.Trial == "eliana" && l.Result.Id == "efs6" && l.Reason == "recalled, not used");
        shipped.Listed.ShouldContain(l => l.Trial == "zuma-1" && l.Result.Id == "os60" && l.Reason.StartsWith("beyond", StringComparison.Ordinal));
    }

    /// <summary>A transplant is never fitted: published contrasts are observational.</summary>
    [Fact]
    public void Contrasts_by_transplant_are_predicted_only() =>
        TargetSet.Shipped(Library.Shipped).OrThrow().Targets.Where(t => t.Result.Quantity.EndsWith("Transplant", StringComparison.Ordinal)).ShouldSatisfyAllConditions(
            t => t.Count().ShouldBe(3),
            t => t.ShouldAllBe(x => x.Result.Role == TargetRole.Validation));

    [Fact]
    public void Intervals_say_where_they_come_from()
    {
        Read(Good).OrThrow().Targets.Select(t => t.Result.Origin).ShouldBe([IntervalOrigin.Wilson, IntervalOrigin.Derived]);
        Read(Good.Replace("    log-sd: 0.8", "    log-sd: 0.8\n    interval-basis: assumed", StringComparison.Ordinal)).OrThrow().Targets[1].Result.Origin.ShouldBe(IntervalOrigin.Assumed);
        Target burden = TargetSet.Shipped(Library.Shipped).OrThrow().Targets.First(t => t.Name == "dourthe/hrCd19NegativeHighBurden");
        (burden.Result.Origin, IntervalMarks.Of(burden.Result.Origin)).ShouldBe((IntervalOrigin.Derived, "‡"));
    }

    /// <summary>The study file is the virtual version: run by itself, with the same numbers, patients and seed, it gives the cohort that is held against the results.</summary>
    [Theory]
    [InlineData("eliana", "efs12")]
    [InlineData("park-2018", "crsGrade3")]
    public void A_study_file_run_by_itself_gives_the_numbers_of_its_cohort(string study, string quantity)
    {
        CalibratedValues values = CalibratedValues.Of(ModelPackage.LoadShipped(TargetCohort.Model).OrThrow())!.OrThrow();
        TargetSet targets = TargetSet.Shipped(Library.Shipped).OrThrow().Only(t => t.Trial == study && t.Result.Id == quantity);
        Statistic simulated = new PopulationSimulator(targets) { Patients = 300, Seed = 5 }.Statistics([values.Point], null, default)[0][0];

        TrialJob job = TrialJob.Create(ShippedLibrary.Read($"studies/trials/{study}.yaml"), new TrialOverrides { Patients = 300, Seed = 5 }).OrThrow();
        ArmResult arm = job.Run(2, null, null, default).Arms[0];
        double share = quantity == "efs12" ? arm.EventFreeSurvival.At(12 * 30.4375).Value : arm.CytokineRelease!.Severe.Value;

        simulated.Place.ShouldBe(Statistic.Proportion(Math.Round(share * 300), 300).Place, 1e-9);
    }

    /// <summary>Every published study with a virtual version names a study file of the same name, and no study file is without one; two files of signs borrow one.</summary>
    [Fact]
    public void Every_virtual_version_is_a_study_file()
    {
        PublishedTrial[] trials = [.. PublishedTrial.ShippedNames.Select(n => PublishedTrial.LoadShipped(n).OrThrow())];

        trials.ShouldAllBe(t => t.Design == null);
        trials.Where(t => t.Study is not null && !t.Name.StartsWith("structure", StringComparison.Ordinal)).Select(t => t.Study!).Order(StringComparer.Ordinal).ShouldBe(ShippedLibrary.Names("studies/trials"));
        trials.Where(t => t.Study is not null && !t.Name.StartsWith("structure", StringComparison.Ordinal)).ShouldAllBe(t => t.Name == t.Study);
    }

    /// <summary>Burden is a matter of populations: no study has one of its own, fitted or held back, so that all adults have the same.</summary>
    [Fact]
    public void Like_patients_have_the_same_burden_wherever_they_are_simulated()
    {
        string[] paths = [.. ShippedLibrary.Names("studies/trials").Select(n => $"studies/trials/{n}.yaml"), .. ShippedLibrary.Names("studies/blind").Select(n => $"studies/blind/{n}.yaml")];

        paths.Select(p => TrialJob.Create(ShippedLibrary.Read(p), new TrialOverrides()).OrThrow().Study.Population).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["adults", "children-young-adults", "children-young-adults-after-cd19", "children-young-adults-clinic", "cll", "lbcl"]);
    }

    [Fact]
    public void A_calibration_with_names_or_values_that_no_cohort_can_have_is_an_issue()
    {
        TargetSet targets = Read(Good).OrThrow();
        static CalibratedValues File(string yaml) => CalibratedValues.Read(new SourceText("population.yaml", yaml)).OrThrow();

        targets.Check(File("point: {leukaemia_growth: 0.07}\ndraws: [[0.08]]\n")).ShouldBeEmpty();
        targets.Check(File("point: {leukemia_growth: 0.07}\ndraws: []\n")).ShouldHaveSingleItem().Code.ShouldBe("ND0322");
        targets.Check(File("point: {leukaemia_growth: 0.07}\ndraws: [[0.08], [-1]]\n")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => i.Code.ShouldBe("ND0323"), i => i.Message.ShouldContain("draw 2"));
    }
}
