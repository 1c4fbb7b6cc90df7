namespace Nadir.Solvers;

/// <summary>
/// Explicit Runge-Kutta pair of order 5(4) with seven stages, first same as last, and a continuous extension of order 4
/// (Tsitouras 2011, Comput. Math. Appl. 62:770). The step size follows a proportional-integral rule (Gustafsson 1991) on the
/// largest component error relative to its tolerance.
/// </summary>
/// <remarks>
/// A component marked non-negative that comes out below zero makes the step be tried again at half the size; a solution that truly
/// crosses zero is let through after <see cref="NegativeRetries"/> halvings. The continuous extension is of lower order than the step: where
/// <see cref="Truncate"/> finds it below zero between two ends that are not, zero is nearer to the solution and is taken.
/// </remarks>
public sealed partial class Tsit5
{
    const int NegativeRetries = 24;
    const double Safety = 0.9;
    const double Shrink = 0.2;
    const double Grow = 5.0;
    const double IntegralGain = 0.4 / 5;
    const double ProportionalGain = 0.7 / 5;

    readonly IOdeSystem _system;
    readonly Tolerances _tolerances;
    readonly double[] _absolute;
    readonly bool[] _nonNegative;
    readonly double[] _y;
    readonly double[] _yOld;
    readonly double[] _stage;
    readonly double[] _k1;
    readonly double[] _k2;
    readonly double[] _k3;
    readonly double[] _k4;
    readonly double[] _k5;
    readonly double[] _k6;
    readonly double[] _k7;
    double _previousError = 1e-4;
    double _lastStep;
    double _end;
    Derivative _atStart = Derivative.Unknown;

    /// <summary>Creates a stepper for <paramref name="system"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public Tsit5(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
    {
        int n = system.Dimension;
        _system = system;
        _tolerances = tolerances.Validated();
        _absolute = new double[n];
        _nonNegative = new bool[n];
        _absolute.AsSpan().Fill(tolerances.Absolute);
        absolute.CopyTo(_absolute);
        nonNegative.CopyTo(_nonNegative);
        (_y, _yOld, _stage) = (new double[n], new double[n], new double[n]);
        (_k1, _k2, _k3, _k4) = (new double[n], new double[n], new double[n], new double[n]);
        (_k5, _k6, _k7) = (new double[n], new double[n], new double[n]);
    }

    /// <summary>Current time.</summary>
    public double Time { get; private set; }

    /// <summary>Time at which the last accepted step began.</summary>
    public double PreviousTime { get; private set; }

    /// <summary>Current solution. After changing it, call <see cref="Restart"/>.</summary>
    public Span<double> State => _y;

    /// <summary>Size of the next step to try; 0 lets the stepper choose.</summary>
    public double NextStep { get; set; }

    /// <summary>Steps tried since <see cref="Begin"/>.</summary>
    public int Steps { get; private set; }

    /// <summary>Starts at <paramref name="t"/> from <paramref name="y"/>, forgetting everything before.</summary>
    public void Begin(double t, ReadOnlySpan<double> y)
    {
        y.CopyTo(_y);
        Time = t;
        PreviousTime = t;
        NextStep = 0;
        Steps = 0;
        _previousError = 1e-4;
        Restart();
    }

    /// <summary>Tells the stepper that the state or the equations have changed since the last step.</summary>
    public void Restart() => _atStart = Derivative.Unknown;

    /// <summary>Takes one accepted step, not beyond <paramref name="until"/>; a step that reaches it ends there exactly.</summary>
    public LaneStatus Step(double until)
    {
        Prepare(until);
        int negative = 0;
        while (true)
        {
            if (++Steps > _tolerances.MaxSteps)
            {
                return LaneStatus.StepLimit;
            }

            double h = Math.Min(NextStep, _tolerances.MaxStep);
            bool last = Time + (h * (1 + 1e-12)) >= until;
            h = last ? until - Time : h;
            if (!(h > 4e-16 * Math.Abs(Time)) && !last)
            {
                return LaneStatus.StepTooSmall;
            }

            double error = Try(h);
            if (!double.IsFinite(error))
            {
                if (h < 1e-14 * Math.Max(1, Math.Abs(Time)))
                {
                    return LaneStatus.NotFinite;
                }

                NextStep = h * Shrink;
            }
            else if (error <= 1 && (negative >= NegativeRetries || !HasNewNegative()))
            {
                Accept(h, error, last ? until : Time + h, last);
                return LaneStatus.Completed;
            }
            else if (error <= 1)
            {
                negative++;
                NextStep = h * 0.5;
            }
            else
            {
                NextStep = h * Math.Max(Shrink, Safety * Power(error, -1.0 / 5));
            }
        }
    }

