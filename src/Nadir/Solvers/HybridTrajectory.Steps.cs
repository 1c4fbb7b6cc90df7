using Nadir.Kernels;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>What is done before and after each step of the equations.</summary>
public sealed partial class HybridTrajectory
{
    /// <summary>Looks at where the patient stands before a step is taken.</summary>
    /// <param name="until">Time at which the caller wants to stop.</param>
    /// <param name="end">Time beyond which the step must not go.</param>
    /// <returns>Why there is no step to take; null where there is.</returns>
    internal StopReason? BeforeStep(double until, out double end)
    {
        CatchUp();
        end = until;
        if (Status == LaneStatus.Completed && _watch.Holds(Time, _slots))
        {
            return StopReason.Watch;
        }

        if (Status == LaneStatus.Completed && Time >= until)
        {
            return StopReason.Time;
        }

        if (Status == LaneStatus.Completed)
        {
            PassStops();
            LaneStatus status = OpenSpan();
            end = Math.Min(Math.Min(until, _spanEnd), Math.Min(_events.NextDue, _system.Closes));
            _end = end;
            Status = status != LaneStatus.Completed ? status : end > Time ? status : LaneStatus.StepTooSmall;
        }

        if (Status != LaneStatus.Completed)
        {
            _slots.AsSpan(0, _plan.Network.DynamicCount).Fill(double.NaN);
            return StopReason.Failed;
        }

        return null;
    }

    /// <summary>Finds how long the clones may go on without being drawn.</summary>
    LaneStatus OpenSpan()
    {
        if (_spanOpen)
        {
            return LaneStatus.Completed;
        }

        _spanOpen = true;
        LaneStatus status = _coupling.TryLimit(Time, _slots, _ode.NextStep, out double limit, out double ignored);
        (_spanEnd, IgnoredUntil) = (Time + limit, Time + ignored);
        return status;
    }

    /// <summary>Takes note that steps were taken in which nothing but the continuous state has changed.</summary>
    internal void FallBehind() => _behind = true;

    /// <summary>Brings the slots up to the steps that were quiet.</summary>
    void CatchUp()
    {
        if (_behind)
        {
            _behind = false;
            _theta = 1;
            CopyContinuous();
            _slots.CopyTo(_beforeJumps, 0);
        }
    }

    void CopyContinuous()
    {
        ReadOnlySpan<double> state = _ode.State;
        for (int slot = 0; slot < _plan.Network.DynamicCount; slot++)
        {
            _slots[slot] = _system.IsCount(slot) ? _slots[slot] : state[slot];
        }
    }

    /// <summary>The stepper can go no further.</summary>
    internal void Fail(LaneStatus status) => Status = status;

    /// <summary>Takes up a step: where it really ends, what the whole numbers have become, what fires there.</summary>
    /// <param name="mayCross">False where it is known that no continuous clone fell below its threshold.</param>
    /// <param name="mayHold">False where it is known that the watched condition held nowhere.</param>
    /// <param name="samples">The recorded quantity at the quarters of the whole step, where it is known.</param>
    internal void AfterStep(bool mayCross = true, bool mayHold = true, ReadOnlySpan<double> samples = default)
    {
        _behind = false;
        double theta = mayCross ? _sampler.FirstCrossing() : 2;
        bool settles = theta <= 1 || SettlesEveryStep || (_system.HasActive && (Time >= _end || Time >= IgnoredUntil || _sampler.IsDue()));
        theta = Math.Min(1, theta);
        bool fires = HazardCrossing(ref theta);
        if ((_hasModelEvents || (_watch.Armed && mayHold)) && ConditionCrossing(ref theta))
        {
            settles = true;
            fires = false;
        }

        settles |= fires || NegativeHazard;
        _theta = theta;
        if (settles)
        {
            _ode.Truncate(theta);
        }

        _slots.CopyTo(_beforeJumps, 0);
        CopyContinuous();
        if (settles)
        {
            Jump(theta, fires);
        }

        Record(theta, samples);
        Observer?.Stepped(this);
    }

    void Record(double theta, ReadOnlySpan<double> samples)
    {
        if (Recorder is { } recorder)
        {
            ReadOnlySpan<double> whole = samples.IsEmpty ? _samples.Take(this, 1) : samples;
            if (StepSamples.AreHeeded(recorder, StepStart, _ode.TimeAt(1), whole))
            {
                recorder.Recorded(this, theta < 1 ? _samples.Take(this, theta) : whole);
            }
        }
    }

    bool NegativeHazard =>
        _system.HasEvents && !(_ode.State[_system.HazardIndex] >= _ode.StateBefore(_system.HazardIndex) - NegligibleChance);

    /// <summary>What happens at the end of a step: clones are drawn, a reaction fires, and whoever has changed sides is sorted.</summary>
    void Jump(double theta, bool fires)
    {
        _sampler.Sample(theta, _slots);
        Status = _sampler.IsSpent ? LaneStatus.StepLimit : NegativeHazard ? LaneStatus.NegativeRate : Status;
        if (fires)
        {
            Fire();
        }

        Settle();
    }

    /// <summary>Where the summed rate of event reactions uses up the exponential draw.</summary>
    bool HazardCrossing(ref double theta)
    {
        int hazard = _system.HazardIndex;
        if (!_system.HasEvents || (theta < 1 ? _ode.Interpolate(theta, hazard) : _ode.State[hazard]) < _hazardLeft)
        {
            return false;
        }

        theta = _ode.Reaches(hazard, _hazardLeft, rising: true, theta);
        return true;
    }

    /// <summary>Where an event's trigger changes or the watched condition first turns true on the continuous path. Whole numbers stand still on it.</summary>
    bool ConditionCrossing(ref double theta)
    {
        double first = FirstMoment.Find(1, _conditionAt, _hasModelEvents ? TriggerParts : WatchParts);
        bool holds = first <= theta;
        theta = Math.Min(theta, first);
        return holds;
    }

    bool ConditionAt(double theta)
    {
        _slots.CopyTo(_inside, 0);
        Span<double> continuous = _inside.AsSpan(0, _plan.Network.DynamicCount);
        if (theta < 1)
        {
            _ode.Interpolate(theta, continuous);
        }
        else
        {
            // The interpolant may differ from the solution at its end by a rounding; lanes look at the solution.
            _ode.State[..continuous.Length].CopyTo(continuous);
        }

        for (int slot = 0; slot < _plan.Network.DynamicCount; slot++)
        {
            _inside[slot] = _system.IsCount(slot) ? _slots[slot] : _inside[slot];
        }

        double t = _ode.TimeAt(theta);
        return _watch.Holds(t, _inside) || (_hasModelEvents && _events.WouldChange(t, _inside));
    }

    void Fire()
    {
        _hazardLeft = Draws.Exponential(ref _eventStream) + _ode.State[_system.HazardIndex];
        ReadOnlySpan<double> rates = _system.RatesAt(Time, _slots);
        int reaction = ReactionChoice.Choose(rates, _system.EventReactions, _eventStream.NextUniform());
        if (reaction < 0)
        {
            Status = reaction == ReactionChoice.Negative ? LaneStatus.NegativeRate : Status;
            return;
        }

        NetChange[] changes = _plan.Changes[reaction];
        for (int i = 0; i < changes.Length; i++)
        {
            // A continuous source that holds less than a cell has none to give.
            if (_slots[changes[i].Slot] >= 0 && _slots[changes[i].Slot] + changes[i].Amount < 0)
            {
                return;
            }
        }

        for (int i = 0; i < changes.Length; i++)
        {
            _slots[changes[i].Slot] += changes[i].Amount;
        }
    }
}
