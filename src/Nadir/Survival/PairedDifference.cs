namespace Nadir.Survival;

/// <summary>
/// Differences between two treatments of the same patients. The variance is that of the patients' own differences, so that what makes a patient do well or ill under
/// either treatment drops out.
/// </summary>
public static class PairedDifference
{
    /// <summary>
    /// The share of patients with an event under the first treatment less that under the second. Half a patient is added to each of the four outcomes of a pair before Wald's form is used for interval and
    /// standard error (Agresti &amp; Min 2005, Statistics in Medicine 24:729), so that both also hold where few patients or none fared differently; the estimate stays that of the patients.
    /// </summary>
    /// <param name="onlyFirst">Patients with the event under the first treatment only.</param>
    /// <param name="onlySecond">Patients with the event under the second treatment only.</param>
    /// <param name="patients">All patients, each seen under both treatments.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable without a patient.</returns>
    /// <exception cref="ArgumentException">A count is negative, or there are more patients that differ than patients.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimable<Contrast> OfShares(int onlyFirst, int onlySecond, int patients, double level = 0.95)
    {
        if (onlyFirst < 0 || onlySecond < 0 || (long)onlyFirst + onlySecond > patients)
        {
            throw new ArgumentException($"Found {onlyFirst} and {onlySecond} patients who differ, of {patients}; expected counts from 0 that sum to no more.", nameof(patients));
        }

        double n = patients + 2.0;
        double difference = (double)onlyFirst - onlySecond;
        double error = Math.Sqrt(onlyFirst + (double)onlySecond + 1 - (difference * difference / n)) / n;
        double step = ProbabilityInterval.Quantile(level) * error;
        return patients == 0
            ? Estimable<Contrast>.Not("there are no patients")
            : Estimable<Contrast>.Of(new Contrast(new Estimate(difference / patients, Math.Max(-1, (difference / n) - step), Math.Min(1, (difference / n) + step)), error));
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

    /// <summary>
    /// The mean of the patients in a first group less that of those in a second, where a patient may be in both groups or in one: as patients in remission under each of two treatments. The variance is that of the patients'
    /// own pulls on the difference (infinitesimal jackknife, Efron 1982, chapter 6); where all are in both groups it is that of <see cref="OfMeans"/>.
    /// </summary>
    /// <param name="patients">What is averaged in the first and in the second group, null where the patient is not in it, and how many patients are like that.</param>
    /// <param name="level">Level of the two-sided interval; default 0.95.</param>
    /// <returns>Not estimable where a group has no patients or nobody differs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimable<Contrast> OfGroups(IReadOnlyList<(double? First, double? Second, int Count)> patients, double level = 0.95)
    {
        double n = patients.Where(p => p.First is not null || p.Second is not null).Sum(p => p.Count);
        double first = patients.Where(p => p.First is not null).Sum(p => p.Count);
        double second = patients.Where(p => p.Second is not null).Sum(p => p.Count);
        if (first == 0 || second == 0)
        {
            return Estimable<Contrast>.Not("a group has no patients");
        }

        double meanOfFirst = patients.Sum(p => p.Count * (p.First ?? 0)) / first;
        double meanOfSecond = patients.Sum(p => p.Count * (p.Second ?? 0)) / second;
        double variance = n / (n - 1) * patients.Sum(p =>
        {
            double pull = ((p.First - meanOfFirst) / first ?? 0) - ((p.Second - meanOfSecond) / second ?? 0);
            return p.Count * pull * pull;
        });
        return n >= 2 && variance > 0
            ? Estimable<Contrast>.Of(Contrast.Of(meanOfFirst - meanOfSecond, Math.Sqrt(variance), level))
            : Estimable<Contrast>.Not("no two patients fared differently from each other under the two treatments, so that the variance has no estimate");
    }
}
