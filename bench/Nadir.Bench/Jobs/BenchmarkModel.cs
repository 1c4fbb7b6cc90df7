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

    /// <summary>The folder <c>bench/</c> of the repository that this program was built in.</summary>
    public static string Folder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "models", "car-t.ant")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"models/car-t.ant is in no folder above {AppContext.BaseDirectory}");
    }
}
