using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public sealed class SolverCatalogueTests
{
    public static TheoryData<string> Names => [.. SolverCatalogue.All.Select(s => s.Name)];

    [Fact]
    public void Every_method_has_a_name_of_its_own() =>
        SolverCatalogue.All.Select(s => s.Name).Distinct().Count().ShouldBe(SolverCatalogue.All.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Error_follows_the_tolerance(string solver)
    {
        foreach (double tolerance in new[] { 1e-4, 1e-7, 1e-10 })
        {
            OdeStepper stepper = Create(solver, ExactProblem.Nonlinear, new Tolerances { Relative = tolerance, Absolute = tolerance });
            stepper.Begin(0, [0.5, 0.25]);
            Finish(stepper, 10).ShouldBe(LaneStatus.Completed);
            stepper.Time.ShouldBe(10);
            (double a, double b) = ExactProblem.Nonlinear.Solution(10);
            Math.Abs(stepper.State[0] - a).ShouldBeLessThan(60 * tolerance);
            Math.Abs(stepper.State[1] - b).ShouldBeLessThan(60 * tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_decaying_population_stays_above_zero(string solver)
    {
        OdeStepper stepper = SolverCatalogue.All.Single(s => s.Name == solver)
            .Create(new Scalar((_, y) => -y), new Tolerances { Relative = 1e-3, Absolute = 1e-3 }, nonNegative: [true]);
        stepper.Begin(0, [1e6]);
        while (stepper.Time < 1000)
        {
            stepper.Step(1000).ShouldBe(LaneStatus.Completed);
            stepper.State[0].ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    /// <summary>What is absent would grow, and much depends on it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_population_that_is_absent_stays_absent(string solver)
    {
        OdeStepper stepper = Create(solver, new Absent(), new Tolerances { Relative = 1e-4 });
        stepper.Begin(0, [0, 0, 1e7]);
        Finish(stepper, 300).ShouldBe(LaneStatus.Completed);
        stepper.State[..2].ToArray().ShouldBe([0, 0]);
        stepper.State[2].ShouldBe(1e9, 1e6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_solution_that_blows_up_ends_with_a_status(string solver)
    {
        OdeStepper stepper = Create(solver, new Scalar((_, y) => y * y), new Tolerances());
        stepper.Begin(0, [1]);
        Finish(stepper, 2).ShouldBeOneOf(LaneStatus.NotFinite, LaneStatus.StepTooSmall);
        stepper.Time.ShouldBeInRange(0.99, 1.0001);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_step_limit_ends_a_patient(string solver)
    {
        OdeStepper stepper = Create(solver, ExactProblem.Oscillator, new Tolerances { MaxSteps = 5, MaxStep = 0.01 });
        stepper.Begin(0, [1, 0]);
        Finish(stepper, 10).ShouldBe(LaneStatus.StepLimit);
        stepper.Steps.ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_cut_short_ends_on_the_solution(string solver)
    {
        OdeStepper stepper = Create(solver, ExactProblem.Oscillator, new Tolerances { Relative = 1e-8 });
        stepper.Begin(0, [1, 0]);
        for (int i = 0; i < 20; i++)
        {
            stepper.Step(10).ShouldBe(LaneStatus.Completed);
            double expected = stepper.TimeAt(0.4);
            stepper.Truncate(0.4);
            stepper.Time.ShouldBe(expected);
            stepper.State[0].ShouldBe(Math.Cos(stepper.Time), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_allocate_nothing(string solver)
    {
        OdeStepper stepper = Create(solver, new Relaxation(), new Tolerances());
        double[] start = [0];

        Allocated.Least(() =>
        {
            stepper.Begin(0, start);
            for (int i = 0; i < 500 && stepper.Time < 10; i++)
            {
                stepper.Step(10);
            }
        }).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_patient_alone_equals_the_same_patient_after_others(string solver)
    {
        OdeStepper used = Create(solver, new Relaxation(), new Tolerances());
        OdeStepper fresh = Create(solver, new Relaxation(), new Tolerances());
        used.Begin(0, [5]);
        Finish(used, 3).ShouldBe(LaneStatus.Completed);
        used.Begin(0, [0.3]);
        fresh.Begin(0, [0.3]);
        Finish(used, 2);
        Finish(fresh, 2);
        BitConverter.DoubleToInt64Bits(used.State[0]).ShouldBe(BitConverter.DoubleToInt64Bits(fresh.State[0]));
        used.Steps.ShouldBe(fresh.Steps);
    }

    [Theory]
    [InlineData("kimmel-2021")]
    [InlineData("leon-triana-2020")]
    [InlineData("barros-2021")]
    [InlineData("stein-2019")]
    [InlineData("mueller-schoell-2021")]
    [InlineData("kirouac-2023")]
    [InlineData("singh-2021")]
    [InlineData("park-2025")]
    public void Every_method_gives_the_same_answer_for_the_published_models(string model)
    {
        Model network = ModelPackage.LoadShipped(model).OrThrow().Model;
        (double[] expected, _, LaneStatus reference) = Run(network, SolverCatalogue.DormandPrince853, new Tolerances { Relative = 1e-12, Absolute = 1e-12 });
        reference.ShouldBe(LaneStatus.Completed);
        foreach (Solver solver in SolverCatalogue.All)
        {
            Tolerances tolerances = new() { Relative = 1e-8 };
            (double[] found, _, LaneStatus status) = Run(network, solver, tolerances);
            status.ShouldBe(LaneStatus.Completed);
            for (int i = 0; i < found.Length; i++)
            {
                double error = Math.Abs(found[i] - expected[i]) / (Math.Abs(expected[i]) + 1e-3);
                TestContext.Current.TestOutputHelper!.WriteLine($"{model} {solver.Name} slot {i}: {error:E1}");
                error.ShouldBeLessThan(10 * tolerances.Relative);
            }
        }
    }

    [Fact]
    public void A_stiff_CAR_T_variant_takes_fewer_steps_when_switching_is_automatic()
    {
        Model model = SmallModels.CarT(killHalfSaturation: 1e8 / 100);
        (double[] fixedSlots, long fixedSteps, LaneStatus fixedStatus) = Run(model, SolverCatalogue.Tsit5, new Tolerances());
        (double[] slots, long steps, LaneStatus status) = Run(model, SolverCatalogue.Auto, new Tolerances());
        TestContext.Current.TestOutputHelper!.WriteLine($"tsit5 {fixedSteps}, auto {steps}");
        (fixedStatus, status).ShouldBe((LaneStatus.Completed, LaneStatus.Completed));
        (steps * 2).ShouldBeLessThan(fixedSteps);
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i].ShouldBe(fixedSlots[i], 1e-3 * Math.Max(1e-3, Math.Abs(fixedSlots[i])));
        }
    }

    [Fact]
    public void Automatic_switching_goes_to_the_stiff_method_and_comes_back()
    {
        AutoSwitch stepper = new(new Scalar((t, y) => ((2000 / (1 + Math.Exp(20 * (t - 5)))) + 0.5) * (Math.Cos(t) - y)), new Tolerances());
        stepper.Begin(0, [0]);
        Finish(stepper, 4);
        stepper.IsStiff.ShouldBeTrue();
        Finish(stepper, 30);
        stepper.IsStiff.ShouldBeFalse();
        stepper.Switches.ShouldBe(2);
    }

    [Fact]
    public void A_problem_that_is_not_stiff_stays_explicit()
    {
        AutoSwitch stepper = new(ExactProblem.Nonlinear, new Tolerances());
        stepper.Begin(0, [0.5, 0.25]);
        Finish(stepper, 20).ShouldBe(LaneStatus.Completed);
        stepper.Switches.ShouldBe(0);
    }

    static (double[] Slots, long Steps, LaneStatus Status) Run(Model model, Solver solver, Tolerances tolerances)
    {
        Network network = Network.Compile(model);
        HybridTrajectory trajectory = HybridTrajectory.Create(network, new HybridOptions { Tolerances = tolerances, Solver = solver }).OrThrow();
        trajectory.Begin(Networks.Initial(network), 1, 0);
        trajectory.Advance(90);
        return (trajectory.Slots[..network.DynamicCount].ToArray(), trajectory.Steps, trajectory.Status);
    }

    static OdeStepper Create(string solver, IOdeSystem system, Tolerances tolerances) =>
        SolverCatalogue.All.Single(s => s.Name == solver).Create(system, tolerances);

    static LaneStatus Finish(OdeStepper stepper, double end)
    {
        LaneStatus status = LaneStatus.Completed;
        while (status == LaneStatus.Completed && stepper.Time < end)
        {
            status = stepper.Step(end);
        }

        return status;
    }

    sealed class Scalar(Func<double, double, double> slope) : IOdeSystem
    {
        public int Dimension => 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => dy[0] = slope(t, y[0]);
    }

    /// <summary>Falls onto cos t at a rate of 200: mildly stiff.</summary>
    sealed class Relaxation : IOdeSystem
    {
        public int Dimension => 1;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy) => dy[0] = -200 * (y[0] - Math.Cos(t));
    }

    /// <summary>Two kinds of cells that feed each other and kill a third, which grows towards 1e9.</summary>
    sealed class Absent : IOdeSystem, IOdeJacobian
    {
        public int Dimension => 3;

        public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
        {
            dy[0] = (0.3 * y[0]) + (0.1 * y[1]);
            dy[1] = (0.7 * y[0]) - (0.2 * y[1]);
            dy[2] = (0.13 * y[2] * (1 - (y[2] / 1e9))) - ((0.37 * y[0] + 0.11 * y[1]) * y[2]);
        }

        public bool TryJacobian(double t, ReadOnlySpan<double> y, Span<double> jacobian, Span<double> byTime)
        {
            byTime.Clear();
            double[] rows = [0.3, 0.1, 0, 0.7, -0.2, 0, -0.37 * y[2], -0.11 * y[2], 0.13 * (1 - (2 * y[2] / 1e9)) - (0.37 * y[0] + 0.11 * y[1])];
            rows.CopyTo(jacobian);
            return true;
        }
    }
}
