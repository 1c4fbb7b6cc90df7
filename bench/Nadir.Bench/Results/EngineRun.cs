using System.Globalization;
using Nadir.Bench.Jobs;

namespace Nadir.Bench.Results;

/// <summary>One engine at one tolerance on one job: the fastest of its repetitions, and what it returned.</summary>
sealed record EngineRun(string Engine, string Relative, string Absolute, int Patients, double Seconds, long Attempts, int Failed)
{
    public double PatientsPerSecond => Patients / Seconds;

    public string Tolerance => $"{Relative}/{Absolute}";

    /// <summary>Reads all lines of a job's <c>runs.csv</c>; repetitions of a run are joined.</summary>
    public static IReadOnlyList<EngineRun> ReadAll(string job) =>
        [.. File.ReadLines(Path.Combine(job, "runs.csv")).Select(l => Parse(l.Split(',')))
            .GroupBy(r => (r.Engine, r.Relative, r.Absolute)).Select(g => g.MinBy(r => r.Seconds)!)];

    /// <summary>The states returned: [patient][day][state], NaN from a failure on.</summary>
    public double[] Output(string job) => Job.ReadDoubles(Path.Combine(job, $"{Engine}_{Relative}_{Absolute}.bin"));

    static EngineRun Parse(string[] c) => new(
        c[0], c[1], c[2], int.Parse(c[3], CultureInfo.InvariantCulture), double.Parse(c[4], CultureInfo.InvariantCulture),
        long.Parse(c[5], CultureInfo.InvariantCulture) + long.Parse(c[6], CultureInfo.InvariantCulture), int.Parse(c[8], CultureInfo.InvariantCulture));
}