    /// <summary>Solution inside the last accepted step, also after <see cref="Truncate"/> (theta then still refers to the whole step).</summary>
    /// <param name="theta">Position in the step, 0 at its start and 1 at its end.</param>
    /// <param name="y">Receives the solution.</param>
    public void Interpolate(double theta, Span<double> y)
    {
        Span<double> b = stackalloc double[7];
        Weights(theta, _lastStep, b);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = _yOld[i] + (b[0] * _k1[i]) + (b[1] * _k2[i]) + (b[2] * _k3[i]) + (b[3] * _k4[i])
                + (b[4] * _k5[i]) + (b[5] * _k6[i]) + (b[6] * _k7[i]);
        }
    }

    /// <summary>One component inside the last accepted step.</summary>
    public double Interpolate(double theta, int component)
    {
        Span<double> b = stackalloc double[7];
        Weights(theta, _lastStep, b);
        int i = component;
        return _yOld[i] + (b[0] * _k1[i]) + (b[1] * _k2[i]) + (b[2] * _k3[i]) + (b[3] * _k4[i])
            + (b[4] * _k5[i]) + (b[5] * _k6[i]) + (b[6] * _k7[i]);
    }

    /// <summary>Time at a position of the last accepted step, 0 at its start and 1 at its end.</summary>
    public double TimeAt(double theta) => theta >= 1 ? _end : PreviousTime + (theta * _lastStep);

    /// <summary>Ends the last accepted step early, at <paramref name="theta"/> in (0, 1).</summary>
    /// <remarks>The interpolant can undershoot zero where the solution does not; there a step of the shorter length is taken instead.</remarks>
    public void Truncate(double theta)
    {
        if (theta >= 1)
        {
            return;
        }

        Interpolate(theta, _stage);
        _yOld.CopyTo(_y, 0);
        if (HasNewNegative())
        {
            Retake(theta);
            return;
        }

        _stage.CopyTo(_y, 0);
        Time = TimeAt(theta);
        Restart();
    }

    /// <summary>The stages of the whole step are put back, for they are the interpolant that callers still use.</summary>
    void Retake(double theta)
    {
        double[][] stages = [_k2, _k3, _k4, _k5, _k6, _k7];
        double[][] kept = [.. stages.Select(k => (double[])k.Clone())];
        Time = PreviousTime;
        Try(theta * _lastStep);
        for (int i = 0; i < stages.Length; i++)
        {
            kept[i].CopyTo(stages[i], 0);
        }

        _stage.CopyTo(_y, 0);
        Time = TimeAt(theta);
        Restart();
    }

    void Prepare(double until)
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

        if (NextStep <= 0)
        {
            NextStep = InitialStep(until);
        }
    }

    /// <summary>First step after Hairer, Nørsett and Wanner 1993, section II.4, in the largest-component norm.</summary>
    double InitialStep(double until)
    {
        double d0 = 0;
        double d1 = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            double scale = _absolute[i] + (_tolerances.Relative * Math.Abs(_y[i]));
            d0 = Math.Max(d0, Math.Abs(_y[i]) / scale);
            d1 = Math.Max(d1, Math.Abs(_k1[i]) / scale);
        }

        double h = !(d0 >= 1e-5) || !(d1 >= 1e-5) ? 1e-6 : 0.01 * d0 / d1;
        return Math.Min(Math.Max(h, 1e-10), Math.Max(until - Time, double.Epsilon));
    }

    double Try(double h)
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

    void Stage1(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * (A21 * _k1[i]));
        }
    }

    void Stage2(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * ((A31 * _k1[i]) + (A32 * _k2[i])));
        }
    }

    void Stage3(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * ((A41 * _k1[i]) + (A42 * _k2[i]) + (A43 * _k3[i])));
        }
    }

    void Stage4(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * ((A51 * _k1[i]) + (A52 * _k2[i]) + (A53 * _k3[i]) + (A54 * _k4[i])));
        }
    }

    void Stage5(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * ((A61 * _k1[i]) + (A62 * _k2[i]) + (A63 * _k3[i]) + (A64 * _k4[i]) + (A65 * _k5[i])));
        }
    }

    void Stage6(double h)
    {
        for (int i = 0; i < _y.Length; i++)
        {
            _stage[i] = _y[i] + (h * ((A71 * _k1[i]) + (A72 * _k2[i]) + (A73 * _k3[i]) + (A74 * _k4[i]) + (A75 * _k5[i]) + (A76 * _k6[i])));
        }
    }

    /// <summary>Largest error of a component in units of its tolerance; NaN as soon as a component is not finite.</summary>
    double ErrorNorm(double h)
    {
        double norm = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            double error = h * ((E1 * _k1[i]) + (E2 * _k2[i]) + (E3 * _k3[i]) + (E4 * _k4[i]) + (E5 * _k5[i]) + (E6 * _k6[i]) + (E7 * _k7[i]));
            double scale = _absolute[i] + (_tolerances.Relative * Math.Max(Math.Abs(_y[i]), Math.Abs(_stage[i])));
            norm = Math.Max(norm, Math.Abs(error) / scale);
        }

        return norm;
    }

    bool HasNewNegative()
    {
        for (int i = 0; i < _y.Length; i++)
        {
            if (_nonNegative[i] && _stage[i] < 0 && _y[i] >= 0)
            {
                return true;
            }
        }

        return false;
    }

    void Accept(double h, double error, double end, bool clipped)
    {
        double e = Math.Max(error, 1e-10);
        double factor = Safety * Power(e, -ProportionalGain) * Power(_previousError, IntegralGain);
        double next = h * Math.Clamp(factor, Shrink, Grow);
        NextStep = clipped ? Math.Max(next, NextStep) : next;
        _previousError = Math.Max(e, 1e-4);
        _y.CopyTo(_yOld, 0);
        _stage.CopyTo(_y, 0);
        _lastStep = h;
        PreviousTime = Time;
        Time = end;
        _end = end;
        _atStart = Derivative.LastStage;
    }

    static double Power(double x, double y) => Numerics.Elementary.Pow(x, y);

    /// <summary>Weights of the stages for y(t + theta h) - y(t), times h.</summary>
    static void Weights(double theta, double h, Span<double> b)
    {
        double square = theta * theta * h;
        b[0] = theta * h * (R11 + (theta * (R12 + (theta * (R13 + (theta * R14))))));
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
