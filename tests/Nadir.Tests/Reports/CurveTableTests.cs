using Nadir.Reports;
using Nadir.Survival;

namespace Nadir.Tests.Reports;

public class CurveTableTests
{
    [Fact]
    public void A_sparkline_falls_with_the_curve_and_is_blank_where_nobody_is_followed()
    {
        SurvivalCurve curve = KaplanMeier.Estimate([new(20, true), new(40, true), new(60, false), new(60, false)]);

        Sparkline.Of(curve, 80, 8).ShouldBe("█▆▆▅▅▅  ");
    }

    [Fact]
    public void A_sparkline_reaches_both_ends() =>
        Sparkline.Of(KaplanMeier.Estimate([new(15, true), new(15, true)]), 20, 2).ShouldBe("█▁");

    [Fact]
    public void The_table_has_a_row_for_each_arm_and_curve_and_the_numbers_of_the_long_one()
    {
        TrialTable table = CurveTable.Of(SampleResult.Create());

        table.Rows.Count.ShouldBe(21);
        string[] longTable = [.. TrialTable.Results(SampleResult.Create()).Rows.SelectMany(r => r.Cells)];
        string[] cells = [.. table.Rows.Where(r => r.Group.StartsWith("Overall", StringComparison.Ordinal)).SelectMany(r => r.Cells.Skip(1))];
        cells.ShouldNotBeEmpty();
        cells.ShouldAllBe(c => longTable.Any(l => l.StartsWith(c, StringComparison.Ordinal)));
    }
}
