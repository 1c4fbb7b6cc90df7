using System.Runtime.CompilerServices;
using Nadir.Numerics;
using StageWeight = Nadir.Solvers.DormandPrince853.StageWeight;
using Sums = Nadir.Solvers.DormandPrince853.Sums;

namespace Nadir.Solvers;

/// <summary><see cref="DormandPrince853"/> on lanes.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneDormandPrince853<T> : LaneMethod<T>
    where T : struct, ILanes<T>
{
    const int StepStages = DormandPrince853.StepStages;

    /// <summary>The stages one after another.</summary>
    readonly LaneArray _k;
    readonly LaneArray _argument;
    readonly LaneArray _stageTime = new(T.Width);
    readonly LaneArray _startTime = new(T.Width);
    readonly int _stride;
    uint _atEnd;
    bool _interpolantKnown;

    public LaneDormandPrince853(ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative)
        : base(system, tolerances, absolute, nonNegative, errorOrder: 8)
    {
        _stride = system.Dimension * T.Width;
        _k = NewVector(DormandPrince853.AllStages * system.Dimension);
        _argument = NewVector();
    }

    public override void AtQuarter(int quarter, ReadOnlySpan<int> components, LaneArray state)
    {
        PrepareInterpolant();
        T theta = T.Broadcast(quarter / 4.0);
        T rest = T.Broadcast(1 - (quarter / 4.0));
        T h = T.Load(in _h[0]);
        foreach (int i in components)
        {
            int at = i * T.Width;
            T start = T.Load(in _yOld[at]);
            T change = T.Load(in _stage[at]) - start;
            T bend = (h * T.Load(in _k1[at])) - change;
            T sum = theta * (h * Sum(Sums.Dense[3], at));
            sum = rest * ((h * Sum(Sums.Dense[2], at)) + sum);
            sum = theta * ((h * Sum(Sums.Dense[1], at)) + sum);
            sum = rest * ((h * Sum(Sums.Dense[0], at)) + sum);
            sum = theta * (change - (h * T.Load(in _k[(StepStages * _stride) + at])) - bend + sum);
            sum = theta * (change + (rest * (bend + sum)));
            T.Store(start + sum, ref state[at]);
        }
    }

    internal override double Interpolate(int lane, double theta, int component)
    {
        PrepareInterpolant();
        int at = (component * T.Width) + lane;
        double h = LastStep(lane);
        double rest = 1 - theta;
        double change = _stage[at] - _yOld[at];
        double bend = (h * _k1[at]) - change;
        double sum = theta * (h * SumOf(Sums.Dense[3], at));
        sum = rest * ((h * SumOf(Sums.Dense[2], at)) + sum);
        sum = theta * ((h * SumOf(Sums.Dense[1], at)) + sum);
        sum = rest * ((h * SumOf(Sums.Dense[0], at)) + sum);
        sum = theta * (change - (h * _k[(StepStages * _stride) + at]) - bend + sum);
        sum = theta * (change + (rest * (bend + sum)));
        return _yOld[at] + sum;
    }

    internal override void Interpolate(int lane, double theta, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Interpolate(lane, theta, i);
        }
    }

    private protected override void Start(uint unknown)
    {
        uint known = _atEnd & ~unknown;
        _atEnd = 0;
        if (known != 0)
        {
            T mask = Mask(known);
            foreach (int at in _live)
            {
                T.Store(T.Select(mask, T.Load(in _k[(StepStages * _stride) + at]), T.Load(in _k1[at])), ref _k1[at]);
            }
        }

        Evaluate(unknown, _k1);
    }

    private protected override T Try()
    {
        _interpolantKnown = false;
        T time = T.Load(in Times[0]);
        T.Store(time, ref _startTime[0]);
        _k1.Span.CopyTo(_k.Span);
        T h = T.Load(in _h[0]);
        for (int s = 1; s < StepStages; s++)
        {
            Stage(s, _y, time, h);
        }

        Argument(Sums.Arguments[StepStages], h, _y, _stage);
        return ErrorNorm(h);
    }

    private protected override bool StageIsKept => true;

    private protected override void Taken(uint accepted)
    {
        _atEnd |= accepted;
        if (accepted != 0)
        {
            _derivatives(ref Times[0], ref _y[0], ref _k[StepStages * _stride]);
        }
    }

    /// <summary>The three stages that only the interpolant needs.</summary>
    void PrepareInterpolant()
    {
        if (_interpolantKnown)
        {
            return;
        }

        for (int s = StepStages + 1; s < DormandPrince853.AllStages; s++)
        {
            Stage(s, _yOld, T.Load(in _startTime[0]), T.Load(in _h[0]));
        }

        _interpolantKnown = true;
    }

    void Stage(int s, LaneArray y, T time, T h)
    {
        Argument(Sums.Arguments[s], h, y, _argument);
        T.Store(time + (T.Broadcast(DormandPrince853.C[s]) * h), ref _stageTime[0]);
        _derivatives(ref _stageTime[0], ref _argument[0], ref _k[s * _stride]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Argument(StageWeight[] weights, T h, LaneArray y, LaneArray argument)
    {
        foreach (int at in _live)
        {
            T.Store(T.MultiplyAdd(h, Sum(weights, at), T.Load(in y[at])), ref argument[at]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    T ErrorNorm(T h)
    {
        T norm = default;
        T zero = default;
        foreach (int at in _live)
        {
            T scale = Scale(at);
            T fifth = T.Abs(h * Sum(Sums.Error5, at)) / scale;
            T third = T.Abs(h * Sum(Sums.Error3, at)) / scale;
            T length = T.Sqrt((fifth * fifth) + (T.Broadcast(0.01) * third * third));
            norm = T.Max(norm, T.Select(T.Equal(length, zero), zero, fifth * (fifth / length)));
        }

        return norm;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    T Sum(StageWeight[] weights, int at)
    {
        ref double k = ref _k[at];
        T sum = default;
        foreach ((int stage, double weight) in weights)
        {
            sum = T.MultiplyAdd(T.Broadcast(weight), T.Load(in Unsafe.Add(ref k, stage * _stride)), sum);
        }

        return sum;
    }

    double SumOf(StageWeight[] weights, int at)
    {
        double sum = 0;
        foreach ((int stage, double weight) in weights)
        {
            sum = Math.FusedMultiplyAdd(weight, _k[(stage * _stride) + at], sum);
        }

        return sum;
    }
}
