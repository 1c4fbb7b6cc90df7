using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Numerics;
using Nadir.Units;

namespace Nadir.Monitoring;

/// <summary>The scale of an assay's noise.</summary>
public enum NoiseScale
{
    /// <summary>Noise multiplies the value.</summary>
    Log,

    /// <summary>Noise multiplies the odds of a fraction, which so stays below 1; of a small fraction that is the fraction itself.</summary>
    Logit,
}

/// <summary>How many cells or events an assay counts.</summary>
/// <param name="Events">Cells or events counted; of blasts, among all nucleated cells.</param>
/// <param name="Least">Fewest events that give a result.</param>
/// <param name="Basis">What the count rests on.</param>
public sealed record AssaySampling(double Events, double Least, Basis Basis);

/// <summary>An assay, from <c>library/assays/</c>: what it reads of the hidden state, with which noise and limit.</summary>
public sealed record Assay
{
    /// <summary>The assay's name, for example <c>flow-mrd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>The role of <see cref="Readouts.Roles"/> or the share of <see cref="Readouts.BlastShares"/> it reads.</summary>
    public required string Reads { get; init; }

    /// <summary>Unit of its values.</summary>
    public required UnitExpression Unit { get; init; }

    /// <summary>What one unit of the model's quantity gives in the assay's unit.</summary>
    /// <value>Default: 1.</value>
    public double Factor { get; init; } = 1;

    /// <summary>The value without any of the quantity, in the assay's unit.</summary>
    /// <value>Default: 0.</value>
    public double Baseline { get; init; }

    /// <summary>What factor and baseline rest on; null where the assay reads the model's unit.</summary>
    public Basis? ConversionBasis { get; init; }

    /// <summary>How many cells are counted; null where counting adds no noise of its own.</summary>
    public AssaySampling? Sampling { get; init; }

    /// <summary>Limit of detection or quantification in its unit; a value below it is reported as below the limit.</summary>
    public required double Limit { get; init; }

    /// <summary>What the limit rests on.</summary>
    public required Basis LimitBasis { get; init; }

    /// <summary>The highest value that anybody shows, in its unit: no condition may ask for more.</summary>
    /// <value>Default: 1 on the logit scale, else none.</value>
    public double Highest { get; init; } = double.PositiveInfinity;

    /// <summary>What the highest value rests on; null for a fraction and where none is given.</summary>
    public Basis? HighestBasis { get; init; }

    /// <summary>The scale on which an observed value scatters around the true one.</summary>
    public required NoiseScale NoiseScale { get; init; }

    /// <summary>Standard deviation on that scale, of natural logarithms.</summary>
    public required double NoiseSd { get; init; }

    /// <summary>What the noise rests on.</summary>
    public required Basis NoiseBasis { get; init; }

    /// <summary>Named cuts in its unit, for example <c>remission</c> or <c>aplasia</c>.</summary>
    public required IReadOnlyDictionary<string, double> Thresholds { get; init; }

    /// <summary>What each cut rests on, by the names of <see cref="Thresholds"/>.</summary>
    public required IReadOnlyDictionary<string, Basis> ThresholdBases { get; init; }

