using Nadir.Solvers;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Solvers;

public sealed class SolverOrderTests
{
    static readonly (Solver Solver, double Order, double Dense, int Coarse)[] _methods =
    [
        (SolverCatalogue.Tsit5, 5, 4, 192),
        (SolverCatalogue.DormandPrince853, 8, 7, 16),
        (SolverCatalogue.Rodas5P, 5, 4, 64),
        (SolverCatalogue.Rodas3P, 3, 3, 256),
    ];

    public static TheoryData<string, string> Cases =>
        new(_methods.SelectMany(m => ExactProblem.All.Select(p => (m.Solver.Name, p.Name))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Halving_the_step_shows_the_order_of_the_method(string solver, string problem)
    {
        (double atSteps, double inside, double order, double dense) = Measure(solver, problem);
        atSteps.ShouldBe(order, 0.2);
        // An interpolant of order p is off by h to the power p + 1 in one step, and the ends of the step by the order of the method.
        inside.ShouldBe(Math.Min(order, dense + 1), 0.5);
    }

    [Fact]
    public void The_page_on_solvers_shows_the_orders_measured_here()
    {
        string page = Repository.Files("docs/methods", "solvers.md").Single().Text;
        foreach ((Solver solver, _, _, _) in _methods)
        {
            foreach (ExactProblem problem in ExactProblem.All)
            {
                (double atSteps, double inside, _, _) = Measure(solver.Name, problem.Name);
                page.ShouldContain(FormattableString.Invariant($"| `{solver.Name}` | {problem.Name} | {atSteps:F2} | {inside:F2} |"));
            }
        }
    }

    static (double AtSteps, double Inside, double Order, double Dense) Measure(string solver, string problem)
    {
        (Solver method, double order, double dense, int coarse) = _methods.Single(m => m.Solver.Name == solver);
        ExactProblem exact = ExactProblem.All.Single(p => p.Name == problem);
        return (ConvergenceOrder.AtSteps(method, exact, coarse), ConvergenceOrder.InsideSteps(method, exact, coarse), order, dense);
    }
}
