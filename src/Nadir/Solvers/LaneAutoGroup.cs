using System.Numerics;
using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>
/// <see cref="AutoSwitch"/> for several patients at once: the explicit and the implicit method have lanes of their own, and a patient whose equations
/// ask for the other method goes on in a lane of that. A patient waits where none is vacant, and another is begun meanwhile, so that the lanes of either
/// method are full when it works: patients that are never stiff are simulated as by the explicit method alone.
/// </summary>
/// <typeparam name="T">The vector.</typeparam>
sealed class LaneAutoGroup<T> : TrajectoryGroup
    where T : struct, ILanes<T>
{
    readonly LaneTsit5<T> _explicit;
    readonly LaneRosenbrock<T> _implicit;
    readonly LaneBank<T> _plain;
    readonly LaneBank<T> _stiff;
    readonly LanePatient[] _patients;
    readonly Stack<LanePatient> _idle;
    readonly Queue<LanePatient> _toPlain;
    readonly Queue<LanePatient> _toStiff;

    readonly LaneArray _use = new(T.Width);
    uint _leavePlain;
    uint _leaveStiff;
    bool _isExhausted;

    public LaneAutoGroup(HybridPlan plan, HybridOptions options)
    {
        (double[] absolute, bool[] nonNegative) = (plan.AbsoluteTolerances(options.Tolerances), plan.NonNegative());
        (LaneFlow<T> plain, LaneFlow<T> stiff) = (new(plan), new(plan));
        _explicit = new LaneTsit5<T>(plain, options.Tolerances, absolute, nonNegative);
        _implicit = new LaneRosenbrock<T>(Rodas5P.Tableau, stiff, options.Tolerances, absolute, nonNegative);
        _plain = new LaneBank<T>(plan, options, plain, _explicit);
        _stiff = new LaneBank<T>(plan, options, stiff, _implicit);

        // Full lanes of both methods, and as many who wait.
        int places = 3 * T.Width;
        _patients = [.. Enumerable.Range(0, places).Select(place => new LanePatient(place, plan, options, new LaneView(_explicit, 0)))];
        (_idle, _toPlain, _toStiff) = (new(places), new(places), new(places));
    }

    public override int Places => _patients.Length;

    public override void Run(IPatientFeed feed, CancellationToken cancellation)
    {
        Clear();
        for (int attempt = 1; ; attempt++)
        {
            Attend(feed);
            if ((_plain.Busy | _stiff.Busy) == 0)
            {
                return;
            }

            if (attempt % LaneGroup<T>.AttemptsBetweenLooks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (BitOperations.PopCount(_stiff.Busy) >= BitOperations.PopCount(_plain.Busy))
            {
                uint accepted = _stiff.Attempt();
                JudgeStiff(accepted);
                _stiff.TakeUp(accepted);
            }
            else
            {
                uint accepted = _plain.Attempt();
                JudgePlain(accepted);
                _plain.TakeUp(accepted);
            }
        }
    }

    /// <summary>Whoever was left behind by a run that was stopped is gone.</summary>
    void Clear()
    {
        _plain.Clear();
        _stiff.Clear();
        _idle.Clear();
        _toPlain.Clear();
        _toStiff.Clear();
        (_leavePlain, _leaveStiff, _isExhausted) = (0, 0, false);
        for (int place = _patients.Length - 1; place >= 0; place--)
        {
            _idle.Push(_patients[place]);
        }
    }

    /// <summary>Brings every patient to where it can take a step, and fills the lanes.</summary>
    void Attend(IPatientFeed feed)
    {
        Rest(_plain, _plain.Attend(feed, refills: _toPlain.Count == 0));
        Rest(_stiff, _stiff.Attend(feed, refills: false));
        Leave(ref _leavePlain, _plain, _explicit, _toStiff);
        Leave(ref _leaveStiff, _stiff, _implicit, _toPlain);
        Enter(_toStiff, _stiff, _implicit);
        Enter(_toPlain, _plain, _explicit);
        while (_plain.Vacant != 0 && !_isExhausted && _idle.Count > 0)
        {
            int lane = BitOperations.TrailingZeroCount(_plain.Vacant);
            _isExhausted = !_plain.TryBegin(lane, _idle.Peek(), feed);
            if (!_isExhausted)
            {
                _idle.Pop();
                Rest(_plain, _plain.Attend(feed, refills: true));
            }
        }
    }

    /// <summary>Takes note of places whose patients are done.</summary>
    void Rest(LaneBank<T> bank, uint done)
    {
        for (uint rest = done; rest != 0; rest &= rest - 1)
        {
            _idle.Push(bank.Patient(BitOperations.TrailingZeroCount(rest)));
        }
    }

    static void Leave(ref uint lanes, LaneBank<T> bank, LaneMethod<T> method, Queue<LanePatient> to)
    {
        for (uint rest = lanes & bank.Busy; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (bank.Patient(lane).Judge.WantsChange)
            {
                LanePatient patient = bank.Leave(lane, method);
                patient.Judge.Changed();
                to.Enqueue(patient);
            }
        }

        lanes = 0;
    }

    static void Enter(Queue<LanePatient> waiting, LaneBank<T> bank, LaneMethod<T> method)
    {
        while (waiting.Count > 0 && bank.Vacant != 0)
        {
            int lane = BitOperations.TrailingZeroCount(bank.Vacant);
            bank.Enter(lane, waiting.Dequeue(), method);
        }
    }

    void JudgePlain(uint accepted)
    {
        LaneArray steps = _explicit.StepCounts;
        uint due = T.Bits(T.LessOrEqual(T.Load(in _plain.Looks[0]), T.Load(in steps[0]))) & accepted;
        if (due == 0)
        {
            return;
        }

        T.Store(_explicit.StabilityUse(), ref _use[0]);
        _leavePlain = Judge(due, _plain, _explicit);
        for (uint rest = due; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            _plain.Looks[lane] = steps[lane] + _plain.Patient(lane).Judge.StepsToNextLook;
        }
    }

    void JudgeStiff(uint accepted)
    {
        T.Store(_implicit.StabilityUse(accepted), ref _use[0]);
        _leaveStiff = Judge(accepted, _stiff, _implicit);
    }

    uint Judge(uint lanes, LaneBank<T> bank, LaneMethod<T> method)
    {
        uint leaving = 0;
        for (uint rest = lanes; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            StiffnessJudge judge = bank.Patient(lane).Judge;
            judge.Judge(_use[lane], method.Times[lane] - method.PreviousTime(lane));
            leaving |= judge.WantsChange ? 1u << lane : 0;
        }

        return leaving;
    }
}
