using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>The derivatives of a system at the state of each lane, found as <see cref="JacobianSource"/> finds them.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneJacobianSource<T>
    where T : struct, ILanes<T>
{
    readonly ILaneSystem _system;
    readonly ILaneJacobian? _known;
    LaneArray _fresh;
    LaneArray _freshByTime;
    readonly LaneArray _moved;
    readonly LaneArray _slope;
    readonly LaneArray _once = new(T.Width);
    readonly LaneArray _twice = new(T.Width);
    readonly int _n;

    public LaneJacobianSource(ILaneSystem system)
    {
        _system = system;
        _known = system as ILaneJacobian;
        _n = system.Dimension;
        (Matrix, _fresh) = (new LaneArray(_n * _n * T.Width), new LaneArray(_n * _n * T.Width));
        (ByTime, _freshByTime) = (new LaneArray(_n * T.Width), new LaneArray(_n * T.Width));
        (_moved, _slope) = (new LaneArray(_n * T.Width), new LaneArray(_n * T.Width));
    }

    /// <summary>∂f[i]/∂y[j] of each lane, row by row.</summary>
    public LaneArray Matrix { get; private set; }

    /// <summary>∂f[i]/∂t.</summary>
    public LaneArray ByTime { get; private set; }

    /// <summary>Where the components in use begin, in doubles. Derivatives of and by the others are 0.</summary>
    public int[] Live
    {
        get;
        set
        {
            field = value;
            for (int i = 0; i < _n * T.Width; i += T.Width)
            {
                if (!value.Contains(i))
                {
                    Forget(i);
                }
            }
        }
    } = [];

    /// <summary>Computes both where they are not known; other lanes keep what they have.</summary>
    /// <param name="lanes">The lanes, one bit each.</param>
    /// <param name="t">Time of each lane.</param>
    /// <param name="y">State.</param>
    /// <param name="f">f(t, y).</param>
    /// <param name="h">The step about to be tried in each lane.</param>
    /// <param name="least">Smallest difference of interest in each component.</param>
    public void Update(uint lanes, LaneArray t, LaneArray y, LaneArray f, LaneArray h, double[] least)
    {
        if (lanes == 0)
        {
            return;
        }

        uint known = 0;
        if (_known is not null && _known.TryJacobian(ref t[0], ref y[0], ref _fresh[0], ref _freshByTime[0]))
        {
            known = AllFinite() & lanes;
            Take(known);
        }

        if (known != lanes)
        {
            DifferenceState(t, y, f, h, least);
            DifferenceTime(t, y, f, h);
            Take(lanes & ~known);
        }
    }

    void Forget(int component)
    {
        T.Store(default, ref ByTime[component]);
        for (int j = 0; j < _n * T.Width; j += T.Width)
        {
            T.Store(default, ref Matrix[(component * _n) + j]);
            T.Store(default, ref Matrix[(j * _n) + component]);
        }
    }

    uint AllFinite()
    {
        // A sum for each row: they need not wait for each other.
        T zero = default;
        T all = T.Equal(zero, zero);
        for (int i = 0; i < _n * T.Width; i += T.Width)
        {
            T sum = T.Load(in _freshByTime[i]) * zero;
            ref double row = ref _fresh[i * _n];
            for (int j = 0; j < _n * T.Width; j += T.Width)
            {
                sum = T.MultiplyAdd(T.Load(in Unsafe.Add(ref row, j)), zero, sum);
            }

            all &= T.Equal(sum, zero);
        }

        return T.Bits(all);
    }

    void Take(uint lanes)
    {
        if (lanes == 0)
        {
            return;
        }

        if (lanes == LaneMethod<T>.AllLanes && Live.Length == _n)
        {
            (Matrix, _fresh) = (_fresh, Matrix);
            (ByTime, _freshByTime) = (_freshByTime, ByTime);
            return;
        }

        T mask = LaneMethod<T>.Mask(lanes);
        foreach (int i in Live)
        {
            foreach (int j in Live)
            {
                Take(mask, _fresh, Matrix, (i * _n) + j);
            }

            Take(mask, _freshByTime, ByTime, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Take(T mask, LaneArray from, LaneArray to, int at) =>
        T.Store(T.Select(mask, T.Load(in from[at]), T.Load(in to[at])), ref to[at]);

    void DifferenceState(LaneArray t, LaneArray y, LaneArray f, LaneArray h, double[] least)
    {
        y.Span.CopyTo(_moved.Span);
        T step = T.Load(in h[0]);
        foreach (int j in Live)
        {
            T at = T.Load(in y[j]);
            T size = T.Max(T.Max(T.Abs(at), T.Abs(step * T.Load(in f[j]))), T.Broadcast(least[j / T.Width]));
            T moved = at + (T.Broadcast(JacobianSource.StateDifference) * size);
            T.Store(moved, ref _moved[j]);
            _system.Derivatives(ref t[0], ref _moved[0], ref _slope[0]);
            T perDifference = T.Broadcast(1) / (moved - at);
            foreach (int i in Live)
            {
                T.Store((T.Load(in _slope[i]) - T.Load(in f[i])) * perDifference, ref _fresh[(i * _n) + j]);
            }

            T.Store(at, ref _moved[j]);
        }
    }

    void DifferenceTime(LaneArray t, LaneArray y, LaneArray f, LaneArray h)
    {
        T time = T.Load(in t[0]);
        T size = T.Abs(time);
        T spacing = T.AddIntegers(size, T.Broadcast(double.Epsilon)) - size;
        T once = time + T.Max(T.Broadcast(JacobianSource.TimeDifference) * T.Load(in h[0]), T.Broadcast(16) * spacing);
        T moved = once - time;
        T two = T.Broadcast(2);
        T.Store(once, ref _once[0]);
        T.Store(time + (two * moved), ref _twice[0]);
        _system.Derivatives(ref _once[0], ref y[0], ref _slope[0]);
        foreach (int i in Live)
        {
            T.Store((T.Broadcast(4) * T.Load(in _slope[i])) - (T.Broadcast(3) * T.Load(in f[i])), ref _freshByTime[i]);
        }

        _system.Derivatives(ref _twice[0], ref y[0], ref _slope[0]);
        foreach (int i in Live)
        {
            T.Store((T.Load(in _freshByTime[i]) - T.Load(in _slope[i])) / (two * moved), ref _freshByTime[i]);
        }
    }
}
