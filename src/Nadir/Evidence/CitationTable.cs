using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>A source.</summary>
/// <param name="Key">Its key, for example <c>maude-2018</c>.</param>
/// <param name="Short">Short citation with year, for tables.</param>
/// <param name="Text">Full citation.</param>
public sealed record Citation(string Key, string Short, string Text)
{
    /// <summary>Year of publication; null where the record read does not say.</summary>
    public int? Year { get; init; }

    /// <summary>Digital object identifier; null where none is known.</summary>
    public string? Doi { get; init; }

    /// <summary>PubMed number; null where none is known.</summary>
    public string? Pmid { get; init; }

    /// <summary>How far the source was read, for example <c>abstract</c>.</summary>
    public required string Read { get; init; }

    /// <summary>True when the outcome is held for blind validation, so that at most the design was read: such a source is no evidence of a direction or a size.</summary>
    public bool IsHeld => Read == "design only" || Text.EndsWith("outcome held for blind validation", StringComparison.Ordinal);

    /// <summary>The DOI's or PubMed page's address; null where neither is known.</summary>
    public string? Link => Doi is not null ? $"https://doi.org/{Doi}" : Pmid is not null ? $"https://pubmed.ncbi.nlm.nih.gov/{Pmid}/" : null;
}

/// <summary>Every source by key, from <c>library/citations.yaml</c>.</summary>
public sealed partial class CitationTable
{
    readonly Dictionary<string, Citation> _citations;

    CitationTable(IEnumerable<Citation> citations, IReadOnlyList<SourceReference> taxonomy)
    {
        _citations = citations.ToDictionary(c => c.Key, StringComparer.Ordinal);
        Taxonomy = taxonomy;
    }

    /// <summary>Every source, in the file's order.</summary>
    public IReadOnlyCollection<Citation> All => _citations.Values;

    /// <summary>Reviews that the lists of mechanisms and strategies start from: first the one that asks the question, then those whose headings the lists have. Empty where a file names none.</summary>
    public IReadOnlyList<SourceReference> Taxonomy { get; }

    /// <summary>The source with this key, or null.</summary>
    public Citation? Find(string key) => _citations.GetValueOrDefault(key);

    /// <summary>The table that ships.</summary>
    public static Checked<CitationTable> LoadShipped() => Load(Library.Shipped);

    /// <summary>The table that ships, with the citations of a user's own file behind it; a key that both have is an issue (ND0411).</summary>
    public static Checked<CitationTable> Load(Library library)
    {
        Checked<CitationTable> shipped = Read(ShippedLibrary.Read("library/citations.yaml"));
        if (shipped.Value is null || library.Own("library/citations.yaml") is not { } file)
        {
            return shipped;
        }

        Checked<CitationTable> own = Read(file);
        IssueList issues = [.. own.Issues];
        foreach (Citation twice in own.Value?.All.Where(c => shipped.Value.Find(c.Key) is not null) ?? [])
        {
            issues.Error("ND0411", new SourceLocation(file.Name, 0, 0), $"the citation \"{twice.Key}\" ships with Nadir already", twice.Key, "a key of its own");
        }

        return Checked<CitationTable>.From(issues.HasErrors ? null : new CitationTable([.. shipped.Value.All, .. own.Value!.All], [.. shipped.Value.Taxonomy, .. own.Value.Taxonomy]), issues);
    }

    /// <summary>Reads a citation file.</summary>
    public static Checked<CitationTable> Read(SourceText source) => MappingReader.Read(source, root =>
        new CitationTable(
            root.Required("citations").Mapping(map => map.Entries().Select(e => e.Value.Mapping(m => ReadCitation(e.Name, m))).ToArray()),
            root.Optional("taxonomy")?.List(Basis.Reference) ?? []));

    /// <summary>Keys that none of the references names, in the file's order.</summary>
    public IReadOnlyList<string> Unused(IEnumerable<SourceReference> references)
    {
        HashSet<string> used = [.. references.Select(r => r.Key)];
        return [.. _citations.Keys.Where(k => !used.Contains(k))];
    }

    /// <summary>An issue (ND0401) for each reference whose key is not in this table.</summary>
    public IReadOnlyList<Issue> Check(IEnumerable<SourceReference> references)
    {
        IssueList issues = new();
        foreach (SourceReference reference in references.Where(r => r.Key.Length > 0 && !_citations.ContainsKey(r.Key)))
        {
            issues.Error("ND0401", reference.At, $"there is no citation \"{reference.Key}\"", reference.Key, "a key of library/citations.yaml, or of citations.yaml in your own library", NearestName.Hint(reference.Key, _citations.Keys));
        }

        return issues;
    }

    static Citation ReadCitation(string key, MappingReader map) => new(key, map.Required("short").Text(), map.Required("text").Text())
    {
        Year = map.Optional("year")?.WholeNumber(1900, 2100),
        Doi = Matching(map.Optional("doi"), DoiPattern(), "a DOI such as 10.1056/NEJMoa1709866, without address"),
        Pmid = Matching(map.Optional("pmid"), PmidPattern(), "a PubMed number"),
        Read = map.Required("read").Text(),
    };

    static string? Matching(ValueReader? value, Regex pattern, string expected)
    {
        string? text = value?.Text();
        if (text is { Length: > 0 } && !pattern.IsMatch(text))
        {
            value!.Error("ND0402", $"\"{text}\" does not identify a publication", text, expected);
        }

        return text;
    }

    [GeneratedRegex(@"^10\.\d{4,9}/\S+$", RegexOptions.CultureInvariant)]
    private static partial Regex DoiPattern();

    [GeneratedRegex(@"^\d{1,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex PmidPattern();
}
