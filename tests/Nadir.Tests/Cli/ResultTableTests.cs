using Nadir.Cli;

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

    static string Write(int? width)
    {
        using StringWriter output = new();
        _table.Write(new Session(output, TextWriter.Null, CancellationToken.None) { OutputWidth = width });
        return output.ToString();
    }
}
