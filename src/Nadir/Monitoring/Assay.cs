using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Units;

namespace Nadir.Monitoring;

/// <summary>An assay, from <c>library/assays/</c>: what it reads of the hidden state, with which noise and limit.</summary>
public sealed record Assay
{
    /// <summary>The assay's name, for example <c>flow-mrd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>The role of <see cref="Readouts.Roles"/> it reads.</summary>
    public required string Reads { get; init; }

    /// <summary>Unit of its values.</summary>
    public required UnitExpression Unit { get; init; }

    /// <summary>Limit of detection or quantification in its unit; a value below it is reported as below the limit.</summary>
    public required double Limit { get; init; }

    /// <summary>What the limit rests on.</summary>
    public required Basis LimitBasis { get; init; }

    /// <summary>Standard deviation of the natural logarithm of an observed value around the true one.</summary>
    public required double LogSd { get; init; }

    /// <summary>What the noise rests on.</summary>
    public required Basis NoiseBasis { get; init; }

    /// <summary>Named cuts in its unit, for example <c>remission</c> or <c>aplasia</c>.</summary>
    public required IReadOnlyDictionary<string, double> Thresholds { get; init; }

    /// <summary>Sources of its use.</summary>
    public required IReadOnlyList<SourceReference> Evidence { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>The assays that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/assays");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Evidence.Concat(LimitBasis.Sources).Concat(NoiseBasis.Sources);

    /// <summary>Reads an assay that ships.</summary>
    /// <exception cref="ArgumentException">No such assay ships.</exception>
    public static Checked<Assay> LoadShipped(string name) => Read(ShippedLibrary.Read($"library/assays/{name}.yaml"));

    /// <summary>Reads an assay file.</summary>
    public static Checked<Assay> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        (double limit, Basis limitBasis) = root.Required("limit").Mapping(m => (m.Required("value").Number(NumberRange.NotNegative), Basis.Read(m)));
        (double sd, Basis noiseBasis) = root.Required("noise").Mapping(m => (m.Required("log-normal").Mapping(n => n.Required("sd").Number(NumberRange.NotNegative)), Basis.Read(m)));
        return new Assay
        {
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            Reads = root.Required("reads").OneOf("role", Readouts.Roles.ToArray()),
            Unit = UnitExpression.Read(root.Required("unit")) ?? UnitExpression.One,
            Limit = limit,
            LimitBasis = limitBasis,
            LogSd = sd,
            NoiseBasis = noiseBasis,
            Thresholds = root.Required("thresholds").Mapping(m => m.Entries().ToDictionary(e => e.Name, e => e.Value.Number(NumberRange.Positive), StringComparer.Ordinal)),
            Evidence = root.Required("evidence").List(Basis.Reference),
            Note = root.Optional("note")?.Text(),
        };
    });

    /// <summary>The cut with this name.</summary>
    /// <exception cref="ArgumentException">The assay has no such cut.</exception>
    public double Threshold(string name) => Thresholds.TryGetValue(name, out double cut)
        ? cut
        : throw new ArgumentException($"the assay \"{Name}\" has no threshold \"{name}\"; {NearestName.Hint(name, [.. Thresholds.Keys])}", nameof(name));
}
