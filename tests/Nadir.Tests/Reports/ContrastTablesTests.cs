using System.Text.Json.Nodes;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class ContrastTablesTests
{
    static readonly TrialResult Trial = SampleResult.Create();

    [Fact]
    public void Each_arm_after_the_first_has_a_column_and_each_quantity_a_row()
    {
        TrialTable table = ContrastTables.Of(Trial);

        table.Columns.ShouldBe([Trial.Arms[1].Name, Trial.Arms[2].Name]);
        table.Rows.Count.ShouldBe(10);
        table.Rows.ShouldAllBe(r => r.Cells.Count == 2 && r.Cells.All(c => c.Length > 2));
    }

    [Fact]
    public void Relapse_has_the_names_of_a_competing_event()
    {
        TrialTableRow[] rows = [.. ContrastTables.Of(Trial).Rows.Where(r => r.Group.StartsWith("Relapse, from remission", StringComparison.Ordinal))];
        JsonNode contrast = JsonNode.Parse(SummaryJson.Write(Trial))!["contrasts"]!.AsArray().First(c => (string)c!["endpoint"]! == "relapse")!;
        ArmContrast relapse = Trial.Contrasts.First(c => c.Endpoint == ArmContrast.Relapse);

        rows.Select(r => r.Label).Take(2).ShouldBe(["Subdistribution hazard ratio (paired)", "Gray's test, p (paired)"]);
        ((double)contrast["grayP"]!).ShouldBe(relapse.Test.Value.PValue);
        ((double)contrast["subdistributionHazardRatio"]!["estimate"]!).ShouldBe(relapse.HazardRatio.Value.Value);
        contrast.AsObject().ContainsKey("logRankP").ShouldBeFalse();
        contrast.AsObject().ContainsKey("hazardRatio").ShouldBeFalse();
        ExecutiveTable.Of(Trial).Rows[^1].Label.ShouldStartWith("Relapsed by month 24 from remission, difference from arm 1");
        ExecutiveTable.Of(Trial).Rows[^1].Cells.ShouldBe(["", .. Trial.Arms.Skip(1).Select(a => ContrastTables.Points(Trial.Contrasts.Single(c => c.Arm == a.Name && c.HasCompetingEvent).Risks.Single(r => r.Month == 24).Difference.Value.Difference))]);
    }

    [Fact]
    public void The_report_says_whether_the_same_patients_are_paired()
    {
        TrialResult unpaired = Trial with { Contrasts = [Trial.Contrasts[0] with { IsPaired = false }] };

        ReportHtml.Write(Trial).ShouldContain("compares each patient with itself (paired)");
        ReportHtml.Write(unpaired).ShouldContain("treat them as different patients (unpaired)");
        ReportHtml.Write(unpaired with { Design = "randomised" }).ShouldNotContain("unpaired");
        ContrastTables.Of(Trial).Rows.ShouldAllBe(r => r.Label.EndsWith(" (paired)"));
        ContrastTables.Of(unpaired).Rows.ShouldAllBe(r => r.Label.EndsWith(" (unpaired)"));
        ExecutiveTable.Of(Trial).Rows[^1].Label.ShouldEndWith("(paired)");
        ExecutiveTable.Of(unpaired with { Design = "randomised" }).Rows[^1].Label.ShouldEndWith("% points");
        ReportHtml.Write(Trial with { Contrasts = [] }).ShouldNotContain("Differences from the first arm");
    }

    [Fact]
    public void What_is_not_estimable_is_null_with_its_reason_and_a_dash_in_the_report()
    {
        TrialResult trial = Trial with { Contrasts = [Trial.Contrasts[0] with { HazardRatio = Estimable<Estimate>.Not("nobody relapsed") }] };

        JsonNode contrast = JsonNode.Parse(SummaryJson.Write(trial))!["contrasts"]![0]!;

        contrast["hazardRatio"]!["estimate"].ShouldBeNull();
        ((string)contrast["notEstimable"]![0]!["quantity"]!).ShouldBe("hazardRatio");
        ((string)contrast["notEstimable"]![0]!["reason"]!).ShouldBe("nobody relapsed");
        ((double)contrast["logRankP"]!).ShouldBe(trial.Contrasts[0].Test.Value.PValue);
        ContrastTables.Of(trial).Rows[0].Cells.ShouldBe(["–"]);
        ReportHtml.Write(trial).ShouldContain("nobody relapsed");
    }
}
