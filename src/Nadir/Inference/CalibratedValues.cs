using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Inference;

/// <summary>A calibrated population as <c>nadir calibrate</c> writes it: a point, and draws from the posterior.</summary>
/// <param name="Point">Values by name of the hyper-parameter.</param>
/// <param name="Draws">Sets of values.</param>
public sealed record CalibratedValues(IReadOnlyDictionary<string, double> Point, IReadOnlyList<IReadOnlyDictionary<string, double>> Draws)
{
    /// <summary>Reads a file. A draw of another length than the point is an issue (ND0437).</summary>
    public static Checked<CalibratedValues> Read(SourceText source) => MappingReader.Read(source, root =>
    {
        root.Optional("calibration")?.Mapping(m => m.Entries().Count);
        NamedValue[] named = root.Required("point").Mapping(m => m.Entries().ToArray());
        Dictionary<string, double> point = named.ToDictionary(v => v.Name, v => v.Value.Number(), StringComparer.Ordinal);
        IReadOnlyList<IReadOnlyDictionary<string, double>> draws = root.Optional("draws")?.List(v => Draw(v, named)) ?? [];
        return new CalibratedValues(point, draws);
    });

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
