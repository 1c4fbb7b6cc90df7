namespace Nadir.Survival;

/// <summary>
/// A stretch of a patient's follow-up with constant covariates, after <see cref="Start"/> and up to and including <see cref="Stop"/>. A patient whose covariates
/// change has several rows (start-stop form); a patient who enters late has a first row that starts late.
/// </summary>
/// <param name="Start">Days from the endpoint's origin; negative infinity for the origin.</param>
/// <param name="Stop">Days from the endpoint's origin, finite and after the start.</param>
/// <param name="Event">True where the event happened at the stop.</param>
/// <param name="Covariates">The covariates, in the same order in each row.</param>
public sealed record CoxRow(double Start, double Stop, bool Event, IReadOnlyList<double> Covariates)
{
    /// <summary>The stratum; each has a baseline hazard of its own. Default 0.</summary>
    public int Stratum { get; init; }

    /// <summary>Rows with the same number belong together in the robust variance, for example those of one patient. Default 0.</summary>
    public int Cluster { get; init; }

    /// <summary>The weight of the row, above 0. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Refuses rows that no model can be fitted to.</summary>
    /// <exception cref="ArgumentException">See the message.</exception>
    internal static void Check(IReadOnlyList<CoxRow> rows)
    {
        int covariates = rows.Count == 0 ? 0 : rows[0].Covariates.Count;
        if (covariates == 0)
        {
            throw new ArgumentException($"Found {rows.Count} rows with {covariates} covariates; expected at least one row and one covariate.", nameof(rows));
        }

        foreach ((int i, CoxRow row) in rows.Index())
        {
            if (!(row.Start < row.Stop && double.IsFinite(row.Stop)))
            {
                throw new ArgumentException($"Row {i} goes from {row.Start} to {row.Stop}; a row ends at a finite time after it starts.", nameof(rows));
            }

            if (!(row.Weight > 0 && double.IsFinite(row.Weight)))
            {
                throw new ArgumentException($"Row {i} has the weight {row.Weight}; a weight is above 0 and finite. Leave out rows without weight.", nameof(rows));
            }

            if (row.Covariates.Count != covariates || !row.Covariates.All(double.IsFinite))
            {
                throw new ArgumentException($"Row {i} has the covariates {string.Join(", ", row.Covariates)}; expected {covariates} finite numbers, as in the first row.", nameof(rows));
            }
        }
    }
}

/// <summary>How events at the same time share their risk set.</summary>
public enum TieMethod
{
    /// <summary>Those with an event leave the risk set by fractions (Efron 1977). The default: closer to what times without ties would give.</summary>
    Efron,

    /// <summary>All meet the whole risk set (Breslow 1974).</summary>
    Breslow,
}
