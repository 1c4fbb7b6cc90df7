using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Simulates patients of the arms that share a model, one alone or many at once, with the same result; a workspace for one thread.</summary>
sealed class ArmSimulator
{
    const double AreaDays = 28;

    readonly TrialModel _model;
    readonly BedsideReadings _readings;
    readonly double[] _slots;
    readonly List<(int Slot, double Value)> _values = [];
    readonly Lazy<HybridTrajectory> _alone;
    readonly Lazy<TrajectoryGroup> _group;

    public ArmSimulator(TrialModel model)
    {
        _model = model;
        _readings = new BedsideReadings(model);
        _slots = new double[model.Slots];
        _alone = new Lazy<HybridTrajectory>(() => HybridTrajectory.Of(model.Hybrid, model.Options));
        _group = new Lazy<TrajectoryGroup>(() => TrajectoryGroup.Create(model.Hybrid, model.Options, TrajectoryGroup.WidestLanes));
    }

    /// <summary>Simulates one patient.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="index">The patient's place in the arm, from 0.</param>
    /// <param name="onlooker">Told after every step; changes nothing.</param>
    public PatientRecord Simulate(int arm, int index, IStepObserver? onlooker = null)
    {
        PatientRecord[] results = new PatientRecord[1];
        _alone.Value.Observer = onlooker;
        TrajectoryGroup.Of(_alone.Value).Run(new Feed(this, 1, _ => (arm, index), results), CancellationToken.None);
        return results[0];
    }

    /// <summary>Simulates several patients at once.</summary>
    /// <param name="patient">Arm and place in the arm of each.</param>
    /// <param name="results">Receives their records; its length says how many there are.</param>
    /// <param name="cancellation">Stops the run.</param>
    public void Simulate(Func<int, (int Arm, int Index)> patient, PatientRecord[] results, CancellationToken cancellation) =>
        _group.Value.Run(new Feed(this, _group.Value.Places, patient, results), cancellation);

    /// <summary>The patients of one call.</summary>
    sealed class Feed(ArmSimulator simulator, int places, Func<int, (int Arm, int Index)> patient, PatientRecord[] results) : IPatientFeed
    {
        readonly Stay[] _stays = [.. Enumerable.Range(0, places).Select(_ => new Stay(simulator._model))];
        int _next;

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = 0;
            if (_next == results.Length)
            {
                return false;
            }

            (int arm, int index) = patient(_next);
            until = _stays[place].Begin(simulator, trajectory, (_next, arm, index));
            _next++;
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            Stay stay = _stays[place];
            bool goesOn = stay.Course.Reached(reason);
            until = goesOn ? stay.Course.NextDay : 0;
            if (!goesOn)
            {
                results[stay.Number] = stay.Record();
            }

            return goesOn;
        }
    }

    /// <summary>What is kept of the patient in one place.</summary>
    sealed class Stay(TrialModel model) : IStepRecorder
    {
        readonly TransgeneKinetics _kinetics = new(model.Transgene, model.Slots, AreaDays, TransgeneDays.Until(model.Plan.HorizonDays));
        readonly double _limit = (model.Plan.Assays.Transgene.Limit - model.Plan.Assays.Transgene.Baseline) / model.Plan.Assays.Transgene.Factor;
        readonly CytokineRelease? _cytokine = model.HasCytokine ? new CytokineRelease(model.Plan.Assays.Cytokine!) : null;
        VirtualPatient? _patient;
        Trajectory? _trajectory;
        int _arm;

        public int Number { get; private set; }

        public PatientCourse Course { get; private set; } = null!;

        public double Begin(ArmSimulator simulator, Trajectory trajectory, (int Number, int Arm, int Index) place)
        {
            TrialPlan plan = model.Plan;
            ArmPlan arm = plan.Arms[place.Arm];
            long number = plan.PatientNumber(place.Arm, place.Index);
            (Number, _arm, _trajectory) = (place.Number, place.Arm, trajectory);
            _patient = arm.Population.Draw(plan.Seed, number);
            model.Fill(_patient, arm, simulator._values, simulator._slots);
            _kinetics.Begin();
            _cytokine?.Begin();
            trajectory.Recorder = this;
            trajectory.Begin(simulator._slots, plan.Seed, (ulong)number);
            Course = new PatientCourse(plan, arm, trajectory, simulator._readings, _patient) { CellsGiven = day => _cytokine?.Given(day) };
            Course.Begin();
            return Course.NextDay;
        }

        public StepHeed Heeds(int quantity) => (quantity, Course.HasFailed) switch
        {
            (0, true) => new(double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity),
            (0, false) => _kinetics.Heeds(0),
            _ => _cytokine!.Heeds(0),
        };

        public void Recorded(Trajectory trajectory, ReadOnlySpan<double> samples)
        {
            int each = model.HasCytokine ? samples.Length / 2 : samples.Length;
            if (!Course.HasFailed)
            {
                _kinetics.Recorded(trajectory, samples[..each]);
            }

            _cytokine?.Recorded(trajectory, samples[each..]);
        }

        public PatientRecord Record()
        {
            bool completed = _trajectory!.Status == LaneStatus.Completed;
            RandomStream stream = new(model.Plan.Seed, (ulong)_patient!.Number, RandomStream.Purpose("cytokine-release"));
            (double Seen, int Grade)? cytokine = completed ? _cytokine?.Grade(ref stream) : null;
            PatientOutcome outcome = Course.Outcome() with
            {
                Covariates = _patient.Covariates,
                CytokineReleaseGrade = cytokine?.Grade,
                CytokinePeak = cytokine?.Seen ?? double.NaN,
                TransgeneCmax = completed ? _kinetics.Cmax : double.NaN,
                TransgeneTmax = completed ? _kinetics.Tmax : double.NaN,
                TransgeneAuc28 = completed && _kinetics.AreaIsWhole ? _kinetics.Area : double.NaN,
                TransgeneOnDays = completed ? [.. _kinetics.OnDays.Select(x => x < _limit ? _limit / 2 : x)] : [],
            };
            return new PatientRecord(_arm, outcome, Course.Observations);
        }
    }
}
