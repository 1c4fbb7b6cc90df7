namespace Nadir.Bench.Scaling;

/// <summary>Times <c>nadir trial</c> at growing sizes and on one thread.</summary>
static class ScaleCommand
{
    const int StartUpPatients = 10;
    const int OneThreadPatients = 300_000;
    static readonly int[] Sizes = [10_000, 30_000, 100_000, OneThreadPatients, 1_000_000];

    public static void Run(string nadir, string study, string folder, int rounds)
    {
        int threads = Environment.ProcessorCount;
        ScaleRun Fastest(int patients, int on) => Enumerable.Range(0, rounds).Select(_ => TrialProcess.Run(nadir, study, patients, on)).MinBy(r => r.Seconds)!;
        ScaleRun start = Fastest(StartUpPatients, threads);
        List<ScaleRun> runs = [.. Sizes.Select(s => Fastest(s, threads))];
        ScaleTable table = new(ReadVersions(Path.Combine(folder, "versions.txt")), start, runs, Fastest(OneThreadPatients, 1), Written(nadir, study, threads));
        File.WriteAllText(Path.Combine(folder, "scale.txt"), table.Text());
        File.WriteAllText(Path.Combine(folder, "scale.json"), table.Json());
    }

    /// <summary>The run that also writes every patient's rows.</summary>
    static ScaleRun Written(string nadir, string study, int threads)
    {
        DirectoryInfo results = Directory.CreateTempSubdirectory("nadir-scale-");
        try
        {
            return TrialProcess.Run(nadir, study, OneThreadPatients, threads, Path.Combine(results.FullName, "trial"));
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    static List<KeyValuePair<string, string>> ReadVersions(string file) =>
        [.. File.ReadLines(file).Select(l => l.Split('=', 2)).Select(p => new KeyValuePair<string, string>(p[0], p[1]))];
}
