namespace Nadir.Solvers;

/// <summary>
/// Explicit Runge-Kutta pair of order 5(4) with seven stages, first same as last, and a continuous extension of order 4
/// (Tsitouras 2011, Comput. Math. Appl. 62:770).
/// </summary>
public sealed partial class Tsit5 : OneStepMethod
{
    readonly double[] _k2;
    readonly double[] _k3;
    readonly double[] _k4;
    readonly double[] _k5;
    readonly double[] _k6;
    readonly double[] _k7;
    Derivative _atStart = Derivative.Unknown;

    /// <summary>Creates a stepper for <paramref name="system"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public Tsit5(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
        : base(system, tolerances, absolute, nonNegative, errorOrder: 5)
    {
        int n = system.Dimension;
        (_k2, _k3, _k4) = (new double[n], new double[n], new double[n]);
        (_k5, _k6, _k7) = (new double[n], new double[n], new double[n]);
    }

    /// <inheritdoc/>
    public override void Restart() => _atStart = Derivative.Unknown;

    /// <inheritdoc/>
    public override void Interpolate(double theta, Span<double> y)
    {
        Span<double> b = stackalloc double[7];
        Weights(theta, b);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Inside(b, i);
        }
    }

    /// <inheritdoc/>
    public override double Interpolate(double theta, int component)
    {
        Span<double> b = stackalloc double[7];
        Weights(theta, b);
        return Inside(b, component);
    }

    internal override void Interpolate(double theta, ReadOnlySpan<int> components, Span<double> y)
    {
        Span<double> b = stackalloc double[7];
        Weights(theta, b);
        foreach (int component in components)
        {
            y[component] = Inside(b, component);
        }
    }

    internal override bool TryPolynomial(int component, out Quartic polynomial)
    {
        int i = component;
        polynomial = Polynomial(_yOld[i], LastStep, [_k1[i], _k2[i], _k3[i], _k4[i], _k5[i], _k6[i], _k7[i]]);
        return true;
    }

    /// <summary>
    /// Size of the last step times an estimate of the largest eigenvalue, from the two stages at the step's end
    /// (Hairer and Wanner 1996, equation IV.2.25).
    /// </summary>
    internal double StabilityUse()
    {
        double h = LastStep;
        double slopes = 0;
        double points = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A61 * _k1[i];
            sum = Math.FusedMultiplyAdd(A62, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(A63, _k3[i], sum);
            sum = Math.FusedMultiplyAdd(A64, _k4[i], sum);
            sum = Math.FusedMultiplyAdd(A65, _k5[i], sum);
            double weight = StepRule.Reciprocal(Math.FusedMultiplyAdd(Relative, Math.Abs(_y[i]), _absolute[i]));
            double slope = weight * (_k7[i] - _k6[i]);
            double point = weight * (_y[i] - Math.FusedMultiplyAdd(h, sum, _yOld[i]));
            slopes = Math.FusedMultiplyAdd(slope, slope, slopes);
            points = Math.FusedMultiplyAdd(point, point, points);
        }

        return points > 0 ? h * Math.Sqrt(slopes / points) : 0;
    }

    private protected override void Start()
    {
        if (_atStart == Derivative.Unknown)
        {
            _system.Derivatives(Time, _y, _k1);
        }
        else if (_atStart == Derivative.LastStage)
        {
            _k7.CopyTo(_k1, 0);
        }

        _atStart = Derivative.Known;
    }

    private protected override void Taken(double h) => _atStart = Derivative.LastStage;

    private protected override double Try(double h)
    {
        double t = Time;
        Stage1(h);
        _system.Derivatives(t + (C2 * h), _stage, _k2);
        Stage2(h);
        _system.Derivatives(t + (C3 * h), _stage, _k3);
        Stage3(h);
        _system.Derivatives(t + (C4 * h), _stage, _k4);
        Stage4(h);
        _system.Derivatives(t + (C5 * h), _stage, _k5);
        Stage5(h);
        _system.Derivatives(t + h, _stage, _k6);
        Stage6(h);
        _system.Derivatives(t + h, _stage, _k7);
        return ErrorNorm(h);
    }

    double Inside(ReadOnlySpan<double> b, int i)
    {
        double sum = b[0] * _k1[i];
        sum = Math.FusedMultiplyAdd(b[1], _k2[i], sum);
        sum = Math.FusedMultiplyAdd(b[2], _k3[i], sum);
        sum = Math.FusedMultiplyAdd(b[3], _k4[i], sum);
        sum = Math.FusedMultiplyAdd(b[4], _k5[i], sum);
        sum = Math.FusedMultiplyAdd(b[5], _k6[i], sum);
        sum = Math.FusedMultiplyAdd(b[6], _k7[i], sum);
        return Math.FusedMultiplyAdd(LastStep, sum, _yOld[i]);
    }

    void Stage1(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = Math.FusedMultiplyAdd(h, A21 * _k1[i], _y[i]);
        }
    }

    void Stage2(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A31 * _k1[i];
            sum = Math.FusedMultiplyAdd(A32, _k2[i], sum);
            _stage[i] = Math.FusedMultiplyAdd(h, sum, _y[i]);
        }
    }

    void Stage3(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A41 * _k1[i];
            sum = Math.FusedMultiplyAdd(A42, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(A43, _k3[i], sum);
            _stage[i] = Math.FusedMultiplyAdd(h, sum, _y[i]);
        }
    }

    void Stage4(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A51 * _k1[i];
            sum = Math.FusedMultiplyAdd(A52, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(A53, _k3[i], sum);
            sum = Math.FusedMultiplyAdd(A54, _k4[i], sum);
            _stage[i] = Math.FusedMultiplyAdd(h, sum, _y[i]);
        }
    }

    void Stage5(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A61 * _k1[i];
            sum = Math.FusedMultiplyAdd(A62, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(A63, _k3[i], sum);
            sum = Math.FusedMultiplyAdd(A64, _k4[i], sum);
            sum = Math.FusedMultiplyAdd(A65, _k5[i], sum);
            _stage[i] = Math.FusedMultiplyAdd(h, sum, _y[i]);
        }
    }

    void Stage6(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = A71 * _k1[i];
            sum = Math.FusedMultiplyAdd(A72, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(A73, _k3[i], sum);
            sum = Math.FusedMultiplyAdd(A74, _k4[i], sum);
            sum = Math.FusedMultiplyAdd(A75, _k5[i], sum);
            sum = Math.FusedMultiplyAdd(A76, _k6[i], sum);
            _stage[i] = Math.FusedMultiplyAdd(h, sum, _y[i]);
        }
    }

    /// <summary>Largest error of a component in units of its tolerance; NaN as soon as a component is not finite.</summary>
    double ErrorNorm(double h)
    {
        double norm = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            double sum = E1 * _k1[i];
            sum = Math.FusedMultiplyAdd(E2, _k2[i], sum);
            sum = Math.FusedMultiplyAdd(E3, _k3[i], sum);
            sum = Math.FusedMultiplyAdd(E4, _k4[i], sum);
            sum = Math.FusedMultiplyAdd(E5, _k5[i], sum);
            sum = Math.FusedMultiplyAdd(E6, _k6[i], sum);
            sum = Math.FusedMultiplyAdd(E7, _k7[i], sum);
            double error = h * sum;
            norm = Math.Max(norm, Math.Abs(error * StepRule.Reciprocal(Scale(i))));
        }

        return norm;
    }

    /// <summary>Weights of the stages for (y(t + theta h) - y(t)) / h.</summary>
    /// <summary>The interpolant of a component with given stages.</summary>
    internal static Quartic Polynomial(double y, double h, ReadOnlySpan<double> k)
    {
        double second = (R12 * k[0]) + (R22 * k[1]) + (R32 * k[2]) + (R42 * k[3]) + (R52 * k[4]) + (R62 * k[5]) + (R72 * k[6]);
        double third = (R13 * k[0]) + (R23 * k[1]) + (R33 * k[2]) + (R43 * k[3]) + (R53 * k[4]) + (R63 * k[5]) + (R73 * k[6]);
        double fourth = (R14 * k[0]) + (R24 * k[1]) + (R34 * k[2]) + (R44 * k[3]) + (R54 * k[4]) + (R64 * k[5]) + (R74 * k[6]);
        return new Quartic(y, h * R11 * k[0], h * second, h * third, h * fourth);
    }

    internal static void Weights(double theta, Span<double> b)
    {
        double square = theta * theta;
        b[0] = theta * (R11 + (theta * (R12 + (theta * (R13 + (theta * R14))))));
        b[1] = square * (R22 + (theta * (R23 + (theta * R24))));
        b[2] = square * (R32 + (theta * (R33 + (theta * R34))));
        b[3] = square * (R42 + (theta * (R43 + (theta * R44))));
        b[4] = square * (R52 + (theta * (R53 + (theta * R54))));
        b[5] = square * (R62 + (theta * (R63 + (theta * R64))));
        b[6] = square * (R72 + (theta * (R73 + (theta * R74))));
    }

    /// <summary>Where f at the start of the next step is found.</summary>
    enum Derivative
    {
        Unknown,
        LastStage,
        Known,
    }
}
