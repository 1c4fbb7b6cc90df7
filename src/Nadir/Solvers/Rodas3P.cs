namespace Nadir.Solvers;

/// <summary>
/// Rosenbrock-Wanner method of order 3(2) with five stages, three right-hand sides and an interpolant of order 3 (Steinebach 2024, ACM
/// Trans. Math. Softw., Rosenbrock methods within OrdinaryDiffEq.jl). For stiff equations at loose tolerances.
/// </summary>
public sealed partial class Rodas3P : RosenbrockMethod
{
    /// <summary>Creates a stepper for <paramref name="system"/>, which may be an <see cref="IOdeJacobian"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public Rodas3P(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
        : base(Tableau, system, tolerances, absolute, nonNegative)
    {
    }
}
