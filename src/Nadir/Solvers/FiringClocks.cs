using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The clocks of reactions whose rates change only at firings and events. Each reaction has an exponential amount of its own integrated rate left
/// before it fires (Anderson 2007, J. Chem. Phys. 127:214107, section III); a changed rate moves the time of its next firing, no draw is thrown away,
/// and a rate of zero loses nothing. The next firing is on top of a <see cref="FiringQueue"/> (Gibson and Bruck 2000, J. Phys. Chem. A 104:1876).
/// </summary>
sealed class FiringClocks
{
    readonly ReactionDependencies _dependencies;
    readonly IKernel?[] _laws;
    readonly NetChange[][] _changes;
    readonly FiringQueue _queue;
    readonly double[] _rate;
    readonly double[] _left;
    readonly double[] _since;
    readonly int[] _seen;
    readonly double[] _value = new double[1];
    int _round;

    /// <param name="network">The network.</param>
    /// <param name="dependencies">Its dependency graph.</param>
    public FiringClocks(Network network, ReactionDependencies dependencies)
    {
        int n = network.Model.Reactions.Count;
        _dependencies = dependencies;
        _laws = [.. network.Model.Reactions.Select((r, i) => dependencies.MovesInTime[i] ? null : network.Kernel([r.RateLaw]))];
        _changes = [.. network.Stoichiometry.Select(c => c.ToArray())];
        _queue = new FiringQueue(n);
        (_rate, _left, _since, _seen) = (new double[n], new double[n], new double[n], new int[n]);
    }

    /// <summary>The reaction that fires next.</summary>
    public int Next => _queue.First;

    /// <summary>When it fires; infinity where none does.</summary>
    public double NextTime => _queue.FirstTime;

    /// <summary>Draws every clock anew at time 0.</summary>
    public LaneStatus Begin(ReadOnlySpan<double> slots, ref RandomStream stream)
    {
        _queue.Clear();
        Array.Clear(_rate);
        Array.Clear(_since);
        for (int r = 0; r < _left.Length; r++)
        {
            _left[r] = _laws[r] is null ? 0 : Draws.Exponential(ref stream);
        }

        return Changed(0, slots);
    }

    /// <summary>After slots have changed otherwise than by a firing: looks at every rate again.</summary>
    public LaneStatus Changed(double time, ReadOnlySpan<double> slots)
    {
        LaneStatus worst = LaneStatus.Completed;
        for (int r = 0; r < _laws.Length; r++)
        {
            LaneStatus status = Update(r, time, slots);
            worst = status == LaneStatus.Completed ? worst : status;
        }

        return worst;
    }

    /// <summary>After a firing whose changes are made: winds its clock, if it is one of these, and looks at the rates it may have changed.</summary>
    public LaneStatus Fired(int reaction, double time, ReadOnlySpan<double> slots, ref RandomStream stream)
    {
        LaneStatus worst = LaneStatus.Completed;
        _round++;
        if (_laws[reaction] is not null)
        {
            (_left[reaction], _since[reaction]) = (Draws.Exponential(ref stream), time);
            worst = Update(reaction, time, slots);
            _seen[reaction] = _round;
        }

        foreach (NetChange change in _changes[reaction])
        {
            foreach (int r in _dependencies.Readers(change.Slot))
            {
                if (_seen[r] != _round)
                {
                    _seen[r] = _round;
                    LaneStatus status = Update(r, time, slots);
                    worst = status == LaneStatus.Completed ? worst : status;
                }
            }
        }

        return worst;
    }

    LaneStatus Update(int reaction, double time, ReadOnlySpan<double> slots)
    {
        if (_laws[reaction] is not { } law)
        {
            return LaneStatus.Completed;
        }

        law.Evaluate(time, slots, _value);
        double rate = _value[0];
        // Rounding may use up a clock by a hair before its firing.
        _left[reaction] = Math.Max(0, _left[reaction] - (_rate[reaction] * (time - _since[reaction])));
        (_rate[reaction], _since[reaction]) = (rate, time);
        _queue.Update(reaction, rate > 0 ? time + (_left[reaction] / rate) : double.PositiveInfinity);
        return !double.IsFinite(rate) ? LaneStatus.NotFinite : rate < 0 ? LaneStatus.NegativeRate : LaneStatus.Completed;
    }
}