    /// <summary>Sources of its use.</summary>
    public required IReadOnlyList<SourceReference> Evidence { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>The assays that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/assays");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Evidence.Concat(Numbers.SelectMany(b => b.Sources));

    /// <summary>What each of its numbers rests on.</summary>
    public IEnumerable<Basis> Numbers => new[] { LimitBasis, NoiseBasis, ConversionBasis, HighestBasis, Sampling?.Basis }.OfType<Basis>().Concat(ThresholdBases.Values);

    /// <summary>Reads an assay that ships.</summary>
    /// <exception cref="ArgumentException">No such assay ships.</exception>
    public static Checked<Assay> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a assay of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such assay.</exception>
    public static Checked<Assay> Load(Library library, string name) => Read(library.Read($"library/assays/{name}.yaml"));

    /// <summary>Reads an assay file.</summary>
    public static Checked<Assay> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        (double limit, Basis limitBasis) = root.Required("limit").Mapping(m => (m.Required("value").Number(NumberRange.NotNegative), Basis.Read(m)));
        ((NoiseScale scale, double sd), Basis noiseBasis) = root.Required("noise").Mapping(m => (Noise(m), Basis.Read(m)));
        (double factor, double baseline, Basis? conversion) = root.Optional("conversion")?.Mapping(m =>
            (m.Required("factor").Number(NumberRange.Positive), m.Optional("baseline")?.Number(NumberRange.NotNegative) ?? 0, (Basis?)Basis.Read(m))) ?? (1, 0, null);
        (double highest, Basis? highestBasis) = root.Optional("highest")?.Mapping(m => (m.Required("value").Number(scale == NoiseScale.Logit ? NumberRange.Above(limit, 1) : NumberRange.Above(limit)), (Basis?)Basis.Read(m)))
            ?? (scale == NoiseScale.Logit ? 1 : double.PositiveInfinity, null);
        (string Name, double Cut, Basis Basis)[] cuts = [.. root.Required("thresholds").Mapping(m => m.Entries().Select(e => e.Value.Mapping(cut => (e.Name, cut.Required("value").Number(NumberRange.Positive), Basis.Read(cut)))).ToArray())];
        return new Assay
        {
            Factor = factor,
            Baseline = baseline,
            ConversionBasis = conversion,
            Sampling = root.Optional("sampling")?.Mapping(m => new AssaySampling(m.Required("events").Number(NumberRange.Positive), m.Optional("least")?.Number(NumberRange.NotNegative) ?? 0, Basis.Read(m))),
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            Reads = root.Required("reads").OneOf("role", [.. Readouts.Roles, .. Readouts.BlastShares]),
            Unit = UnitExpression.Read(root.Required("unit")) ?? UnitExpression.One,
            Limit = limit,
            Highest = highest,
            HighestBasis = highestBasis,
            LimitBasis = limitBasis,
            NoiseScale = scale,
            NoiseSd = sd,
            NoiseBasis = noiseBasis,
            Thresholds = cuts.ToDictionary(c => c.Name, c => c.Cut, StringComparer.Ordinal),
            ThresholdBases = cuts.ToDictionary(c => c.Name, c => c.Basis, StringComparer.Ordinal),
            Evidence = root.Required("evidence").List(Basis.Reference),
            Note = root.Optional("note")?.Text(),
        };
    });

    /// <summary>What the assay shows of a true value, before its limit and without counting.</summary>
    /// <param name="value">The true value in the model's unit, at least 0; at most 1 on the logit scale.</param>
    /// <param name="normal">A standard normal number.</param>
    public double Observe(double value, double normal) => Scatter(Baseline + (Factor * value), normal);

    /// <summary>What the assay shows of a true value, before its limit: converted, counted among the cells it looks at, with noise.</summary>
    /// <param name="value">The true value in the model's unit; for a share of the blasts that share.</param>
    /// <param name="blasts">Share of the cells that are blasts where <paramref name="value"/> is a share of them; null for a share of all cells.</param>
    /// <param name="stream">Random numbers: one normal number first, then those of counting.</param>
    /// <returns>NaN where too few events were seen for a result.</returns>
    internal double Observe(double value, double? blasts, ref RandomStream stream)
    {
        double normal = Draws.Normal(ref stream);
        return Scatter(Counted(Baseline + (Factor * value), blasts, ref stream), normal);
    }

    double Scatter(double value, double normal)
    {
        double factor = Elementary.Exp(NoiseSd * normal);
        return NoiseScale == NoiseScale.Log ? value * factor : value * factor / (1 - value + (value * factor));
    }

    double Counted(double value, double? blasts, ref RandomStream stream)
    {
        if (Sampling is not { } sampling)
        {
            return value;
        }

        double looked = blasts is { } share ? Draws.Poisson(ref stream, sampling.Events * share) : sampling.Events;
        double found = blasts is null ? Draws.Poisson(ref stream, looked * value) : looked > 0 ? Draws.Binomial(ref stream, looked, Math.Min(value, 1)) : 0;
        return (blasts is null ? found : looked) < sampling.Least || looked <= 0 ? double.NaN : Math.Min(1, found / looked);
    }

    /// <summary>The cut with this name.</summary>
    /// <exception cref="ArgumentException">The assay has no such cut.</exception>
    public double Threshold(string name) => Thresholds.TryGetValue(name, out double cut)
        ? cut
        : throw new ArgumentException($"the assay \"{Name}\" has no threshold \"{name}\"; {NearestName.Hint(name, [.. Thresholds.Keys])}", nameof(name));

    static (NoiseScale Scale, double Sd) Noise(MappingReader noise)
    {
        ValueReader? logit = noise.Optional("logit-normal");
        double sd = (logit ?? noise.Required("log-normal")).Mapping(n => n.Required("sd").Number(NumberRange.NotNegative));
        return (logit is null ? NoiseScale.Log : NoiseScale.Logit, sd);
    }
}
