using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class TransplantTablesTests
{
    static readonly TransplantEffect Effect = SampleResult.Create().TransplantEffects[0];

    [Fact]
    public void Each_analysis_has_a_row_with_the_landmark_among_those_who_met_the_rule_under_the_landmark()
    {
        string[] labels = [.. TransplantTables.Of(Effect).Rows.Select(r => r.Label)];

        labels.Length.ShouldBe(Enum.GetValues<TransplantAnalysis>().Length);
        labels[1].ShouldBe("Landmark at day 69");
        labels[2].ShouldBe("Landmark among those who met the rule");
        labels[^1].ShouldStartWith("True");
    }

    [Fact]
    public void A_distance_of_hazard_ratios_is_a_ratio_and_the_others_are_differences()
    {
        ILookup<string, TrialTableRow> groups = TransplantTables.Gaps(Effect).Rows.ToLookup(r => r.Group);
        string[] names = [.. groups.Select(g => g.Key)];

        names.Length.ShouldBe(4);
        names[0].ShouldBe("Hazard ratio, ratio to the true one");
        names.Skip(1).ShouldAllBe(n => n.Contains("less the true"));
        groups[names[0]].ShouldAllBe(r => !r.Cells.Any(c => c.Contains("less")));
        groups.ShouldAllBe(g => g.Count() == 4);
    }

    [Fact]
    public void The_distance_of_hazard_ratios_is_the_quotient_of_the_rows_above()
    {
        double Ratio(TransplantAnalysis analysis) => Effect.Comparisons.Single(c => c.Analysis == analysis).HazardRatio.Value.Value;

        foreach (TransplantGap gap in Effect.Gaps)
        {
            gap.FromTruth.HazardRatio.Value.Value.ShouldBe(Ratio(gap.Analysis) / Ratio(TransplantAnalysis.True), 1e-9);
        }
    }

    [Fact]
    public void The_report_says_how_alike_those_who_met_the_rule_are_without_a_transplant() =>
        string.Join(' ', TransplantTables.Explanation(Effect)).ShouldContain("had met the rule for a transplant by the landmark can be compared among themselves");
}
