namespace Nadir.Solvers;

/// <summary>
/// Explicit Runge-Kutta method of order 8 with twelve stages, error estimates of order 5 and 3, and an interpolant of order 7
/// (Dormand and Prince 1981; Hairer, Nørsett and Wanner 1993, section II.5 and II.6). For tight tolerances.
/// </summary>
public sealed partial class DormandPrince853 : OneStepMethod
{
    internal const int StepStages = 12;
    internal const int AllStages = 16;
    const int Coefficients = 7;

    readonly double[][] _k;
    readonly double[][] _dense;
    readonly double[] _argument;
    Derivative _atStart = Derivative.Unknown;

    /// <summary>Creates a stepper for <paramref name="system"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public DormandPrince853(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
        : base(system, tolerances, absolute, nonNegative, errorOrder: 8)
    {
        int n = system.Dimension;
        _k = [_k1, .. Enumerable.Range(1, AllStages - 1).Select(_ => new double[n])];
        _dense = [.. Enumerable.Range(0, Coefficients).Select(_ => new double[n])];
        _argument = new double[n];
    }

    /// <inheritdoc/>
    public override void Restart() => _atStart = Derivative.Unknown;

    /// <inheritdoc/>
    public override void Interpolate(double theta, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Interpolate(theta, i);
        }
    }

    /// <inheritdoc/>
    public override double Interpolate(double theta, int component)
    {
        double sum = 0;
        for (int c = Coefficients - 1; c >= 0; c--)
        {
            sum = (c % 2 == 0 ? theta : 1 - theta) * (_dense[c][component] + sum);
        }

        return _yOld[component] + sum;
    }

    private protected override void Start()
    {
        if (_atStart == Derivative.Unknown)
        {
            _system.Derivatives(Time, _y, _k1);
        }
        else if (_atStart == Derivative.AtEnd)
        {
            _k[StepStages].CopyTo(_k1, 0);
        }

        _atStart = Derivative.Known;
    }

    private protected override double Try(double h)
    {
        for (int s = 1; s < StepStages; s++)
        {
            Argument(s, h, _y, _argument);
            _system.Derivatives(Time + (C[s] * h), _argument, _k[s]);
        }

        Argument(StepStages, h, _y, _stage);
        return ErrorNorm(h);
    }

    private protected override void Taken(double h)
    {
        _system.Derivatives(Time, _y, _k[StepStages]);
        for (int s = StepStages + 1; s < AllStages; s++)
        {
            Argument(s, h, _yOld, _argument);
            _system.Derivatives(PreviousTime + (C[s] * h), _argument, _k[s]);
        }

        for (int i = 0; i < _y.Length; i++)
        {
            double change = _y[i] - _yOld[i];
            double bend = (h * _k1[i]) - change;
            _dense[0][i] = change;
            _dense[1][i] = bend;
            _dense[2][i] = change - (h * _k[StepStages][i]) - bend;
            for (int c = 3; c < Coefficients; c++)
            {
                _dense[c][i] = h * Weighted(Sums.Dense[c - 3], i);
            }
        }

        _atStart = Derivative.AtEnd;
    }

    void Argument(int s, double h, double[] y, double[] argument)
    {
        Array.Clear(argument);
        foreach ((int stage, double weight) in Sums.Arguments[s])
        {
            double[] k = _k[stage];
            for (int i = 0; i < argument.Length; i++)
            {
                argument[i] = Math.FusedMultiplyAdd(weight, k[i], argument[i]);
            }
        }

        for (int i = 0; i < argument.Length; i++)
        {
            argument[i] = Math.FusedMultiplyAdd(h, argument[i], y[i]);
        }
    }

    /// <summary>The two estimates together behave like one of order 7 (Hairer, Nørsett and Wanner 1993, equation II.10.17), here in each component.</summary>
    double ErrorNorm(double h)
    {
        double norm = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            double fifth = Math.Abs(h * Weighted(Sums.Error5, i)) / Scale(i);
            double third = Math.Abs(h * Weighted(Sums.Error3, i)) / Scale(i);
            double length = Math.Sqrt((fifth * fifth) + (0.01 * third * third));
            norm = Math.Max(norm, length == 0 ? 0 : fifth * (fifth / length));
        }

        return norm;
    }

    double Weighted(StageWeight[] weights, int component)
    {
        double sum = 0;
        foreach ((int stage, double weight) in weights)
        {
            sum = Math.FusedMultiplyAdd(weight, _k[stage][component], sum);
        }

        return sum;
    }

    /// <summary>A stage and its weight in a sum of stages.</summary>
    internal readonly record struct StageWeight(int Stage, double Weight);

    /// <summary>The sums of stages, without those of weight 0.</summary>
    internal static class Sums
    {
        /// <summary>In the argument of each stage; the thirteenth is the solution.</summary>
        public static readonly StageWeight[][] Arguments =
            [.. Enumerable.Range(0, AllStages).Select(s => NonZero(_a.AsSpan(s * (s - 1) / 2, s)))];

        public static readonly StageWeight[] Error3 = NonZero(_error3);

        public static readonly StageWeight[] Error5 = NonZero(_error5);

        /// <summary>In the last four coefficients of the interpolant.</summary>
        public static readonly StageWeight[][] Dense =
            [.. Enumerable.Range(0, Coefficients - 3).Select(c => NonZero(_d.AsSpan(c * AllStages, AllStages)))];

        static StageWeight[] NonZero(ReadOnlySpan<double> weights)
        {
            List<StageWeight> found = [];
            for (int s = 0; s < weights.Length; s++)
            {
                if (weights[s] != 0)
                {
                    found.Add(new StageWeight(s, weights[s]));
                }
            }

            return [.. found];
        }
    }

    /// <summary>Where f at the start of the next step is found.</summary>
    enum Derivative
    {
        Unknown,
        AtEnd,
        Known,
    }
}
