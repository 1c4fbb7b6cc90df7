namespace Nadir.Solvers;

/// <summary>c0 + c1 x + c2 x² + c3 x³ + c4 x⁴.</summary>
readonly record struct Quartic(double C0, double C1, double C2, double C3, double C4)
{
    public double At(double x) =>
        Math.FusedMultiplyAdd(x, Math.FusedMultiplyAdd(x, Math.FusedMultiplyAdd(x, Math.FusedMultiplyAdd(x, C4, C3), C2), C1), C0);
}
