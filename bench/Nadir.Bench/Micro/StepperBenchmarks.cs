using BenchmarkDotNet.Attributes;
using Nadir.Bench.Jobs;
using Nadir.Kernels;
using Nadir.Solvers;

namespace Nadir.Bench.Micro;

/// <summary>The benchmark's typical patient over 28 days at default tolerances, by every method of the catalogue, one patient at a time.</summary>
public class StepperBenchmarks
{
    double[] _slots = [];
    HybridTrajectory _trajectory = null!;

    /// <summary>Name of the method.</summary>
    [ParamsSource(nameof(Solvers))]
    public string Solver { get; set; } = "";

    /// <summary>Names of the catalogue.</summary>
    public static IEnumerable<string> Solvers => SolverCatalogue.All.Select(s => s.Name);

    /// <summary>Prepares the method.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        Network network = BenchmarkModel.Load(BenchmarkModel.Folder());
        InitialState start = new(network);
        _slots = new double[start.Count];
        start.Fill(_slots);
        _trajectory = HybridTrajectory.Create(network, new HybridOptions { Solver = SolverCatalogue.All.Single(s => s.Name == Solver) }).OrThrow();
    }

    /// <summary>Simulates the patient.</summary>
    /// <returns>Steps tried.</returns>
    [Benchmark]
    public long Patient()
    {
        _trajectory.Begin(_slots, seed: 1, patient: 0);
        _trajectory.Advance(28);
        return _trajectory.Steps;
    }
}
