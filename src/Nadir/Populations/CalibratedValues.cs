using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>What a calibration says about the numbers of a model's populations: a point, and draws from the posterior. <c>nadir calibrate</c> writes such files.</summary>
/// <param name="Point">Values by name of the hyper-parameter.</param>
/// <param name="Draws">Sets of values; none where the file has a point only.</param>
public sealed record CalibratedValues(IReadOnlyDictionary<string, double> Point, IReadOnlyList<IReadOnlyDictionary<string, double>> Draws)
{
    /// <summary>Published results it was fitted to; 0 where the file does not say.</summary>
    public int Targets { get; init; }

    /// <summary>Hash of everything that decided it; null where the file does not say.</summary>
    public string? Identity { get; init; }

    /// <summary>Where it was read, as the user named it.</summary>
    public required string File { get; init; }

    /// <summary>The file's text.</summary>
    public required SourceText Source { get; init; }

    /// <summary>Reads a file. A draw of another length than the point is an issue (ND0437).</summary>
    public static Checked<CalibratedValues> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        (int targets, string? identity) = root.Optional("calibration")?.Mapping(m => (m.Optional("targets")?.WholeNumber(0, int.MaxValue) ?? 0, m.Optional("identity")?.Text(), m.Entries().Count)) is var (t, i, _) ? (t, i) : (0, null);
        NamedValue[] named = root.Required("point").Mapping(m => m.Entries().ToArray());
        Dictionary<string, double> point = named.ToDictionary(v => v.Name, v => v.Value.Number(), StringComparer.Ordinal);
        IReadOnlyList<IReadOnlyDictionary<string, double>> draws = root.Optional("draws")?.List(v => Draw(v, named)) ?? [];
        return new CalibratedValues(point, draws) { Targets = targets, Identity = identity, File = source.Name, Source = source };
    });

    /// <summary>The calibration that comes with a model; null where it has none.</summary>
    public static Checked<CalibratedValues>? Of(ModelPackage package) => package.CalibrationFile is { } file ? Read(file) : null;

    /// <summary>Those of some values that a population has; others belong to other populations.</summary>
    public static IReadOnlyDictionary<string, double> KnownTo(Population population, IReadOnlyDictionary<string, double> values)
    {
        HashSet<string> known = [.. population.HyperParameters.Select(h => h.Name)];
        return values.Where(v => known.Contains(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
    }

    static Dictionary<string, double> Draw(ValueReader value, NamedValue[] named)
    {
        IReadOnlyList<double> numbers = value.List(v => v.Number());
        if (numbers.Count != named.Length)
        {
            value.Error("ND0437", "a draw has one number for each of the point", FormattableString.Invariant($"{numbers.Count} numbers"), FormattableString.Invariant($"{named.Length}"));
            return [];
        }

        return named.Select((n, i) => (n.Name, Value: numbers[i])).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
    }
}
