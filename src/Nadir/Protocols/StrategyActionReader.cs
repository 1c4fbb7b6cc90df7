using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>Reads what strategies do.</summary>
static class StrategyActionReader
{
    /// <summary>The word that means the arm's own product in <c>infuse</c>.</summary>
    const string SameProduct = "same";

    const string Forms = "one of {scale: …, by: …}, {change: …, set | multiply: …}, {infuse: …}, {toxicity: …, probability: …}, {mortality: […]}";

    static readonly string[] _kinds = ["scale", "change", "infuse", "toxicity", "mortality"];

    public static StrategyAction Read(MappingReader map)
    {
        (string Kind, ValueReader Value)[] given = [.. _kinds.Where(map.Has).Select(k => (k, map.Required(k)))];
        if (given.Length != 1)
        {
            map.Issues.Error("ND0407", map.At, "an action does exactly one thing", expected: Forms);
        }

        (string kind, ValueReader? value) = given.FirstOrDefault(("mortality", null!));
        return kind switch
        {
            "scale" => new StrategyAction.ScaleSpecies(value.Text(), map.Required("by").Number(NumberRange.NotNegative), Basis.Read(map)),
            "change" => Change(value.Text(), map),
            "infuse" => Infuse(value.Text(), map),
            "toxicity" => new StrategyAction.Toxicity(value.Text(), map.Required("probability").Number(NumberRange.Probability), Basis.Read(map)),
            _ => new StrategyAction.Mortality(Points(value, map), Basis.Read(map)),
        };
    }

    static StrategyAction Change(string parameter, MappingReader map)
    {
        (ValueReader? set, ValueReader? multiply, ValueReader? days) = (map.Optional("set"), map.Optional("multiply"), map.Optional("for-days"));
        if (set is null == multiply is null || (set is not null && days is not null))
        {
            map.Issues.Error("ND0407", map.At, $"the change of \"{parameter}\" says once what it does", expected: "set: …, or multiply: … with or without for-days: …");
        }

        return multiply is not null
            ? new StrategyAction.MultiplyParameter(parameter, multiply.Number(NumberRange.NotNegative), Basis.Read(map)) { ForDays = days?.Number(NumberRange.Positive) }
            : new StrategyAction.SetParameter(parameter, set?.Number() ?? double.NaN, Basis.Read(map));
    }

    static StrategyAction.Infuse Infuse(string product, MappingReader map) => new(
        product == SameProduct ? null : product,
        map.Optional("share")?.Number(NumberRange.Positive) ?? 1,
        map.Optional("fails")?.Number(NumberRange.Probability),
        Basis.Read(map));

    static IReadOnlyList<MortalityPoint> Points(ValueReader? value, MappingReader map)
    {
        IReadOnlyList<MortalityPoint> points = value?.List(v => v.Mapping(p =>
            new MortalityPoint(p.Required("day").Number(NumberRange.Positive), p.Required("probability").Number(NumberRange.Above(0, 1))))) ?? [];
        bool isAscending = points.Zip(points.Skip(1)).All(p => !(p.First.Day >= p.Second.Day || p.First.Probability >= p.Second.Probability));
        if (value is not null && (points.Count == 0 || !isAscending))
        {
            map.Issues.Error("ND0408", value.At, "a cumulative risk rises from point to point", expected: "at least one point, days and probabilities ascending");
        }

        return points;
    }
}
