namespace Nadir.Endpoints;

/// <summary>
/// Guesses the cause of a relapse from what is observed then. Two of its steps have published support: relapse with aplasia kept is CD19-negative in 88 to
/// 92% (Pulsipher 2022), relapse after B-cell recovery is CD19-positive (Dourthe 2021). The others follow from what each mechanism does.
/// </summary>
static class BedsideRule
{
    /// <summary>A transgene that rises by more than this from one visit to the next counts as rising with the blasts.</summary>
    const double Rise = 5;

    /// <param name="seen">The phenotype seen.</param>
    /// <param name="bCellsBack">Normal B cells have been seen again in blood.</param>
    /// <param name="transgene">The transgene at relapse, copies/µg; the assay's limit where it is below it.</param>
    /// <param name="transgeneBefore">The same at the visit before; NaN where there was none.</param>
    /// <param name="limit">The assay's limit.</param>
    public static CauseGroup Guess(PhenotypeSeen seen, bool bCellsBack, double transgene, double transgeneBefore, double limit) =>
        (seen.Phenotype, bCellsBack, transgene > limit) switch
        {
            (Phenotype.LineageSwitch, _, _) => CauseGroup.LineageSwitch,
            (Phenotype.Cd19NegativeOrLow, _, _) when !seen.IsNegative => CauseGroup.AntigenLow,
            (Phenotype.Cd19NegativeOrLow, _, _) => transgene > Rise * transgeneBefore ? CauseGroup.Masking : CauseGroup.AntigenLost,
            (_, _, false) => CauseGroup.CarTGone,
            (_, true, true) => CauseGroup.CarTExhausted,
            (_, false, true) => CauseGroup.NotKilled,
        };
}
