using Nadir.Documents;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;

namespace Nadir.Studies;

/// <summary>
/// Whether the strategies and products of an arm can act on its patients. A strategy with nothing to act on is a mistake of the study; where the run itself switched off what
/// it acts on, somebody asks what the mechanism does, so that it is a warning.
/// </summary>
sealed class StrategyReach(Library library, IReadOnlyList<string> switchedOff, IssueList issues)
{
    /// <summary>The antigen of the first CAR-T population of the model; every other one is its second antigen.</summary>
    const string FirstAntigen = "cd19";

    /// <param name="arm">The arm.</param>
    /// <param name="strategies">Its strategies.</param>
    /// <param name="products">Every product it gives or may give.</param>
    /// <param name="without">The arm's population without the changes of one strategy.</param>
    public void Check(StudyArm arm, IReadOnlyList<Strategy> strategies, IReadOnlyList<Product> products, Func<Strategy, Population> without)
    {
        CheckSecondAntigen(arm, strategies, products);
        foreach (Strategy strategy in strategies)
        {
            CheckPatients(strategy, Of(arm, strategy), Place(arm, strategy), without(strategy));
        }

        foreach (Strategy strategy in strategies.Where(s => s.Needs is not null))
        {
            (string of, SourceLocation at) = (Of(arm, strategy), Place(arm, strategy));
            StrategyNeeds needs = strategy.Needs!;
            CheckTarget(needs.Target, of, at, products, strategy.Actions.Any(a => a is StrategyAction.Infuse { Product: null }));

            if (needs.Cells is { } cells && products.Where(p => p.Cells != cells).ToArray() is { Length: > 0 } others)
            {
                issues.Error("ND0535", at, $"{of} can do nothing there: it is for {Words(cells)}, and the arm gives others", string.Join(" and ", others.Select(p => $"{p.Name} ({Words(p.Cells)})")), $"products of {Words(cells)}");
            }

            if (needs.Lymphodepletions.Count > 0 && !needs.Lymphodepletions.Contains(arm.Lymphodepletion))
            {
                issues.Error("ND0535", at, $"{of} can do nothing there: the arm's lymphodepletion is not one it acts on", arm.Lymphodepletion, string.Join(" or ", needs.Lymphodepletions));
            }

            CheckMechanism(needs.Mechanisms, of, at, () => without(strategy));
        }
    }

    /// <param name="target">The antigen needed; null for none.</param>
    /// <param name="of">The strategy in words.</param>
    /// <param name="at">Its place.</param>
    /// <param name="products">The arm's products, the one that can be given again first.</param>
    /// <param name="again">Whether the strategy gives the arm's own product again.</param>
    void CheckTarget(string? target, string of, SourceLocation at, IReadOnlyList<Product> products, bool again)
    {
        if (target is null)
        {
            return;
        }

        if (!products.Any(p => p.Targets.Contains(target)))
        {
            issues.Error("ND0535", at, $"{of} can do nothing there: no product of the arm binds {target}", string.Join(" and ", products.Select(p => p.Name)), $"a product against {target}");
        }
        else if (again && !products[0].Targets.Contains(target))
        {
            issues.Error("ND0535", at, $"{of} is about {target}, and the product that it gives again does not bind {target}", products[0].Name, $"a product against {target}", "write the product to be given again first");
        }
    }

    static string Words(string cells) => $"{cells.ToUpperInvariant()} cells";

    static string Of(StudyArm arm, Strategy strategy) => $"\"{strategy.Name}\" of the arm \"{arm.Name}\"";

    static SourceLocation Place(StudyArm arm, Strategy strategy) => arm.StrategiesAt[Math.Max(0, arm.Strategies.ToList().IndexOf(strategy.Name))];

    /// <summary>A rule for patients with a trait that nobody can have, or with values that nobody has, never fires.</summary>
    void CheckPatients(Strategy strategy, string of, SourceLocation at, Population population)
    {
        int before = issues.Count;
        foreach (PatientCondition condition in strategy.Rules.SelectMany(r => r.Trigger.Patient).Where(c => c.AtLeast > 0))
        {
            if (population.Covariates.FirstOrDefault(c => c.Name == condition.Covariate) is { IsYesNo: true, Value: SymbolExpr trait }
                && population.Traits.Any(t => t.Name == trait.Name) && population.IsNever(trait.Name))
            {
                issues.Error("ND0528", at, $"{of} asks for patients with \"{condition.Covariate}\", and the population has none: the probability of \"{trait.Name}\" is 0", population.Name, $"a population in which \"{trait.Name}\" occurs");
            }
        }

        if (issues.Count > before)
        {
            return;
        }

        foreach (StrategyRule rule in strategy.Rules.Where(r => r.Trigger.Patient.Count > 0))
        {
            CovariateRange[] ranges = [.. rule.Trigger.Patient.Select(c => population.Covariates.FirstOrDefault(known => known.Name == c.Covariate) is { } covariate ? new CovariateRange(covariate, c.AtLeast, c.Below) : null).OfType<CovariateRange>()];
            if (ranges.Length == rule.Trigger.Patient.Count && ranges.All(r => r.AtLeast < r.Below) && !CovariateRange.Occur(population.Sampler, ranges))
            {
                issues.Error("ND0528", at, $"{of} asks for patients that the population does not have: {string.Join(" and ", ranges.Select(r => r.Words))}", $"none of {CovariateRange.Sought} patients of \"{population.Name}\"", "values that occur together in the population");
            }
        }
    }

    void CheckMechanism(IReadOnlyList<string> names, string of, SourceLocation at, Func<Population> population)
    {
        Mechanism[] mechanisms = [.. names.Select(Known).OfType<Mechanism>()];
        if (names.Count == 0 || mechanisms.Length < names.Count || mechanisms.Any(m => m.Off.Any(population().IsMovedBy)))
        {
            return;
        }

        string what = string.Join(" or ", names);
        if (names.Any(switchedOff.Contains))
        {
            issues.Warning("ND0536", at, $"{of} has nothing to act on, because the run is without {what}", "the arm shows what it does beside that, its costs among it");
        }
        else
        {
            issues.Error("ND0535", at, $"{of} can do nothing there: none of the arm's patients has {what}", "nobody", $"patients with {what}", $"run with --with {mechanisms[0].Name}, or change its traits in the study");
        }

        Mechanism? Known(string name)
        {
            IReadOnlyList<string> known = library.Names("library/mechanisms");
            if (known.Contains(name))
            {
                return Mechanism.Load(library, name).Value;
            }

            issues.Error("ND0535", at, $"{of} needs a mechanism that is not there", name, "a relapse mechanism of the library", NearestName.Hint(name, known));
            return null;
        }
    }

    /// <summary>The model has one density of one second antigen, whoever binds it.</summary>
    void CheckSecondAntigen(StudyArm arm, IReadOnlyList<Strategy> strategies, IReadOnlyList<Product> products)
    {
        (string Antigen, string By)[] meant =
        [
            .. products.SelectMany(p => p.Targets.Where(t => t != FirstAntigen).Select(t => (t, p.Name))),
            .. strategies.Where(s => s.SecondAntigen is not null).Select(s => (s.SecondAntigen!, s.Name)),
        ];
        if (meant.Select(m => m.Antigen).Distinct().Count() > 1)
        {
            issues.Error("ND0534", arm.ProductAt, $"the arm \"{arm.Name}\" targets two antigens beside CD19, and the model has room for one: both would read the same density",
                string.Join(", ", meant.Select(m => $"{m.Antigen} ({m.By})")), "one second antigen in an arm");
        }
    }
}
