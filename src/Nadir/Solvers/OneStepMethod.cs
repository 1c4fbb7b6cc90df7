using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// What all one-step methods share: step sizes by a proportional-integral rule (Gustafsson 1991, ACM Trans. Math. Softw. 17:533) on the
/// largest component error relative to its tolerance, exact stops, step limits and populations that stay above zero.
/// </summary>
/// <remarks>
/// A component marked non-negative that comes out below zero makes the step be tried again at half the size. After <see cref="NegativeRetries"/>
/// halvings it is zero where it is below by no more than its absolute tolerance; a solution that truly crosses zero ends with <see cref="LaneStatus.NegativeAmount"/>. The interpolant is of lower order than the step: where
/// <see cref="Truncate"/> finds it below zero between two ends that are not, the exponential through both ends stands in.
/// </remarks>
public abstract class OneStepMethod : OdeStepper
{
    internal const int NegativeRetries = 24;
    internal const double Safety = 0.9;
    internal const double Shrink = 0.2;
    internal const double Grow = 5.0;
    internal const double LeastError = 1e-10;
    internal const double LogFirstError = -9.210340371976182;

    private protected readonly IOdeSystem _system;
    private protected readonly double[] _y;
    private protected readonly double[] _yOld;

    /// <summary>Arguments of the stages, and after the last of them the solution at the end of the step.</summary>
    private protected readonly double[] _stage;

    /// <summary>f at the start of the step.</summary>
    private protected readonly double[] _k1;

    private protected readonly double[] _absolute;
    private protected readonly bool[] _nonNegative;
    readonly Tolerances _tolerances;
    readonly double _integralGain;
    readonly double _proportionalGain;
    readonly double _errorPower;
    double _logPrevious = LogFirstError;
    double _time;
    double _previousTime;
    double _end;
    int _steps;

    private protected OneStepMethod(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative, int errorOrder)
    {
        int n = system.Dimension;
        _system = system;
        _tolerances = tolerances.Validated();
        _absolute = new double[n];
        _nonNegative = new bool[n];
        _absolute.AsSpan().Fill(tolerances.Absolute);
        absolute.CopyTo(_absolute);
        nonNegative.CopyTo(_nonNegative);
        (_y, _yOld, _stage, _k1) = (new double[n], new double[n], new double[n], new double[n]);
        (_integralGain, _proportionalGain, _errorPower) = (0.4 / errorOrder, 0.7 / errorOrder, -1.0 / errorOrder);
    }

    /// <inheritdoc/>
    public sealed override double Time => _time;

    /// <inheritdoc/>
    public sealed override double PreviousTime => _previousTime;

    /// <inheritdoc/>
    public sealed override Span<double> State => _y;

    /// <inheritdoc/>
    public sealed override double NextStep { get; set; }

    /// <inheritdoc/>
    public sealed override int Steps => _steps;

    /// <summary>The relative tolerance.</summary>
    private protected double Relative => _tolerances.Relative;

    /// <summary>Length of the step that the interpolant spans.</summary>
    private protected double LastStep { get; private set; }

    /// <inheritdoc/>
    public sealed override void Begin(double t, ReadOnlySpan<double> y) => Begin(t, y, 0, 0);

