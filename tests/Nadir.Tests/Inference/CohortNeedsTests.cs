using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

/// <summary>A study file beside the user's own results, shortened so that it lacks something.</summary>
public sealed class CohortNeedsTests : IDisposable
{
    const string Assays = "assays: [ngs-mrd, marrow-haematogones]";

    readonly string _root = Directory.CreateTempSubdirectory("nadir-needs-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    Checked<TargetSet> Read(string quantity, string role, string good, string bad)
    {
        string study = ShippedLibrary.Read("studies/trials/eliana.yaml").Text;
        study.ShouldContain(good);
        return Compared(study.Replace(good, bad, StringComparison.Ordinal), $"{{quantity: {quantity}, cohort: all, estimate: 3, interval: [1.5, 6], citation: maude-2018, verified: true{role}}}");
    }

    Checked<TargetSet> Compared(string study, params string[] results)
    {
        File.WriteAllText(Path.Combine(_root, "own.yaml"), study);
        string lines = string.Join('\n', results.Select(r => $"  - {r}"));
        string text = $"name: mine\ntitle: My cohort\npopulation: children-young-adults\nstudy: own.yaml\nresults:\n{lines}\n";
        return TargetSet.Create([PublishedTrial.Read(new SourceText(Path.Combine(_root, "mine.yaml"), text))], Library.Shipped);
    }

    [Theory]
    [InlineData("hrRelapseSequencingDay28", Assays, "assays: [marrow-haematogones]", "no MRD by sequencing", "ngs-mrd among the assays of the study file")]
    [InlineData("hrRelapseSequencingDay28", ", 28, 60", ", 60", "no visit on day 28", "visits on day 28")]
    [InlineData("hrRelapseSequencingMonth3", ", 60, 90", ", 60", "no visit on day 90", "visits on day 90")]
    [InlineData("transgeneHalfLife", ", 14, 21", ", 21", "no visit on day 14", "visits on day 14 and 28")]
    [InlineData("transgeneDoubling", "4, 6, 8, 10, 12, 14", "12, 14", "fewer than two visits up to day 12", "two visits or more from day 1 to 12")]
    [InlineData("hrRelapseTransplant", Assays, Assays, "no strategy of the virtual cohort transplants", "a strategy with a transplant")]
    [InlineData("hrRelapseOrDeathTransplant", Assays, Assays, "no strategy of the virtual cohort transplants", "a strategy with a transplant")]
    public void A_quantity_that_the_design_cannot_give_is_an_issue_at_its_place_where_it_is_fitted_and_listed_else(string quantity, string good, string bad, string reason, string expected)
    {
        Issue issue = Read(quantity, ", role: calibration", good, bad).Issues.ShouldHaveSingleItem();

        (issue.Code, issue.Location.Line, issue.Found, issue.Expected, issue.Hint).ShouldBe(("ND0434", 6, quantity, expected, "or leave the role out"));
        issue.Message.ShouldContain(reason);
        TargetSet predicted = Read(quantity, "", good, bad).OrThrow();
        predicted.Targets.ShouldBeEmpty();
        predicted.Listed.ShouldHaveSingleItem().Reason.ShouldContain(reason);
    }

    [Fact]
    public void What_the_design_can_give_is_a_target() => Read("hrRelapseSequencingDay28", ", role: calibration", Assays, Assays).OrThrow().Targets.ShouldHaveSingleItem();

    /// <summary>Remission is assessed on day 28, and the study ends before the next visit: nobody is seen to relapse.</summary>
    Checked<TargetSet> Unseen(string role)
    {
        string study = ShippedLibrary.Read("studies/trials/eliana.yaml").Text;
        string visits = study.Split('\n').First(l => l.StartsWith("visits:", StringComparison.Ordinal));
        return Compared(
            study.Replace(visits, "visits: [4, 14, 28]", StringComparison.Ordinal).Replace("horizon: 36 months", "horizon: 1 month", StringComparison.Ordinal),
            "{quantity: morphologicRemission, cohort: all, estimate: 0.8, patients: 50, citation: maude-2018, verified: true, role: calibration}",
            $"{{quantity: relapseShareCd19Negative, cohort: relapses, estimate: 0.5, patients: 30, citation: maude-2018, verified: true{role}}}");
    }

    [Fact]
    public void A_target_of_which_no_simulated_patient_tells_is_an_issue_before_anything_is_fitted()
    {
        TargetSet targets = Unseen(", role: calibration").OrThrow();

        Issue issue = Should.Throw<InvalidInputException>(() => PatientAllocation.Of(targets, new PopulationSimulator(targets) { Patients = 50 }, 0.1, default)).Issues.ShouldHaveSingleItem();

        (issue.Code, issue.Location.Line, issue.Found).ShouldBe(("ND0434", 7, "relapseShareCd19Negative"));
        issue.Message.ShouldContain("none of its patients tell");
    }

    [Fact]
    public void A_validation_lists_what_no_patient_tells_and_expects_what_is_fitted()
    {
        static Validation Run(TargetSet targets) => Validation.Run(targets, new PopulationSimulator(targets) { Patients = 50 }, [new Dictionary<string, double>()], null, default);

        Validation predicted = Run(Unseen("").OrThrow());
        Validation fitted = Run(Unseen(", role: calibration").OrThrow());

        predicted.Listed.ShouldHaveSingleItem().Reason.ShouldBe(Validation.NoEstimate);
        predicted.Rows.ShouldHaveSingleItem();
        fitted.Listed.ShouldBeEmpty();
        (fitted.Rows[1].IsEstimated, fitted.Rows[1].AsExpected, fitted.Holds).ShouldBe((false, false, false));
        ValidationMarkdown.Write(fitted, "here", "nadir validate", null).ShouldContain($"| {Validation.NoEstimate} |  | **outside** |");
    }
}
