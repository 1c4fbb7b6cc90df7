using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Solvers;

/// <summary>Puts assignment rules and reaction rates in place of their names. Each name is worked out once; formulas that use it share the result.</summary>
sealed class FormulaExpander(Model model)
{
    readonly Dictionary<string, Expr> _formulas = model.Rules.OfType<AssignmentRule>().Select(r => (r.Variable, r.Formula))
        .Concat(model.Reactions.Select(r => (r.Name, r.RateLaw)))
        .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    readonly Dictionary<string, Expr> _expanded = new(StringComparer.Ordinal);

    /// <summary>The formula in terms of slots and time only.</summary>
    public Expr Expand(Expr formula) => Substitution.Apply(formula, Named);

    Expr? Named(string name)
    {
        if (!_expanded.TryGetValue(name, out Expr? known) && _formulas.TryGetValue(name, out Expr? formula))
        {
            known = Expand(formula);
            _expanded.Add(name, known);
        }

        return known;
    }
}
