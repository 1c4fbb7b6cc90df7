using Nadir.Reports;
using Spectre.Console;

namespace Nadir.Cli;

/// <summary>Rows of cells under headings, for people. A column of numbers aligns right, any other left.</summary>
sealed record ResultTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A line above the table; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>A trial's table; each group is a line of its own above its rows.</summary>
    public static ResultTable From(TrialTable table) =>
        new(["", .. table.Columns], [.. table.Rows.GroupBy(r => r.Group).SelectMany(g => Group(g.Key, table.Columns.Count, g))]) { Title = table.Title };

    static IEnumerable<IReadOnlyList<string>> Group(string name, int columns, IEnumerable<TrialTableRow> rows)
    {
        IEnumerable<IReadOnlyList<string>> all = rows.Select(r => (IReadOnlyList<string>)[name.Length == 0 ? r.Label : $"  {r.Label}", .. r.Cells]);
        return name.Length == 0 ? all : all.Prepend([name, .. Enumerable.Repeat("", columns)]);
    }

    public void Write(Session session)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < Headings.Count; i++)
        {
            TableColumn column = new(new Text(Headings[i]));
            table.AddColumn(IsNumeric(i) ? column.RightAligned() : column);
        }

        foreach (IReadOnlyList<string> row in Rows)
        {
            table.AddRow([.. row.Select(cell => new Text(Printable.Line(cell)))]);
        }

        if (Title is not null)
        {
            session.Output.WriteLine(Title);
        }

        Console(session).Write(table);
    }

    bool IsNumeric(int column) => Rows.All(r => r[column].Length == 0 || char.IsAsciiDigit(r[column][0]) || "-–<>".Contains(r[column][0], StringComparison.Ordinal));

    /// <summary>No colours, and as wide as it needs to be where nothing limits it: a file is read by people and by grep.</summary>
    static IAnsiConsole Console(Session session)
    {
        const int unlimited = 10_000;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(session.Output),
        });
        console.Profile.Width = session.OutputWidth is { } width and > 0 ? width : unlimited;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
