using Nadir.Kernels;
using Nadir.Models;

namespace Nadir.Bench.Jobs;

/// <summary>The model of <c>bench/models/car-t.ant</c>, compiled.</summary>
static class BenchmarkModel
{
    /// <summary>The parameter that the stiff variant has 100 times lower.</summary>
    public const string Stiffness = "kill_half_saturation";

    public const string MinorityClone = "dim_clone";

    public static Network Load(string bench) =>
        Network.Compile(ModelPackage.Load(Path.Combine(bench, "models", "car-t.ant")).OrThrow().Model);
}
