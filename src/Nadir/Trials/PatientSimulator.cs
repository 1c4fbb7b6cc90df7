using Nadir.Endpoints;
using Nadir.Expressions;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>Simulates patients of a trial one after another; a workspace for one thread.</summary>
sealed class PatientSimulator
{
    const double AreaDays = 28;

    readonly TrialPlan _plan;
    readonly Network _network;
    readonly HybridTrajectory _trajectory;
    readonly InitialState _initial;
    readonly int[] _parameterSlots;
    readonly int _infusion;
    readonly double[] _slots;
    readonly TransgeneKinetics _kinetics;
    readonly BedsideReadings _readings;

    public PatientSimulator(TrialPlan plan)
    {
        _plan = plan;
        ModelPackage package = plan.Package;
        ParameterTable table = package.Parameters!;
        _network = Network.Compile(package.Model);
        Expr overt = new BinaryExpr(
            BinaryOperator.Greater, new SymbolExpr(Symbol(table, "marrow-blast-fraction")), plan.Assays.Marrow.Threshold("overt"));
        HybridOptions options = new() { Discrete = Discrete(table), Tolerances = plan.Tolerances, Watch = overt };
        _trajectory = HybridTrajectory.Create(_network, options).OrThrow();
        HashSet<string> given = [.. TypicalValues.Of(package.Model).Keys];
        _parameterSlots = [.. package.Model.Parameters.Select(p => given.Contains(p.Name) ? _network.SlotOf(p.Name) : -1)];
        _initial = new InitialState(_network, given);
        _slots = new double[_initial.Count];
        _infusion = _network.SlotOf(Symbol(table, "infusion-target"));
        IKernel transgene = _network.Kernel([new SymbolExpr(Symbol(table, "transgene"))]);
        _kinetics = new TransgeneKinetics(transgene, _slots.Length, AreaDays);
        _readings = new BedsideReadings(plan, _network);
    }

    public Network Network => _network;

    /// <summary>Simulates one patient.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="index">The patient's place in the arm, from 0.</param>
    /// <param name="onlooker">Told after every step; changes nothing.</param>
    public PatientRecord Simulate(int arm, int index, IStepObserver? onlooker = null)
    {
        ArmPlan plan = _plan.Arms[arm];
        long number = _plan.PatientNumber(arm, index);
        VirtualPatient patient = plan.Population.Draw(_plan.Seed, number);
        Fill(patient, plan.DoseCells);
        _kinetics.Begin();
        _trajectory.Observer = new Onlookers(_kinetics, onlooker);
        _trajectory.Begin(_slots, _plan.Seed, (ulong)number);
        PatientCourse course = new(_plan, plan, _trajectory, _readings, number);
        course.Run();
        bool completed = _trajectory.Status == LaneStatus.Completed;
        PatientOutcome outcome = course.Outcome() with
        {
            Covariates = patient.Covariates,
            TransgeneCmax = completed ? _kinetics.Cmax : double.NaN,
            TransgeneTmax = completed ? _kinetics.Tmax : double.NaN,
            TransgeneAuc28 = completed && _kinetics.Followed >= AreaDays ? _kinetics.Area : double.NaN,
        };
        return new PatientRecord(arm, outcome, course.Observations);
    }

    void Fill(VirtualPatient patient, double dose)
    {
        List<(int Slot, double Value)> values = [];
        for (int i = 0; i < _parameterSlots.Length; i++)
        {
            if (_parameterSlots[i] >= 0)
            {
                values.Add((_parameterSlots[i], patient.Parameters[i]));
            }
        }

        _initial.Fill(_slots, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        _slots[_infusion] += dose;
    }

    static List<DiscreteSpecies> Discrete(ParameterTable table) =>
        [.. table.Discrete.Clones.Select(c => new DiscreteSpecies(c.Species, c.Threshold, c.Initial))];

    internal static string Symbol(ParameterTable table, string role) =>
        table.Readouts.Find(role) ?? throw new ArgumentException($"found no readout \"{role}\" in the model's parameters.yaml; a trial needs it", nameof(role));

    /// <summary>Two who look on.</summary>
    sealed class Onlookers(IStepObserver first, IStepObserver? second) : IStepObserver
    {
        public void Stepped(Trajectory trajectory)
        {
            first.Stepped(trajectory);
            second?.Stepped(trajectory);
        }
    }
}
