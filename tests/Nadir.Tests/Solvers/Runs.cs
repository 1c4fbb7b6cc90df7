using System.Globalization;
using Nadir.Ensembles;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>Runs models of tests and judges what comes out.</summary>
static class Runs
{
    /// <summary>Amounts of one variable at the last time, one value a replicate.</summary>
    public static double[] Last(Model model, SimulationSettings settings, string variable)
    {
        double[] values = new double[settings.Count];
        SimulationJob job = SimulationJob.Create(model, settings).OrThrow();
        int column = job.Variables.ToList().IndexOf(variable);
        job.Run(r =>
        {
            r.Status.ShouldBe(LaneStatus.Completed);
            values[r.Index] = r.Values[^1][column];
        });
        return values;
    }

    public static double[] Last(string antimony, SimulationSettings settings, string variable) => Last(Networks.Model(antimony), settings, variable);

    /// <summary>All values of all replicates: [replicate][time][variable].</summary>
    public static double[][][] All(Model model, SimulationSettings settings)
    {
        double[][][] values = new double[settings.Count][][];
        SimulationJob.Create(model, settings).OrThrow().Run(r => values[r.Index] = [.. r.Values.Select(v => v.ToArray())]);
        return values;
    }

    public static SimulationSettings Hybrid(double until, int count, params DiscreteSpecies[] discrete) => new()
    {
        Method = SimulationMethod.Hybrid,
        Discrete = discrete,
        Times = [until],
        Count = count,
        Threads = 2,
        Seed = 20261122,
    };

    public static SimulationSettings Ssa(double until, int count) => Hybrid(until, count) with { Method = SimulationMethod.Ssa };

    /// <summary>Exact simulation by the method of that name.</summary>
    public static SimulationSettings Ssa(string method, double until, int count) => Ssa(until, count) with { Exact = Exact(method) };

    public static ExactMethod Exact(string name) => ExactCatalogue.All.Single(e => e.Name == name);

    /// <summary>Chances by formula: [time][variable], with integrals to nearly full precision.</summary>
    public static double[][] Extinction(Model model, double[] times, params DiscreteSpecies[] discrete) => All(model, new SimulationSettings
    {
        Method = SimulationMethod.Extinction,
        Discrete = discrete,
        Times = times,
        Tolerances = new Tolerances { Relative = 1e-11, Absolute = 1e-11 },
    })[0];

    public static SimulationSettings Ode(params double[] times) => new() { Times = times };

    public static HybridTrajectory Trajectory(Network network, HybridOptions options) => HybridTrajectory.Create(network, options).OrThrow();

    /// <summary>A share of replicates against an exact probability: 3.5 standard errors and one replicate.</summary>
    public static void ShareShouldBe(double found, double exact, int n, string what) =>
        Math.Abs(found - exact).ShouldBeLessThan((3.5 * Math.Sqrt(exact * (1 - exact) / n)) + (1.0 / n), string.Create(CultureInfo.InvariantCulture, $"{what}: found {found}, exact {exact}"));

    public static void MeanShouldBe(double[] values, double mean, double variance, string what)
    {
        double found = values.Average();
        Math.Abs(found - mean).ShouldBeLessThan((3.5 * Math.Sqrt(variance / values.Length)) + (1e-6 * Math.Abs(mean)), string.Create(CultureInfo.InvariantCulture, $"{what}: found {found}, exact {mean}"));
    }

    /// <summary>Two shares of independent runs of equal size.</summary>
    public static void SharesShouldAgree(double a, double b, int n, string what)
    {
        double p = (a + b) / 2;
        Math.Abs(a - b).ShouldBeLessThan((3.5 * Math.Sqrt(2 * p * (1 - p) / n)) + (1.0 / n), string.Create(CultureInfo.InvariantCulture, $"{what}: {a} and {b}"));
    }

    public static double Extinct(double[] cells) => (double)cells.Count(c => c == 0) / cells.Length;

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
