using System.Numerics;
using System.Runtime.CompilerServices;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>What all one-step methods on lanes share; lane by lane the same arithmetic as <see cref="OneStepMethod"/>.</summary>
/// <typeparam name="T">The vector.</typeparam>
abstract class LaneMethod<T> : LaneStepper
    where T : struct, ILanes<T>
{
    /// <summary>The system's derivatives: a delegate is called faster than an interface, and six times a step.</summary>
    private protected readonly LaneDerivatives _derivatives;

    private protected LaneArray _y;
    private protected LaneArray _yOld;
    private protected LaneArray _stage;
    private protected LaneArray _k1;

    /// <summary>Step tried last in each lane; 0 in one that takes no part.</summary>
    private protected readonly LaneArray _h;

    /// <summary>Where the components in use begin, in doubles.</summary>
    private protected int[] _live;

    private protected readonly double[] _absolute;
    private protected readonly bool[] _nonNegative;

    readonly LaneArray _allowed;

    readonly Tolerances _tolerances;
    readonly double[] _inside;
    readonly double _integralGain;
    readonly double _proportionalGain;
    readonly double _errorPower;
    readonly LaneArray _time = new(T.Width);
    readonly LaneArray _previousTime = new(T.Width);
    readonly LaneArray _end = new(T.Width);
    readonly LaneArray _proposed = new(T.Width);
    readonly LaneArray _lastStep = new(T.Width);
    readonly LaneArray _logPrevious = new(T.Width);
    readonly LaneArray _steps = new(T.Width);

    /// <summary>A mask of the lanes whose step was cut to end at a stop.</summary>
    readonly LaneArray _clipped = new(T.Width);

    readonly LaneArray _scratch;
    readonly int[] _negatives = new int[T.Width];
    readonly LaneStatus[] _status = new LaneStatus[T.Width];
    uint _unknown;
    uint _retried;

    private protected LaneMethod(ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative, int errorOrder)
        : base(T.Width, system.Dimension)
    {
        int n = system.Dimension;
        _derivatives = system.Derivatives;
        _tolerances = tolerances.Validated();
        (_absolute, _nonNegative, _inside) = (new double[n], new bool[n], new double[n]);
        _absolute.AsSpan().Fill(tolerances.Absolute);
        absolute.CopyTo(_absolute);
        nonNegative.CopyTo(_nonNegative);
        _allowed = NewVector();
        for (int at = 0; at < _allowed.Length; at++)
        {
            _allowed[at] = _absolute[at / T.Width];
        }

        (_y, _yOld, _stage, _k1) = (NewVector(), NewVector(), NewVector(), NewVector());
        (_h, _scratch) = (new LaneArray(T.Width), NewVector());
        _live = [.. Enumerable.Range(0, n).Select(i => i * T.Width)];
        (_integralGain, _proportionalGain, _errorPower) = (0.4 / errorOrder, 0.7 / errorOrder, -1.0 / errorOrder);
    }

    public sealed override LaneArray State => _y;

    public sealed override LaneArray Before => _yOld;

    public sealed override LaneArray Times => _time;

    public sealed override LaneArray Starts => _previousTime;

    public sealed override LaneStatus Status(int lane) => _status[lane];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override uint Attempt(uint lanes, LaneArray until)
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
        uint negative = small & Negative();
        uint accepted = negative == 0 ? small : (small & ~negative) | ClearNoise(negative);
        Resize(error, accepted, trying);
        if (accepted != trying)
        {
            Reject(trying & ~accepted, small, T.Bits(T.LessOrEqual(error, T.Broadcast(double.MaxValue))));
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
        Live = components;
    }

    internal sealed override void Begin(int lane, double t, ReadOnlySpan<double> y)
    {
        _time[lane] = t;
        _previousTime[lane] = t;
        _proposed[lane] = 0;
        _steps[lane] = 0;
        _negatives[lane] = 0;
        _logPrevious[lane] = OneStepMethod.LogFirstError;
        _status[lane] = LaneStatus.Completed;
        Changed(lane, y);
    }

    /// <summary>Writes down where the patient in a lane stands.</summary>
    internal void Leave(int lane, LanePosition position)
    {
        Array.Clear(position.State);
        foreach (int i in Live)
        {
            position.State[i] = _y[(i * T.Width) + lane];
        }

        (position.Time, position.NextStep, position.Steps) = (_time[lane], _proposed[lane], _steps[lane]);
    }

    /// <summary>Goes on in a lane where a patient stands.</summary>
    internal virtual void Enter(int lane, LanePosition position)
    {
        Begin(lane, position.Time, position.State);
        (_proposed[lane], _steps[lane]) = (position.NextStep, position.Steps);
    }

    internal sealed override void Changed(int lane, ReadOnlySpan<double> y)
    {
        foreach (int i in Live)
        {
            _y[(i * T.Width) + lane] = y[i];
        }

        _unknown |= 1u << lane;
    }

    /// <summary>Steps tried in each lane.</summary>
    internal LaneArray StepCounts => _steps;

    internal sealed override double PreviousTime(int lane) => _previousTime[lane];

    internal sealed override ref double NextStep(int lane) => ref _proposed[lane];

    internal sealed override int Steps(int lane) => (int)_steps[lane];

    internal sealed override double TimeAt(int lane, double theta) => theta >= 1 ? _end[lane] : _previousTime[lane] + (theta * _lastStep[lane]);

    internal sealed override void Truncate(int lane, double theta)
    {
        Interpolate(lane, theta, Live, _inside);
        foreach (int i in Live)
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

    /// <summary>The absolute tolerances, once for each lane.</summary>
    private protected LaneArray Absolute => _allowed;

    /// <summary>The relative tolerance.</summary>
    private protected double Relative => _tolerances.Relative;

    /// <summary>Length of a lane's last accepted step.</summary>
    private protected double LastStep(int lane) => _lastStep[lane];

    /// <summary>Sees to it that f at the start of the step is known; in some lanes the state has changed since it was.</summary>
    private protected abstract void Start(uint unknown);

    /// <summary>Computes the solutions after steps of <see cref="_h"/> into the stage vector.</summary>
    /// <returns>The norms of the errors in units of the tolerance; not finite where the step failed.</returns>
    private protected abstract T Try();

    /// <summary>Whether the interpolant reads the solution at the end of the step from the stage vector.</summary>
    private protected abstract bool StageIsKept { get; }

    /// <summary>Called when the steps last tried have been taken in some lanes.</summary>
    private protected abstract void Taken(uint accepted);

    /// <summary>The errors that are allowed in a component.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected T Scale(int at)
    {
        T size = T.MaxOfNumbers(T.Abs(T.Load(in _y[at])), T.Abs(T.Load(in _stage[at])));
        return T.MultiplyAdd(T.Broadcast(_tolerances.Relative), size, T.Load(in _allowed[at]));
    }

    /// <summary>The errors that would be allowed in a component if it stayed as it is.</summary>
    private protected T ScaleAtStart(int at) =>
        T.MultiplyAdd(T.Broadcast(_tolerances.Relative), T.Abs(T.Load(in _y[at])), T.Load(in _allowed[at]));

    /// <summary>Computes f at the start into <paramref name="known"/> where it is not known yet.</summary>
    private protected void Evaluate(uint unknown, LaneArray known)
    {
        if (unknown == 0)
        {
            return;
        }

        _derivatives(ref _time[0], ref _y[0], ref _scratch[0]);
        T fresh = Mask(unknown);
        foreach (int at in _live)
        {
            T.Store(T.Select(fresh, T.Load(in _scratch[at]), T.Load(in known[at])), ref known[at]);
        }
    }

    /// <summary>A bit for each lane.</summary>
    internal static uint AllLanes => (1u << T.Width) - 1;

    /// <summary>All bits of the lanes that are named by one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Mask(uint lanes) => T.Load(in Masks[(int)lanes * T.Width]);

    static readonly LaneArray Masks = AllMasks();

    static LaneArray AllMasks()
    {
        LaneArray masks = new(T.Width << T.Width);
        for (int at = 0; at < masks.Length; at++)
        {
            bool isIn = ((at / T.Width) & (1 << (at % T.Width))) != 0;
            masks[at] = isIn ? BitConverter.Int64BitsToDouble(-1) : 0;
        }

        return masks;
    }

    /// <summary>The step each lane tries, and the lanes that can try one.</summary>
    uint ChooseSteps(uint lanes, LaneArray until)
    {
        T t = T.Load(in _time[0]);
        T end = T.Load(in until[0]);
        for (uint fresh = T.Bits(T.LessOrEqual(T.Load(in _proposed[0]), default)) & lanes; fresh != 0; fresh &= fresh - 1)
        {
            int lane = BitOperations.TrailingZeroCount(fresh);
            _proposed[lane] = InitialStep(lane, until[lane]);
        }

        T h = T.Min(T.Load(in _proposed[0]), T.Broadcast(_tolerances.MaxStep));
        T last = T.LessOrEqual(end, t + (h * T.Broadcast(1 + 1e-12)));
        h = T.Select(last, end - t, h);
        T taking = Mask(lanes);
        T steps = T.Load(in _steps[0]) + (taking & T.Broadcast(1));
        T.Store(steps, ref _steps[0]);
        T tooMany = T.Less(T.Broadcast(_tolerances.MaxSteps), steps);
        T longEnough = T.Less(T.Broadcast(4e-16) * T.Abs(t), h) | last;
        uint trying = lanes & T.Bits(longEnough) & ~T.Bits(tooMany);
        if (trying != lanes)
        {
            GiveUp(lanes & ~trying, T.Bits(tooMany));
            taking = Mask(trying);
        }

        T.Store(taking & h, ref _h[0]);
        T.Store(last, ref _clipped[0]);
        T.Store(T.Select(taking, T.Select(last, end, t + h), T.Load(in _end[0])), ref _end[0]);
        return trying;
    }

    void GiveUp(uint lanes, uint tooMany)
    {
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            _status[lane] = (tooMany & (1u << lane)) != 0 ? LaneStatus.StepLimit : _negatives[lane] > 0 ? LaneStatus.NegativeAmount : LaneStatus.StepTooSmall;
        }
    }

    /// <summary>Moves the clocks of lanes whose step was accepted, and gives every lane the size its error asks for next.</summary>
    void Resize(T error, uint accepted, uint trying)
    {
        T h = T.Load(in _h[0]);
        T logError = StepRule.Log(T.Max(error, T.Broadcast(OneStepMethod.LeastError)));
        T previous = T.Load(in _logPrevious[0]);
        T small = T.LessOrEqual(error, T.Broadcast(1));
        T taken = (T.Broadcast(_integralGain) * previous) - (T.Broadcast(_proportionalGain) * logError);
        T refused = T.Broadcast(_errorPower) * logError;
        T factor = T.Broadcast(OneStepMethod.Safety) * StepRule.Exp(T.Select(small, taken, refused));
        T next = h * T.Min(T.Max(factor, T.Broadcast(OneStepMethod.Shrink)), T.Broadcast(OneStepMethod.Grow));
        T isAccepted = Mask(accepted);
        T proposed = T.Load(in _proposed[0]);
        T kept = T.Select(isAccepted & T.Load(in _clipped[0]), T.Max(next, proposed), next);
        T.Store(T.Select(Mask(trying), kept, proposed), ref _proposed[0]);
        T time = T.Load(in _time[0]);
        T.Store(T.Select(isAccepted, T.Max(logError, T.Broadcast(OneStepMethod.LogFirstError)), previous), ref _logPrevious[0]);
        T.Store(T.Select(isAccepted, h, T.Load(in _lastStep[0])), ref _lastStep[0]);
        T.Store(T.Select(isAccepted, time, T.Load(in _previousTime[0])), ref _previousTime[0]);
        T.Store(T.Select(isAccepted, T.Load(in _end[0]), time), ref _time[0]);
        for (uint rest = accepted & _retried; rest != 0; rest &= rest - 1)
        {
            _negatives[BitOperations.TrailingZeroCount(rest)] = 0;
        }

        _retried &= ~accepted;
    }

    /// <summary>Refused steps whose next size does not follow from their error.</summary>
    void Reject(uint refused, uint small, uint finite)
    {
        for (uint rest = refused & (small | ~finite); rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            double h = _h[lane];
            if ((small & (1u << lane)) != 0 && _negatives[lane] >= OneStepMethod.NegativeRetries)
            {
                _status[lane] = LaneStatus.NegativeAmount;
            }
            else if ((small & (1u << lane)) != 0)
            {
                _negatives[lane]++;
                _retried |= 1u << lane;
                _proposed[lane] = h * 0.5;
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
    }

    /// <summary>Lanes in which a population came out below zero.</summary>
    uint Negative()
    {
        T least = default;
        foreach (int at in _live)
        {
            least |= T.Load(in _stage[at]);
        }

        // The sign of all is that of none below zero.
        return T.Bits(least) == 0 ? 0 : FindNegative();
    }

    uint FindNegative()
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

    /// <summary>See <see cref="OneStepMethod"/>.</summary>
    /// <returns>The lanes whose step can be taken.</returns>
    uint ClearNoise(uint negative)
    {
        uint cleared = 0;
        for (uint rest = negative; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            cleared |= _negatives[lane] >= OneStepMethod.NegativeRetries && ClearNoise(lane) ? 1u << lane : 0;
        }

        return cleared;
    }

    bool ClearNoise(int lane)
    {
        foreach (int i in Live)
        {
            int at = (i * T.Width) + lane;
            if (_nonNegative[i] && _stage[at] < 0 && _y[at] >= 0)
            {
                if (_stage[at] < -_absolute[i])
                {
                    return false;
                }

                _stage[at] = 0;
            }
        }

        return true;
    }

    void Commit(uint accepted)
    {
        if (accepted == AllLanes && !StageIsKept)
        {
            (_yOld, _y, _stage) = (_y, _stage, _yOld);
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
