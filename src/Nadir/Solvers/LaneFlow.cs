using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary><see cref="HybridSystem"/> on lanes: one right-hand side for patients whose clones are simulated in different ways.</summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneFlow<T> : ILaneSystem, ILaneJacobian
    where T : struct, ILanes<T>
{
    /// <summary>Clones whose sets fit the key.</summary>
    const int MostRemembered = 63;

    const int MostSets = 4096;

    readonly HybridPlan _plan;
    readonly Dictionary<UInt128, (LiveComponents Live, int[] Followed)> _sets = [];
    readonly int _dynamic;
    readonly LaneKernel<T>.Body _body;
    readonly LaneArray _slots;
    readonly LaneArray _from = new(T.Width);
    readonly LaneArray _to = new(T.Width);
    readonly LaneArray _inside = new(T.Width);
    readonly bool[] _followed;
    readonly bool[] _received;
    readonly int[] _fireSlots;
    readonly int[] _loaded = new int[T.Width];
    LaneKernel<T>.Body? _jacobian;
    LaneArray? _derivatives;
    bool _fires;

    public LaneFlow(HybridPlan plan)
    {
        _plan = plan;
        _body = plan.LaneBody<T>(plan.Flow.Program.Body);
        _dynamic = plan.Network.DynamicCount;
        _slots = new LaneArray(plan.Flow.SlotCount * T.Width);
        _followed = new bool[plan.Clones.Length];
        _received = new bool[plan.Clones.Length];
        _fireSlots = [.. Enumerable.Range(0, plan.FirstRule).Select(plan.Flow.FiresSlot).Where(s => s >= 0)];
        Array.Fill(_loaded, -1);
    }

    public int Dimension => _plan.Dimension;

    /// <summary>Slots of all lanes as kernels read them; the state is elsewhere.</summary>
    public LaneArray Slots => _slots;

    /// <summary>Takes over from a lane's own system what has changed there.</summary>
    /// <returns>True when something had.</returns>
    public bool Load(int lane, HybridSystem system)
    {
        if (_loaded[lane] == system.Version)
        {
            return false;
        }

        ReadOnlySpan<double> slots = system.FlowSlots;
        for (int s = _dynamic; s < slots.Length; s++)
        {
            _slots[(s * T.Width) + lane] = slots[s];
        }

        (_from[lane], _to[lane]) = system.Window;
        _loaded[lane] = system.Version;
        return true;
    }

    /// <summary>Another patient has come to a lane.</summary>
    public void Forget(int lane) => _loaded[lane] = -1;

    /// <summary>Components that may differ from zero in some lane: the network's own, and the integrals of clones that are followed.</summary>
    public LiveComponents Live { get; private set; } = new([], 0);

    /// <summary>Where the first integrals of the clones lie that are followed in some lane, in doubles.</summary>
    public int[] Followed { get; private set; } = [];

    /// <summary>Looks through the lanes for clones that are followed.</summary>
    /// <returns>True when <see cref="Live"/> is not what it was.</returns>
    public bool LiveChanged()
    {
        bool changed = Live.Components.Length == 0;
        for (int c = 0; c < _followed.Length; c++)
        {
            int receives = _plan.Flow.ReceivesSlot(c);
            (bool followed, bool received) = (Any(_plan.Flow.FollowsSlot(c)), receives >= 0 && Any(receives));
            changed |= followed != _followed[c] || received != _received[c];
            (_followed[c], _received[c]) = (followed, received);
        }

        bool fires = Array.Exists(_fireSlots, Any);
        changed |= fires != _fires;
        _fires = fires;
        if (changed)
        {
            Adopt();
        }

        return changed;
    }

    /// <summary>Lanes come back to the same few sets again and again.</summary>
    void Adopt()
    {
        UInt128 key = _fires ? 1u : 0u;
        for (int c = 0; c < _followed.Length; c++)
        {
            key = (key << 2) | (_followed[c] ? 1u : 0u) | (_received[c] ? 2u : 0u);
        }

        bool remembers = _followed.Length < MostRemembered;
        if (!remembers || !_sets.TryGetValue(key, out (LiveComponents Live, int[] Followed) set))
        {
            set = (List(), [.. Enumerable.Range(0, _followed.Length).Where(c => _followed[c]).Select(c => (_dynamic + (HybridFlow.PerClone * c)) * T.Width)]);
            if (remembers && _sets.Count < MostSets)
            {
                _sets[key] = set;
            }
        }

        (Live, Followed) = set;
    }

    public void Derivatives(ref double t, ref double y, ref double dy)
    {
        ref double time = ref t;
        if (_plan.Flow.UsesTime)
        {
            T.Store(Inside(ref t), ref _inside[0]);
            time = ref _inside[0];
        }

        _body(ref time, ref y, ref _slots[0], ref dy);
        for (int c = 0; c < _followed.Length; c++)
        {
            if (_followed[c])
            {
                int rho = (_dynamic + (HybridFlow.PerClone * c)) * T.Width;
                ref double growth = ref Unsafe.Add(ref dy, rho + T.Width);
                T decayed = LaneMath.Exp(T.Load(in Unsafe.Add(ref y, rho)));
                T.Store(T.Load(in growth) * decayed, ref growth);
            }
        }
    }

    /// <inheritdoc cref="HybridSystem.TryJacobian"/>
    public bool TryJacobian(ref double t, ref double y, ref double jacobian, ref double byTime)
    {
        if (_followed.Length > 0)
        {
            return false;
        }

        _jacobian ??= _plan.LaneBody<T>(_plan.JacobianProgram);
        _derivatives ??= new LaneArray((_dynamic + 1) * _dynamic * T.Width);
        T.Store(Inside(ref t), ref _inside[0]);
        _jacobian(ref _inside[0], ref y, ref _slots[0], ref _derivatives[0]);
        int row = _dynamic * T.Width;
        for (int i = 0; i < _dynamic; i++)
        {
            _derivatives.Span.Slice(i * row, row).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref jacobian, i * Dimension * T.Width), row));
        }

        _derivatives.Span.Slice(_dynamic * row, row).CopyTo(MemoryMarshal.CreateSpan(ref byTime, row));
        return true;
    }

    T Inside(ref double t) => T.Min(T.Max(T.Load(in t), T.Load(in _from[0])), T.Load(in _to[0]));

    LiveComponents List()
    {
        List<int> live = [.. Enumerable.Range(0, _dynamic).Where(i => !_plan.Network.Absent.Contains(_plan.Network.SlotNames[i]))];
        for (int c = 0; c < _followed.Length; c++)
        {
            int first = _dynamic + (HybridFlow.PerClone * c);
            live.AddRange(_followed[c] ? [first, first + 1] : []);
            live.AddRange(_received[c] ? [first + 2] : []);
        }

        live.AddRange(_fires || live.Count == 0 ? [Dimension - 1] : []);
        return new LiveComponents([.. live], T.Width);
    }

    bool Any(int slot) => _slots.Span.Slice(slot * T.Width, T.Width).ContainsAnyExcept(0.0);
}
