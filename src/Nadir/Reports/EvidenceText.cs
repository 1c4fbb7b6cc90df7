using System.Text;
using Nadir.Evidence;

namespace Nadir.Reports;

/// <summary>Evidence pages as plain text and as Markdown.</summary>
public static class EvidenceText
{
    /// <summary>A page for a terminal: headings, then a line each, sources in brackets.</summary>
    public static string Plain(EvidencePage page, CitationTable citations)
    {
        StringBuilder text = new();
        text.Append(page.Name).Append(" (").Append(page.Kind).Append("): ").Append(page.Title).Append('\n');
        foreach (EvidenceSection section in page.Sections)
        {
            text.Append('\n').Append(section.Heading).Append('\n');
            foreach (EvidenceLine line in section.Lines)
            {
                text.Append("  ").Append(Line(line, citations)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A page as Markdown below a heading of the third level; the terms of the model are left to the command.</summary>
    internal static string Markdown(EvidencePage page, CitationTable citations)
    {
        StringBuilder text = new();
        text.Append("### ").Append(page.Name).Append("\n\n").Append(page.Title).Append(".\n");
        foreach (EvidenceSection section in page.Sections.Where(s => s.Heading != EvidencePages.TermsHeading))
        {
            text.Append("\n**").Append(section.Heading).Append("**\n\n");
            foreach (EvidenceLine line in section.Lines)
            {
                text.Append("- ").Append(Line(line, citations)).Append('\n');
            }
        }

        return text.Append('\n').ToString();
    }

    static string Line(EvidenceLine line, CitationTable citations)
    {
        string[] sources = [.. line.Citations.Select(k => citations.Find(k) is { } c && k != line.Text ? $"{c.Short} ({k})" : citations.Find(k)?.Text ?? k)];
        string level = line.Level is null ? "" : $" [{string.Join("; ", [line.Level, .. sources])}]";
        string cited = line.Level is null && sources.Length > 0 ? $" [{string.Join("; ", sources)}]" : "";
        return OneLine(line.Text + level + cited + (line.Note is null ? "" : $" – {line.Note}"));
    }

    static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
