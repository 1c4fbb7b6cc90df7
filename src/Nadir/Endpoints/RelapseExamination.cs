namespace Nadir.Endpoints;

/// <summary>What is known at the bedside when a relapse is seen.</summary>
/// <param name="Blasts">What flow cytometry shows of the blasts.</param>
/// <param name="Day">Days from infusion.</param>
readonly record struct RelapseExamination(PhenotypeSeen Blasts, double Day)
{
    /// <summary>Normal B cells have been seen again in blood.</summary>
    public required bool BCellsBack { get; init; }

    /// <summary>The transgene at relapse, copies/µg; the assay's limit where it is below it.</summary>
    public required double Transgene { get; init; }

    /// <summary>The same at the visit before; NaN where there was none.</summary>
    public required double TransgeneBefore { get; init; }

    /// <summary>The limit of the transgene's assay.</summary>
    public required double TransgeneLimit { get; init; }

    /// <summary>Whether MRD was positive on day 28; null where it was not examined then.</summary>
    public required bool? MrdOnDay28 { get; init; }
}
