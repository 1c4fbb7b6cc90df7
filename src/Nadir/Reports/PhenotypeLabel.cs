using Nadir.Endpoints;

namespace Nadir.Reports;

/// <summary>What a reader calls a relapse phenotype.</summary>
static class PhenotypeLabel
{
    public static string Of(string phenotype) =>
        PhenotypeNames.All.Where(p => PhenotypeNames.NameOf(p) == phenotype).Select(PhenotypeNames.LabelOf).FirstOrDefault() ?? phenotype;
}
