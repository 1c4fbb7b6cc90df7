namespace Nadir.Survival;

/// <summary>A test whose statistic follows the chi-square distribution when nothing differs.</summary>
/// <param name="Statistic">The statistic.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
public readonly record struct ChiSquareTest(double Statistic, int DegreesOfFreedom)
{
    /// <summary>The probability of a statistic at least this large when nothing differs.</summary>
    public double PValue => ChiSquare.UpperTail(Statistic, DegreesOfFreedom);
}
