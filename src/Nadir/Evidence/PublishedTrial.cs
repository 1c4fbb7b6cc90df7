using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

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

/// <summary>Where the numbers of an interval come from.</summary>
public enum IntervalOrigin
{
    /// <summary>As published.</summary>
    Published,

    /// <summary>Wilson's interval of counts, or of a proportion and a number of patients.</summary>
    Wilson,

    /// <summary>Computed from other published numbers, such as a P value or the spread between patients.</summary>
    Derived,

    /// <summary>Computed with something that was assumed.</summary>
    Assumed,
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

    /// <summary>The study file that is its virtual version: a name in <c>studies/trials/</c>, or a file beside the user's own; null where there is none.</summary>
    public string? Study { get; init; }

    /// <summary>How a virtual version of the study is made, in short, where there is no study file; null where none is.</summary>
    public TrialDesignFacts? Design { get; init; }

    /// <summary>Where the virtual version is named.</summary>
    public required SourceLocation DesignAt { get; init; }

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
    public static Checked<PublishedTrial> Read(SourceText source) => MappingReader.Read(source, root => Read(root));

    static PublishedTrial Read(MappingReader root)
    {
        ValueReader? study = root.Optional("study");
        ValueReader? design = root.Optional("design");
        if (study is not null && design is not null)
        {
            design.Error("ND0438", "a study has one virtual version: a study file or a design", expected: "study or design");
        }

        return new PublishedTrial
        {
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            Population = root.Required("population").Text(),
            Product = root.Optional("product")?.Text(),
            Study = study?.Text(),
            Design = design?.Mapping(TrialDesignFacts.Read),
            DesignAt = study?.At ?? design?.At ?? root.At,
            Results = root.Required("results").List(r => r.Mapping(PublishedResultReader.Read)),
        };
    }
}

/// <summary>How a virtual version of a published study is made.</summary>
/// <param name="Products">The products given on day 0, the first of which the patients come for.</param>
/// <param name="Lymphodepletion">The chemotherapy before the cells.</param>
/// <param name="Strategies">Strategies of every patient.</param>
/// <param name="Changes">What sets its patients apart from the population, in typical values and shares.</param>
public sealed record TrialDesignFacts(IReadOnlyList<string> Products, string Lymphodepletion, IReadOnlyList<string> Strategies, IReadOnlyList<ParameterChange> Changes)
{
    /// <summary>Numbers of the population that are this study's own and not calibrated, such as how widely its burden spreads; by name of the hyper-parameter.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>What sets two virtual cohorts apart; equal for studies that share one.</summary>
    public string Key => string.Join('|', [string.Join(',', Products), Lymphodepletion, .. Strategies, .. Changes.Select(c => FormattableString.Invariant($"{c.Target} {c.Kind} {c.Value:R}")), .. Values.Select(v => FormattableString.Invariant($"{v.Key}={v.Value:R}"))]);

    /// <summary>Where it is written.</summary>
    public required SourceLocation At { get; init; }

    internal static TrialDesignFacts Read(MappingReader map) => new(
        map.Required("product").OneOrList(p => p.Text()),
        map.Optional("lymphodepletion")?.Text() ?? "fludarabine-cyclophosphamide",
        map.Optional("strategies")?.List(s => s.Text()) ?? [],
        map.Optional("changes")?.List(c => c.Mapping(ParameterChange.ReadWithBasis)) ?? [])
    {
        At = map.At,
        Values = (map.Optional("values")?.List(v => v.Mapping(Own)) ?? []).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
    };

    static KeyValuePair<string, double> Own(MappingReader map)
    {
        Basis.Read(map);
        return new KeyValuePair<string, double>(map.Required("number").Text(), map.Required("set").Number());
    }
}

/// <summary>What a published result is for.</summary>
public enum TargetRole
{
    /// <summary>The population is fitted to it.</summary>
    Calibration,

    /// <summary>It is predicted and never fitted.</summary>
    Validation,

    /// <summary>A sign or a rough size that the model must show whatever its numbers are.</summary>
    Structural,

    /// <summary>Assumed numbers were chosen by hand with it in view: neither fitted nor predicted.</summary>
    Adjusted,
}

/// <summary>A published result.</summary>
public sealed record PublishedResult
{
    /// <summary>What is published and no virtual cohort gives; only where <see cref="Listed"/> says why.</summary>
    public const string Other = "other";

