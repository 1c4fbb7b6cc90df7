using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The order a method shows when its step is halved, on a problem with an exact solution.</summary>
static class ConvergenceOrder
{
    const double End = 4;

    /// <summary>Of the largest error at the ends of steps.</summary>
    public static double AtSteps(Solver solver, ExactProblem problem, int coarse) =>
        Order(coarse, steps => Error(solver, problem, steps, inside: false));

    /// <summary>Of the largest error inside steps.</summary>
    public static double InsideSteps(Solver solver, ExactProblem problem, int coarse) =>
        Order(coarse, steps => Error(solver, problem, steps, inside: true));

    static double Order(int coarse, Func<int, double> error) => Math.Log2(error(coarse) / error(2 * coarse));

    static double Error(Solver solver, ExactProblem problem, int steps, bool inside)
    {
        double h = End / steps;
        OdeStepper stepper = solver.Create(problem, new Tolerances { Relative = 0.1, Absolute = 1e9, MaxStep = h });
        (double a, double b) = problem.Solution(0);
        stepper.Begin(0, [a, b]);
        double worst = 0;
        for (int i = 1; i <= steps; i++)
        {
            stepper.NextStep = h;
            stepper.Step(End * i / steps).ShouldBe(LaneStatus.Completed);
            double[] positions = inside ? [0.15, 0.3, 0.45, 0.6, 0.75, 0.9] : [1];
            foreach (double theta in positions)
            {
                (double x, double y) = problem.Solution(stepper.TimeAt(theta));
                worst = Math.Max(worst, Math.Max(Math.Abs(stepper.Interpolate(theta, 0) - x), Math.Abs(stepper.Interpolate(theta, 1) - y)));
            }
        }

        stepper.Steps.ShouldBe(steps);
        return worst;
    }
}
