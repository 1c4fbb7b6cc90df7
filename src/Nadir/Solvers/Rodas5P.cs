namespace Nadir.Solvers;

/// <summary>Rosenbrock-Wanner method of order 5(4) with eight stages and an interpolant of order 4 (Steinebach 2023, BIT Numer. Math. 63:27).</summary>
public sealed partial class Rodas5P : RosenbrockMethod
{
    /// <summary>Creates a stepper for <paramref name="system"/>, which may be an <see cref="IOdeJacobian"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public Rodas5P(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
        : base(Tableau, system, tolerances, absolute, nonNegative)
    {
    }
}
