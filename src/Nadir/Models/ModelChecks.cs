using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>What has to hold for a model as a whole: names have values, nothing depends on itself, rules and events do not collide.</summary>
sealed partial class ModelChecks
{
    readonly SymbolTable _table;
    readonly IssueList _issues;
    readonly Suggestion _hints = new();
    readonly List<Formula> _formulas;
    readonly HashSet<string> _used;
    readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    ModelChecks(SymbolTable table, IssueList issues)
    {
        _table = table;
        _issues = issues;
        _formulas = [.. table.Formulas];
        _used = [.. _formulas.SelectMany(f => f.Names.Select(use => use.Name))];
    }

    /// <summary>Reports everything that is wrong with the model.</summary>
    public static void Run(SymbolTable table, IssueList issues)
    {
        ModelChecks checks = new(table, issues);
        foreach (Action check in (Action[])[checks.Names, checks.Values, checks.Units, checks.Reactions, checks.Rules, checks.Events, checks.Sizes, checks.Cycles, checks.Nesting])
        {
            check();
        }
    }

    void Names()
    {
        foreach (NameUse use in _formulas.SelectMany(f => f.Names).Where(use => use.Name != ModelAssembler.DefaultCompartment))
        {
            SymbolDraft? symbol = _table.Find(use.Name);
            if (symbol is { Kind: SymbolKind.Event } && _reported.Add(use.Name))
            {
                _issues.Error("ND0240", use.At, $"{use.Name} is an event and has no value", use.Name, "a species, parameter, compartment or reaction");
            }
            else if (symbol is null or { Kind: SymbolKind.Parameter or SymbolKind.Unknown, HasDefinition: false } && _reported.Add(use.Name))
            {
                ReportMissingValue(use, symbol);
            }
        }
    }

    void ReportMissingValue(NameUse use, SymbolDraft? symbol)
    {
        IEnumerable<string> candidates = _table.Symbols.Where(s => s.HasDefinition || s.Kind == SymbolKind.Species).Select(s => s.Name);
        string? hint = _hints.For(use.Name, candidates.Append(ReservedWords.Time)) ?? $"give it a value, such as {use.Name} = 1";
        if (symbol is null)
        {
            _issues.Error("ND0241", use.At, $"{use.Name} is not defined", use.Name, "a name the model defines", hint);
        }
        else
        {
            _issues.Error("ND0242", use.At, $"{use.Name} is used but has no value", use.Name, $"a value, such as {use.Name} = 1");
        }
    }

    void Values()
    {
        foreach (SymbolDraft s in _table.Parameters.Where(s => !s.HasDefinition && !_used.Contains(s.Name)))
        {
            _issues.Warning("ND0242", s.At, $"{s.Name} has no value and is not used", "remove it or give it a value");
        }

        foreach (SymbolDraft s in _table.Of(SymbolKind.Species).Where(s => s.Initial is null && s.Rule is null))
        {
            _issues.Warning("ND0243", s.At, $"the species {s.Name} has no initial value and starts from 0", $"write {s.Name} = 0");
        }
    }

    void Units()
    {
        foreach (NameUse unit in _formulas.SelectMany(f => f.Units).Where(u => _table.Find(u.Name) is not null))
        {
            _issues.Warning("ND0244", unit.At, $"{unit.Name} behind a number is read as its unit, not as a factor", $"write an operator before {unit.Name}");
        }
    }

    void Rules()
    {
        HashSet<string> moved = [.. _table.Of(SymbolKind.Reaction).Where(r => r.Reaction is not null).SelectMany(r => Moved(r.Reaction!))];
        foreach (SymbolDraft s in _table.Of(SymbolKind.Species).Where(s => (s.Rule ?? s.Rate) is not null && s.Constant != true && moved.Contains(s.Name)))
        {
            _issues.Warning("ND0245", (s.Rule ?? s.Rate)!.At, $"{s.Name} has a rule, so the reactions it takes part in do not change it", $"write ${s.Name} to say so, or remove the rule");
        }
    }

    static IEnumerable<string> Moved(ReactionStatement r)
    {
        static Dictionary<string, double> Count(IReadOnlyList<ReactionPart> side) => side
            .GroupBy(p => p.Species.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(p => p.Stoichiometry is NumberExpr n ? n.Value : double.NaN), StringComparer.Ordinal);
        Dictionary<string, double> left = Count(r.Left), right = Count(r.Right);
        return left.Keys.Union(right.Keys).Where(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name));
    }

    void Cycles()
    {
        foreach (IReadOnlyList<SymbolDraft> cycle in DependencyCycles.Of(_table))
        {
            const int shown = 8;
            string[] names = [.. cycle.Take(shown).Select(s => s.Name), .. cycle.Count > shown ? (string[])["…"] : []];
            string path = string.Join(" → ", names.Append(cycle[0].Name));
            string message = cycle.Count == 1 ? $"{cycle[0].Name} is defined by itself" : $"{cycle[0].Name} is defined by itself through {string.Join(", ", names.Skip(1))}";
            _issues.Error("ND0246", cycle[0].At, message, path, "definitions that do not depend on themselves", "x' = … may use x itself");
        }
    }

    void Nesting() => WrittenOutSizes.Check(_table, _issues);

    void Sizes()
    {
        foreach (SymbolDraft c in _table.Of(SymbolKind.Compartment))
        {
            if (c.Initial is null && c.Rule is null && MattersFor(c))
            {
                _issues.Warning("ND0247", c.At, $"the compartment {c.Name} has no size; it is taken as 1", $"write {c.Name} = 1");
            }

            CheckNesting(c);
        }
    }

    bool MattersFor(SymbolDraft compartment)
    {
        Dictionary<string, string> places = _places ??= Placement.Of(_table);
        bool Holds(SymbolDraft s) => s.Kind == SymbolKind.Species && places[s.Name] == compartment.Name;
        bool UsesSize(Formula f, SymbolDraft owner) =>
            f.Names.Any(use => use.Name == compartment.Name) && !(Holds(owner) && f.Tree is BinaryExpr { Operator: BinaryOperator.Divide, Left: NumberExpr, Right: SymbolExpr });
        return _table.Symbols.Any(s => (Holds(s) && (!s.SubstanceOnly || s.Initial?.Tree is NumberExpr { Value: not 0 })) || s.Formulas.Any(f => UsesSize(f, s)));
    }

    Dictionary<string, string>? _places;

    void CheckNesting(SymbolDraft compartment)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        SymbolDraft? c = compartment;
        while (c?.Place is { } outer && seen.Add(c.Name))
        {
            c = _table.Find(outer.Name);
            if (c == compartment)
            {
                _issues.Error("ND0248", compartment.At, $"the compartment {compartment.Name} lies within itself", compartment.Name, "compartments that do not contain each other");
            }
        }
    }
}
