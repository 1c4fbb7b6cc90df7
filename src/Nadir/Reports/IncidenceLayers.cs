using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What is stacked in the figures of relapse: phenotypes, or causes.</summary>
static class IncidenceLayers
{
    const string Death = "death in remission";

    public static IReadOnlyList<IncidenceLayer> ByPhenotype(ArmResult arm) =>
        [.. arm.Relapse.Select(r => new IncidenceLayer($"{PhenotypeLabel.Of(r.Phenotype)} relapse", [r.Curve])), new(Death, [arm.DeathInRemission])];

    /// <summary>The causes with the most relapses over all arms by name, the rest together; the same areas in every arm.</summary>
    public static IReadOnlyList<IncidenceLayer> ByCause(ArmResult arm, IReadOnlyList<ArmResult> all)
    {
        string[] names = [.. all.SelectMany(a => a.CauseIncidence).GroupBy(c => c.Mechanism).OrderByDescending(g => g.Sum(c => c.Count)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        string[] named = names.Length <= StackedIncidenceChart.MostLayers ? names : names[..(StackedIncidenceChart.MostLayers - 1)];
        List<IncidenceLayer> layers = [.. named.Select(n => new IncidenceLayer(n, [.. arm.CauseIncidence.Where(c => c.Mechanism == n).Select(c => c.Curve)]))];
        if (named.Length < names.Length)
        {
            layers.Add(new IncidenceLayer("other causes", [.. arm.CauseIncidence.Where(c => !named.Contains(c.Mechanism)).Select(c => c.Curve)]));
        }

        layers.Add(new IncidenceLayer(Death, [arm.DeathInRemission]));
        return layers;
    }
}
