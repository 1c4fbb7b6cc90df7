namespace Nadir.Endpoints;

/// <summary>CD19 phenotype of the blasts at relapse, by flow on what is seen.</summary>
public enum Phenotype
{
    /// <summary>Most blasts carry CD19.</summary>
    Cd19Positive,

    /// <summary>More than half of the blasts lie below the CD19 gate.</summary>
    Cd19NegativeOrLow,

    /// <summary>Lineage-switched cells dominate.</summary>
    LineageSwitch,
}

/// <summary>What flow cytometry shows of the blasts at relapse.</summary>
/// <param name="Phenotype">The phenotype.</param>
/// <param name="IsNegative">More than half of the blasts lie below the negative gate: lost rather than low.</param>
/// <param name="IsCd22Low">More than half of the blasts lie below the CD22 gate; null where too few were seen to tell.</param>
public readonly record struct PhenotypeSeen(Phenotype Phenotype, bool IsNegative, bool? IsCd22Low = null);

/// <summary>Names of phenotypes in files and reports.</summary>
public static class PhenotypeNames
{
    /// <summary>All phenotypes, in the order of reports.</summary>
    public static IReadOnlyList<Phenotype> All { get; } = Enum.GetValues<Phenotype>();

    /// <summary>The name in files: <c>cd19-positive</c>, <c>cd19-negative-or-low</c>, <c>lineage-switch</c>.</summary>
    public static string NameOf(Phenotype phenotype) => phenotype switch
    {
        Phenotype.Cd19Positive => "cd19-positive",
        Phenotype.Cd19NegativeOrLow => "cd19-negative-or-low",
        Phenotype.LineageSwitch => "lineage-switch",
        _ => throw new ArgumentOutOfRangeException(nameof(phenotype), phenotype, "expected a phenotype"),
    };

    /// <summary>The name for readers: <c>CD19-positive</c>, <c>CD19-negative or low</c>, <c>lineage switch</c>.</summary>
    public static string LabelOf(Phenotype phenotype) => phenotype switch
    {
        Phenotype.Cd19Positive => "CD19-positive",
        Phenotype.Cd19NegativeOrLow => "CD19-negative or low",
        Phenotype.LineageSwitch => "lineage switch",
        _ => throw new ArgumentOutOfRangeException(nameof(phenotype), phenotype, "expected a phenotype"),
    };
}

/// <summary>Blasts in the marrow by CD19 class, in cells.</summary>
/// <param name="Positive">Normal CD19.</param>
/// <param name="Low">Below the CD19 gate but not negative.</param>
/// <param name="Negative">No CD19.</param>
/// <param name="Switched">Lineage-switched.</param>
public readonly record struct BlastComposition(double Positive, double Low, double Negative, double Switched)
{
    /// <summary>Those of any class that are low in the second antigen.</summary>
    /// <value>Default: 0.</value>
    public double SecondLow { get; init; }

    /// <summary>All blasts.</summary>
    public double Total => Positive + Low + Negative + Switched;

    /// <summary>Share below the positive gate. It is summed in the order of the total, so that rounding never takes it above 1.</summary>
    public double BelowGateShare => (Low + Negative + Switched) / Total;

    /// <summary>Share low in the second antigen; rounding never takes it above 1.</summary>
    public double SecondLowShare => Math.Min(1, SecondLow / Total);

    /// <summary>Share below the negative gate.</summary>
    public double NegativeShare => (Negative + Switched) / Total;

    /// <summary>
    /// Lineage switch where switched cells are more than half; else CD19-negative or low where more than half of the blasts lie below the
    /// gate (switched cells among them); else CD19-positive.
    /// </summary>
    public Phenotype Phenotype =>
        Switched > 0.5 * Total ? Phenotype.LineageSwitch
        : Low + Negative + Switched > 0.5 * Total ? Phenotype.Cd19NegativeOrLow
        : Phenotype.Cd19Positive;

    /// <summary>The same without the noise of an assay.</summary>
    public PhenotypeSeen Seen => new(Phenotype, Negative + Switched > 0.5 * Total, SecondLow > 0.5 * Total);
}
