namespace Nadir.Survival;

/// <summary>
/// The log-rank test between two or more groups (Mantel 1966; Peto &amp; Peto 1972) with the hypergeometric variance, and its stratified form (Kalbfleisch
/// &amp; Prentice 2002, section 1.5), as R's <c>survdiff</c>. Patients who enter late count from their entry on.
/// </summary>
public static class LogRank
{
    /// <summary>Compares groups; an event of any cause is an event.</summary>
    /// <param name="groups">At least two groups.</param>
    /// <returns>Not estimable where there is no event, or where fewer than two groups were at risk at an event.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups.</exception>
    public static Estimable<LogRankTest> Test(IReadOnlyList<RiskTable> groups) => Test([groups]);

    /// <summary>Compares groups within strata: only patients of the same stratum are compared.</summary>
    /// <param name="strata">For each stratum the groups, in the same order in each; a group without patients in a stratum has an empty table.</param>
    /// <returns>Not estimable where there is no event, or where fewer than two groups were at risk at an event.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, or the strata differ in their number.</exception>
    public static Estimable<LogRankTest> Test(IReadOnlyList<IReadOnlyList<RiskTable>> strata)
    {
        int groups = GroupCount(strata);
        LogRankSums sums = new(groups);
        foreach (IReadOnlyList<RiskTable> stratum in strata)
        {
            foreach (double time in RiskTable.EventTimes(stratum))
            {
                sums.Add([.. stratum.Select(g => g.AtRiskAt(time))], [.. stratum.Select(g => g.At(time)?.AllEvents ?? 0)]);
            }
        }

        return sums.Test();
    }

    /// <summary>The number of groups, the same in every stratum.</summary>
    internal static int GroupCount(IReadOnlyList<IReadOnlyList<RiskTable>> strata)
    {
        int groups = strata.Count == 0 ? 0 : strata[0].Count;
        return groups >= 2 && strata.All(s => s.Count == groups)
            ? groups
            : throw new ArgumentException($"Found strata of {string.Join(", ", strata.Select(s => s.Count))} groups; expected at least two groups, the same number in each stratum.", nameof(strata));
    }
}

/// <summary>The log-rank test's result.</summary>
/// <param name="Observed">Events of each group.</param>
/// <param name="Expected">Events expected in each group if none differed.</param>
/// <param name="Test">The statistic.</param>
public sealed record LogRankTest(IReadOnlyList<double> Observed, IReadOnlyList<double> Expected, ChiSquareTest Test);

/// <summary>Observed and expected events with the covariance of their differences, summed over event times and strata.</summary>
sealed class LogRankSums(int groups)
{
    readonly double[] _observed = new double[groups];
    readonly double[] _expected = new double[groups];
    readonly double[][] _covariance = SmallMatrix.Zero(groups);

    public void Add(int[] atRisk, int[] events)
    {
        double n = atRisk.Sum();
        double d = events.Sum();
        for (int i = 0; i < groups; i++)
        {
            _observed[i] += events[i];
            _expected[i] += d * atRisk[i] / n;
            for (int j = 0; n > 1 && j < groups; j++)
            {
                double share = ((i == j ? n : 0) - atRisk[j]) / n;
                _covariance[i][j] += atRisk[i] * share * d * (n - d) / (n * (n - 1));
            }
        }
    }

    public Estimable<LogRankTest> Test()
    {
        int[] compared = [.. Enumerable.Range(0, groups).Where(i => _expected[i] > 0)];
        if (_observed.Sum() == 0)
        {
            return Estimable<LogRankTest>.Not("no group had an event");
        }

        if (compared.Length < 2)
        {
            return Estimable<LogRankTest>.Not("fewer than two groups were at risk at an event");
        }

        // The differences sum to 0, so that one of the groups is left out.
        int[] free = compared[1..];
        double[] difference = [.. free.Select(i => _observed[i] - _expected[i])];
        double[][]? inverse = SmallMatrix.Inverse([.. free.Select(i => free.Select(j => _covariance[i][j]).ToArray())]);
        return inverse is null
            ? Estimable<LogRankTest>.Not("the groups were never at risk together when a patient who had an event could have been of another group")
            : Estimable<LogRankTest>.Of(new LogRankTest(_observed, _expected, new ChiSquareTest(SmallMatrix.Quadratic(inverse, difference), free.Length)));
    }
}