    /// <summary>Quantities that have a month after infusion or remission.</summary>
    public static readonly IReadOnlyList<string> TimedQuantities = ["rfs", "efs", "os", "cir"];

    /// <summary>Quantities that are no proportions: ratios of hazards, medians in months, kinetics of the transgene.</summary>
    public static readonly IReadOnlyList<string> PositiveQuantities =
    [
        "medianEfs", "medianOs", "medianRfs", "medianEfsLowBurden", "medianOsLowBurden", "medianEfsRemission", "medianOsRemission",
        "hrRelapseTransplant", "hrRelapseOrDeathTransplant", "hrDeathTransplant",
        "hrRelapseBCellRecovery", "hrRelapseSequencingDay28", "hrRelapseSequencingMonth3", "hrRelapseHighBurden", "hrRelapseLowFludarabine", "hrCd19NegativeHighBurden", "hrCd19PositiveLowBurden", "hrCd19PositiveAplasiaLost",
        "transgeneCmax", "transgeneTmax", "transgeneDoubling", "transgeneHalfLife", "transgeneCmaxLogSd", "transgeneTmaxLogSd", "cmaxResponderRatio", "aucResponderRatio",
    ];

    /// <summary>Quantities that have none.</summary>
    public static readonly IReadOnlyList<string> UntimedQuantities =
    [
        "remission3Months", "morphologicRemission", "bCellRecoveryYear", "cd19NegativeInAplasia", "relapseShare", "relapseShareCd19Positive", "relapseShareCd19Negative", "relapseShareLineageSwitch",
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

    /// <summary>The estimate: a proportion, a ratio, or in months, days or copies/µg for <see cref="PositiveQuantities"/>; NaN for <see cref="Other"/> without a number.</summary>
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

    /// <summary>Standard deviation of the logarithm between patients, from which <see cref="Patients"/> give the uncertainty of a typical value; null where none is given.</summary>
    public double? LogSd { get; init; }

    /// <summary>What it is for.</summary>
    /// <value>Default: <see cref="TargetRole.Validation"/>.</value>
    public TargetRole Role { get; init; } = TargetRole.Validation;

    /// <summary>True where a calibration weighs it, as a target or as a bound.</summary>
    public bool IsFitted => Role is TargetRole.Calibration or TargetRole.Structural;

    /// <summary>Why the simulation is known to miss it, as committed; null where it is expected inside its interval.</summary>
    public string? Misses { get; init; }

    /// <summary>True for a miss at the very end of the interval, which may lie inside as well by chance among virtual patients: either is as committed.</summary>
    /// <value>Default: false.</value>
    public bool IsBorderline { get; init; }

    /// <summary>For a structural result: the least value that agrees with it; null where there is none.</summary>
    public double? AtLeast { get; init; }

    /// <summary>For a structural result: the largest value that agrees with it; null where there is none.</summary>
    public double? AtMost { get; init; }

    /// <summary>Why it is listed and never compared, where its numbers do not say so; null where nothing was said.</summary>
    public string? Listed { get; init; }

    /// <summary>Where the numbers of its interval come from.</summary>
    public IntervalOrigin Origin { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>What an interval would rest on.</summary>
    public IntervalBasis Basis =>
        Lower is not null ? IntervalBasis.Published :
        Events is not null ? IntervalBasis.Counts :
        Patients is not null && (LogSd is not null || !PositiveQuantities.Contains(Quantity)) ? IntervalBasis.SampleSize : IntervalBasis.None;

    /// <summary>True when a simulation can be held against it: verified, primary, not only listed, and with an interval or the counts for one.</summary>
    public bool IsComparable => Verified && Primary && Listed is null && Basis != IntervalBasis.None;

    /// <summary>Why it is never compared; null for a result that is comparable.</summary>
    public string? WhyNotCompared => Listed
        ?? (!Verified ? "recalled, not used"
        : Role == TargetRole.Structural ? null
        : !Primary ? "another figure of a quantity that is compared, or of a subgroup"
        : Basis == IntervalBasis.None ? "neither an interval nor counts were read"
        : null);

    /// <summary>Events for a Wilson interval: the count, or the estimate times the patients where only a proportion is known.</summary>
    public double? EffectiveEvents => Events ?? Estimate * Patients;
}
