using Nadir.Kernels;
using Nadir.Models;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The scalar methods are the oracle: their orders and accuracy are tested beside this.</summary>
public sealed class LaneMethodTests
{
    public static TheoryData<string> Names => [.. SolverCatalogue.All.Where(s => s.Lanes is LaneStepping).Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_in_a_lane_have_the_bits_of_the_same_steps_alone(string solver)
    {
        Compare<Lanes8>(solver, ExactProblem.Forced, [1, 1], 6);
        Compare<Lanes4>(solver, ExactProblem.Nonlinear, [0.5, 0.25], 6);
        Compare<Lanes2>(solver, new WithoutJacobian(ExactProblem.Forced), [1, 1], 6);
        Compare<Lanes1>(solver, ReferenceProblem.Oregonator, [1, 2, 3], 0.02);
        Compare<Lanes8>(solver, ReferenceProblem.Hires, ReferenceProblem.Hires.Start, 2);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Components_that_are_not_in_use_change_nothing(string solver)
    {
        Spread spread = new(ReferenceProblem.Hires);
        double[] start = new double[spread.Dimension];
        for (int i = 0; i < ReferenceProblem.Hires.Dimension; i++)
        {
            start[spread.Place(i)] = ReferenceProblem.Hires.Start[i];
        }

        int[] live = [.. Enumerable.Range(0, ReferenceProblem.Hires.Dimension).Select(spread.Place)];
        Compare<Lanes8>(solver, spread, start, 2, live);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lane_that_blows_up_leaves_the_others_alone(string solver)
    {
        OnLanes<Lanes4> system = new(new Squared());
        LaneStepper stepper = Stepping(solver).Create<Lanes4>(system, new Tolerances(), [], []);
        LaneArray ends = new(4);
        ends.Span.Fill(2);
        double[] starts = [1, 0.1, -1, 0.2];
        for (int lane = 0; lane < 4; lane++)
        {
            stepper.Views[lane].Begin(0, [starts[lane]]);
        }

        uint busy = 0b1111;
        while (busy != 0)
        {
            uint accepted = stepper.Attempt(busy, ends);
            for (int lane = 0; lane < 4; lane++)
            {
                bool isDone = stepper.Times[lane] >= ends[lane] || ((accepted >> lane) & 1) == 0 && stepper.Status(lane) != LaneStatus.Completed;
                busy = isDone ? busy & ~(1u << lane) : busy;
            }
        }

        stepper.Status(0).ShouldBeOneOf(LaneStatus.NotFinite, LaneStatus.StepTooSmall);
        for (int lane = 1; lane < 4; lane++)
        {
            stepper.State[lane].ShouldBe(1 / ((1 / starts[lane]) - 2), 1e-4);
        }
    }

    [Theory]
    [InlineData("auto", "leon-triana-2020")]
    [InlineData("rodas5p", "leon-triana-2020")]
    [InlineData("rodas3p", "barros-2021")]
    [InlineData("dop853", "barros-2021")]
    public void Published_models_have_the_bits_of_one_patient_alone(string solver, string model)
    {
        Network network = Network.Compile(ModelPackage.LoadShipped(model).OrThrow().Model);
        HybridOptions options = new() { Solver = Method(solver) };
        HybridTrajectory alone = HybridTrajectory.Create(network, options).OrThrow();
        Patients expected = new(network);
        while (expected.TryBegin(0, alone, out double until))
        {
            while (expected.Reached(0, alone.Advance(until), out until))
            {
            }
        }

        HybridPlan plan = HybridPlan.Create(network, []).OrThrow();
        foreach (int lanes in new[] { 1, 2, 4, 8 })
        {
            Patients found = new(network);
            TrajectoryGroup.Create(plan, options, lanes).Run(found, TestContext.Current.CancellationToken);
            found.Ends.Count.ShouldBe(expected.Ends.Count);
            foreach ((ulong patient, double[] slots) in expected.Ends)
            {
                Bits(found.Ends[patient]).ShouldBe(Bits(slots), $"patient {patient} on {lanes} lanes");
            }
        }
    }

    static void Compare<T>(string solver, IOdeSystem problem, double[] start, double length, int[]? live = null)
        where T : struct, ILanes<T>
    {
        Tolerances tolerances = new() { Relative = 1e-5, Absolute = 1e-7 };
        LaneStepper lanes = Stepping(solver).Create<T>(new OnLanes<T>(problem), tolerances, [], []);
        lanes.UseComponents(new LiveComponents(live ?? [.. Enumerable.Range(0, problem.Dimension)], lanes.Width));
        OdeStepper[] alone = new OdeStepper[T.Width];
        LaneArray ends = new(T.Width);
        for (int lane = 0; lane < T.Width; lane++)
        {
            double[] y = [.. start.Select(x => x * (1 + (0.01 * lane)))];
            ends[lane] = length * (1 + (0.1 * lane));
            alone[lane] = Method(solver).Create(problem, tolerances);
            alone[lane].Begin(0, y);
            lanes.Views[lane].Begin(0, y);
        }

        uint busy = (1u << T.Width) - 1;
        for (int step = 0; busy != 0; step++)
        {
            uint accepted = lanes.Attempt(busy, ends);
            step.ShouldBeLessThan(100_000);
            for (int lane = 0; lane < T.Width; lane++)
            {
                lanes.Status(lane).ShouldBe(LaneStatus.Completed);
                if (((accepted >> lane) & 1) != 0)
                {
                    lanes.Views[lane].Moved();
                    alone[lane].Step(ends[lane]).ShouldBe(LaneStatus.Completed);
                    ComparePositions(alone[lane], lanes, lane, live);
                    Disturb(alone[lane], lanes.Views[lane], step);
                    busy = lanes.Times[lane] >= ends[lane] ? busy & ~(1u << lane) : busy;
                }
            }
        }
    }

    static void ComparePositions(OdeStepper alone, LaneStepper lanes, int lane, int[]? live)
    {
        OdeStepper view = lanes.Views[lane];
        double[] expected = new double[lanes.Dimension];
        double[] found = new double[lanes.Dimension];
        Bits([view.Time, view.PreviousTime, view.NextStep, view.Steps]).ShouldBe(Bits([alone.Time, alone.PreviousTime, alone.NextStep, alone.Steps]));
        Bits(view.State).ShouldBe(Bits(alone.State));
        foreach (double theta in new[] { 0.3, 1 })
        {
            alone.Interpolate(theta, expected);
            view.Interpolate(theta, found);
            Bits(found).ShouldBe(Bits(expected), $"inside the step at {theta}");
        }

        alone.Interpolate(0.25, expected);
        LaneArray quarter = new(lanes.Dimension * lanes.Width);
        lanes.AtQuarter(1, live ?? [.. Enumerable.Range(0, lanes.Dimension)], quarter);
        for (int i = 0; i < expected.Length; i++)
        {
            found[i] = quarter[(i * lanes.Width) + lane];
        }

        Bits(found).ShouldBe(Bits(expected), "at a quarter of the step");
    }

    /// <summary>What a simulation does between steps: ends one early, or changes the state.</summary>
    static void Disturb(OdeStepper alone, OdeStepper view, int step)
    {
        if (step % 5 == 2)
        {
            alone.Truncate(0.4);
            view.Truncate(0.4);
        }
        else if (step % 7 == 4)
        {
            alone.State[0] *= 1.01;
            alone.Restart();
            view.State[0] *= 1.01;
            view.Restart();
        }
    }

    static LaneStepping Stepping(string name) => (LaneStepping)Method(name).Lanes!;

    static Solver Method(string name) => SolverCatalogue.All.Single(s => s.Name == name);

    static long[] Bits(ReadOnlySpan<double> values) => System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(values).ToArray();

    /// <summary>Equations on lanes that ask the scalar ones lane by lane.</summary>
    sealed class OnLanes<T>(IOdeSystem system) : ILaneSystem, ILaneJacobian
        where T : struct, ILanes<T>
    {
        readonly int _n = system.Dimension;
        readonly double[] _y = new double[system.Dimension];
        readonly double[] _out = new double[system.Dimension * system.Dimension];
        readonly double[] _byTime = new double[system.Dimension];

        public int Dimension => _n;

        public void Derivatives(ref double t, ref double y, ref double dy)
        {
            for (int lane = 0; lane < T.Width; lane++)
            {
                Gather(ref y, lane);
                system.Derivatives(At(ref t, 0, lane), _y, _out.AsSpan(0, _n));
                Scatter(_out.AsSpan(0, _n), lane, ref dy);
            }
        }

        public bool TryJacobian(ref double t, ref double y, ref double jacobian, ref double byTime)
        {
            bool known = system is IOdeJacobian;
            for (int lane = 0; known && lane < T.Width; lane++)
            {
                Gather(ref y, lane);
                ((IOdeJacobian)system).TryJacobian(At(ref t, 0, lane), _y, _out, _byTime);
                Scatter(_out, lane, ref jacobian);
                Scatter(_byTime, lane, ref byTime);
            }

            return known;
        }

        static ref double At(ref double first, int i, int lane) => ref System.Runtime.CompilerServices.Unsafe.Add(ref first, (i * T.Width) + lane);

        void Gather(ref double from, int lane)
        {
            for (int i = 0; i < _n; i++)
            {
                _y[i] = At(ref from, i, lane);
            }
        }

        static void Scatter(ReadOnlySpan<double> from, int lane, ref double to)
        {
            for (int i = 0; i < from.Length; i++)
            {
                At(ref to, i, lane) = from[i];
            }
        }
    }

    sealed class WithoutJacobian(IOdeSystem system) : IOdeSystem
    {
        public int Dimension => system.Dimension;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => system.Derivatives(t, y, dy);
    }

    sealed class Squared : IOdeSystem
    {
        public int Dimension => 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => dy[0] = y[0] * y[0];
    }

    /// <summary>A system whose components have others between them that stay 0.</summary>
    sealed class Spread(IOdeSystem system) : IOdeSystem
    {
        readonly double[] _y = new double[system.Dimension];
        readonly double[] _dy = new double[system.Dimension];

        public int Dimension => (2 * system.Dimension) + 1;

        public int Place(int component) => (2 * component) + 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
        {
            for (int i = 0; i < _y.Length; i++)
            {
                _y[i] = y[Place(i)];
            }

            system.Derivatives(t, _y, _dy);
            dy.Clear();
            for (int i = 0; i < _y.Length; i++)
            {
                dy[Place(i)] = _dy[i];
            }
        }
    }

    /// <summary>Eleven patients whose starts differ a little, stopped once on the way.</summary>
    sealed class Patients(Network network) : IPatientFeed
    {
        readonly Dictionary<int, (ulong Patient, Trajectory Trajectory, bool Halfway)> _places = [];
        ulong _next;

        public Dictionary<ulong, double[]> Ends { get; } = [];

        public bool TryBegin(int place, Trajectory trajectory, out double until)
        {
            until = 20;
            if (_next == 11)
            {
                return false;
            }

            double[] slots = Networks.Initial(network);
            for (int i = 0; i < network.DynamicCount; i++)
            {
                slots[i] *= 1 + (0.03 * _next);
            }

            trajectory.Begin(slots, 1, _next);
            _places[place] = (_next++, trajectory, false);
            return true;
        }

        public bool Reached(int place, StopReason reason, out double until)
        {
            until = 60;
            (ulong patient, Trajectory trajectory, bool isHalfway) = _places[place];
            reason.ShouldNotBe(StopReason.Failed);
            _places[place] = (patient, trajectory, true);
            if (isHalfway)
            {
                Ends[patient] = trajectory.Slots.ToArray();
            }

            return !isHalfway;
        }
    }
}
