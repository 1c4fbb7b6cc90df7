using Nadir.Evidence;

namespace Nadir.Endpoints;

/// <summary>
/// Guesses the cause of a relapse from what is observed then, by <c>library/identification.yaml</c>, which says what each sign rests on. Two have published support as rules: relapse with aplasia kept is CD19-negative in
/// 88 to 92% (Pulsipher 2022), relapse after B-cell recovery is CD19-positive (Dourthe 2021).
/// </summary>
static class BedsideRule
{
    static readonly IdentificationTable _table = IdentificationTable.LoadShipped().OrThrow();

    /// <summary>The group of causes that an examination points to.</summary>
    public static CauseGroup Guess(RelapseExamination seen) => CauseNames.Group(_table.Identify(Blasts(seen.Blasts), Signs(seen)).Cause);

    static string Blasts(PhenotypeSeen seen) => seen.Phenotype switch
    {
        Phenotype.LineageSwitch => "lineage-switch",
        Phenotype.Cd19NegativeOrLow => seen.IsNegative ? "cd19-negative" : "cd19-low",
        _ => "cd19-positive",
    };

    static Dictionary<string, string> Signs(RelapseExamination seen)
    {
        Dictionary<string, string> signs = new(StringComparer.Ordinal)
        {
            ["b-cells"] = seen.BCellsBack ? "back" : "absent",
            ["transgene"] = !(seen.Transgene > seen.TransgeneLimit) ? "below-limit" : seen.Transgene > _table.TransgeneRise * seen.TransgeneBefore ? "rising" : "present",
            ["time"] = seen.Day <= _table.EarlyDay ? "early" : "later",
        };
        if (seen.Blasts.IsCd22Low is { } low)
        {
            signs["cd22"] = low ? "low" : "kept";
        }

        if (seen.MrdOnDay28 is { } positive)
        {
            signs["mrd-day-28"] = positive ? "positive" : "negative";
        }

        return signs;
    }
}
