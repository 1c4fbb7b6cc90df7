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

    static ReferenceProblem[] All =>
        [ReferenceProblem.Robertson, ReferenceProblem.Oregonator, ReferenceProblem.VanDerPol, ReferenceProblem.Hires, ReferenceProblem.Pleiades];

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Pairs))]
    public void Six_digits_of_the_published_solution_come_out(string problem, string solver)
    {
        ReferenceProblem reference = All.Single(p => p.Name == problem);
        Tolerances tolerances = new() { Relative = 1e-8, Absolute = 1e-10 * reference.SmallestSize };
        OdeStepper stepper = SolverCatalogue.All.Single(s => s.Name == solver).Create(reference, tolerances);
        stepper.Begin(0, reference.Start);
        while (stepper.Time < reference.End)
        {
            stepper.Step(reference.End).ShouldBe(LaneStatus.Completed);
        }

        double worst = stepper.State.ToArray().Zip(reference.Expected, (y, e) => Math.Abs((y - e) / e)).Max();
        TestContext.Current.TestOutputHelper!.WriteLine($"{problem} {solver}: {stepper.Steps} steps, worst relative error {worst:E1}");
        worst.ShouldBeLessThan(1e-6);
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
