using Nadir.Bench.Jobs;

namespace Nadir.Bench.Results;

/// <summary>A run with the errors of the days that are scored.</summary>
sealed record ScoredRun(EngineRun Run, IReadOnlyList<DayError> Days)
{
    public static readonly double[] Scored = [28, 90, 365];

    /// <summary>The worse 95th percentile of the scored days.</summary>
    public double Percentile95 => Days.Max(d => d.Percentile95);

    public static ScoredRun Of(EngineRun run, Job job, string folder, double[] reference)
    {
        double[] output = run.Output(folder);
        return new ScoredRun(run, [.. Scored.Select(d => DayError.Of(job, output, reference, run.Patients, Array.IndexOf(job.Days, d)))]);
    }
}
