using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>What all one-step methods on lanes share; lane by lane the same arithmetic as <see cref="OneStepMethod"/>.</summary>
/// <typeparam name="T">The vector.</typeparam>
abstract class LaneMethod<T> : LaneStepper
    where T : struct, ILanes<T>
{
    private protected readonly ILaneSystem _system;
    private protected LaneArray _y;
    private protected LaneArray _yOld;
    private protected readonly LaneArray _stage;
    private protected LaneArray _k1;

    /// <summary>Step tried last in each lane; 0 in one that takes no part.</summary>
    private protected readonly LaneArray _h;

    /// <summary>Where the components in use begin, in doubles.</summary>
    private protected int[] _live;

    private protected readonly double[] _absolute;
    private protected readonly bool[] _nonNegative;

    readonly Tolerances _tolerances;
    readonly double[] _inside;
    readonly double _integralGain;
    readonly double _proportionalGain;
    readonly double _errorPower;
    readonly LaneArray _time = new(T.Width);
    readonly LaneArray _next = new(T.Width);
    readonly LaneArray _logPrevious = new(T.Width);
    readonly LaneArray _scratch;
    readonly double[] _previousTime = new double[T.Width];
    readonly double[] _lastStep = new double[T.Width];
    readonly double[] _end = new double[T.Width];
    readonly bool[] _clipped = new bool[T.Width];
    readonly int[] _steps = new int[T.Width];
    readonly int[] _negatives = new int[T.Width];
    readonly LaneStatus[] _status = new LaneStatus[T.Width];
    readonly double[] _proposed = new double[T.Width];
    uint _unknown;

    private protected LaneMethod(ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative, int errorOrder)
        : base(T.Width, system.Dimension)
    {
        int n = system.Dimension;
        _system = system;
        _tolerances = tolerances.Validated();
        (_absolute, _nonNegative, _inside) = (new double[n], new bool[n], new double[n]);
        _absolute.AsSpan().Fill(tolerances.Absolute);
        absolute.CopyTo(_absolute);
        nonNegative.CopyTo(_nonNegative);
        (_y, _yOld, _stage, _k1) = (NewVector(), NewVector(), NewVector(), NewVector());
        (_h, _scratch) = (new LaneArray(T.Width), NewVector());
        _live = [.. Enumerable.Range(0, n).Select(i => i * T.Width)];
        (_integralGain, _proportionalGain, _errorPower) = (0.4 / errorOrder, 0.7 / errorOrder, -1.0 / errorOrder);
    }

    public sealed override LaneArray State => _y;

    public sealed override LaneArray Before => _yOld;

    public sealed override LaneArray Times => _time;

    public sealed override LaneStatus Status(int lane) => _status[lane];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override uint Attempt(uint lanes, ReadOnlySpan<double> until)
    {
        Start(_unknown & lanes);
        _unknown &= ~lanes;
        uint trying = ChooseSteps(lanes, until);
        if (trying == 0)
        {
            return 0;
        }

        T error = Try();
        uint small = T.Bits(T.LessOrEqual(error, T.Broadcast(1))) & trying;
        uint finite = T.Bits(T.LessOrEqual(error, T.Broadcast(double.MaxValue)));
        uint accepted = small & ~NotYet(small & Negative());
        T.Store(Resized(error), ref _next[0]);
        for (int lane = 0; lane < T.Width; lane++)
        {
            uint bit = 1u << lane;
            if ((accepted & bit) != 0)
            {
                Accept(lane);
            }
            else if ((trying & bit) != 0)
            {
                Reject(lane, (small & bit) != 0, (finite & bit) != 0);
            }
        }

        Commit(accepted);
        Taken(accepted);
        return accepted;
    }

    public sealed override void UseComponents(LiveComponents live)
    {
        int[] components = live.Components;
        for (int i = 0, next = 0; i < Dimension; i++)
        {
            if (next < components.Length && components[next] == i)
            {
                next++;
                continue;
            }

            foreach (LaneArray vector in (ReadOnlySpan<LaneArray>)[_y, _yOld, _stage, _k1])
            {
                T.Store(default, ref vector[i * T.Width]);
            }
        }

        _live = live.Offsets;
    }

    internal sealed override void Begin(int lane, double t, ReadOnlySpan<double> y)
    {
        _time[lane] = t;
        _previousTime[lane] = t;
        _next[lane] = 0;
        _proposed[lane] = 0;
        _steps[lane] = 0;
        _negatives[lane] = 0;
        _logPrevious[lane] = OneStepMethod.LogFirstError;
        _status[lane] = LaneStatus.Completed;
        Changed(lane, y);
    }

    internal sealed override void Changed(int lane, ReadOnlySpan<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            _y[(i * T.Width) + lane] = y[i];
        }

        _unknown |= 1u << lane;
    }

    internal sealed override double PreviousTime(int lane) => _previousTime[lane];

    internal sealed override ref double NextStep(int lane) => ref _proposed[lane];

    internal sealed override int Steps(int lane) => _steps[lane];

    internal sealed override double TimeAt(int lane, double theta) => theta >= 1 ? _end[lane] : _previousTime[lane] + (theta * _lastStep[lane]);

    internal sealed override void Truncate(int lane, double theta)
    {
        Interpolate(lane, theta, _inside);
        for (int i = 0; i < Dimension; i++)
        {
            int at = (i * T.Width) + lane;
            double inside = _inside[i];
            bool undershoots = _nonNegative[i] && inside < 0 && _yOld[at] >= 0 && _y[at] >= 0;
            _y[at] = undershoots ? OneStepMethod.Geometric(theta, _yOld[at], _y[at]) : inside;
        }

        _time[lane] = TimeAt(lane, theta);
        _unknown |= 1u << lane;
    }

    private protected static LaneArray NewVector(int n) => new(n * T.Width);

    private protected LaneArray NewVector() => NewVector(Dimension);

    /// <summary>Length of a lane's last accepted step.</summary>
    private protected double LastStep(int lane) => _lastStep[lane];

    /// <summary>Sees to it that f at the start of the step is known; in some lanes the state has changed since it was.</summary>
    private protected abstract void Start(uint unknown);

    /// <summary>Computes the solutions after steps of <see cref="_h"/> into the stage vector.</summary>
    /// <returns>The norms of the errors in units of the tolerance; not finite where the step failed.</returns>
    private protected abstract T Try();

    /// <summary>Called when the steps last tried have been taken in some lanes.</summary>
    private protected abstract void Taken(uint accepted);

    /// <summary>The errors that are allowed in a component.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected T Scale(int at)
    {
        T size = T.Max(T.Abs(T.Load(in _y[at])), T.Abs(T.Load(in _stage[at])));
        return T.MultiplyAdd(T.Broadcast(_tolerances.Relative), size, T.Broadcast(_absolute[at / T.Width]));
    }

    /// <summary>The errors that would be allowed in a component if it stayed as it is.</summary>
    private protected T ScaleAtStart(int at) =>
        T.MultiplyAdd(T.Broadcast(_tolerances.Relative), T.Abs(T.Load(in _y[at])), T.Broadcast(_absolute[at / T.Width]));

    /// <summary>Computes f at the start into <paramref name="known"/> where it is not known yet.</summary>
    private protected void Evaluate(uint unknown, LaneArray known)
    {
        if (unknown == 0)
        {
            return;
        }

        _system.Derivatives(ref _time[0], ref _y[0], ref _scratch[0]);
        T fresh = Mask(unknown);
        foreach (int at in _live)
        {
            T.Store(T.Select(fresh, T.Load(in _scratch[at]), T.Load(in known[at])), ref known[at]);
        }
    }

    /// <summary>A bit for each lane.</summary>
    private protected static uint AllLanes => (1u << T.Width) - 1;

    /// <summary>All bits of the lanes that are named by one bit each.</summary>
    internal static T Mask(uint lanes)
    {
        Span<double> mask = stackalloc double[T.Width];
        for (int lane = 0; lane < mask.Length; lane++)
        {
            mask[lane] = (lanes & (1u << lane)) != 0 ? BitConverter.Int64BitsToDouble(-1) : 0;
        }

        return T.Load(in MemoryMarshal.GetReference(mask));
    }

    /// <summary>The step each lane tries, and the lanes that can try one.</summary>
    uint ChooseSteps(uint lanes, ReadOnlySpan<double> until)
    {
        uint trying = 0;
        for (int lane = 0; lane < T.Width; lane++)
        {
            _h[lane] = 0;
            if ((lanes & (1u << lane)) == 0)
            {
                continue;
            }

            double t = _time[lane];
            double end = until[lane];
            if (_proposed[lane] <= 0)
            {
                _proposed[lane] = InitialStep(lane, end);
            }

            double h = Math.Min(_proposed[lane], _tolerances.MaxStep);
            bool last = t + (h * (1 + 1e-12)) >= end;
            h = last ? end - t : h;
            _status[lane] = ++_steps[lane] > _tolerances.MaxSteps ? LaneStatus.StepLimit
                : !(h > 4e-16 * Math.Abs(t)) && !last ? LaneStatus.StepTooSmall
                : LaneStatus.Completed;
            if (_status[lane] == LaneStatus.Completed)
            {
                (_h[lane], _clipped[lane], _end[lane]) = (h, last, last ? end : t + h);
                trying |= 1u << lane;
            }
        }

        return trying;
    }

    /// <summary>The factor by which the error asks each lane to change its step, times the step.</summary>
    T Resized(T error)
    {
        T logError = LaneMath.Log(T.Max(error, T.Broadcast(OneStepMethod.LeastError)));
        T previous = T.Load(in _logPrevious[0]);
        T small = T.LessOrEqual(error, T.Broadcast(1));
        T taken = (T.Broadcast(_integralGain) * previous) - (T.Broadcast(_proportionalGain) * logError);
        T refused = T.Broadcast(_errorPower) * logError;
        T factor = T.Broadcast(OneStepMethod.Safety) * LaneMath.Exp(T.Select(small, taken, refused));
        factor = T.Min(T.Max(factor, T.Broadcast(OneStepMethod.Shrink)), T.Broadcast(OneStepMethod.Grow));
        T.Store(T.Max(logError, T.Broadcast(OneStepMethod.LogFirstError)), ref _scratch[0]);
        return T.Load(in _h[0]) * factor;
    }

    void Accept(int lane)
    {
        double next = _next[lane];
        _proposed[lane] = _clipped[lane] ? Math.Max(next, _proposed[lane]) : next;
        _logPrevious[lane] = _scratch[lane];
        _lastStep[lane] = _h[lane];
        _previousTime[lane] = _time[lane];
        _time[lane] = _end[lane];
        _negatives[lane] = 0;
    }

    void Reject(int lane, bool small, bool finite)
    {
        double h = _h[lane];
        if (small)
        {
            _negatives[lane]++;
            _proposed[lane] = h * 0.5;
        }
        else if (finite)
        {
            _proposed[lane] = _next[lane];
        }
        else if (h < 1e-14 * Math.Max(1, Math.Abs(_time[lane])))
        {
            _status[lane] = LaneStatus.NotFinite;
        }
        else
        {
            _proposed[lane] = h * OneStepMethod.Shrink;
        }
    }

    /// <summary>Lanes in which a population came out below zero.</summary>
    uint Negative()
    {
        T found = default;
        T zero = default;
        foreach (int at in _live)
        {
            if (_nonNegative[at / T.Width])
            {
                found |= T.Less(T.Load(in _stage[at]), zero) & T.LessOrEqual(zero, T.Load(in _y[at]));
            }
        }

        return T.Bits(found);
    }

    /// <summary>Of these lanes those that have not been tried again often enough.</summary>
    uint NotYet(uint negative)
    {
        for (int lane = 0; negative >> lane != 0; lane++)
        {
            negative = _negatives[lane] >= OneStepMethod.NegativeRetries ? negative & ~(1u << lane) : negative;
        }

        return negative;
    }

    void Commit(uint accepted)
    {
        if (accepted == AllLanes)
        {
            (_yOld, _y) = (_y, _yOld);
            foreach (int at in _live)
            {
                T.Store(T.Load(in _stage[at]), ref _y[at]);
            }

            return;
        }

        T mask = Mask(accepted);
        foreach (int at in _live)
        {
            T y = T.Load(in _y[at]);
            T.Store(y, ref _yOld[at]);
            T.Store(T.Select(mask, T.Load(in _stage[at]), y), ref _y[at]);
        }
    }

    /// <summary>See <see cref="OneStepMethod"/>.</summary>
    double InitialStep(int lane, double until)
    {
        double d0 = 0;
        double d1 = 0;
        for (int i = 0; i < Dimension; i++)
        {
            double y = Math.Abs(_y[(i * T.Width) + lane]);
            double scale = _absolute[i] + (_tolerances.Relative * y);
            d0 = Math.Max(d0, y / scale);
            d1 = Math.Max(d1, Math.Abs(_k1[(i * T.Width) + lane]) / scale);
        }

        return OneStepMethod.FirstStep(d0, d1, until - _time[lane]);
    }
}
