using Nadir.Faults;
using YamlDotNet.Core;

namespace Nadir.Documents;

/// <summary>
/// Reads YAML into <see cref="DocumentNode"/>s. Only plain data is accepted: no anchors, aliases or tags, one document,
/// keys that are text and stand once, at most <see cref="MaxDepth"/> levels and <see cref="MaxNodes"/> values.
/// </summary>
public static class YamlReader
{
    /// <summary>The deepest nesting of lists and mappings that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>The largest number of values (keys not counted) that is read.</summary>
    public const int MaxNodes = 200_000;

    /// <summary>Reads a document; whatever is wrong with it is an issue with line and column (ND0010 to ND0017), never an exception.</summary>
    public static Checked<DocumentNode> Read(SourceText source)
    {
        IssueList issues = new();
        return Checked<DocumentNode>.From(Read(source, issues), issues);
    }

    /// <summary>The tree, also where keys stand twice, so that the rest of the document can be checked; null when there is none.</summary>
    internal static DocumentNode? Read(SourceText source, IssueList issues)
    {
        using StringReader text = new(source.Text);
        Scanner scanner = new(text);
        try
        {
            return new YamlTree(new YamlEvents(new Parser(scanner), source), issues).Read();
        }
        catch (InvalidInputException refused)
        {
            issues.AddRange(refused.Issues);
        }
        catch (YamlException e)
        {
            // For tabs the exception points at the mapping's start, not at the tab.
            Mark at = e.Message.Contains("tab", StringComparison.Ordinal) ? scanner.CurrentPosition : e.Start;
            issues.Add(SyntaxIssue(source, at, Sentence(e.Message)));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner lets these escape for unclosed brackets and impossible escapes; their messages say nothing to a user.
            issues.Add(SyntaxIssue(source, scanner.CurrentPosition, "a bracket is not closed, or an escape is wrong"));
        }

        return null;
    }

    static Issue SyntaxIssue(SourceText source, Mark mark, string message)
    {
        string? line = source.Text.Split('\n').ElementAtOrDefault((int)mark.Line - 1);
        bool tab = line is not null && line[..(line.Length - line.TrimStart().Length)].Contains('\t', StringComparison.Ordinal);
        return new Issue("ND0010", Severity.Error, source.At((int)mark.Line, (int)mark.Column), $"this is not valid YAML: {message}")
        {
            Found = string.IsNullOrWhiteSpace(line) ? null : Excerpt.Of(line.Trim()),
            Hint = tab ? "indent with spaces: YAML allows no tabs there" : "check the indentation, colons, brackets and quotes here and in the line above",
        };
    }

    static string Sentence(string message) =>
        message.Length == 0 ? "unknown" : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
