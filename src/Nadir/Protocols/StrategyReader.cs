using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>Reads strategies.</summary>
static class StrategyReader
{
    public static Strategy Read(MappingReader root)
    {
        ValueReader? notApplicable = root.Optional("not-applicable");
        ValueReader? rules = root.Optional("rules");
        ValueReader? replaced = root.Optional("in-place-of");
        Strategy strategy = new()
        {
            Name = root.Required("name").Text(),
            Title = root.Required("title").Text(),
            IsTransplant = root.Optional("transplant")?.Flag() ?? false,
            NotApplicable = notApplicable?.Text(),
            Needs = root.Optional("needs")?.Mapping(StrategyNeeds.Read),
            SecondAntigen = root.Optional("second-antigen")?.Text(),
            Changes = root.Optional("changes")?.List(c => c.Mapping(ParameterChange.ReadWithBasis)) ?? [],
            Instead = root.Optional("instead")?.Text(),
            InPlaceOf = replaced?.List(p => p.Text()) ?? [],
            Products = root.Optional("products")?.List(p => p.Text()) ?? [],
            Rules = root.Has("trigger") ? [StrategyRuleReader.Read(root)] : rules?.List(r => r.Mapping(StrategyRuleReader.Read)) ?? [],
            Counters = root.Optional("counters")?.List(c => c.Text()) ?? [],
            Facts = root.Optional("facts")?.List(f => f.Mapping(m => new PublishedFact(m.Required("text").Text(), Basis.Reference(m.Required("citation"))))) ?? [],
            Costs = root.Optional("costs")?.List(c => c.Mapping(m => new StrategyCost(m.Required("text").Text(), Basis.Read(m)))) ?? [],
            Evidence = root.Required("evidence").List(Basis.Reference),
            Note = root.Optional("note")?.Text(),
            At = root.At,
        };
        if (rules is not null && root.Has("trigger"))
        {
            rules.Error("ND0407", "a strategy has one rule at the top or a list of rules", expected: "trigger: … or rules: …, not both");
        }

        if (replaced is not null && (strategy.Instead is null || (replaced.IsList && strategy.InPlaceOf.Count == 0)))
        {
            replaced.Error("ND0407", "a strategy says in place of which products it gives another one", strategy.Instead is null ? "no product given instead" : "an empty list", "instead: the product given, in-place-of: [the products it replaces]");
        }

        bool acts = strategy.Rules.Count + strategy.Changes.Count + strategy.Products.Count > 0 || strategy.Instead is not null;
        if (acts == (notApplicable is not null) && !root.Issues.HasErrors)
        {
            root.Issues.Error("ND0412", root.At, acts ? $"the strategy \"{strategy.Name}\" acts, and says that it does not apply" : $"the strategy \"{strategy.Name}\" changes nothing",
                expected: "changes, instead, products, rules or a trigger; or else not-applicable with the reason");
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
            StrategyAction.AddToParameter p => (p.Parameter, parameters),
            StrategyAction.GiveCells s => (s.Species, species),
            _ => ((string?)null, Array.Empty<string>()),
        };
        if (target is not null && !known.Contains(target))
        {
            issues.Error("ND0410", strategy.At, $"the strategy \"{strategy.Name}\" acts on \"{target}\", which the model \"{package.Name}\" does not have", target, hint: NearestName.Hint(target, known));
        }
    }
}
