namespace Nadir.Trials;

/// <summary>
/// What remission and relapse are: fewer blasts in the marrow than its cut, first without MRD; or, where the population's response is read from another assay, such as imaging of
/// a lymphoma, that assay below its cut and nothing else.
/// </summary>
/// <param name="assays">The trial's assays.</param>
sealed class ResponseCriteria(AssaySet assays)
{
    /// <summary>The cut of the assay that tells remission.</summary>
    public const string Cut = "remission";

    const int Mrd = 1;

    readonly int _index = assays.All.ToList().IndexOf(assays.RemissionAssay);

    /// <summary>True where blasts or volume lie below the cut: remission by morphology or imaging.</summary>
    /// <param name="seen">What the assays showed, in the order of <see cref="AssaySet.All"/>.</param>
    public bool IsClear(Observation[] seen) => seen[_index].BelowLimit || seen[_index].Value < assays.RemissionAssay.Threshold(Cut);

    /// <summary>True where remission begins: clear, and without MRD where that counts.</summary>
    public bool IsRemission(Observation[] seen) => IsClear(seen) && (assays.Response is not null || IsMrdNegative(seen));

    /// <summary>True where MRD is seen in a remission that began without it.</summary>
    public bool IsMrdAgain(Observation[] seen) => assays.Response is null && !IsMrdNegative(seen);

    /// <summary>True without MRD by flow cytometry.</summary>
    public bool IsMrdNegative(Observation[] seen) => seen[Mrd].BelowLimit || seen[Mrd].Value < assays.Mrd.Threshold("positive");
}
