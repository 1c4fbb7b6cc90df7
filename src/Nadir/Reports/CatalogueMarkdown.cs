using System.Text;
using Nadir.Evidence;
using Nadir.Protocols;

namespace Nadir.Reports;

/// <summary>The catalogue of a library as one Markdown page, <c>docs/catalogue.md</c>.</summary>
public static class CatalogueMarkdown
{
    /// <summary>File name of the figure the page shows, in the folder <c>images</c> beside it.</summary>
    public const string MapFile = "relapse-map.svg";

    /// <summary>Writes the page.</summary>
    public static string Write(Catalogue catalogue)
    {
        StringBuilder text = new();
        text.Append("# Catalogue\n\nWritten by `nadir evidence --catalogue docs/catalogue.md` from the files in `library/`; edit those, not this page. Research use only.\n\n");
        text.Append("Every number names its source or says `assumed`. Facts are published figures; what a mechanism or strategy does in the model follows from its parameters, not from them. Hazard\n")
            .Append("ratios of observational studies are listed and never applied.\n\n");
        foreach ((string of, EvidenceShares shares) in EvidenceNames.Shares(catalogue))
        {
            text.Append("- Numbers of ").Append(of).Append(": ").Append(shares).Append(".\n");
        }

        text.Append($"\n## From mechanism to signal to strategy\n\n![Relapse map](images/{MapFile})\n\n");
        Origin(text, catalogue.Citations);
        Table(text, catalogue);
        IdentificationMarkdown.Write(text, catalogue.Identification);
        Pages(text, catalogue, "Mechanisms", catalogue.Mechanisms.Select(m => m.Name));
        Pages(text, catalogue, "Strategies", catalogue.Strategies.Select(s => s.Name));
        Pages(text, catalogue, "Products", catalogue.Products.Select(p => p.Name));
        Pages(text, catalogue, "Lymphodepletions", catalogue.Lymphodepletions.Select(l => l.Name));
        Pages(text, catalogue, "Assays", catalogue.Assays.Select(a => a.Name));
        Pages(text, catalogue, "Published trials", catalogue.Trials.Select(t => t.Name));
        Sources(text, catalogue);
        return text.ToString();
    }

    static void Origin(StringBuilder text, CitationTable citations)
    {
        if (citations.Taxonomy.Count == 0)
        {
            return;
        }

        string[] links = [.. citations.Taxonomy.Select(t => citations.Find(t.Key)).OfType<Citation>().Select(c => c.Link is { } link ? $"[{c.Short}]({link})" : c.Short)];
        text.Append($"The question, which mechanisms bring a relapse and which strategies answer them, is that of a review ({links[0]}), of which only the abstract was read. The headings are those of its sister\n")
            .Append($"reviews ({string.Join(", ", links.Skip(1))}); what stands under them is taken from the papers named there and is not the first review's own list.\n\n");
    }

    static void Table(StringBuilder text, Catalogue catalogue)
    {
        text.Append("| mechanism | leads to | first signal | strategies |\n|---|---|---|---|\n");
        foreach (Mechanism m in catalogue.Mechanisms.OrderBy(m => Mechanism.Classes.ToList().IndexOf(m.RelapseClass)).ThenBy(m => m.Name, StringComparer.Ordinal))
        {
            text.Append($"| [{m.Name}](#{m.Name}) | {m.RelapseClass} | {m.Signals[0]} | {string.Join(", ", catalogue.Countering(m.Name).Where(s => s.NotApplicable is null).Select(s => $"[{s.Name}](#{s.Name})").DefaultIfEmpty(EvidencePages.NoStrategy))} |\n");
        }

        text.Append('\n');
    }

    static void Pages(StringBuilder text, Catalogue catalogue, string heading, IEnumerable<string> names)
    {
        text.Append("## ").Append(heading).Append("\n\n");
        string kind = heading switch { "Strategies" => "strategy", "Published trials" => "trial", _ => heading[..^1].ToLowerInvariant() };
        foreach (string name in names)
        {
            text.Append(EvidenceText.Markdown(EvidencePages.Of(catalogue, name).Single(p => p.Kind == kind), catalogue.Citations));
        }
    }

    static void Sources(StringBuilder text, Catalogue catalogue)
    {
        text.Append("## Sources\n\n| key | source | read |\n|---|---|---|\n");
        foreach (Citation c in catalogue.Citations.All.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            string cited = c.Text.Replace("|", "\\|", StringComparison.Ordinal);
            text.Append($"| {c.Key} | {(c.Link is { } link ? $"[{cited}]({link})" : cited)} | {c.Read} |\n");
        }
    }
}
