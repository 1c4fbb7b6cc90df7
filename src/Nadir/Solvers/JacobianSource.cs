namespace Nadir.Solvers;

/// <summary>
/// The derivatives of a system at a state: its own where it knows them, else differences, forward in the state and of second
/// order in time, both on the side of the step, so that a stop is not looked across.
/// </summary>
sealed class JacobianSource
{
    /// <summary>Square and cube root of the spacing of numbers at 1: they balance rounding against truncation.</summary>
    internal const double StateDifference = 1.4901161193847656e-08;
    internal const double TimeDifference = 6.055454452393343e-06;

    readonly IOdeSystem _system;
    readonly IOdeJacobian? _known;
    readonly double[] _moved;
    readonly double[] _slope;
    readonly int _n;

    public JacobianSource(IOdeSystem system)
    {
        _system = system;
        _known = system as IOdeJacobian;
        _n = system.Dimension;
        (Matrix, ByTime) = (new double[_n * _n], new double[_n]);
        (_moved, _slope) = (new double[_n], new double[_n]);
    }

    /// <summary>∂f[i]/∂y[j], row by row.</summary>
    public double[] Matrix { get; }

    /// <summary>∂f[i]/∂t.</summary>
    public double[] ByTime { get; }

    /// <summary>Computes both at a state.</summary>
    /// <param name="t">Time.</param>
    /// <param name="y">State.</param>
    /// <param name="f">f(t, y).</param>
    /// <param name="h">The step about to be tried: how far to look where a component is 0.</param>
    /// <param name="least">Smallest difference of interest in each component.</param>
    public void Update(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> f, double h, ReadOnlySpan<double> least)
    {
        if (_known is null || !_known.TryJacobian(t, y, Matrix, ByTime) || !AllFinite())
        {
            DifferenceState(t, y, f, h, least);
            DifferenceTime(t, y, f, h);
        }
    }

    bool AllFinite()
    {
        double sum = 0;
        foreach (double d in Matrix)
        {
            sum += d * 0;
        }

        foreach (double d in ByTime)
        {
            sum += d * 0;
        }

        return sum == 0;
    }

    void DifferenceState(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> f, double h, ReadOnlySpan<double> least)
    {
        y.CopyTo(_moved);
        for (int j = 0; j < _n; j++)
        {
            double size = Math.Max(Math.Max(Math.Abs(y[j]), Math.Abs(h * f[j])), least[j]);
            _moved[j] = y[j] + (StateDifference * size);
            double perDifference = 1 / (_moved[j] - y[j]);
            _system.Derivatives(t, _moved, _slope);
            for (int i = 0; i < _n; i++)
            {
                Matrix[(i * _n) + j] = (_slope[i] - f[i]) * perDifference;
            }

            _moved[j] = y[j];
        }
    }

    void DifferenceTime(double t, ReadOnlySpan<double> y, ReadOnlySpan<double> f, double h)
    {
        double once = t + Math.Max(TimeDifference * h, 16 * (Math.BitIncrement(Math.Abs(t)) - Math.Abs(t)));
        double moved = once - t;
        _system.Derivatives(once, y, _slope);
        for (int i = 0; i < _n; i++)
        {
            ByTime[i] = (4 * _slope[i]) - (3 * f[i]);
        }

        _system.Derivatives(t + (2 * moved), y, _slope);
        for (int i = 0; i < _n; i++)
        {
            ByTime[i] = (ByTime[i] - _slope[i]) / (2 * moved);
        }
    }
}
