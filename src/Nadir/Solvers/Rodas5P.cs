using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// Stiffly accurate Rosenbrock-Wanner method of order 5(4) with eight stages and an interpolant of order 4 (Steinebach 2023, BIT
/// Numer. Math. 63:27), in the form without products by the Jacobian (Hairer and Wanner 1996, equation IV.7.25). For stiff equations:
/// each step factors one matrix.
/// </summary>
/// <remarks>A population that comes out below zero by no more than its absolute tolerance is zero: the method cannot tell the two apart.</remarks>
public sealed partial class Rodas5P : OneStepMethod
{
    const int Stages = 8;
    const int Coefficients = 3;

    readonly JacobianSource _jacobian;
    readonly DenseLu _lu;
    readonly double[][] _k;
    readonly double[][] _dense;
    readonly double[] _end;
    readonly double[] _eigenvector;
    readonly double[] _image;
    bool _startKnown;
    bool _jacobianKnown;

    /// <summary>Creates a stepper for <paramref name="system"/>, which may be an <see cref="IOdeJacobian"/>.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; empty: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; empty: none.</param>
    public Rodas5P(IOdeSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute = default, ReadOnlySpan<bool> nonNegative = default)
        : base(system, tolerances, absolute, nonNegative, errorOrder: 5)
    {
        int n = system.Dimension;
        _jacobian = new JacobianSource(system);
        _lu = new DenseLu(n);
        _k = [.. Enumerable.Range(0, Stages).Select(_ => new double[n])];
        _dense = [.. Enumerable.Range(0, Coefficients).Select(_ => new double[n])];
        (_end, _eigenvector, _image) = (new double[n], new double[n], new double[n]);
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
        double rest = 1 - theta;
        int i = component;
        return (rest * _yOld[i]) + (theta * (_end[i] + (rest * (_dense[0][i] + (theta * (_dense[1][i] + (theta * _dense[2][i])))))));
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
                _eigenvector[i] = (1 + (0.1 * i)) * Scale(i);
            }

            before = Norm(_eigenvector);
        }

        for (int i = 0; i < _image.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < _eigenvector.Length; j++)
            {
                sum += _jacobian.Matrix[(i * _image.Length) + j] * _eigenvector[j];
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
        if (!_lu.TryFactor())
        {
            return double.NaN;
        }

        for (int s = 0; s < Stages; s++)
        {
            Argument(s);
            double[] k = _k[s];
            if (s == 0)
            {
                _k1.CopyTo(k, 0);
            }
            else
            {
                _system.Derivatives(Time + (_c[s] * h), _stage, k);
            }

            AddEarlier(s, h, k);
            _lu.Solve(k);
        }

        return Finish();
    }

    private protected override void Taken(double h)
    {
        _stage.CopyTo(_end, 0);
        for (int c = 0; c < Coefficients; c++)
        {
            double[] dense = _dense[c];
            Array.Clear(dense);
            for (int s = 0; s < Stages; s++)
            {
                Add(_h[(c * Stages) + s], _k[s], dense);
            }
        }

        _startKnown = false;
    }

    /// <summary>The matrix 1/(h gamma) - J.</summary>
    void Load(double h)
    {
        Span<double> w = _lu.Matrix;
        double[] jacobian = _jacobian.Matrix;
        for (int i = 0; i < w.Length; i++)
        {
            w[i] = -jacobian[i];
        }

        double diagonal = 1 / (h * Gamma);
        for (int i = 0; i < w.Length; i += _y.Length + 1)
        {
            w[i] += diagonal;
        }
    }

    void Argument(int s)
    {
        _y.CopyTo(_stage, 0);
        for (int j = 0; j < s; j++)
        {
            Add(_a[(s * Stages) + j], _k[j], _stage);
        }
    }

    void AddEarlier(int s, double h, double[] k)
    {
        for (int j = 0; j < s; j++)
        {
            Add(_g[(s * Stages) + j] / h, _k[j], k);
        }

        Add(_d[s] * h, _jacobian.ByTime, k);
    }

    /// <summary>Stiff accuracy: the last stage is the difference between the solution and the embedded one.</summary>
    double Finish()
    {
        double norm = 0;
        double[] last = _k[Stages - 1];
        for (int i = 0; i < last.Length; i++)
        {
            _stage[i] += last[i];
            norm = Math.Max(norm, Math.Abs(last[i]) / Scale(i));
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
            double x = v[i] / Scale(i);
            sum += x * x;
        }

        return Math.Sqrt(sum);
    }

    static void Add(double factor, double[] x, double[] sum)
    {
        if (factor != 0)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += factor * x[i];
            }
        }
    }
}
