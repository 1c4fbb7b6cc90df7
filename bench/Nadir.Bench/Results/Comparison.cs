using System.Globalization;
using Nadir.Bench.Jobs;
using Nadir.Kernels;

namespace Nadir.Bench.Results;

/// <summary>Everything a comparison found.</summary>
/// <param name="Versions">Names and versions of processor, compilers and engines, in order.</param>
/// <param name="Peak">Measured multiply-add peak of a core, operations per second.</param>
/// <param name="Work">Operations of a step.</param>
/// <param name="Variants">The runs of each throughput job.</param>
/// <param name="Regrowth">The runs of the regrowth job.</param>
/// <param name="ReferenceAgreement">Largest difference, in the measure of <see cref="DayError"/>, between the reference and a second one by another method.</param>
sealed record Comparison(
    IReadOnlyList<KeyValuePair<string, string>> Versions, double Peak, Work Work,
    IReadOnlyList<(string Variant, IReadOnlyList<ScoredRun> Runs)> Variants, IReadOnlyList<RegrowthScore> Regrowth,
    IReadOnlyList<(string Variant, double Difference)> ReferenceAgreement)
{
    const string Tightest = "1e-12";

    public static Comparison Read(string bench, string folder)
    {
        Network network = BenchmarkModel.Load(bench);
        string[] names = [Preparation.Plain, Preparation.Stiff];
        return new Comparison(
            [.. File.ReadLines(Path.Combine(folder, "versions.txt")).Select(l => l.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]))],
            File.ReadLines(Path.Combine(folder, "peak.txt")).Max(l => double.Parse(l, CultureInfo.InvariantCulture)),
            Work.Read(folder, network.DynamicCount),
            [.. names.Select(v => (v, Scored(Path.Combine(folder, v))))],
            ReadRegrowth(Path.Combine(folder, Preparation.Regrowth), network.SlotOf(BenchmarkModel.MinorityClone)),
            [.. names.Select(v => (v, Agreement(Path.Combine(folder, v))))]);
    }

    static IReadOnlyList<ScoredRun> Scored(string folder)
    {
        Job job = Job.Read(folder);
        double[] reference = Reference(folder, "reference");
        return [.. EngineRun.ReadAll(folder).Select(r => ScoredRun.Of(r, job, folder, reference))];
    }

    static IReadOnlyList<RegrowthScore> ReadRegrowth(string folder, int clone)
    {
        Job job = Job.Read(folder);
        double[] reference = Reference(folder, "reference");
        return [.. EngineRun.ReadAll(folder).Select(r => RegrowthScore.Of(r, job, folder, reference, clone))];
    }

    static double Agreement(string folder)
    {
        Job whole = Job.Read(folder);
        double[] second = Job.ReadDoubles(Path.Combine(folder, "check", $"check_{Tightest}_1e-25.bin"));
        int patients = second.Length / (whole.Days.Length * whole.States);
        double[] reference = Reference(folder, "reference");
        return Enumerable.Range(0, whole.Days.Length).Max(d => DayError.Of(whole, second, reference, patients, d).Worst);
    }

    static double[] Reference(string folder, string name) => Job.ReadDoubles(Path.Combine(folder, $"{name}_{Tightest}_1e-25.bin"));
}
