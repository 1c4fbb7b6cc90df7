using Spectre.Console;

namespace Nadir.Cli;

/// <summary>Rows of cells under headings, for people; the first column is a label, the others align right.</summary>
sealed record ResultTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A line above the table; null for none.</summary>
    public string? Title { get; init; }

    public void Write(Session session)
    {
        Table table = new Table().Border(TableBorder.Simple);
        for (int i = 0; i < Headings.Count; i++)
        {
            TableColumn column = new(new Text(Headings[i]));
            table.AddColumn(i == 0 ? column : column.RightAligned());
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
        console.Profile.Width = session.OutputWidth ?? unlimited;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
