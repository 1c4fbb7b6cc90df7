using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>What a published result rests its interval on.</summary>
public enum IntervalBasis
{
    /// <summary>No interval and no counts: listed, never compared.</summary>
    None,

    /// <summary>The published 95% interval.</summary>
    Published,

    /// <summary>Counts of events and patients: a Wilson interval can be derived.</summary>
    Counts,

    /// <summary>A proportion of a known number of patients: a Wilson interval ignores censoring and is a little too narrow.</summary>
    SampleSize,
}

/// <summary>A published study and its results, from <c>library/trials/</c>.</summary>
public sealed record PublishedTrial
{
    /// <summary>The study's name, for example <c>eliana</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>The population that stands for its patients.</summary>
    public required string Population { get; init; }

    /// <summary>The product; null for several.</summary>
    public string? Product { get; init; }

    /// <summary>The results, in the file's order.</summary>
    public required IReadOnlyList<PublishedResult> Results { get; init; }

    /// <summary>The names of the studies that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/trials");

    /// <summary>Reads a study that ships.</summary>
    /// <exception cref="ArgumentException">No such study ships.</exception>
    public static Checked<PublishedTrial> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a study of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such study.</exception>
    public static Checked<PublishedTrial> Load(Library library, string name) => Read(library.Read($"library/trials/{name}.yaml"));

    /// <summary>Reads a file of published results.</summary>
    public static Checked<PublishedTrial> Read(SourceText source) => MappingReader.Read(source, root => new PublishedTrial
    {
        Name = root.Required("name").Text(),
        Title = root.Required("title").Text(),
        Population = root.Required("population").Text(),
        Product = root.Optional("product")?.Text(),
        Results = root.Required("results").List(r => r.Mapping(PublishedResultReader.Read)),
    });
}

/// <summary>A published result.</summary>
public sealed record PublishedResult
{
    /// <summary>Quantities that have a month after infusion or remission.</summary>
    public static readonly IReadOnlyList<string> TimedQuantities = ["rfs", "efs", "os"];

    /// <summary>Quantities that have none.</summary>
    public static readonly IReadOnlyList<string> UntimedQuantities =
    [
        "remission3Months", "relapseShare", "relapseShareCd19Positive", "relapseShareCd19Negative", "relapseShareLineageSwitch",
        "crsAny", "crsGrade3",
    ];

    /// <summary>What it is, without the month: <c>rfs</c>, <c>remission3Months</c>, …</summary>
    public required string Quantity { get; init; }

    /// <summary>Month of a survival probability, 30.4375 days each; null where none applies.</summary>
    public double? Month { get; init; }

    /// <summary>The quantity with its month, for example <c>rfs12</c>.</summary>
    public string Id => FormattableString.Invariant($"{Quantity}{Month}");

    /// <summary>Whose result it is, for people.</summary>
    public required string Cohort { get; init; }

    /// <summary>The estimate, a proportion.</summary>
    public required double Estimate { get; init; }

    /// <summary>Published lower 95% bound; null where none is published.</summary>
    public double? Lower { get; init; }

    /// <summary>Published upper 95% bound; null where none is published.</summary>
    public double? Upper { get; init; }

    /// <summary>Patients with the event or response; null where only a percentage is known.</summary>
    public int? Events { get; init; }

    /// <summary>Patients at the start; null where it is not known.</summary>
    public int? Patients { get; init; }

    /// <summary>For relapse-free survival: whether follow-up ended at a transplant or other therapy; null where the source does not say.</summary>
    public bool? CensoredAtFurtherTherapy { get; init; }

    /// <summary>The source.</summary>
    public required SourceReference Citation { get; init; }

    /// <summary>True when the figure was read in a record of its source; others are listed and never compared.</summary>
    public required bool Verified { get; init; }

    /// <summary>False for a further figure of the same quantity, another cohort or definition: listed, not compared by default.</summary>
    public bool Primary { get; init; } = true;

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>What an interval would rest on.</summary>
    public IntervalBasis Basis =>
        Lower is not null ? IntervalBasis.Published :
        Events is not null ? IntervalBasis.Counts :
        Patients is not null ? IntervalBasis.SampleSize : IntervalBasis.None;

    /// <summary>True when a simulation can be held against it: verified, primary, and with an interval or the counts for one.</summary>
    public bool IsComparable => Verified && Primary && Basis != IntervalBasis.None;

    /// <summary>Events for a Wilson interval: the count, or the estimate times the patients where only a proportion is known.</summary>
    public double? EffectiveEvents => Events ?? Estimate * Patients;
}
