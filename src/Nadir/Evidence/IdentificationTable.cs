using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>What one sign at relapse says of a cause.</summary>
/// <param name="Usual">Findings that speak for the cause.</param>
/// <param name="Also">Findings that speak neither for it nor against it.</param>
/// <param name="Basis">What that rests on.</param>
public sealed record RelapseSign(IReadOnlyList<string> Usual, IReadOnlyList<string> Also, Basis Basis)
{
    /// <summary>Whether a finding against the cause rules it out.</summary>
    /// <value>Default: false.</value>
    public bool IsRequired { get; init; }

    internal bool IsFor(string finding) => Usual.Contains(finding);

    internal bool IsAgainst(string finding) => !Usual.Contains(finding) && !Also.Contains(finding);
}

/// <summary>A cause of relapse and what is seen under it.</summary>
/// <param name="Cause">The group of causes, as files name it, for example <c>car-t-gone</c>.</param>
/// <param name="Mechanisms">The relapse mechanisms it stands for.</param>
/// <param name="Blasts">What the blasts show; with anything else the cause is ruled out.</param>
/// <param name="Signs">The other signs, by the names of <see cref="IdentificationTable.Findings"/>; one that is absent may be anything.</param>
public sealed record RelapseColumn(string Cause, IReadOnlyList<string> Mechanisms, RelapseSign Blasts, IReadOnlyDictionary<string, RelapseSign> Signs)
{
    /// <summary>Its signs, the blasts' first.</summary>
    public IEnumerable<RelapseSign> All => Signs.Values.Prepend(Blasts);

    internal bool IsRuledOut(string blasts, IReadOnlyDictionary<string, string> seen) =>
        Blasts.IsAgainst(blasts) || seen.Any(s => Signs.GetValueOrDefault(s.Key) is { IsRequired: true } sign && sign.IsAgainst(s.Value));

    internal int Against(IReadOnlyDictionary<string, string> seen) => seen.Count(s => Signs.GetValueOrDefault(s.Key)?.IsAgainst(s.Value) == true);

    internal int For(IReadOnlyDictionary<string, string> seen) => seen.Count(s => Signs.GetValueOrDefault(s.Key)?.IsFor(s.Value) == true);
}

/// <summary>Which observation at relapse points to which cause, from <c>library/identification.yaml</c>.</summary>
public sealed class IdentificationTable
{
    /// <summary>What blasts can show.</summary>
    public static readonly IReadOnlyList<string> BlastFindings = ["cd19-positive", "cd19-low", "cd19-negative", "lineage-switch"];

    /// <summary>The signs beside the blasts' CD19 and lineage, each with what can be found.</summary>
    public static readonly IReadOnlyList<(string Sign, IReadOnlyList<string> Findings)> Findings =
    [
        ("cd22", ["kept", "low"]), ("b-cells", ["back", "absent"]), ("transgene", ["below-limit", "present", "rising"]),
        ("mrd-day-28", ["negative", "positive"]), ("time", ["early", "later"]),
    ];

    IdentificationTable()
    {
    }

    /// <summary>The causes, in the file's order; a group of causes may have several.</summary>
    public required IReadOnlyList<RelapseColumn> Columns { get; init; }

    /// <summary>A transgene that rises by more than this factor from one visit to the next rises with the blasts.</summary>
    public required double TransgeneRise { get; init; }

    /// <summary>The last day after infusion that counts as early.</summary>
    public required double EarlyDay { get; init; }

    /// <summary>What the two cuts rest on.</summary>
    public required IReadOnlyList<Basis> CutBases { get; init; }

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Columns.SelectMany(c => c.All).Select(s => s.Basis).Concat(CutBases).SelectMany(b => b.Sources);

    /// <summary>The table that ships.</summary>
    public static Checked<IdentificationTable> LoadShipped() => Read(ShippedLibrary.Read("library/identification.yaml"));

    /// <summary>The cause that the signs point to: the fewest against it, then the most for it, then the first of the file.</summary>
    /// <param name="blasts">One of <see cref="BlastFindings"/>.</param>
    /// <param name="seen">The other signs with what was found; one that is not known is left out.</param>
    /// <exception cref="InvalidOperationException">No cause has such blasts.</exception>
    public RelapseColumn Identify(string blasts, IReadOnlyDictionary<string, string> seen) => Columns
        .Where(c => !c.IsRuledOut(blasts, seen)).OrderBy(c => c.Against(seen)).ThenByDescending(c => c.For(seen)).First();

    /// <summary>Reads the file.</summary>
    public static Checked<IdentificationTable> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        ((double rise, Basis riseBasis), (double early, Basis earlyBasis)) = root.Required("cuts").Mapping(m => (Cut(m, "transgene-rise"), Cut(m, "early-day")));
        return new IdentificationTable
        {
            Columns = root.Required("causes").List(c => c.Mapping(ReadColumn)),
            TransgeneRise = rise,
            EarlyDay = early,
            CutBases = [riseBasis, earlyBasis],
        };
    });

    static (double Value, Basis Basis) Cut(MappingReader map, string name) =>
        map.Required(name).Mapping(m => (m.Required("value").Number(NumberRange.Positive), Basis.Read(m)));

    static RelapseColumn ReadColumn(MappingReader map)
    {
        Dictionary<string, RelapseSign> signs = new(StringComparer.Ordinal);
        foreach ((string sign, IReadOnlyList<string> findings) in Findings)
        {
            if (map.Optional(sign)?.Mapping(m => Sign(m, findings)) is { } read)
            {
                signs.Add(sign, read);
            }
        }

        return new RelapseColumn(
            map.Required("cause").Text(), map.Required("mechanisms").List(m => m.Text()), map.Required("blasts").Mapping(m => Sign(m, BlastFindings)), signs);
    }

    static RelapseSign Sign(MappingReader map, IReadOnlyList<string> findings) => new(
        map.Required("usual").List(v => v.OneOf("finding", findings)), map.Optional("also")?.List(v => v.OneOf("finding", findings)) ?? [], Basis.Read(map))
    {
        IsRequired = map.Optional("required")?.OneOf("answer", ["yes", "no"]) == "yes",
    };
}
