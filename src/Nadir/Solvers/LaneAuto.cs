using System.Numerics;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// <see cref="AutoSwitch"/> on lanes: each lane is moved by the explicit or by the implicit method, as its own equations ask for. One of the two works
/// at a time, the one that more lanes ask for; the others wait, which costs them nothing but time, so that at least half of the lanes are always used.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneAuto<T> : LaneStepper
    where T : struct, ILanes<T>
{
    readonly LaneTsit5<T> _explicit;
    readonly LaneRosenbrock<T> _implicit;
    readonly LaneArray _state;
    readonly LaneArray _before;
    readonly LaneArray _quarter;
    readonly LaneArray _times = new(T.Width);
    readonly LaneArray _starts = new(T.Width);
    readonly LaneArray _use = new(T.Width);
    readonly StiffnessJudge[] _judges;
    int[] _live;
    uint _stiff;
    bool _merged;

    public LaneAuto(ILaneSystem system, Tolerances tolerances, ReadOnlySpan<double> absolute, ReadOnlySpan<bool> nonNegative)
        : base(T.Width, system.Dimension)
    {
        _explicit = new LaneTsit5<T>(system, tolerances, absolute, nonNegative);
        _implicit = new LaneRosenbrock<T>(Rodas5P.Tableau, system, tolerances, absolute, nonNegative);
        (_state, _before, _quarter) = (NewVector(), NewVector(), NewVector());
        _judges = [.. Enumerable.Range(0, T.Width).Select(_ => new StiffnessJudge(system.Dimension))];
        _live = [.. Enumerable.Range(0, system.Dimension).Select(i => i * T.Width)];
    }

    public override LaneArray State => IsMixed ? Merged(_state) : Active.State;

    public override LaneArray Before => IsMixed ? Merged(_before) : Active.Before;

    public override LaneArray Times => IsMixed ? Merged(_times) : Active.Times;

    public override LaneArray Starts => IsMixed ? Merged(_starts) : Active.Starts;

    public override uint Attempt(uint lanes, LaneArray until)
    {
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (_judges[lane].WantsChange)
            {
                Switch(lane);
            }
        }

        _merged = false;
        uint explicitly = lanes & ~_stiff;
        uint implicitly = lanes & _stiff;
        if (BitOperations.PopCount(implicitly) >= BitOperations.PopCount(explicitly))
        {
            explicitly = implicitly == 0 ? explicitly : 0;
        }
        else
        {
            implicitly = 0;
        }

        uint accepted = 0;
        if (explicitly != 0)
        {
            accepted = _explicit.Attempt(explicitly, until);
            Judge(_explicit, accepted, _explicit.StabilityUse());
        }

        if (implicitly != 0)
        {
            uint stepped = _implicit.Attempt(implicitly, until);
            Judge(_implicit, stepped, _implicit.StabilityUse(stepped));
            accepted |= stepped;
        }

        return accepted;
    }

    public override LaneStatus Status(int lane) => Of(lane).Status(lane);

    public override void AtQuarter(int quarter, ReadOnlySpan<int> components, LaneArray state)
    {
        if (!IsMixed)
        {
            Active.AtQuarter(quarter, components, state);
            return;
        }

        _explicit.AtQuarter(quarter, components, state);
        _implicit.AtQuarter(quarter, components, _quarter);
        T stiff = LaneMethod<T>.Mask(_stiff);
        foreach (int component in components)
        {
            int at = component * T.Width;
            T.Store(T.Select(stiff, T.Load(in _quarter[at]), T.Load(in state[at])), ref state[at]);
        }
    }

    public override void UseComponents(LiveComponents live)
    {
        _explicit.UseComponents(live);
        _implicit.UseComponents(live);
        _state.Span.Clear();
        _before.Span.Clear();
        (_live, Live, _merged) = (live.Offsets, live.Components, false);
    }

    internal override void Begin(int lane, double t, ReadOnlySpan<double> y)
    {
        _stiff &= ~(1u << lane);
        _judges[lane].Begin();
        _explicit.Begin(lane, t, y);
        _merged = false;
    }

    internal override void Changed(int lane, ReadOnlySpan<double> y)
    {
        Of(lane).Changed(lane, y);
        _merged = false;
    }

    internal override double PreviousTime(int lane) => Of(lane).PreviousTime(lane);

    internal override ref double NextStep(int lane) => ref Of(lane).NextStep(lane);

    internal override int Steps(int lane) => Of(lane).Steps(lane);

    internal override double TimeAt(int lane, double theta) => Of(lane).TimeAt(lane, theta);

    internal override double Interpolate(int lane, double theta, int component) => Of(lane).Interpolate(lane, theta, component);

    internal override void Interpolate(int lane, double theta, Span<double> y) => Of(lane).Interpolate(lane, theta, y);

    internal override void Interpolate(int lane, double theta, ReadOnlySpan<int> components, Span<double> y) =>
        Of(lane).Interpolate(lane, theta, components, y);

    internal override bool TryPolynomial(int lane, int component, out Quartic polynomial) => Of(lane).TryPolynomial(lane, component, out polynomial);

    internal override void Truncate(int lane, double theta)
    {
        Of(lane).Truncate(lane, theta);
        _merged = false;
    }

    bool IsMixed => _stiff != 0 && _stiff != LaneMethod<T>.AllLanes;

    LaneMethod<T> Active => _stiff == 0 ? _explicit : _implicit;

    LaneMethod<T> Of(int lane) => (_stiff & (1u << lane)) == 0 ? _explicit : _implicit;

    LaneArray NewVector() => new(Dimension * T.Width);

    void Switch(int lane)
    {
        LaneMethod<T> from = Of(lane);
        _stiff ^= 1u << lane;
        _implicit.ForgetEigenvector(lane);
        Of(lane).Continue(lane, from);
        _judges[lane].Changed();
    }

    void Judge(LaneMethod<T> method, uint accepted, T use)
    {
        T.Store(use, ref _use[0]);
        for (uint rest = accepted; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            _judges[lane].Judge(_use[lane], method.Times[lane] - method.PreviousTime(lane));
        }
    }

    /// <summary>Brings what all lanes show together, where that is not done yet.</summary>
    LaneArray Merged(LaneArray wanted)
    {
        if (!_merged)
        {
            _merged = true;
            T stiff = LaneMethod<T>.Mask(_stiff);
            Merge(stiff, _explicit.Times, _implicit.Times, _times, 0);
            Merge(stiff, _explicit.Starts, _implicit.Starts, _starts, 0);
            (LaneArray plain, LaneArray other) = (_explicit.State, _implicit.State);
            (LaneArray plainBefore, LaneArray otherBefore) = (_explicit.Before, _implicit.Before);
            foreach (int at in _live)
            {
                Merge(stiff, plain, other, _state, at);
                Merge(stiff, plainBefore, otherBefore, _before, at);
            }
        }

        return wanted;
    }

    static void Merge(T stiff, LaneArray plain, LaneArray other, LaneArray to, int at) =>
        T.Store(T.Select(stiff, T.Load(in other[at]), T.Load(in plain[at])), ref to[at]);
}
