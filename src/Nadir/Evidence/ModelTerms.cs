using Nadir.Expressions;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>Finds the terms of a model that belong to parameters and species.</summary>
static class ModelTerms
{
    /// <summary>Reactions, rules and initial amounts whose formula names one of the parameters, and reactions that one of the species takes part in, as Antimony writes them.</summary>
    public static IEnumerable<string> Of(Model model, IReadOnlyCollection<string> parameters, params IReadOnlyCollection<string> species)
    {
        bool Uses(Expr? formula) => formula is not null && FreeSymbols.Of(formula).Any(parameters.Contains);
        foreach (Reaction reaction in model.Reactions.Where(r => Uses(r.RateLaw) || r.Reactants.Concat(r.Products).Any(p => species.Contains(p.Species))))
        {
            yield return $"{reaction.Name}: {Side(reaction.Reactants)} => {Side(reaction.Products)}; {ExpressionPrinter.Print(reaction.RateLaw)}";
        }

        foreach (Rule rule in model.Rules.Where(r => Uses(r.Formula)))
        {
            yield return $"{rule.Variable}{(rule is RateRule ? "'" : " :")}= {ExpressionPrinter.Print(rule.Formula)}";
        }

        foreach (Species filled in model.Species.Where(s => Uses(s.InitialAmount)))
        {
            yield return $"{filled.Name} = {ExpressionPrinter.Print(filled.InitialAmount!)}";
        }
    }

    static string Side(IReadOnlyList<Participant> participants) => string.Join(" + ", participants.Select(p =>
        p.Stoichiometry is NumberExpr { Value: 1 } ? p.Species : $"{ExpressionPrinter.Print(p.Stoichiometry)} {p.Species}"));
}
