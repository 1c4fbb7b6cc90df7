using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The equations of one hybrid step: continuous slots move by the reactions that touch no whole number; beside them run the integrals
/// of the birth-death law of each discrete clone, and the summed rate of the reactions that are simulated event by event.
/// </summary>
sealed class HybridSystem : IOdeSystem
{
    const int PerClone = 3;

    readonly HybridPlan _plan;
    readonly double[] _slots;
    readonly double[] _rates;
    readonly CloneMode[] _modes;
    readonly bool[] _continuous;
    readonly bool[] _event;
    readonly bool[] _isCount;

    public HybridSystem(HybridPlan plan)
    {
        _plan = plan;
        _slots = new double[plan.Network.SlotNames.Count];
        _rates = new double[plan.Kernel.Outputs];
        _modes = new CloneMode[plan.Clones.Count];
        _continuous = new bool[plan.Network.Model.Reactions.Count];
        _event = new bool[plan.Network.Model.Reactions.Count];
        _isCount = new bool[plan.Network.DynamicCount];
        Arrange();
    }

    public int Dimension => HazardIndex + 1;

    /// <summary>Where the summed rate of event reactions is integrated.</summary>
    public int HazardIndex => _plan.Network.DynamicCount + (PerClone * _plan.Clones.Count);

    /// <summary>All slots of the patient; those beyond the dynamic ones are read by every evaluation.</summary>
    public double[] Slots => _slots;

    public CloneMode[] Modes => _modes;

    /// <summary>True when some reaction is simulated event by event.</summary>
    public bool HasEvents { get; private set; }

    /// <summary>Treat every discrete clone event by event, as exact simulation does.</summary>
    public bool ForceEvents { get; init; }

    public int RhoIndex(int clone) => _plan.Network.DynamicCount + (PerClone * clone);

    public int GrowthIndex(int clone) => RhoIndex(clone) + 1;

    public int ArrivalIndex(int clone) => RhoIndex(clone) + 2;

    public bool IsEventReaction(int reaction) => _event[reaction];

    /// <summary>Sorts the reactions after some clone has changed between whole number and continuous.</summary>
    public void Arrange()
    {
        Array.Clear(_isCount);
        for (int c = 0; c < _modes.Length; c++)
        {
            _isCount[_plan.Clones[c].Slot] = _modes[c] != CloneMode.Continuous;
        }

        ChooseModes();
        for (int r = 0; r < _continuous.Length; r++)
        {
            _continuous[r] = !_plan.Network.Stoichiometry[r].Any(c => _isCount[c.Slot]);
        }

        Array.Clear(_event);
        for (int c = 0; c < _modes.Length; c++)
        {
            if (_modes[c] == CloneMode.Events)
            {
                foreach (int r in _plan.Clones[c].Reactions)
                {
                    _event[r] = true;
                }
            }
        }

        HasEvents = Array.Exists(_event, e => e);
    }

    public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
    {
        y[.._plan.Network.DynamicCount].CopyTo(_slots);
        _plan.Kernel.Evaluate(t, _slots, _rates);
        dy.Clear();
        double hazard = 0;
        for (int r = 0; r < _continuous.Length; r++)
        {
            if (_continuous[r])
            {
                AddFlux(r, dy);
            }
            else if (_event[r])
            {
                hazard += _rates[r];
            }
        }

        for (int i = 0; i < _plan.RateRuleSlots.Count; i++)
        {
            dy[_plan.RateRuleSlots[i]] = _rates[_plan.FirstRule + i];
        }

        AddCloneIntegrals(y, dy);
        dy[HazardIndex] = hazard;
    }

    /// <summary>Rates of all reactions, then the clones', at a state. The span is overwritten by the next evaluation.</summary>
    public ReadOnlySpan<double> RatesAt(double t, ReadOnlySpan<double> y)
    {
        y[.._plan.Network.DynamicCount].CopyTo(_slots);
        _plan.Kernel.Evaluate(t, _slots, _rates);
        return _rates;
    }

    void AddFlux(int reaction, Span<double> dy)
    {
        IReadOnlyList<NetChange> changes = _plan.Network.Stoichiometry[reaction];
        for (int i = 0; i < changes.Count; i++)
        {
            dy[changes[i].Slot] += changes[i].Amount * _rates[reaction];
        }
    }

    void AddCloneIntegrals(ReadOnlySpan<double> y, Span<double> dy)
    {
        for (int c = 0; c < _modes.Length; c++)
        {
            if (_modes[c] == CloneMode.ClosedForm)
            {
                int first = _plan.FirstClone + (3 * c);
                double birth = _rates[first];
                dy[RhoIndex(c)] = _rates[first + 1] - birth;
                dy[GrowthIndex(c)] = birth * Elementary.Exp(y[RhoIndex(c)]);
                dy[ArrivalIndex(c)] = _rates[first + 2];
            }
        }
    }

    /// <summary>The closed form needs that only births, deaths and arrivals change the clone, and that arrivals take from no other whole number.</summary>
    void ChooseModes()
    {
        for (int c = 0; c < _modes.Length; c++)
        {
            if (_modes[c] != CloneMode.Continuous)
            {
                CloneRates clone = _plan.Clones[c];
                bool closed = !ForceEvents && clone.Plain && clone.Arrivals.All(r => TouchesOnly(r, clone.Slot));
                _modes[c] = closed ? CloneMode.ClosedForm : CloneMode.Events;
            }
        }
    }

    bool TouchesOnly(int reaction, int slot) =>
        _plan.Network.Stoichiometry[reaction].All(c => c.Slot == slot || !_isCount[c.Slot]);
}

/// <summary>How a discrete clone is simulated at present.</summary>
enum CloneMode
{
    /// <summary>At or above its threshold: an ODE state.</summary>
    Continuous,

    /// <summary>A whole number, moved by the birth-death law.</summary>
    ClosedForm,

    /// <summary>A whole number, moved event by event.</summary>
    Events,
}
