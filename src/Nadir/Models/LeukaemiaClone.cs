using Nadir.Documents;

namespace Nadir.Models;

/// <summary>What a clone shows to a CD19 assay and to a phenotype at relapse.</summary>
public enum ClonePhenotype
{
    /// <summary>CD19 at normal density.</summary>
    Cd19Positive,

    /// <summary>CD19 below the positive gate.</summary>
    Cd19Dim,

    /// <summary>No CD19.</summary>
    Cd19Negative,

    /// <summary>Another lineage.</summary>
    LineageSwitched,
}

/// <summary>Where the first cells of a clone come from.</summary>
public enum CloneSeed
{
    /// <summary>There before infusion.</summary>
    PreExisting,

    /// <summary>Arisen on therapy.</summary>
    New,

    /// <summary>Some there before, others arisen on therapy.</summary>
    Either,

    /// <summary>Made with the product.</summary>
    Manufacture,

    /// <summary>Settled from a site outside the marrow.</summary>
    Sanctuary,
}

/// <summary>A clone of leukaemia.</summary>
/// <param name="Species">Its species.</param>
/// <param name="Phenotype">What assays see.</param>
public sealed record LeukaemiaClone(string Species, ClonePhenotype Phenotype)
{
    static readonly string[] _phenotypes = ["cd19-positive", "cd19-dim", "cd19-negative", "lineage-switched"];

    static readonly string[] _seeds = ["pre-existing", "new", "either", "manufacture", "sanctuary"];

    /// <summary>Where its first cells come from.</summary>
    /// <value>Default: <see cref="CloneSeed.PreExisting"/>.</value>
    public CloneSeed Seed { get; init; }

    /// <summary>Whether it is low in the second antigen, CD22 unless a product sets another.</summary>
    /// <value>Default: false, also where the model has no second antigen.</value>
    public bool IsSecondAntigenLow { get; init; }

    /// <summary>The relapse mechanism whose clone it is; null for the clone that the product is meant for.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The symbol of the rate at which a cell of it is killed, per day; null where the model does not say.</summary>
    public string? KilledBy { get; init; }

    /// <summary>The seed's name in files: <c>pre-existing</c>, <c>new</c>, <c>either</c>, <c>manufacture</c>, <c>sanctuary</c>.</summary>
    public static string NameOf(CloneSeed seed) => _seeds[(int)seed];

    /// <summary>Reads a phenotype, or a mapping of <c>phenotype</c>, <c>second-antigen</c>, <c>seed</c>, <c>mechanism</c> and <c>killed-by</c>.</summary>
    internal static LeukaemiaClone Read(string species, ValueReader value, string[] symbols) => value.IsMapping
        ? value.Mapping(m => new LeukaemiaClone(species, ReadPhenotype(m.Required("phenotype")))
        {
            Seed = m.Optional("seed") is { } seed ? (CloneSeed)Math.Max(0, Array.IndexOf(_seeds, seed.OneOf("seed", _seeds))) : CloneSeed.PreExisting,
            IsSecondAntigenLow = m.Optional("second-antigen")?.OneOf("density", ["normal", "low"]) == "low",
            Mechanism = m.Optional("mechanism")?.Text(),
            KilledBy = m.Optional("killed-by")?.OneOf("symbol", symbols),
        })
        : new LeukaemiaClone(species, ReadPhenotype(value));

    static ClonePhenotype ReadPhenotype(ValueReader value) => (ClonePhenotype)Math.Max(0, Array.IndexOf(_phenotypes, value.OneOf("phenotype", _phenotypes)));
}
