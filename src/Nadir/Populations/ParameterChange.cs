using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>How a <see cref="ParameterChange"/> changes its target.</summary>
public enum ChangeKind
{
    /// <summary>The typical value of a parameter, or the probability of a trait, becomes this number.</summary>
    Set,

    /// <summary>The typical value of a parameter is multiplied.</summary>
    Multiply,

    /// <summary>The odds of a trait are multiplied, so that its probability stays below 1.</summary>
    MultiplyOdds,
}

/// <summary>
/// A change of a typical value or of a trait's probability, made by a product, a lymphodepletion or a switched-off mechanism before patients are
/// drawn. The random numbers stay the same: a patient keeps everything that does not depend on the change.
/// </summary>
/// <param name="Target">A parameter of the model or a trait of the population.</param>
/// <param name="Kind">How it changes.</param>
/// <param name="Value">By or to what.</param>
public sealed record ParameterChange(string Target, ChangeKind Kind, double Value)
{
    /// <summary>What the size rests on; null for a mechanism that is switched off.</summary>
    public Basis? Basis { get; init; }

    /// <summary>What is held possible about <see cref="Value"/>; null where it is not calibrated.</summary>
    public Prior? Prior { get; init; }

    /// <summary>Where it is written; null for a change made in code.</summary>
    public SourceLocation? At { get; init; }

    /// <summary>Reads <c>{target: …, set | multiply | odds: …}</c> with its basis.</summary>
    internal static ParameterChange ReadWithBasis(MappingReader map) => Read(map) with { Basis = Basis.Read(map) };

    /// <summary>Reads a change that may have a prior.</summary>
    internal static ParameterChange ReadWithPrior(MappingReader map)
    {
        ParameterChange change = ReadWithBasis(map);
        return map.Optional("prior") is { } prior ? change with { Prior = Prior.Read(prior, PriorScale.Log, change.Value) } : change;
    }

    /// <summary>Reads <c>{target: …, set | multiply | odds: …}</c>.</summary>
    internal static ParameterChange Read(MappingReader map)
    {
        string target = map.Required("target").Text();
        (ChangeKind kind, double value) = ReadSize(map);
        return new ParameterChange(target, kind, value) { At = map.At };
    }

    static (ChangeKind Kind, double Value) ReadSize(MappingReader map)
    {
        (string Key, ChangeKind Kind, NumberRange Range)[] forms =
        [
            ("set", ChangeKind.Set, NumberRange.Any), ("multiply", ChangeKind.Multiply, NumberRange.NotNegative), ("odds", ChangeKind.MultiplyOdds, NumberRange.NotNegative),
        ];
        (ChangeKind Kind, double Value)[] given = [.. forms
            .Select(f => (f.Kind, f.Range, Value: map.Optional(f.Key)))
            .Where(f => f.Value is not null)
            .Select(f => (f.Kind, f.Value!.Number(f.Range)))];
        if (given.Length == 1)
        {
            return given[0];
        }

        map.Issues.Error("ND0315", map.At, $"a change says once what it does, found {given.Length} times", expected: "one of set, multiply, odds");
        return (ChangeKind.Set, double.NaN);
    }
}
