namespace Nadir.Survival;

/// <summary>
/// Differences between two treatments of the same patients. The variance is that of the patients' own differences, so that what makes a patient do well or ill under
/// either treatment drops out (proportions: McNemar 1947 and, for the interval, Wald's form in Agresti 2013, equation 11.2).
/// </summary>
public static class PairedDifference
{
    /// <summary>The share of patients with an event under the first treatment less that under the second.</summary>
    /// <param name="onlyFirst">Patients with the event under the first treatment only.</param>
    /// <param name="onlySecond">Patients with the event under the second treatment only.</param>
    /// <param name="patients">All patients, each seen under both treatments.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable where no patient fared differently.</returns>
    /// <exception cref="ArgumentException">A count is negative, or there are more patients that differ than patients.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimable<Contrast> OfShares(int onlyFirst, int onlySecond, int patients, double level = 0.95)
    {
        if (onlyFirst < 0 || onlySecond < 0 || (long)onlyFirst + onlySecond > patients)
        {
            throw new ArgumentException($"Found {onlyFirst} and {onlySecond} patients who differ, of {patients}; expected counts from 0 that sum to no more.", nameof(patients));
        }

        double n = patients;
        double difference = (double)onlyFirst - onlySecond;
        double variance = (onlyFirst + (double)onlySecond - (difference * difference / n)) / (n * n);
        return variance > 0
            ? Estimable<Contrast>.Of(Contrast.Of(difference / n, Math.Sqrt(variance), level))
            : Estimable<Contrast>.Not("no two patients fared differently from each other under the two treatments, so that the variance has no estimate");
    }

    /// <summary>
    /// The same share with an interval that also exists where few patients or none fared differently: half a patient is added to each of the four
    /// outcomes of a pair before Wald's form is used (Agresti &amp; Min 2005, Statistics in Medicine 24:729). The
    /// estimate stays that of the patients.
    /// </summary>
    /// <param name="onlyFirst">Patients with the event under the first treatment only.</param>
    /// <param name="onlySecond">Patients with the event under the second treatment only.</param>
    /// <param name="patients">All patients, each seen under both treatments; at least 1.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <exception cref="ArgumentException">A count is negative, there are more patients that differ than patients, or no patients.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimate OfFewShares(int onlyFirst, int onlySecond, int patients, double level = 0.95)
    {
        if (onlyFirst < 0 || onlySecond < 0 || (long)onlyFirst + onlySecond > patients || patients < 1)
        {
            throw new ArgumentException($"Found {onlyFirst} and {onlySecond} patients who differ, of {patients}; expected counts from 0 that sum to no more, of at least one patient.", nameof(patients));
        }

        double n = patients + 2.0;
        double difference = (double)onlyFirst - onlySecond;
        double step = ProbabilityInterval.Quantile(level) * Math.Sqrt(onlyFirst + onlySecond + 1.0 - (difference * difference / n)) / n;
        return new Estimate(difference / patients, Math.Max(-1, (difference / n) - step), Math.Min(1, (difference / n) + step));
    }

    /// <summary>The mean of the patients' differences.</summary>
    /// <param name="sum">Sum of the differences.</param>
    /// <param name="sumOfSquares">Sum of their squares.</param>
    /// <param name="patients">Patients, each seen under both treatments.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable with fewer than two patients, or where all differ by the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimable<Contrast> OfMeans(double sum, double sumOfSquares, int patients, double level = 0.95)
    {
        double n = patients;
        double variance = (sumOfSquares - (sum * sum / n)) / (n * (n - 1));
        return patients >= 2 && variance > 0
            ? Estimable<Contrast>.Of(Contrast.Of(sum / n, Math.Sqrt(variance), level))
            : Estimable<Contrast>.Not("no two patients fared differently from each other under the two treatments, so that the variance has no estimate");
    }
}
