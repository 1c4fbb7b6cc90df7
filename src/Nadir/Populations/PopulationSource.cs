using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>What a population is made from: its definition, what is known about the parameters, and their typical values before any change.</summary>
sealed record PopulationSource(PopulationDefinition Definition, Model Model, ParameterTable Table, IReadOnlyDictionary<string, double> Typical)
{
    public PatientSampler Sampler(IssueList issues) => new PatientSampler(this).With(Definition.Changes, issues);

    /// <summary>Everything that has a prior and an effect, in the order of the files: parameters, traits, changes, mortality, combinations.</summary>
    public IReadOnlyList<HyperParameter> HyperParameters()
    {
        HashSet<string> replaced = [.. Definition.Changes.Where(c => c.Kind == ChangeKind.Set).Select(c => c.Target)];
        return
        [
            .. Table.Entries.Where(e => Typical.ContainsKey(e.Name)).SelectMany(e => HyperParameterNames.Of(e, Typical[e.Name])).Where(h => !replaced.Contains(h.Name)),
            .. Definition.Traits.SelectMany(HyperParameterNames.Of).Where(h => !replaced.Contains(h.Name)),
            .. Definition.Changes.SelectMany(c => HyperParameterNames.Of(c, Definition.Name, Table)),
            .. HyperParameterNames.Of(Definition.Mortality, Definition.MortalityPrefix),
            .. Definition.Combinations.Select(c => new HyperParameter(c.Name, c.Title, HyperParameterKind.Combination, c.Unit, Evaluate(c.Value), c.Prior)),
        ];
    }

    /// <summary>A formula of typical values; NaN where it names something else.</summary>
    public double Evaluate(Expr formula) => ExpressionEvaluator.Evaluate(formula, name => Typical.GetValueOrDefault(name, double.NaN));

    /// <summary>With other numbers. Names and values that are refused are issues (ND0322, ND0323) and leave no trace.</summary>
    public PopulationSource With(IReadOnlyDictionary<string, double> values, IssueList issues)
    {
        HyperParameter[] known = [.. HyperParameters()];
        PopulationSource changed = this;
        foreach ((string name, double value) in values)
        {
            if (Array.Find(known, h => h.Name == name) is not { } parameter)
            {
                issues.Error("ND0322", _given, $"the population \"{Definition.Name}\" has no number \"{name}\" that could be calibrated", name, "a number with a prior", NearestName.Hint(name, [.. known.Select(h => h.Name)]));
            }
            else if (parameter.Kind != HyperParameterKind.Combination)
            {
                changed = HyperParameterNames.Replace(changed, name, value, issues);
            }
        }

        return changed.Solved(this, values, issues);
    }

    static readonly SourceLocation _given = new("population values", 0, 0);

    /// <summary>Numbers that follow from combinations, where one of those or something beside them is given.</summary>
    PopulationSource Solved(PopulationSource before, IReadOnlyDictionary<string, double> values, IssueList issues)
    {
        PopulationSource changed = this;
        Dictionary<string, double> combined = Definition.Combinations.ToDictionary(c => c.Name, c => values.TryGetValue(c.Name, out double v) ? v : before.Evaluate(c.Value), StringComparer.Ordinal);
        foreach (SolvedNumber solved in Definition.Solved.Where(s => FreeSymbols.Of(s.Formula).Any(values.ContainsKey)))
        {
            double value = ExpressionEvaluator.Evaluate(solved.Formula, name => combined.TryGetValue(name, out double v) ? v : Typical.GetValueOrDefault(name, double.NaN));
            changed = HyperParameterNames.Replace(changed, solved.Name, value, issues);
        }

        Combination[] combinations = [.. Definition.Combinations.Select(c => values.TryGetValue(c.Name, out double v) ? c with { Value = new NumberExpr(v) } : c)];
        return changed with { Definition = changed.Definition with { Combinations = combinations }, Table = SameSpread.Apply(Definition.SameSpreads, changed.Table) };
    }
}
