using System.Globalization;
using Nadir.Ensembles;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>The reference problems written in the model language: the same six digits by way of kernels and the symbolic Jacobian.</summary>
[Trait("Category", "Slow")]
public class ReferenceModelTests
{
    public static TheoryData<string, string> Pairs => ReferenceProblemTests.Pairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Six_digits_of_the_published_solution_come_out_of_a_model(string problem, string solver)
    {
        ReferenceProblem reference = ReferenceProblemTests.All.Single(p => p.Name == problem);
        SimulationSettings settings = new()
        {
            Method = SimulationMethod.Ode,
            Solver = SolverCatalogue.All.Single(s => s.Name == solver),
            Times = [reference.End],
            Tolerances = new Tolerances { Relative = 1e-8, Absolute = 1e-10 * reference.SmallestSize },
        };
        SimulationJob job = SimulationJob.Create(Networks.Model(Text(reference)), settings).OrThrow();
        Dictionary<string, double> end = [];
        job.Run(r => end = job.Variables.Zip(r.Values[0]).ToDictionary(v => v.First, v => v.Second));

        double worst = reference.Expected.Select((e, i) => Math.Abs((end[$"y{i}"] - e) / e)).Max();
        TestContext.Current.TestOutputHelper!.WriteLine($"{problem} {solver}: worst relative error {worst:E1}");
        worst.ShouldBeLessThan(1e-6);
    }

    static string Text(ReferenceProblem reference)
    {
        string start = string.Join("\n", reference.Start.Select((y, i) => $"  y{i} = {y.ToString("R", CultureInfo.InvariantCulture)}"));
        string slopes = string.Join("\n", Slopes(reference.Name).Select((s, i) => $"  y{i}' = {s}"));
        return $"model reference\n  var {string.Join(", ", reference.Start.Select((_, i) => $"y{i}"))}\n{start}\n{slopes}\nend\n";
    }

    static string[] Slopes(string problem) => problem switch
    {
        "ROBER" => ["-0.04*y0 + 1e4*y1*y2", "0.04*y0 - 1e4*y1*y2 - 3e7*y1^2", "3e7*y1^2"],
        "OREGO" => ["77.27*(y1 + y0*(1 - 8.375e-6*y0 - y1))", "(y2 - (1 + y0)*y1)/77.27", "0.161*(y0 - y2)"],
        "VDPOL" => ["y1", "((1 - y0^2)*y1 - y0)*1e6"],
        "HIRES" =>
        [
            "-1.71*y0 + 0.43*y1 + 8.32*y2 + 0.0007", "1.71*y0 - 8.75*y1", "-10.03*y2 + 0.43*y3 + 0.035*y4", "8.32*y1 + 1.71*y2 - 1.12*y3", "-1.745*y4 + 0.43*(y5 + y6)",
            "-280*y5*y7 + 0.69*y3 + 1.71*y4 - 0.43*y5 + 0.69*y6", "280*y5*y7 - 1.81*y6", "-280*y5*y7 + 1.81*y6",
        ],
        _ => [.. Enumerable.Range(14, 14).Select(i => $"y{i}"), .. Enumerable.Range(0, 7).Select(i => Pull(i, 0)), .. Enumerable.Range(0, 7).Select(i => Pull(i, 7))],
    };

    static string Pull(int star, int axis) => string.Join(" + ", Enumerable.Range(0, 7).Where(j => j != star)
        .Select(j => $"{j + 1}*(y{j + axis} - y{star + axis})/((y{j} - y{star})^2 + (y{j + 7} - y{star + 7})^2)^1.5"));
}
