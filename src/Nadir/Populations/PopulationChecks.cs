using Nadir.Faults;

namespace Nadir.Populations;

/// <summary>Checks what a population's solved numbers, combinations and spreads say against the rest of it.</summary>
static class PopulationChecks
{
    /// <summary>A solved number that does not exist (ND0322), or that has a prior of its own, so that two places would set it (ND0324); a spread that cannot follow another (ND0314, ND0325).</summary>
    public static void Check(PopulationSource source, IssueList issues)
    {
        foreach (SameSpread same in source.Definition.SameSpreads)
        {
            same.Check(source.Table, issues);
        }

        HashSet<string> free = [.. source.HyperParameters().Select(h => h.Name)];
        foreach (SolvedNumber solved in source.Definition.Solved)
        {
            if (free.Contains(solved.Name))
            {
                issues.Error("ND0324", solved.At, $"\"{solved.Name}\" follows from others and has a prior of its own", solved.Name, "one of the two");
            }
            else if (!HyperParameterNames.CanReplace(source, solved.Name))
            {
                issues.Error("ND0322", solved.At, $"the population has no number \"{solved.Name}\"", solved.Name, "a parameter, a trait's probability or odds, or an effect", NearestName.Hint(solved.Name, [.. source.Typical.Keys, .. source.Definition.Traits.Select(t => t.Name)]));
            }
        }
    }
}
