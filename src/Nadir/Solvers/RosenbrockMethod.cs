using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Stiffly accurate Rosenbrock-Wanner methods with an interpolant, in the form without products by the Jacobian (Hairer and Wanner 1996,
/// equation IV.7.25). For stiff equations: each step factors one matrix.
/// </summary>
/// <remarks>A population that comes out below zero by no more than its absolute tolerance is zero: the method cannot tell the two apart.</remarks>
public abstract class RosenbrockMethod : OneStepMethod
{
    readonly RosenbrockTableau _tableau;
    readonly JacobianSource _jacobian;
    readonly DenseLu _lu;
    readonly double[][] _k;
    readonly double[][] _dense;
    readonly double[] _end;
    readonly double[] _eigenvector;
    readonly double[] _image;
    readonly double[] _slope;
    readonly double[] _error;
    bool _startKnown;
    bool _jacobianKnown;
    bool _denseKnown;

    private protected RosenbrockMethod(
        RosenbrockTableau tableau, IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative)
        : base(system, tolerances, absolute, nonNegative, tableau.Order)
    {
        int n = system.Dimension;
        _tableau = tableau;
        _jacobian = new JacobianSource(system);
        _lu = new DenseLu(n);
        _k = [.. Enumerable.Range(0, tableau.Stages).Select(_ => new double[n])];
        _dense = [.. Enumerable.Range(0, tableau.Coefficients).Select(_ => new double[n])];
        (_end, _eigenvector, _image) = (new double[n], new double[n], new double[n]);
        (_slope, _error) = (new double[n], new double[n]);
    }

    /// <inheritdoc/>
    public override void Restart() => _startKnown = false;

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
        if (!_denseKnown)
        {
            PrepareInterpolant();
        }

        double bend = 0;
        for (int c = _dense.Length - 1; c >= 0; c--)
        {
            bend = Math.FusedMultiplyAdd(theta, bend, _dense[c][component]);
        }

        return RosenbrockTableau.Between(theta, _yOld[component], _end[component], bend);
    }

    /// <summary>
    /// Size of the last step times the largest eigenvalue of its Jacobian, by one more round of power iteration; a vector is kept
    /// from step to step, so the estimate settles within a few of them.
    /// </summary>
    internal double StabilityUse()
    {
        double before = Norm(_eigenvector);
        if (!(before > 0) || !double.IsFinite(before))
        {
            for (int i = 0; i < _eigenvector.Length; i++)
            {
                _eigenvector[i] = (1 + (0.1 * i)) * ScaleAtStart(i);
            }

            before = Norm(_eigenvector);
        }

        for (int i = 0; i < _image.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < _eigenvector.Length; j++)
            {
                sum = Math.FusedMultiplyAdd(_jacobian.Matrix[(i * _image.Length) + j], _eigenvector[j], sum);
            }

            _image[i] = sum / before;
        }

        _image.CopyTo(_eigenvector, 0);
        return LastStep * Norm(_image);
    }

    /// <summary>Forgets the vector of the power iteration.</summary>
    internal void ForgetEigenvector() => Array.Clear(_eigenvector);

    private protected override void Start()
    {
        if (!_startKnown)
        {
            _system.Derivatives(Time, _y, _k1);
            _startKnown = true;
            _jacobianKnown = false;
        }
    }

    private protected override double Try(double h)
    {
        if (!_jacobianKnown)
        {
            _jacobian.Update(Time, _y, _k1, h, _absolute);
            _jacobianKnown = true;
        }

        Load(h);
        if (!_lu.TryFactor(_error))
        {
            return double.NaN;
        }

        for (int s = 0; s < _tableau.Stages; s++)
        {
            double[] k = _k[s];
            if (!_tableau.IsAtStart(s) && !_tableau.IsRepeated(s))
            {
                Argument(s);
                _system.Derivatives(Time + (_tableau.C[s] * h), _stage, _slope);
            }

            (_tableau.IsAtStart(s) ? _k1 : _slope).CopyTo(k, 0);
            AddEarlier(s, h, k);
            _lu.Solve(k);
        }

        return Finish();
    }

    private protected override void Taken(double h)
    {
        _stage.CopyTo(_end, 0);
        _startKnown = false;
        _denseKnown = false;
    }

    void PrepareInterpolant()
    {
        for (int c = 0; c < _dense.Length; c++)
        {
            double[] dense = _dense[c];
            ReadOnlySpan<double> weights = _tableau.Dense(c);
            Array.Clear(dense);
            for (int s = 0; s < weights.Length; s++)
            {
                Add(weights[s], _k[s], dense);
            }
        }

        _denseKnown = true;
    }

    /// <summary>The matrix 1/(h gamma) - J, and in the error vector the weights of its rows.</summary>
    void Load(double h)
    {
        Span<double> w = _lu.Matrix;
        double[] jacobian = _jacobian.Matrix;
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = -jacobian[i];
        }

        for (int i = 0; i < _error.Length; i++)
        {
            _error[i] = 1 / ScaleAtStart(i);
        }

        double diagonal = 1 / (h * _tableau.Gamma);
        for (int i = 0; i < w.Length; i += _y.Length + 1)
        {
            w[i] += diagonal;
        }
    }

    void Argument(int s)
    {
        ReadOnlySpan<double> a = _tableau.Argument(s);
        _y.CopyTo(_stage, 0);
        for (int j = 0; j < a.Length; j++)
        {
            Add(a[j], _k[j], _stage);
        }
    }

    void AddEarlier(int s, double h, double[] k)
    {
        ReadOnlySpan<double> g = _tableau.Earlier(s);
        double[] sum = _image;
        Array.Clear(sum);
        for (int j = 0; j < g.Length; j++)
        {
            Add(g[j], _k[j], sum);
        }

        double rate = 1 / h;
        double time = _tableau.D[s] * h;
        for (int i = 0; i < k.Length; i++)
        {
            k[i] = Math.FusedMultiplyAdd(rate, sum[i], Math.FusedMultiplyAdd(time, _jacobian.ByTime[i], k[i]));
        }
    }

    /// <summary>Stiff accuracy: the last stage leads from its argument to the solution.</summary>
    double Finish()
    {
        Array.Clear(_error);
        for (int s = 0; s < _k.Length; s++)
        {
            if (_tableau.E[s] != 0)
            {
                Add(_tableau.E[s], _k[s], _error);
            }
        }

        double norm = 0;
        double[] last = _k[^1];
        for (int i = 0; i < last.Length; i++)
        {
            _stage[i] += last[i];
            norm = Math.Max(norm, Math.Abs(_error[i]) / Scale(i));
            // Shorter steps would not help: what is left of a population that died out fast is noise below the tolerance.
            bool isNoise = _nonNegative[i] && _stage[i] < 0 && _stage[i] >= -_absolute[i] && _y[i] >= 0;
            _stage[i] = isNoise ? 0 : _stage[i];
        }

        return norm;
    }

    double Norm(double[] v)
    {
        double sum = 0;
        for (int i = 0; i < v.Length; i++)
        {
            double x = v[i] * StepRule.Reciprocal(ScaleAtStart(i));
            sum = Math.FusedMultiplyAdd(x, x, sum);
        }

        return Math.Sqrt(sum);
    }

    static void Add(double factor, double[] x, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = Math.FusedMultiplyAdd(factor, x[i], sum[i]);
        }
    }
}
