namespace Nadir.Inference;

/// <summary>
/// An estimate from a virtual cohort on its target's scale, with what its precision depends on: the variance is
/// <see cref="UnitVariance"/> over <see cref="Size"/> here, and over the published number of patients in a trial of that size.
/// </summary>
/// <param name="Place">The estimate on the scale; NaN where it cannot be estimated.</param>
/// <param name="UnitVariance">Variance for one patient (or relapse) of the denominator.</param>
/// <param name="Size">Patients (or relapses) of the denominator.</param>
public readonly record struct Statistic(double Place, double UnitVariance, double Size)
{
    /// <summary>Share of the patients that the denominator is.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Nothing could be estimated.</summary>
    public static Statistic None { get; } = new(double.NaN, double.NaN, 0);

    /// <summary>Variance by the number of virtual patients.</summary>
    public double Variance => UnitVariance / Size;

    /// <summary>A proportion; half a patient is added to both sides, so that none and all have a place.</summary>
    public static Statistic Proportion(double with, double of)
    {
        if (of == 0)
        {
            return None;
        }

        double p = (with + 0.5) / (of + 1);
        return new Statistic(TargetScales.On(TargetScale.Logit, p), 1 / (p * (1 - p)), of);
    }
}
