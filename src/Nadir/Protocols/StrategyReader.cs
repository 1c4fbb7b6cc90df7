using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>Reads strategies.</summary>
static class StrategyReader
{
    const string ActionForms = "one of {scale: …, by: …}, {change: …, set | multiply: …}, {mortality: […]}";

    static readonly string[] _statuses = ["remission", "without-relapse"];

    static readonly string[] _comparisons = ["below-limit", "detected"];

    public static Strategy Read(MappingReader root)
    {
        Strategy strategy = new()
        {
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            IsTransplant = root.Optional("transplant")?.Flag() ?? false,
            Trigger = root.Required("trigger").Mapping(Trigger),
            Day = root.Required("delay-to-day").Number(NumberRange.NotNegative),
            Still = Status(root.Required("still")),
            TimingBasis = root.Required("timing").Mapping(Basis.Read),
            Actions = root.Required("actions").List(a => a.Mapping(Action)),
            Counters = root.Optional("counters")?.List(c => c.Text()) ?? [],
            Evidence = root.Required("evidence").List(Basis.Reference),
            Note = root.Optional("note")?.Text(),
            At = root.At,
        };
        if (strategy.Day < strategy.Trigger.VisitDay)
        {
            root.Required("delay-to-day").Error("ND0406", "the strategy is done before it is decided", FormattableString.Invariant($"day {strategy.Day}"), FormattableString.Invariant($"day {strategy.Trigger.VisitDay} or later"));
        }

        return strategy;
    }

    public static void CheckTarget(Strategy strategy, StrategyAction action, ModelPackage package, IssueList issues)
    {
        string[] species = [.. package.Model.Species.Select(s => s.Name)];
        string[] parameters = [.. package.Model.Parameters.Where(p => p.Value is not null).Select(p => p.Name)];
        (string? target, string[] known) = action switch
        {
            StrategyAction.ScaleSpecies s => (s.Species, [.. Readouts.Groups.Where(g => package.Parameters?.Readouts.Group(g).Count > 0), .. species]),
            StrategyAction.SetParameter p => (p.Parameter, parameters),
            StrategyAction.MultiplyParameter p => (p.Parameter, parameters),
            _ => ((string?)null, Array.Empty<string>()),
        };
        if (target is not null && !known.Contains(target))
        {
            issues.Error("ND0410", strategy.At, $"the strategy \"{strategy.Name}\" acts on \"{target}\", which the model \"{package.Name}\" does not have", target, hint: NearestName.Hint(target, known));
        }
    }

    static StrategyTrigger Trigger(MappingReader map) => new(
        map.Required("visit").Number(NumberRange.NotNegative),
        Status(map.Required("status")),
        map.Optional("observed")?.List(o => o.Mapping(c => new ObservedCondition(
            c.Required("assay").Text(),
            (ObservedComparison)Array.IndexOf(_comparisons, c.Required("is").OneOf("comparison", _comparisons))))) ?? []);

    static PatientStatus Status(ValueReader value) => (PatientStatus)Array.IndexOf(_statuses, value.OneOf("status", _statuses));

    static StrategyAction Action(MappingReader map)
    {
        (ValueReader? scale, ValueReader? change, ValueReader? mortality) = (map.Optional("scale"), map.Optional("change"), map.Optional("mortality"));
        if (new[] { scale, change, mortality }.Count(v => v is not null) != 1)
        {
            map.Issues.Error("ND0407", map.At, "an action does exactly one thing", expected: ActionForms);
        }

        if (scale is not null)
        {
            return new StrategyAction.ScaleSpecies(scale.Text(), map.Required("by").Number(NumberRange.NotNegative), Basis.Read(map));
        }

        return change is not null ? Change(change.Text(), map) : new StrategyAction.Mortality(Points(mortality, map), Basis.Read(map));
    }

    static StrategyAction Change(string parameter, MappingReader map)
    {
        (ValueReader? set, ValueReader? multiply) = (map.Optional("set"), map.Optional("multiply"));
        if (set is null == multiply is null)
        {
            map.Issues.Error("ND0407", map.At, $"the change of \"{parameter}\" says once what it does", expected: ActionForms);
        }

        return multiply is not null
            ? new StrategyAction.MultiplyParameter(parameter, multiply.Number(NumberRange.NotNegative), Basis.Read(map))
            : new StrategyAction.SetParameter(parameter, set?.Number() ?? double.NaN, Basis.Read(map));
    }

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
