using System.CommandLine;

namespace Nadir.Cli;

/// <summary><c>nadir report</c>: shows finished runs again, one alone or several side by side.</summary>
sealed class ReportCommand
{
    readonly Argument<string[]> _folders = new("DIR") { Description = "result folders of nadir trial; one is rendered anew, several are compared", Arity = ArgumentArity.OneOrMore };
    readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "the HTML file; the default is report.html in the folder, or nadir-out/comparison.html for several" };
    readonly Option<bool> _pdf = new("--pdf") { Description = "also prints it as PDF, with a Chromium or Chrome of this machine", Arity = ArgumentArity.Zero };
    readonly Option<bool> _sqlite = new("--sqlite") { Description = "also writes all tables of the folder into one SQLite file, results.sqlite", Arity = ArgumentArity.Zero };

    public static Command Create(Session session, Func<ReportSettings, Session, int> run)
    {
        ReportCommand report = new();
        Command command = new("report", "Renders the report of a finished run anew, or compares several runs.") { report._folders, report._out, report._pdf, report._sqlite };
        command.SetAction(parsed => run(report.Read(parsed), session));
        return command;
    }

    ReportSettings Read(ParseResult parsed)
    {
        OptionReader reader = new(parsed);
        ReportSettings settings = new(parsed.GetValue(_folders) ?? [], reader.Text(_out), reader.Given(_pdf), reader.Given(_sqlite));
        foreach (string blank in settings.Folders.Where(string.IsNullOrWhiteSpace))
        {
            reader.Wrong("DIR", blank, "a result folder");
        }

        foreach (string twice in settings.Folders.GroupBy(Path.GetFullPath, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            reader.Add(new UsageProblem("a folder is given more than once") { Found = twice });
        }

        if (settings.Folders.Count > 1)
        {
            reader.Refuse(_sqlite, "it belongs to one run");
        }

        if (settings.Folders.Count > 26)
        {
            reader.Add(new UsageProblem("too many runs to compare") { Found = $"{settings.Folders.Count}", Expected = "at most 26" });
        }

        reader.ThrowIfAny();
        return settings;
    }
}

/// <summary>What <c>nadir report</c> is asked for.</summary>
/// <param name="Folders">Result folders, at least one.</param>
/// <param name="Out">The HTML file; null for the default.</param>
/// <param name="Pdf">Print it too.</param>
/// <param name="Sqlite">Write the tables into one SQLite file too.</param>
sealed record ReportSettings(IReadOnlyList<string> Folders, string? Out, bool Pdf, bool Sqlite);
