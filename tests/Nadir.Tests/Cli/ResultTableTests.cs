using Nadir.Cli;
using Nadir.Reports;

namespace Nadir.Tests.Cli;

public class ResultTableTests
{
    static readonly ResultTable _table = new(
        ["", "CD19 [4-1BB]", "with transplant"],
        [["Remission by month 3", "81.0% (77.3–84.2)", "81.0%"], ["Relapse-free survival at 12 months", "59.1%", string.Join(' ', Enumerable.Repeat("word", 60))]])
    {
        Title = "500 patients an arm",
    };

    [Fact]
    public void In_a_file_no_row_is_wrapped_or_coloured()
    {
        string text = Write(width: null);

        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines[0].ShouldBe("500 patients an arm");
        lines.Count(l => l.Length > 0 && char.IsLetter(l[0])).ShouldBe(3);
        text.ShouldContain("CD19 [4-1BB]");
        text.ShouldNotContain('\u001b');
    }

    [Fact]
    public void On_a_terminal_no_line_is_wider_than_it() =>
        Write(width: 80).Split('\n').ShouldAllBe(line => line.Length <= 80);

    [Fact]
    public void A_terminal_that_says_it_has_no_width_limits_nothing() =>
        Write(width: 0).ShouldBe(Write(width: null));

    [Fact]
    public void The_groups_of_a_trial_stand_above_their_rows()
    {
        TrialTable trial = new("Results", ["arm 1", "arm 2"],
        [
            new TrialTableRow("Survival", "month 6", ["80% (70–90)", "–"]),
            new TrialTableRow("Survival", "month 12", ["70%", "60%"]),
            new TrialTableRow("Patients", "simulated", ["500", "500"]),
        ]);

        string[] lines = [.. Write(ResultTable.From(trial), width: null).Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '─')];

        lines[0].ShouldBe("Results");
        lines.Select(l => l.Trim().Split("  ")[0]).ShouldBe(["Results", "arm 1", "Survival", "month 6", "month 12", "Patients", "simulated"]);
        lines[4].ShouldEndWith("60%");
    }

    static string Write(int? width) => Write(_table, width);

    static string Write(ResultTable table, int? width)
    {
        using StringWriter output = new();
        table.Write(new Session(output, TextWriter.Null, CancellationToken.None) { OutputWidth = width });
        return output.ToString();
    }
}
