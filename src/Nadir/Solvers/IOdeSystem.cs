namespace Nadir.Solvers;

/// <summary>A system of ordinary differential equations y' = f(t, y).</summary>
public interface IOdeSystem
{
    /// <summary>Number of components.</summary>
    int Dimension { get; }

    /// <summary>Computes f(t, y) into <paramref name="dy"/>.</summary>
    void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy);
}
