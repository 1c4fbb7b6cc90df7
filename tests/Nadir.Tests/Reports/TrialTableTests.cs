using System.Text;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class TrialTableTests
{
    static readonly TrialResult Trial = SampleResult.Create();

    [Fact]
    public void The_tables_are_the_verified_ones() =>
        (Text(TrialTable.Results(Trial)) + "\n" + Text(TrialTable.Published(Trial))).ShouldMatchVerified("tables.verified.txt");

    [Fact]
    public void Every_row_has_a_cell_for_every_column()
    {
        TrialTable.Results(Trial).Rows.ShouldAllBe(r => r.Cells.Count == 3);
        TrialTable.Published(Trial).Rows.ShouldAllBe(r => r.Cells.Count == 4);
    }

    [Fact]
    public void The_short_table_has_the_medians_with_their_intervals()
    {
        TrialTable table = ExecutiveTable.Of(Trial);

        foreach ((string label, Func<ArmResult, SurvivalCurve> curve) in new (string, Func<ArmResult, SurvivalCurve>)[] { ("event-free survival", a => a.EventFreeSurvival), ("relapse-free survival from remission", a => a.RelapseFreeSurvival), ("overall survival", a => a.OverallSurvival), ("duration of response from remission", a => a.DurationOfResponse) })
        {
            table.Rows.Single(r => r.Label == $"Median {label}, months").Cells.ShouldBe(Trial.Arms.Select(a => NumberText.Months(SurvivalQuantile.Of(curve(a), 0.5))));
        }
    }

    [Fact]
    public void A_median_that_half_of_the_patients_do_not_reach_says_so_and_nobody_has_none()
    {
        ArmResult well = Trial.Arms[0] with { OverallSurvival = KaplanMeier.Estimate([new(100, true), new(730, false), new(730, false), new(730, false)]) };
        ArmResult nobody = Trial.Arms[0] with { OverallSurvival = KaplanMeier.Estimate([]) };

        TrialTable table = ExecutiveTable.Of(Trial with { Arms = [well, nobody], Contrasts = [] });

        string[] cells = [.. table.Rows.Single(r => r.Label == "Median overall survival, months").Cells];
        cells[0].ShouldBe("not reached (3.3 to not reached)");
        cells[1].ShouldBe("–");
    }

    [Fact]
    public void Failures_are_shown_by_status_in_every_arm_and_are_zero_where_an_arm_had_none()
    {
        ArmResult failing = Trial.Arms[0] with { FailedPatients = 3, Failures = new Dictionary<string, int> { ["NotANumber"] = 2, ["StepLimit"] = 1 } };

        TrialTable table = TrialTable.Results(Trial with { Arms = [failing, Trial.Arms[1]] });

        table.Rows.Single(r => r.Label == "failed: NotANumber").Cells.ShouldBe(["2", "0"]);
        table.Rows.Single(r => r.Label == "failed: StepLimit").Cells.ShouldBe(["1", "1"]);
        table.Rows.Single(r => r.Label.StartsWith("failed numerically", StringComparison.Ordinal)).Cells.ShouldBe(["3", "1"]);
    }

    [Fact]
    public void What_strategies_did_is_counted_in_every_arm_and_is_zero_where_nothing_was_done()
    {
        ArmResult treated = Trial.Arms[1] with { Happenings = [new Happening("target-switch", "done", 12), new Happening("target-switch", "product not made", 1)] };

        TrialTable table = TrialTable.Results(Trial with { Arms = [Trial.Arms[0], treated] });

        table.Rows.Where(r => r.Group == "Strategies").Select(r => (r.Label, string.Join(' ', r.Cells)))
            .ShouldBe([("target-switch: done", "0 12"), ("target-switch: product not made", "0 1")]);
    }

    [Fact]
    public void A_phenotype_that_an_arm_does_not_have_is_not_estimable_there()
    {
        ArmResult without = Trial.Arms[1] with { Relapse = [] };

        TrialTable table = TrialTable.Results(Trial with { Arms = [Trial.Arms[0], without] });

        table.Rows.Single(r => r.Label == "lineage switch relapse, month 12").Cells[1].ShouldBe("–");
    }

    [Fact]
    public void A_comparison_with_a_missing_side_is_neither_inside_nor_outside()
    {
        PublishedComparison known = Trial.Published[0];
        PublishedComparison[] missing =
        [
            known with { Simulated = new(double.NaN, double.NaN, double.NaN) },
            known with { Published = known.Published with { Upper = double.NaN } },
            known,
        ];

        TrialTable.Published(Trial with { Published = missing }).Rows.Select(r => r.Cells[2]).ShouldBe(["not comparable", "not comparable", "inside"]);
    }

    static string Text(TrialTable table)
    {
        StringBuilder text = new();
        text.Append(table.Title).Append('\n').Append(string.Join(" | ", table.Columns)).Append('\n');
        foreach (TrialTableRow row in table.Rows)
        {
            text.Append($"[{row.Group}] {row.Label} | {string.Join(" | ", row.Cells)}\n");
        }

        return text.ToString();
    }
}
