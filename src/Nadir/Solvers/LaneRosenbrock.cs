using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary><see cref="RosenbrockMethod"/> on lanes.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneRosenbrock<T> : LaneMethod<T>
    where T : struct, ILanes<T>
{
    readonly RosenbrockTableau _tableau;
    readonly LaneJacobianSource<T> _jacobian;
    readonly LaneLu<T> _lu;

    // The stages one after another, and the right-hand side of one, without the components that are not in use.
    readonly LaneArray _k;
    readonly LaneArray _side;
    readonly LaneArray _slope;
    readonly LaneArray _stageTime = new(T.Width);
    readonly int _stride;
    LaneArray? _eigenvector;
    LaneArray? _image;
    uint _startUnknown;
    uint _jacobianUnknown;

    public LaneRosenbrock(RosenbrockTableau tableau, ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative)
        : base(system, tolerances, absolute, nonNegative, tableau.Order)
    {
        _tableau = tableau;
        _jacobian = new LaneJacobianSource<T>(system);
        _lu = new LaneLu<T>(system.Dimension);
        _stride = system.Dimension * T.Width;
        _k = NewVector(tableau.Stages * system.Dimension);
        (_side, _slope) = (NewVector(), NewVector());
    }

    public override void AtQuarter(int quarter, ReadOnlySpan<int> components, LaneArray state)
    {
        T theta = T.Broadcast(quarter / 4.0);
        T rest = T.Broadcast(1 - (quarter / 4.0));
        foreach (int i in components)
        {
            int at = i * T.Width;
            T bend = default;
            for (int c = _tableau.Coefficients - 1; c >= 0; c--)
            {
                bend = T.MultiplyAdd(theta, bend, Sum(_tableau.Dense(c), at));
            }

            T inner = theta * T.MultiplyAdd(rest, bend, T.Load(in _stage[at]));
            T.Store(T.MultiplyAdd(rest, T.Load(in _yOld[at]), inner), ref state[at]);
        }
    }

    internal override double Interpolate(int lane, double theta, int component)
    {
        int at = (component * T.Width) + lane;
        double bend = 0;
        for (int c = _tableau.Coefficients - 1; c >= 0; c--)
        {
            ReadOnlySpan<double> weights = _tableau.Dense(c);
            double dense = 0;
            for (int s = 0; s < weights.Length; s++)
            {
                dense = Math.FusedMultiplyAdd(weights[s], _k[(s * _stride) + at], dense);
            }

            bend = Math.FusedMultiplyAdd(theta, bend, dense);
        }

        return RosenbrockTableau.Between(theta, _yOld[at], _stage[at], bend);
    }

    internal override void Interpolate(int lane, double theta, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Interpolate(lane, theta, i);
        }
    }

    /// <summary>See <see cref="RosenbrockMethod.StabilityUse"/>; other lanes keep their vector.</summary>
    internal T StabilityUse(uint accepted)
    {
        _eigenvector ??= NewVector();
        _image ??= NewVector();
        T mask = Mask(accepted);
        T before = Norm(_eigenvector);
        T usable = T.Less(default, before) & T.LessOrEqual(before, T.Broadcast(double.MaxValue));
        if (T.Bits(mask) != T.Bits(mask & usable))
        {
            for (int i = 0; i < Dimension; i++)
            {
                int at = i * T.Width;
                T start = T.Broadcast(1 + (0.1 * i)) * ScaleAtStart(at);
                T.Store(T.Select(mask, T.Select(usable, T.Load(in _eigenvector[at]), start), T.Load(in _eigenvector[at])), ref _eigenvector[at]);
            }

            before = Norm(_eigenvector);
        }

        for (int i = 0; i < _stride; i += T.Width)
        {
            T sum = default;
            ref double row = ref _jacobian.Matrix[i * Dimension];
            for (int j = 0; j < _stride; j += T.Width)
            {
                sum = T.MultiplyAdd(T.Load(in Unsafe.Add(ref row, j)), T.Load(in _eigenvector[j]), sum);
            }

            T.Store(sum / before, ref _image[i]);
        }

        for (int i = 0; i < _stride; i += T.Width)
        {
            T.Store(T.Select(mask, T.Load(in _image[i]), T.Load(in _eigenvector[i])), ref _eigenvector[i]);
        }

        return T.Load(in _h[0]) * Norm(_image);
    }

    internal override void Enter(int lane, LanePosition position)
    {
        base.Enter(lane, position);
        ForgetEigenvector(lane);
    }

    void ForgetEigenvector(int lane)
    {
        for (int i = 0; i < _stride && _eigenvector is not null; i += T.Width)
        {
            _eigenvector[i + lane] = 0;
        }
    }

    T Norm(LaneArray v)
    {
        T sum = default;
        for (int i = 0; i < _stride; i += T.Width)
        {
            T x = T.Load(in v[i]) * StepRule.Reciprocal(ScaleAtStart(i));
            sum = T.MultiplyAdd(x, x, sum);
        }

        return T.Sqrt(sum);
    }

    private protected override void Start(uint unknown)
    {
        if (!ReferenceEquals(_jacobian.Live, _live))
        {
            Adopt();
        }

        uint stale = unknown | _startUnknown;
        Evaluate(stale, _k1);
        _jacobianUnknown |= stale;
        _startUnknown = 0;
    }

    private protected override bool StageIsKept => true;

    private protected override void Taken(uint accepted) => _startUnknown |= accepted;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override T Try()
    {
        T h = T.Load(in _h[0]);
        uint trying = T.Bits(T.Less(default, h));
        _jacobian.Update(_jacobianUnknown & trying, Times, _y, _k1, _h, _absolute);
        _jacobianUnknown &= ~trying;
        LoadMatrix(h);
        uint factored = _lu.Factor();
        for (int s = 0; s < _tableau.Stages; s++)
        {
            bool atStart = _tableau.IsAtStart(s);
            if (!atStart && !_tableau.IsRepeated(s))
            {
                Argument(s);
                T.Store(T.Load(in Times[0]) + (T.Broadcast(_tableau.C[s]) * h), ref _stageTime[0]);
                _derivatives(ref _stageTime[0], ref _stage[0], ref _slope[0]);
            }

            Solve(s, atStart ? _k1 : _slope, h);
        }

        return T.Select(Mask(factored), Finish(), T.Broadcast(double.NaN));
    }

    /// <summary>Takes up that other components are in use.</summary>
    void Adopt()
    {
        _jacobian.Live = _live;
        _lu.Order = _live.Length;
        for (int i = 0; i < _stride; i += T.Width)
        {
            if (!_live.Contains(i))
            {
                for (int s = 0; s < _tableau.Stages; s++)
                {
                    T.Store(default, ref _k[(s * _stride) + i]);
                }
            }
        }
    }

    void LoadMatrix(T h)
    {
        LaneArray w = _lu.Matrix;
        T diagonal = T.Broadcast(1) / (h * T.Broadcast(_tableau.Gamma));
        int next = 0;
        int weight = 0;
        foreach (int i in _live)
        {
            T.Store(T.Broadcast(1) / ScaleAtStart(i), ref _lu.Weights[weight]);
            weight += T.Width;
            ref double row = ref _jacobian.Matrix[i * Dimension];
            foreach (int j in _live)
            {
                T entry = -T.Load(in Unsafe.Add(ref row, j));
                T.Store(i == j ? entry + diagonal : entry, ref w[next]);
                next += T.Width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Argument(int s)
    {
        ReadOnlySpan<double> a = _tableau.Argument(s);
        ReadOnlySpan<int> live = _live;
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        for (int i = 0; i < live.Length; i += 2)
        {
            (int one, int two) = (live[i], live[Math.Min(i + 1, live.Length - 1)]);
            (T first, T second) = Sums(a, one, two, T.Load(in Unsafe.Add(ref y, one)), T.Load(in Unsafe.Add(ref y, two)));
            T.Store(first, ref Unsafe.Add(ref stage, one));
            T.Store(second, ref Unsafe.Add(ref stage, two));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Solve(int s, LaneArray f, T h)
    {
        T rate = T.Broadcast(1) / h;
        T time = T.Broadcast(_tableau.D[s]) * h;
        ReadOnlySpan<double> g = _tableau.Earlier(s);
        ReadOnlySpan<int> live = _live;
        ref double byTime = ref _jacobian.ByTime[0];
        ref double slope = ref f[0];
        ref double side = ref _side[0];
        for (int i = 0; i < live.Length; i += 2)
        {
            int after = Math.Min(i + 1, live.Length - 1);
            (int one, int two) = (live[i], live[after]);
            (T first, T second) = Sums(g, one, two, default, default);
            T own = T.MultiplyAdd(time, T.Load(in Unsafe.Add(ref byTime, one)), T.Load(in Unsafe.Add(ref slope, one)));
            T other = T.MultiplyAdd(time, T.Load(in Unsafe.Add(ref byTime, two)), T.Load(in Unsafe.Add(ref slope, two)));
            T.Store(T.MultiplyAdd(rate, first, own), ref Unsafe.Add(ref side, i * T.Width));
            T.Store(T.MultiplyAdd(rate, second, other), ref Unsafe.Add(ref side, after * T.Width));
        }

        _lu.Solve(ref _side[0]);
        int next = 0;
        foreach (int at in _live)
        {
            T.Store(T.Load(in _side[next]), ref _k[(s * _stride) + at]);
            next += T.Width;
        }
    }

    /// <summary>The weighted stages of two components, added to what is given: two sums at once, so that neither waits for itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    (T First, T Second) Sums(ReadOnlySpan<double> weights, int one, int two, T first, T second)
    {
        ref double k = ref _k[0];
        for (int j = 0; j < weights.Length; j++)
        {
            T weight = T.Broadcast(weights[j]);
            first = T.MultiplyAdd(weight, T.Load(in Unsafe.Add(ref k, one)), first);
            second = T.MultiplyAdd(weight, T.Load(in Unsafe.Add(ref k, two)), second);
            k = ref Unsafe.Add(ref k, _stride);
        }

        return (first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T Sum(ReadOnlySpan<double> weights, int at)
    {
        ref double k = ref _k[at];
        T sum = default;
        for (int j = 0; j < weights.Length; j++)
        {
            sum = T.MultiplyAdd(T.Broadcast(weights[j]), T.Load(in Unsafe.Add(ref k, j * _stride)), sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    T Finish()
    {
        T norm = default;
        T zero = default;
        int lastStage = (_tableau.Stages - 1) * _stride;
        foreach (int at in _live)
        {
            T last = T.Load(in _k[lastStage + at]);
            T end = T.Load(in _stage[at]) + last;
            T.Store(end, ref _stage[at]);
            norm = T.Max(norm, T.Abs(Error(at)) / Scale(at));
            if (_nonNegative[at / T.Width])
            {
                T isNoise = T.Less(end, zero) & T.LessOrEqual(T.Broadcast(-_absolute[at / T.Width]), end) & T.LessOrEqual(zero, T.Load(in _y[at]));
                T.Store(T.Select(isNoise, zero, end), ref _stage[at]);
            }
        }

        return norm;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T Error(int at)
    {
        T sum = default;
        for (int s = 0; s < _tableau.Stages; s++)
        {
            if (_tableau.E[s] != 0)
            {
                sum = T.MultiplyAdd(T.Broadcast(_tableau.E[s]), T.Load(in _k[(s * _stride) + at]), sum);
            }
        }

        return sum;
    }
}
