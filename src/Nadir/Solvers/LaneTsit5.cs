using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary><see cref="Tsit5"/> on lanes.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneTsit5<T> : LaneMethod<T>
    where T : struct, ILanes<T>
{
    static readonly double[][] QuarterWeights = [.. Enumerable.Range(0, 5).Select(q => WeightsAt(q / 4.0))];

    // In every lane, so that a loop finds them in registers: as constants each use would load one again.
    readonly T _a21 = T.Broadcast(Tsit5.A21);
    readonly T _a31 = T.Broadcast(Tsit5.A31);
    readonly T _a32 = T.Broadcast(Tsit5.A32);
    readonly T _a41 = T.Broadcast(Tsit5.A41);
    readonly T _a42 = T.Broadcast(Tsit5.A42);
    readonly T _a43 = T.Broadcast(Tsit5.A43);
    readonly T _a51 = T.Broadcast(Tsit5.A51);
    readonly T _a52 = T.Broadcast(Tsit5.A52);
    readonly T _a53 = T.Broadcast(Tsit5.A53);
    readonly T _a54 = T.Broadcast(Tsit5.A54);
    readonly T _a61 = T.Broadcast(Tsit5.A61);
    readonly T _a62 = T.Broadcast(Tsit5.A62);
    readonly T _a63 = T.Broadcast(Tsit5.A63);
    readonly T _a64 = T.Broadcast(Tsit5.A64);
    readonly T _a65 = T.Broadcast(Tsit5.A65);
    readonly T _a71 = T.Broadcast(Tsit5.A71);
    readonly T _a72 = T.Broadcast(Tsit5.A72);
    readonly T _a73 = T.Broadcast(Tsit5.A73);
    readonly T _a74 = T.Broadcast(Tsit5.A74);
    readonly T _a75 = T.Broadcast(Tsit5.A75);
    readonly T _a76 = T.Broadcast(Tsit5.A76);
    readonly T _e1 = T.Broadcast(Tsit5.E1);
    readonly T _e2 = T.Broadcast(Tsit5.E2);
    readonly T _e3 = T.Broadcast(Tsit5.E3);
    readonly T _e4 = T.Broadcast(Tsit5.E4);
    readonly T _e5 = T.Broadcast(Tsit5.E5);
    readonly T _e6 = T.Broadcast(Tsit5.E6);
    readonly T _e7 = T.Broadcast(Tsit5.E7);

    readonly LaneArray _k2;
    readonly LaneArray _k3;
    readonly LaneArray _k4;
    readonly LaneArray _k5;
    readonly LaneArray _k6;
    LaneArray _k7;
    readonly LaneArray _stageTime = new(T.Width);
    uint _lastStage;

    public LaneTsit5(ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative)
        : base(system, tolerances, absolute, nonNegative, errorOrder: 5)
    {
        (_k2, _k3, _k4) = (NewVector(), NewVector(), NewVector());
        (_k5, _k6, _k7) = (NewVector(), NewVector(), NewVector());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AtQuarter(int quarter, ReadOnlySpan<int> components, LaneArray state)
    {
        double[] w = QuarterWeights[quarter];
        T h = T.Load(in _h[0]);
        foreach (int i in components)
        {
            int at = i * T.Width;
            T sum = T.Broadcast(w[0]) * T.Load(in _k1[at]);
            sum = T.MultiplyAdd(T.Broadcast(w[1]), T.Load(in _k2[at]), sum);
            sum = T.MultiplyAdd(T.Broadcast(w[2]), T.Load(in _k3[at]), sum);
            sum = T.MultiplyAdd(T.Broadcast(w[3]), T.Load(in _k4[at]), sum);
            sum = T.MultiplyAdd(T.Broadcast(w[4]), T.Load(in _k5[at]), sum);
            sum = T.MultiplyAdd(T.Broadcast(w[5]), T.Load(in _k6[at]), sum);
            sum = T.MultiplyAdd(T.Broadcast(w[6]), T.Load(in _k7[at]), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in _yOld[at])), ref state[at]);
        }
    }

    internal override double Interpolate(int lane, double theta, int component)
    {
        Span<double> w = stackalloc double[7];
        Tsit5.Weights(theta, w);
        return Inside(lane, w, component);
    }

    internal override void Interpolate(int lane, double theta, Span<double> y)
    {
        Span<double> w = stackalloc double[7];
        Tsit5.Weights(theta, w);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Inside(lane, w, i);
        }
    }

    internal override void Interpolate(int lane, double theta, ReadOnlySpan<int> components, Span<double> y)
    {
        Span<double> w = stackalloc double[7];
        Tsit5.Weights(theta, w);
        foreach (int component in components)
        {
            y[component] = Inside(lane, w, component);
        }
    }

    internal override bool TryPolynomial(int lane, int component, out Quartic polynomial)
    {
        int at = (component * T.Width) + lane;
        polynomial = Tsit5.Polynomial(_yOld[at], LastStep(lane), [_k1[at], _k2[at], _k3[at], _k4[at], _k5[at], _k6[at], _k7[at]]);
        return true;
    }

    double Inside(int lane, ReadOnlySpan<double> w, int component)
    {
        int at = (component * T.Width) + lane;
        double sum = w[0] * _k1[at];
        sum = Math.FusedMultiplyAdd(w[1], _k2[at], sum);
        sum = Math.FusedMultiplyAdd(w[2], _k3[at], sum);
        sum = Math.FusedMultiplyAdd(w[3], _k4[at], sum);
        sum = Math.FusedMultiplyAdd(w[4], _k5[at], sum);
        sum = Math.FusedMultiplyAdd(w[5], _k6[at], sum);
        sum = Math.FusedMultiplyAdd(w[6], _k7[at], sum);
        return Math.FusedMultiplyAdd(LastStep(lane), sum, _yOld[at]);
    }

    private protected override void Start(uint unknown)
    {
        uint fromLastStage = _lastStage & ~unknown;
        _lastStage = 0;
        if (fromLastStage == AllLanes)
        {
            (_k1, _k7) = (_k7, _k1);
        }
        else if (fromLastStage != 0)
        {
            T mask = Mask(fromLastStage);
            foreach (int at in _live)
            {
                T.Store(T.Select(mask, T.Load(in _k7[at]), T.Load(in _k1[at])), ref _k1[at]);
            }
        }

        Evaluate(unknown, _k1);
    }

    private protected override bool StageIsKept => false;

    private protected override void Taken(uint accepted) => _lastStage |= accepted;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override T Try()
    {
        T h = T.Load(in _h[0]);
        Stage1(h);
        Derivatives(h, Tsit5.C2, _k2);
        Stage2(h);
        Derivatives(h, Tsit5.C3, _k3);
        Stage3(h);
        Derivatives(h, Tsit5.C4, _k4);
        Stage4(h);
        Derivatives(h, Tsit5.C5, _k5);
        Stage5(h);
        Derivatives(h, 1, _k6);
        Stage6(h);
        Derivatives(h, 1, _k7);
        return ErrorNorm(h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Derivatives(T h, double c, LaneArray k)
    {
        T.Store(T.Load(in Times[0]) + (T.Broadcast(c) * h), ref _stageTime[0]);
        _derivatives(ref _stageTime[0], ref _stage[0], ref k[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage1(T h)
    {
        ref double k1 = ref _k1[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        T a21 = _a21;
        foreach (int at in _live)
        {
            T.Store(T.MultiplyAdd(h, a21 * T.Load(in Unsafe.Add(ref k1, at)), T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage2(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        (T a31, T a32) = (_a31, _a32);
        foreach (int at in _live)
        {
            T sum = a31 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a32, T.Load(in Unsafe.Add(ref k2, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage3(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        (T a41, T a42, T a43) = (_a41, _a42, _a43);
        foreach (int at in _live)
        {
            T sum = a41 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a42, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(a43, T.Load(in Unsafe.Add(ref k3, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage4(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double k4 = ref _k4[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        (T a51, T a52, T a53, T a54) = (_a51, _a52, _a53, _a54);
        foreach (int at in _live)
        {
            T sum = a51 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a52, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(a53, T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(a54, T.Load(in Unsafe.Add(ref k4, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage5(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double k4 = ref _k4[0];
        ref double k5 = ref _k5[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        (T a61, T a62, T a63, T a64, T a65) = (_a61, _a62, _a63, _a64, _a65);
        foreach (int at in _live)
        {
            T sum = a61 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a62, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(a63, T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(a64, T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(a65, T.Load(in Unsafe.Add(ref k5, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage6(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double k4 = ref _k4[0];
        ref double k5 = ref _k5[0];
        ref double k6 = ref _k6[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        (T a71, T a72, T a73, T a74, T a75, T a76) = (_a71, _a72, _a73, _a74, _a75, _a76);
        foreach (int at in _live)
        {
            T sum = a71 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a72, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(a73, T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(a74, T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(a75, T.Load(in Unsafe.Add(ref k5, at)), sum);
            sum = T.MultiplyAdd(a76, T.Load(in Unsafe.Add(ref k6, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

    /// <summary>Largest error of a component in units of its tolerance; NaN where one of them is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    T ErrorNorm(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double k4 = ref _k4[0];
        ref double k5 = ref _k5[0];
        ref double k6 = ref _k6[0];
        ref double k7 = ref _k7[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        ref double absolute = ref Absolute[0];
        (T e1, T e2, T e3, T e4, T e5, T e6, T e7) = (_e1, _e2, _e3, _e4, _e5, _e6, _e7);
        T relative = T.Broadcast(Relative);
        T norm = default;
        foreach (int at in _live)
        {
            T sum = e1 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(e2, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(e3, T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(e4, T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(e5, T.Load(in Unsafe.Add(ref k5, at)), sum);
            sum = T.MultiplyAdd(e6, T.Load(in Unsafe.Add(ref k6, at)), sum);
            sum = T.MultiplyAdd(e7, T.Load(in Unsafe.Add(ref k7, at)), sum);
            T size = T.MaxOfNumbers(T.Abs(T.Load(in Unsafe.Add(ref y, at))), T.Abs(T.Load(in Unsafe.Add(ref stage, at))));
            T scale = T.MultiplyAdd(relative, size, T.Load(in Unsafe.Add(ref absolute, at)));

            // Of numbers that are not negative the larger has the larger bits, and NaN the largest.
            norm = T.MaxIntegers(norm, T.Abs(h * sum * StepRule.Reciprocal(scale)));
        }

        return norm;
    }

    /// <summary>See <see cref="Tsit5.StabilityUse"/>; for the lanes whose last step was accepted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal T StabilityUse()
    {
        (T a61, T a62, T a63, T a64, T a65) = (_a61, _a62, _a63, _a64, _a65);
        T h = T.Load(in _h[0]);
        T relative = T.Broadcast(Relative);
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double k3 = ref _k3[0];
        ref double k4 = ref _k4[0];
        ref double k5 = ref _k5[0];
        ref double k6 = ref _k6[0];
        ref double k7 = ref _k7[0];
        ref double y = ref _y[0];
        ref double yOld = ref _yOld[0];
        ref double absolute = ref Absolute[0];
        T slopes = default;
        T points = default;
        foreach (int at in _live)
        {
            T sum = a61 * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(a62, T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(a63, T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(a64, T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(a65, T.Load(in Unsafe.Add(ref k5, at)), sum);
            T weight = StepRule.Reciprocal(T.MultiplyAdd(relative, T.Abs(T.Load(in Unsafe.Add(ref y, at))), T.Load(in Unsafe.Add(ref absolute, at))));
            T slope = weight * (T.Load(in Unsafe.Add(ref k7, at)) - T.Load(in Unsafe.Add(ref k6, at)));
            T point = weight * (T.Load(in Unsafe.Add(ref y, at)) - T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref yOld, at))));
            slopes = T.MultiplyAdd(slope, slope, slopes);
            points = T.MultiplyAdd(point, point, points);
        }

        return T.Select(T.Less(default, points), h * T.Sqrt(slopes / points), default);
    }

    static double[] WeightsAt(double theta)
    {
        double[] weights = new double[7];
        Tsit5.Weights(theta, weights);
        return weights;
    }
}
