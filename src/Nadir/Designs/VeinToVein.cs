using Nadir.Numerics;

namespace Nadir.Designs;

/// <summary>The time from enrolment to infusion of an arm: collecting cells, making the product, and what keeps it waiting. Log-normal between patients.</summary>
/// <param name="Days">Median in days; at least 0.</param>
/// <param name="Spread">Standard deviation of its natural logarithm between patients; 0 for the same time in all.</param>
public readonly record struct VeinToVein(double Days, double Spread)
{
    /// <summary>The days of a patient: whole ones, rounded up, where patients differ.</summary>
    /// <param name="normal">A standard normal number.</param>
    public double Of(double normal) => Spread == 0 ? Days : Math.Ceiling(Days * Elementary.Exp(Spread * normal));
}