    /// <inheritdoc/>
    public sealed override LaneStatus Step(double until)
    {
        Start();
        if (NextStep <= 0)
        {
            NextStep = InitialStep(until);
        }

        int negative = 0;
        while (true)
        {
            if (_steps++ >= _tolerances.MaxSteps)
            {
                return LaneStatus.StepLimit;
            }

            double h = Math.Min(NextStep, _tolerances.MaxStep);
            bool last = Time + (h * (1 + 1e-12)) >= until;
            h = last ? until - Time : h;
            if (!(h > 4e-16 * Math.Abs(Time)) && !last)
            {
                return negative > 0 ? LaneStatus.NegativeAmount : LaneStatus.StepTooSmall;
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
            else if (error <= 1 && (!HasNewNegative() || (negative >= NegativeRetries && ClearNoise())))
            {
                Accept(h, error, last ? until : Time + h, last);
                return LaneStatus.Completed;
            }
            else if (error <= 1)
            {
                if (negative++ >= NegativeRetries)
                {
                    return LaneStatus.NegativeAmount;
                }

                NextStep = h * 0.5;
            }
            else
            {
                NextStep = h * Math.Max(Shrink, Safety * StepRule.Exp(_errorPower * StepRule.Log(error)));
            }
        }
    }

    internal sealed override double StateBefore(int component) => _yOld[component];

    /// <inheritdoc/>
    public sealed override double TimeAt(double theta) => theta >= 1 ? _end : _previousTime + (theta * LastStep);

    /// <inheritdoc/>
    public sealed override void Truncate(double theta)
    {
        if (theta >= 1)
        {
            return;
        }

        Interpolate(theta, _stage);
        for (int i = 0; i < _y.Length; i++)
        {
            _y[i] = _nonNegative[i] && _stage[i] < 0 && _yOld[i] >= 0 && _y[i] >= 0 ? Geometric(theta, _yOld[i], _y[i]) : _stage[i];
        }

        _time = TimeAt(theta);
        Restart();
    }

    /// <summary>Goes on where another method stands.</summary>
    internal void Continue(OneStepMethod other) => Begin(other.Time, other._y, other.NextStep, other.Steps);

    /// <summary>Sees to it that f at the start of the step is known.</summary>
    private protected abstract void Start();

    /// <summary>Computes the solution after a step of <paramref name="h"/> into the stage vector.</summary>
    /// <returns>The norm of the error in units of the tolerance; not finite where the step failed.</returns>
    private protected abstract double Try(double h);

    /// <summary>Called when the step last tried has been taken: prepares what the interpolant and the next step need.</summary>
    private protected abstract void Taken(double h);

    /// <summary>The error that is allowed in a component.</summary>
    private protected double Scale(int i) =>
        Math.FusedMultiplyAdd(_tolerances.Relative, Math.Max(Math.Abs(_y[i]), Math.Abs(_stage[i])), _absolute[i]);

    /// <summary>The error that would be allowed in a component if it stayed as it is.</summary>
    private protected double ScaleAtStart(int i) => Math.FusedMultiplyAdd(_tolerances.Relative, Math.Abs(_y[i]), _absolute[i]);

    void Begin(double t, ReadOnlySpan<double> y, double nextStep, int steps)
    {
        y.CopyTo(_y);
        _time = t;
        _previousTime = t;
        NextStep = nextStep;
        _steps = steps;
        _logPrevious = LogFirstError;
        Restart();
    }

    /// <summary>The exponential through both ends of a step; 0 where it ends or begins there.</summary>
    internal static double Geometric(double theta, double start, double end) =>
        start == 0 || end == 0 ? 0 : start * Elementary.Exp(theta * Elementary.Log(end / start));

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

        return FirstStep(d0, d1, until - Time);
    }

    internal static double FirstStep(double size, double slope, double longest)
    {
        double h = !(size >= 1e-5) || !(slope >= 1e-5) ? 1e-6 : 0.01 * size / slope;
        return Math.Min(Math.Max(h, 1e-10), Math.Max(longest, double.Epsilon));
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

    /// <summary>Sets new negative components to zero, where all are within their absolute tolerances.</summary>
    bool ClearNoise()
    {
        for (int i = 0; i < _y.Length; i++)
        {
            if (_nonNegative[i] && _stage[i] < 0 && _y[i] >= 0)
            {
                if (_stage[i] < -_absolute[i])
                {
                    return false;
                }

                _stage[i] = 0;
            }
        }

        return true;
    }

    void Accept(double h, double error, double end, bool clipped)
    {
        double logError = StepRule.Log(Math.Max(error, LeastError));
        double factor = Safety * StepRule.Exp((_integralGain * _logPrevious) - (_proportionalGain * logError));
        double next = h * Math.Min(Math.Max(factor, Shrink), Grow);
        NextStep = clipped ? Math.Max(next, NextStep) : next;
        _logPrevious = Math.Max(logError, LogFirstError);
        _y.CopyTo(_yOld, 0);
        _stage.CopyTo(_y, 0);
        LastStep = h;
        _previousTime = Time;
        _time = end;
        _end = end;
        Taken(h);
    }
}
