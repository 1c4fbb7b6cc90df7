using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>Species drawn together in figures.</summary>
/// <param name="Name"><c>leukaemia</c>, <c>car-t</c> or <c>b-cells</c>.</param>
/// <param name="Species">The species, in order.</param>
public sealed record FigurePanel(string Name, IReadOnlyList<string> Species);

/// <summary>Which symbol of a model plays which role, so that engine, assays, strategies and figures name no symbol themselves.</summary>
public sealed record Readouts
{
    /// <summary>Roles that one symbol plays, as the files name them.</summary>
    public static readonly IReadOnlyList<string> Roles =
    [
        "leukaemia-total", "marrow-blast-fraction", "cart-total", "transgene", "normal-b-cells", "blood-b-cells", "infusion-target", "second-infusion-target",
        "haematogones", "activated-effectors", "exhausted-car-t-cells",
    ];

    /// <summary>Shares of the blasts that flow cytometry sees, from the clones: below the positive CD19 gate, CD19-negative, of another lineage, low in the second antigen.</summary>
    public static readonly IReadOnlyList<string> BlastShares = ["blasts-below-cd19-gate", "blasts-cd19-negative", "blasts-lineage-switched", "blasts-below-second-antigen-gate"];

    /// <summary>Groups of species that protocol actions name.</summary>
    public static readonly IReadOnlyList<string> Groups = ["leukaemia-clones", "cart-populations", "normal-b-cells"];

    static readonly string[] _panels = ["leukaemia", "car-t", "b-cells"];

    /// <summary>Role to symbol; roles that the model does not have are absent.</summary>
    public required IReadOnlyDictionary<string, string> Symbols { get; init; }

    /// <summary>Every clone of leukaemia.</summary>
    public required IReadOnlyList<LeukaemiaClone> Clones { get; init; }

    /// <summary>Leukaemia outside the marrow, which no assay and no event sees and conditioning reaches; empty where the model has none.</summary>
    public IReadOnlyList<string> Sanctuaries { get; init; } = [];

    /// <summary>Every CAR-T population, the infused product included.</summary>
    public required IReadOnlyList<string> CartPopulations { get; init; }

    /// <summary>How antigen is stripped from blasts; null for a model in which it is not.</summary>
    public AntigenStripping? Stripping { get; init; }

    /// <summary>What says why a relapse came; null for a model that cannot tell.</summary>
    public CauseReadouts? Causes { get; init; }

    /// <summary>What figures of single patients draw.</summary>
    public required IReadOnlyList<FigurePanel> Panels { get; init; }

    /// <summary>The symbol that plays a role of <see cref="Roles"/>, or null when the model has none.</summary>
    public string? Find(string role) => Symbols.GetValueOrDefault(role);

    /// <summary>Whether a share of <see cref="BlastShares"/> counts a clone.</summary>
    /// <exception cref="ArgumentException">There is no such share.</exception>
    internal static bool Counts(string share, LeukaemiaClone clone) => share == "blasts-below-second-antigen-gate" ? clone.IsSecondAntigenLow : Counted(share).Contains(clone.Phenotype);

    /// <summary>Whether a share of <see cref="BlastShares"/> counts a clone with normal CD19 while its antigen is stripped, and not else.</summary>
    internal static bool CountsStripped(string share, LeukaemiaClone clone) =>
        clone.Phenotype == ClonePhenotype.Cd19Positive && !Counts(share, clone) && Counted(share).Contains(ClonePhenotype.Cd19Dim);

    /// <summary>Whether one share of <see cref="BlastShares"/> is a part of another in every model.</summary>
    internal static bool IsPart(string part, string whole) =>
        BlastShares.Contains(part) && BlastShares.Contains(whole) && Counted(part).Count > 0 && Counted(part).All(Counted(whole).Contains);

    /// <summary>The CD19 phenotypes that a share counts; none where it goes by another antigen.</summary>
    static IReadOnlyList<ClonePhenotype> Counted(string share) => share switch
    {
        "blasts-below-cd19-gate" => [ClonePhenotype.Cd19Dim, ClonePhenotype.Cd19Negative, ClonePhenotype.LineageSwitched],
        "blasts-cd19-negative" => [ClonePhenotype.Cd19Negative, ClonePhenotype.LineageSwitched],
        "blasts-lineage-switched" => [ClonePhenotype.LineageSwitched],
        "blasts-below-second-antigen-gate" => [],
        _ => throw new ArgumentException($"there is no share \"{share}\"; {NearestName.Hint(share, BlastShares)}", nameof(share)),
    };

    /// <summary>The species of a group of <see cref="Groups"/>; empty when the model has none.</summary>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    public IReadOnlyList<string> Group(string name) => name switch
    {
        "leukaemia-clones" => [.. Clones.Select(c => c.Species), .. Sanctuaries],
        "cart-populations" => CartPopulations,
        "normal-b-cells" => Find(name) is { } symbol ? [symbol] : [],
        _ => throw new ArgumentException($"there is no group \"{name}\"; {NearestName.Hint(name, Groups)}", nameof(name)),
    };

    internal static Readouts Read(MappingReader map, Model model)
    {
        string[] species = [.. model.Species.Select(s => s.Name)];
        string[] symbols = [.. species, .. model.Parameters.Select(p => p.Name)];
        Dictionary<string, string> roles = [];
        foreach (string role in Roles)
        {
            if (map.Optional(role)?.OneOf("symbol", role is "infusion-target" or "second-infusion-target" or "normal-b-cells" ? species : symbols) is { } symbol)
            {
                roles[role] = symbol;
            }
        }

        return new Readouts
        {
            Symbols = roles,
            CartPopulations = map.Optional("cart-populations")?.List(v => v.OneOf("species", species)) ?? [],
            Sanctuaries = map.Optional("sanctuaries")?.List(v => v.OneOf("species", species)) ?? [],
            Clones = map.Optional("clones")?.Mapping(clones => ReadClones(clones, species, symbols)) ?? [],
            Stripping = map.Optional("stripping")?.Mapping(m => AntigenStripping.Read(m, species, symbols)),
            Causes = map.Optional("causes")?.Mapping(m => CauseReadouts.Read(m, symbols)),
            Panels = map.Optional("panels")?.Mapping(panels => ReadPanels(panels, species)) ?? [],
        };
    }

    static IReadOnlyList<LeukaemiaClone> ReadClones(MappingReader clones, string[] species, string[] symbols) =>
        [.. clones.Entries().Select(e => LeukaemiaClone.Read(KnownSpecies(clones, e, species), e.Value, symbols))];

    static IReadOnlyList<FigurePanel> ReadPanels(MappingReader panels, string[] species) =>
        [.. _panels
            .Select(name => (Name: name, Value: panels.Optional(name)))
            .Where(p => p.Value is not null)
            .Select(p => new FigurePanel(p.Name, p.Value!.List(v => v.OneOf("species", species))))];

    internal static string KnownSpecies(MappingReader map, NamedValue entry, string[] species)
    {
        if (!species.Contains(entry.Name))
        {
            map.Issues.Error("ND0309", entry.At, $"the model has no species \"{entry.Name}\"", entry.Name, "a species of the model", NearestName.Hint(entry.Name, species));
        }

        return entry.Name;
    }
}
