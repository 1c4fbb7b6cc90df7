namespace Nadir.Reports;

/// <summary>What a reader calls a relapse phenotype.</summary>
static class PhenotypeLabel
{
    public static string Of(string phenotype) => phenotype switch
    {
        "cd19-positive" => "CD19-positive",
        "cd19-negative-or-low" => "CD19-negative or low",
        "lineage-switch" => "lineage switch",
        _ => phenotype,
    };
}
