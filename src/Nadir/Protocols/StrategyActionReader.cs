using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>Reads what strategies do.</summary>
static class StrategyActionReader
{
    /// <summary>The word that means the arm's own product in <c>infuse</c>.</summary>
    const string SameProduct = "same";

    const string Forms = "one of {scale: …, by: …}, {change: …, set | multiply | add: …}, {infuse: …}, {give: …, cells: …}, {toxicity: …, probability: …}, {mortality: […]}";

    static readonly string[] _kinds = ["scale", "change", "infuse", "give", "toxicity", "mortality"];

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
            "give" => new StrategyAction.GiveCells(value.Text(), map.Required("cells").Number(NumberRange.Positive), Basis.Read(map)),
            "infuse" => Infuse(value.Text(), map),
            "toxicity" => new StrategyAction.Toxicity(value.Text(), map.Required("probability").Number(NumberRange.Probability), Basis.Read(map)),
            _ => new StrategyAction.Mortality(Points(value, map), Basis.Read(map)),
        };
    }

    static StrategyAction Change(string parameter, MappingReader map)
    {
        (ValueReader? set, ValueReader? multiply, ValueReader? add, ValueReader? days) = (map.Optional("set"), map.Optional("multiply"), map.Optional("add"), map.Optional("for-days"));
        if (new[] { set, multiply, add }.Count(v => v is not null) != 1 || (set is not null && days is not null) || (add is not null && days is null))
        {
            map.Issues.Error("ND0407", map.At, $"the change of \"{parameter}\" says once what it does", expected: "set: …, or multiply: … with or without for-days: …, or add: … with for-days: …");
        }

        if (add is not null)
        {
            return new StrategyAction.AddToParameter(parameter, add.Number(), days?.Number(NumberRange.Positive) ?? 1, Basis.Read(map));
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
