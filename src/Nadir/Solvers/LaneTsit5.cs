using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary><see cref="Tsit5"/> on lanes.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneTsit5<T> : LaneMethod<T>
    where T : struct, ILanes<T>
{
    static readonly double[][] QuarterWeights = [.. Enumerable.Range(0, 5).Select(q => WeightsAt(q / 4.0))];

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

    private protected override void Taken(uint accepted) => _lastStage |= accepted;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override T Try()
    {
        T h = T.Load(in _h[0]);
        foreach (int at in _live)
        {
            T.Store(T.MultiplyAdd(h, T.Broadcast(Tsit5.A21) * T.Load(in _k1[at]), T.Load(in _y[at])), ref _stage[at]);
        }

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
        _system.Derivatives(ref _stageTime[0], ref _stage[0], ref k[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Stage2(T h)
    {
        ref double k1 = ref _k1[0];
        ref double k2 = ref _k2[0];
        ref double y = ref _y[0];
        ref double stage = ref _stage[0];
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.A31) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A32), T.Load(in Unsafe.Add(ref k2, at)), sum);
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
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.A41) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A42), T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A43), T.Load(in Unsafe.Add(ref k3, at)), sum);
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
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.A51) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A52), T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A53), T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A54), T.Load(in Unsafe.Add(ref k4, at)), sum);
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
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.A61) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A62), T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A63), T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A64), T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A65), T.Load(in Unsafe.Add(ref k5, at)), sum);
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
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.A71) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A72), T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A73), T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A74), T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A75), T.Load(in Unsafe.Add(ref k5, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.A76), T.Load(in Unsafe.Add(ref k6, at)), sum);
            T.Store(T.MultiplyAdd(h, sum, T.Load(in Unsafe.Add(ref y, at))), ref Unsafe.Add(ref stage, at));
        }
    }

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
        T norm = default;
        T poison = default;
        foreach (int at in _live)
        {
            T sum = T.Broadcast(Tsit5.E1) * T.Load(in Unsafe.Add(ref k1, at));
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E2), T.Load(in Unsafe.Add(ref k2, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E3), T.Load(in Unsafe.Add(ref k3, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E4), T.Load(in Unsafe.Add(ref k4, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E5), T.Load(in Unsafe.Add(ref k5, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E6), T.Load(in Unsafe.Add(ref k6, at)), sum);
            sum = T.MultiplyAdd(T.Broadcast(Tsit5.E7), T.Load(in Unsafe.Add(ref k7, at)), sum);
            T error = T.Abs(h * sum) / Scale(at);
            norm = T.MaxOfNumbers(norm, error);
            poison += error;
        }

        // The sum of errors is NaN where one of them is; the largest may not be.
        return T.Select(T.Equal(poison, poison), norm, poison);
    }

    static double[] WeightsAt(double theta)
    {
        double[] weights = new double[7];
        Tsit5.Weights(theta, weights);
        return weights;
    }
}
