namespace Nadir.Solvers;

/// <summary>Equations that know their derivatives; implicit methods ask for them and else take finite differences.</summary>
public interface IOdeJacobian
{
    /// <summary>Computes the derivatives of f(t, y).</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State.</param>
    /// <param name="jacobian">Receives ∂f[i]/∂y[j] at i times the dimension plus j.</param>
    /// <param name="byTime">Receives ∂f[i]/∂t.</param>
    /// <returns>False where they are not known at this state; the spans are then unspecified.</returns>
    bool TryJacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> byTime);
}
