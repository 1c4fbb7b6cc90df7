using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Nadir.Bench.Micro;

/// <summary>Runs the micro-benchmarks in this process: one that BenchmarkDotNet builds itself would not find this repository's build settings.</summary>
static class MicroBenchmarks
{
    public static void Run(string[] arguments)
    {
        Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        ManualConfig config = DefaultConfig.Instance.AddJob(job).HideColumns(Column.Error, Column.RatioSD).WithOptions(ConfigOptions.JoinSummary)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "nadir-micro"));
        BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(arguments.Length == 0 ? ["--filter", "*"] : arguments, config);
    }
}
