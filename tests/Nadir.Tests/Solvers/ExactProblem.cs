using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>A problem in two components with a solution in closed form and derivatives written by hand.</summary>
sealed class ExactProblem : IOdeSystem, IOdeJacobian
{
    public required string Name { get; init; }

    public required Func<double, (double A, double B)> Solution { get; init; }

    public required Func<double, double, double, (double A, double B)> Slope { get; init; }

    /// <summary>By rows, then by time.</summary>
    public required Func<double, double, double, double[]> Jacobian { get; init; }

    public int Dimension => 2;

    public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => (dy[0], dy[1]) = Slope(t, y[0], y[1]);

    public bool TryJacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> byTime)
    {
        double[] all = Jacobian(t, y[0], y[1]);
        all.AsSpan(0, 4).CopyTo(jacobian);
        all.AsSpan(4).CopyTo(byTime);
        return true;
    }

    public static ExactProblem Oscillator { get; } = new()
    {
        Name = "linear",
        Solution = t => (Elementary.Cos(t), Elementary.Sin(t)),
        Slope = (_, a, b) => (-b, a),
        Jacobian = (_, _, _) => [0, -1, 1, 0, 0, 0],
    };

    /// <summary>Time appears by itself; the two components do not know each other.</summary>
    public static ExactProblem Forced { get; } = new()
    {
        Name = "forced",
        Solution = t => (Elementary.Exp(Elementary.Sin(t)), Elementary.Cos(2 * t)),
        Slope = (t, a, b) => (a * Elementary.Cos(t), (Elementary.Cos(2 * t) - b) - (2 * Elementary.Sin(2 * t))),
        Jacobian = (t, a, _) => [Elementary.Cos(t), 0, 0, -1, -a * Elementary.Sin(t), (-2 * Elementary.Sin(2 * t)) - (4 * Elementary.Cos(2 * t))],
    };

    /// <summary>y' = y² cos t and y' = y(1-y): nonlinear, and the first depends on time.</summary>
    public static ExactProblem Nonlinear { get; } = new()
    {
        Name = "nonlinear",
        Solution = t => (1 / (2 - Elementary.Sin(t)), 1 / (1 + (3 * Elementary.Exp(-t)))),
        Slope = (t, a, b) => (a * a * Elementary.Cos(t), b * (1 - b)),
        Jacobian = (t, a, b) => [2 * a * Elementary.Cos(t), 0, 0, 1 - (2 * b), -a * a * Elementary.Sin(t), 0],
    };

    public static IReadOnlyList<ExactProblem> All => [Forced, Nonlinear];
}
