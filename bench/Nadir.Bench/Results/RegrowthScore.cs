using Nadir.Bench.Jobs;

namespace Nadir.Bench.Results;

/// <summary>How an engine treats clones that fall below one cell and grow back, over patients with daily output.</summary>
/// <param name="Run">The run.</param>
/// <param name="Clones">Patients whose minority clone falls below one cell and is back above it on the last day.</param>
/// <param name="MedianError">Median over them of the relative error of the clone on the last day.</param>
/// <param name="WorstError">Worst.</param>
/// <param name="WorstFold">Worst factor by which the clone is too large or too small; infinite for zero and negative ones.</param>
/// <param name="Wrong">How many are off by more than 1%.</param>
/// <param name="Lowest">Lowest amount of any state on any day; 0 and above is right.</param>
/// <param name="Negative">Patients with a negative amount on some day.</param>
sealed record RegrowthScore(EngineRun Run, int Clones, double MedianError, double WorstError, double WorstFold, int Wrong, double Lowest, int Negative)
{
    public static RegrowthScore Of(EngineRun run, Job job, string folder, double[] reference, int clone)
    {
        double[] output = run.Output(folder);
        int row = job.Days.Length * job.States;
        int[] regrown = [.. Enumerable.Range(0, run.Patients).Where(i => Regrows(job, reference.AsSpan(i * row, row), clone))];
        int last = row - job.States + clone;
        double[] errors = [.. regrown.Select(i => Relative(output[(i * row) + last], reference[(i * row) + last])).Order()];
        double fold = regrown.Max(i => Fold(output[(i * row) + last], reference[(i * row) + last]));
        int negative = Enumerable.Range(0, run.Patients).Count(i => output.AsSpan(i * row, row).ToArray().Any(v => v < 0));
        return new RegrowthScore(
            run, regrown.Length, errors[errors.Length / 2], errors[^1], fold, errors.Count(e => e > 0.01), output.Min(), negative);
    }

    static bool Regrows(Job job, ReadOnlySpan<double> patient, int clone)
    {
        double lowest = double.PositiveInfinity;
        for (int d = 0; d < job.Days.Length; d++)
        {
            lowest = Math.Min(lowest, patient[(d * job.States) + clone]);
        }

        return lowest < 1 && patient[^(job.States - clone)] > 1;
    }

    static double Relative(double value, double reference) =>
        double.IsFinite(value) ? Math.Abs(value - reference) / reference : double.PositiveInfinity;

    static double Fold(double value, double reference) => value > 0 ? Math.Max(value / reference, reference / value) : double.PositiveInfinity;
}
