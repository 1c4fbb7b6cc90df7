using System.Numerics;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// The lanes of one method and the patients in them. The equations of all lanes move together, each with its own step; what is special to a
/// patient (a stop, whole numbers, a threshold crossed, an event) is done by that patient's own <see cref="HybridTrajectory"/>, which
/// looks at its lane only after steps in which there is something to see.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneBank<T>
    where T : struct, ILanes<T>
{
    readonly LaneFlow<T> _flow;
    readonly LaneStepper _stepper;
    readonly LaneChecks<T> _checks;
    readonly LanePatient?[] _patients = new LanePatient?[T.Width];
    readonly LaneArray _ends = new(T.Width);
    readonly bool _records;
    uint _behind;
    uint _attention;
    uint _unloaded;

    public LaneBank(HybridPlan plan, HybridOptions options, LaneFlow<T> flow, LaneStepper stepper)
    {
        (_flow, _stepper) = (flow, stepper);
        _checks = new LaneChecks<T>(plan, options, flow, stepper);
        _records = options.Recorded.Count > 0;
    }

    /// <summary>Lanes with a patient on its way.</summary>
    public uint Busy { get; private set; }

    /// <summary>Lanes without one.</summary>
    public uint Vacant => LaneMethod<T>.AllLanes & ~Busy;

    /// <summary>Number of steps from which on each lane's next step is judged; 0 where a patient has come.</summary>
    public LaneArray Looks { get; } = new(T.Width);

    /// <summary>The patient in a lane; also one who is done, until another comes.</summary>
    public LanePatient Patient(int lane) => _patients[lane]!;

    /// <summary>Forgets all patients.</summary>
    public void Clear() => (Busy, _behind, _attention, _unloaded) = (0, 0, 0, 0);

    /// <summary>Begins the feed's next patient in a lane.</summary>
    /// <returns>False when there are no more; the lane is then vacant.</returns>
    public bool TryBegin(int lane, LanePatient patient, IPatientFeed feed)
    {
        uint bit = 1u << lane;
        Seat(lane, patient);
        patient.Judge.Begin();
        bool begins = feed.TryBegin(patient.Place, patient.Trajectory, out double until);
        patient.Until = until;
        Busy = begins ? Busy | bit : Busy & ~bit;
        _attention |= bit;
        _behind &= ~bit;
        return begins;
    }

    /// <summary>Lets the patients that want something have it, until each can take a step.</summary>
    /// <param name="feed">Told of stops; gives the next patient where one is done.</param>
    /// <param name="refills">Whether the next patient begins in the lane of one who is done.</param>
    /// <returns>The lanes whose patients are done.</returns>
    public uint Attend(IPatientFeed feed, bool refills)
    {
        uint lanes = _attention & Busy;
        _unloaded |= lanes;
        _attention = 0;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            LanePatient patient = _patients[lane]!;
            CatchUp(lane);
            double end = 0;
            while ((Busy & (1u << lane)) != 0 && patient.Trajectory.BeforeStep(patient.Until, out end) is { } reason)
            {
                bool goesOn = feed.Reached(patient.Place, reason, out double until) && reason != StopReason.Failed;
                patient.Until = until;
                if (!goesOn && !(refills && TryBegin(lane, patient, feed)))
                {
                    Busy &= ~(1u << lane);
                }
            }

            patient.End = end;
            _ends[lane] = end;
            _checks.Expect(lane, patient.Trajectory);
        }

        return lanes & ~Busy;
    }

    /// <summary>Tries a step in every lane with a patient.</summary>
    /// <returns>The lanes whose step was accepted; <see cref="TakeUp"/> must follow.</returns>
    public uint Attempt()
    {
        LoadLanes(_unloaded & Busy);
        _unloaded = 0;
        return _stepper.Attempt(Busy, _ends);
    }

    /// <summary>Takes up the accepted steps, and lanes that can go no further.</summary>
    public void TakeUp(uint accepted) => _attention = Failed(Busy & ~accepted) | Complete(accepted);

    /// <summary>Takes a patient out of its lane, to go on in another.</summary>
    public LanePatient Leave(int lane, LaneMethod<T> method)
    {
        CatchUp(lane);
        Busy &= ~(1u << lane);
        LanePatient patient = _patients[lane]!;
        method.Leave(lane, patient.Position);
        return patient;
    }

    /// <summary>Lets a patient go on in a vacant lane.</summary>
    public void Enter(int lane, LanePatient patient, LaneMethod<T> method)
    {
        Seat(lane, patient);
        Busy |= 1u << lane;
        LoadLanes(1u << lane);
        method.Enter(lane, patient.Position);
        _ends[lane] = patient.End;
        _checks.Expect(lane, patient.Trajectory);
    }

    void Seat(int lane, LanePatient patient)
    {
        Looks[lane] = 0;
        if (!ReferenceEquals(_patients[lane], patient) || !patient.View.Sees(_stepper, lane))
        {
            _patients[lane] = patient;
            patient.View.Bind(_stepper, lane);
            _flow.Forget(lane);
        }
    }

    /// <summary>Tells a patient of the quiet steps that were taken since it was looked at last.</summary>
    void CatchUp(int lane)
    {
        if ((_behind & (1u << lane)) != 0)
        {
            _behind &= ~(1u << lane);
            _patients[lane]!.View.Moved();
            _patients[lane]!.Trajectory.FallBehind();
        }
    }

    void LoadLanes(uint lanes)
    {
        bool changed = false;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            changed |= _flow.Load(lane, _patients[lane]!.Trajectory.System);
        }

        if (changed && _flow.LiveChanged())
        {
            _stepper.UseComponents(_flow.Live);
        }
    }

    uint Failed(uint refused)
    {
        uint failed = 0;
        for (uint rest = refused; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (_stepper.Status(lane) != LaneStatus.Completed)
            {
                _patients[lane]!.Trajectory.Fail(_stepper.Status(lane));
                failed |= 1u << lane;
            }
        }

        return failed;
    }

    /// <returns>The lanes that stand at a stop, or were looked at.</returns>
    uint Complete(uint accepted)
    {
        uint ended = T.Bits(T.LessOrEqual(T.Load(in _ends[0]), T.Load(in _stepper.Times[0]))) & accepted;
        uint seen = _checks.Find(accepted, ended);
        uint told = _records ? _checks.Record() & accepted : 0;
        _behind |= accepted;
        for (uint rest = seen | told; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            HybridTrajectory trajectory = _patients[lane]!.Trajectory;
            CatchUp(lane);
            if ((seen & (1u << lane)) != 0)
            {
                trajectory.AfterStep((_checks.Crossing & (1u << lane)) != 0, (_checks.Holding & (1u << lane)) != 0, _checks.Samples(lane));
            }
            else
            {
                trajectory.Recorder?.Recorded(trajectory, _checks.Samples(lane));
                _checks.Heed(lane, trajectory);
            }
        }

        return seen | ended;
    }
}
