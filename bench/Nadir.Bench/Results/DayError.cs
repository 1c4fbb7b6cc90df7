using Nadir.Bench.Jobs;

namespace Nadir.Bench.Results;

/// <summary>
/// Error over patients on one day. A patient's error is the largest over the states of |y - reference|/(|reference| + 1): relative for
/// whatever exceeds one cell (or pg/mL), absolute below, so that nothing is asked of what nobody could count; a clone that was wrong
/// below one cell shows when it has grown back. A failed patient counts as infinitely wrong.
/// </summary>
/// <param name="Day">Day.</param>
/// <param name="Median">Median over patients.</param>
/// <param name="Percentile95">95th percentile over patients.</param>
/// <param name="Worst">Largest over patients.</param>
sealed record DayError(double Day, double Median, double Percentile95, double Worst)
{
    public static DayError Of(Job job, double[] output, double[] reference, int patients, int day)
    {
        double[] errors = [.. Enumerable.Range(0, patients).Select(i => OfPatient(job, output, reference, ((i * job.Days.Length) + day) * job.States)).Order()];
        return new DayError(job.Days[day], At(errors, 0.5), At(errors, 0.95), errors[^1]);
    }

    static double OfPatient(Job job, double[] output, double[] reference, int first)
    {
        double worst = 0;
        for (int s = first; s < first + job.States; s++)
        {
            double error = Math.Abs(output[s] - reference[s]) / (Math.Abs(reference[s]) + 1);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        return worst;
    }

    /// <summary>An order statistic, so that infinite errors do no harm to finite ones.</summary>
    static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
