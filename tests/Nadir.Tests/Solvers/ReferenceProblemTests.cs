using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public sealed class ReferenceProblemTests
{
    public static TheoryData<string, string> Pairs => new()
    {
        { "ROBER", "auto" }, { "ROBER", "rodas5p" },
        { "OREGO", "auto" }, { "OREGO", "rodas5p" },
        { "VDPOL", "auto" }, { "VDPOL", "rodas5p" },
        { "HIRES", "auto" }, { "HIRES", "rodas5p" }, { "HIRES", "tsit5" }, { "HIRES", "dop853" },
        { "PLEIADES", "auto" }, { "PLEIADES", "rodas5p" }, { "PLEIADES", "tsit5" }, { "PLEIADES", "dop853" },
    };

    internal static ReferenceProblem[] All =>
        [ReferenceProblem.Robertson, ReferenceProblem.Oregonator, ReferenceProblem.VanDerPol, ReferenceProblem.Hires, ReferenceProblem.Pleiades];

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Pairs))]
    public void Six_digits_of_the_published_solution_come_out(string problem, string solver)
    {
        Worst(problem, solver, 1e-8).ShouldBeLessThan(1e-6);
    }

    [Theory]
    [InlineData("ROBER", 1e-3, 0.05)]
    [InlineData("ROBER", 1e-6, 5e-5)]
    [InlineData("OREGO", 1e-3, 0.05)]
    [InlineData("OREGO", 1e-6, 5e-5)]
    [InlineData("VDPOL", 1e-3, 0.05)]
    [InlineData("VDPOL", 1e-6, 5e-5)]
    [InlineData("HIRES", 1e-3, 0.05)]
    [InlineData("HIRES", 1e-6, 5e-5)]
    public void The_cheap_implicit_method_keeps_to_the_accuracy_it_is_for(string problem, double tolerance, double error) =>
        Worst(problem, "rodas3p", tolerance).ShouldBeLessThan(error);

    static double Worst(string problem, string solver, double tolerance)
    {
        ReferenceProblem reference = All.Single(p => p.Name == problem);
        Tolerances tolerances = new() { Relative = tolerance, Absolute = 0.01 * tolerance * reference.SmallestSize };
        OdeStepper stepper = SolverCatalogue.All.Single(s => s.Name == solver).Create(reference, tolerances);
        stepper.Begin(0, reference.Start);
        while (stepper.Time < reference.End)
        {
            stepper.Step(reference.End).ShouldBe(LaneStatus.Completed);
        }

        double worst = stepper.State.ToArray().Zip(reference.Expected, (y, e) => Math.Abs((y - e) / e)).Max();
        TestContext.Current.TestOutputHelper!.WriteLine($"{problem} {solver} {tolerance:E0}: {stepper.Steps} steps, worst relative error {worst:E1}");
        return worst;
    }

    [Fact]
    public void Robertson_ends_by_step_limit_when_explicit_and_finishes_when_automatic()
    {
        ReferenceProblem reference = ReferenceProblem.Robertson;
        Run(SolverCatalogue.Tsit5, reference).ShouldBe(LaneStatus.StepLimit);
        Run(SolverCatalogue.Auto, reference).ShouldBe(LaneStatus.Completed);
    }

    static LaneStatus Run(Solver solver, ReferenceProblem problem)
    {
        OdeStepper stepper = solver.Create(problem, new Tolerances { MaxSteps = 20_000 });
        stepper.Begin(0, problem.Start);
        LaneStatus status = LaneStatus.Completed;
        while (status == LaneStatus.Completed && stepper.Time < problem.End)
        {
            status = stepper.Step(problem.End);
        }

        return status;
    }
}
