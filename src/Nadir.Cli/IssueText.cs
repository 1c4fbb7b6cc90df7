using Nadir.Faults;

namespace Nadir.Cli;

/// <summary>Prints what is wrong in a document, then a closing count.</summary>
static class IssueText
{
    /// <summary>A file of noise can hold thousands; nobody reads more than a screen or two.</summary>
    const int Shown = 50;

    public static void Write(IReadOnlyList<Issue> issues, TextWriter writer)
    {
        foreach (Issue issue in issues.Take(Shown))
        {
            writer.WriteLine(Printable.Text(issue.ToString()));
        }

        if (issues.Count > Shown)
        {
            writer.WriteLine($"… and {issues.Count - Shown} more");
        }

        if (issues.Count > 0)
        {
            int errors = issues.Count(i => i.Severity == Severity.Error);
            writer.WriteLine($"{Counted(errors, "error")}, {Counted(issues.Count - errors, "warning")}");
        }
    }

    static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
