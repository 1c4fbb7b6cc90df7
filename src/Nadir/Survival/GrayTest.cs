using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The test that a cause's cumulative incidence is the same in every group, with the other causes competing (Gray 1988, equations 2.4 and 3.1 to 3.3, with
/// weight (1 - F)^ρ and the variance for tied times), as <c>cuminc</c> of R's package cmprsk. All patients are observed from the origin: the method has no form
/// for late entry.
/// </summary>
public static class GrayTest
{
    /// <summary>Compares the incidence of one cause between groups.</summary>
    /// <param name="groups">At least two groups.</param>
    /// <param name="cause">The cause's number from 1.</param>
    /// <param name="rho">Power of the weight; the default 0 weighs all times alike.</param>
    /// <returns>Not estimable where no patient had an event of the cause, fewer than two groups have patients, or patients enter late.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, or one has no such cause.</exception>
    public static Estimable<ChiSquareTest> Test(IReadOnlyList<RiskTable> groups, int cause, double rho = 0) => Test([groups], cause, rho);

    /// <summary>Compares the incidence of one cause between groups within strata.</summary>
    /// <param name="strata">For each stratum the groups, in the same order in each.</param>
    /// <param name="cause">The cause's number from 1.</param>
    /// <param name="rho">Power of the weight; the default 0 weighs all times alike.</param>
    /// <returns>Not estimable where no patient had an event of the cause, fewer than two groups have patients, or patients enter late.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, the strata differ in their number, or a group has no such cause.</exception>
    public static Estimable<ChiSquareTest> Test(IReadOnlyList<IReadOnlyList<RiskTable>> strata, int cause, double rho = 0) =>
        Compare(strata, cause, rho).Then(c => Estimable<ChiSquareTest>.Of(c.Test));

    /// <summary>The same test with the groups' scores, which tell the direction of a difference within strata.</summary>
    /// <param name="strata">For each stratum the groups, in the same order in each.</param>
    /// <param name="cause">The cause's number from 1.</param>
    /// <param name="rho">Power of the weight; the default 0 weighs all times alike.</param>
    /// <returns>Not estimable where no patient had an event of the cause, fewer than two groups have patients, or patients enter late.</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, the strata differ in their number, or a group has no such cause.</exception>
    public static Estimable<GrayComparison> Compare(IReadOnlyList<IReadOnlyList<RiskTable>> strata, int cause, double rho = 0)
    {
        int groups = LogRank.GroupCount(strata);
        if (strata.SelectMany(s => s).FirstOrDefault(g => cause < 1 || cause > g.Causes) is { } wrong)
        {
            throw new ArgumentException($"Found the cause {cause}; the causes of this group are numbered from 1 to {wrong.Causes}.", nameof(cause));
        }

        if (Impossible(strata, cause) is { } reason)
        {
            return Estimable<GrayComparison>.Not(reason);
        }

        int[] present = [.. Enumerable.Range(0, groups).Where(i => strata.Any(s => s[i].Patients > 0))];
        double[] score = new double[present.Length];
        double[][] covariance = SmallMatrix.Zero(present.Length);
        foreach (IReadOnlyList<RiskTable> stratum in strata)
        {
            new GraySums([.. present.Select(i => stratum[i])], cause, rho).AddTo(score, covariance);
        }

        // The scores sum to 0, so that one of the groups is left out.
        double[][]? inverse = SmallMatrix.Inverse([.. covariance.Skip(1).Select(r => r[1..])]);
        return inverse is null
            ? Estimable<GrayComparison>.Not("the groups were never at risk together at an event of the cause")
            : Estimable<GrayComparison>.Of(new GrayComparison(
                [.. Enumerable.Range(0, groups).Select(i => Array.IndexOf(present, i) is var at and >= 0 ? score[at] : 0)],
                new ChiSquareTest(SmallMatrix.Quadratic(inverse, score[1..]), present.Length - 1)));
    }

    static string? Impossible(IReadOnlyList<IReadOnlyList<RiskTable>> strata, int cause)
    {
        int filled = Enumerable.Range(0, strata[0].Count).Count(i => strata.Any(s => s[i].Patients > 0));
        return strata.SelectMany(s => s).Any(g => g.HasLateEntry) ? "patients enter late, for which Gray's test has no form"
            : filled < 2 ? "fewer than two groups have patients"
            : strata.SelectMany(s => s).Sum(g => g.Events(cause)) == 0 ? "no patient had an event of this cause"
            : null;
    }
}

/// <summary>Gray's test with its scores.</summary>
/// <param name="Scores">For each group its weighted events of the cause less those expected if incidences did not differ, summed over strata; above 0 where the group has more.</param>
/// <param name="Test">The statistic.</param>
public sealed record GrayComparison(IReadOnlyList<double> Scores, ChiSquareTest Test);

/// <summary>Scores and their covariance in one stratum.</summary>
sealed class GraySums
{
    readonly IReadOnlyList<RiskTable> _groups;
    readonly int _cause;
    readonly double _rho;
    readonly List<GrayTime> _times = [];

    public GraySums(IReadOnlyList<RiskTable> groups, int cause, double rho)
    {
        (_groups, _cause, _rho) = (groups, cause, rho);
        GrayState state = GrayState.Start(groups.Count);
        foreach (double time in RiskTable.EventTimes(groups))
        {
            state = Step(state, time);
        }
    }

    public void AddTo(double[] score, double[][] covariance)
    {
        int groups = _groups.Count;
        double[][] total = Final();
        foreach (GrayTime t in _times)
        {
            for (int i = 0; i < groups; i++)
            {
                score[i] += t.Score[i];
            }

            for (int r = 0; r < groups; r++)
            {
                double[] own = [.. Enumerable.Range(0, groups).Select(i => t.Weight[i][r] + (t.OwnPull[r] * (total[i][r] - t.Cumulated[i][r])))];
                double[] other = [.. Enumerable.Range(0, groups).Select(i => t.OtherPull[r] * (total[i][r] - t.Cumulated[i][r]))];
                for (int i = 0; i < groups; i++)
                {
                    for (int j = 0; j < groups; j++)
                    {
                        covariance[i][j] += (own[i] * own[j] * t.OwnVariance[r]) + (other[i] * other[j] * t.OtherVariance[r]);
                    }
                }
            }
        }
    }

    double[][] Final() => _times.Count == 0 ? SmallMatrix.Zero(_groups.Count) : _times[^1].Cumulated;

    /// <summary>
    /// One event time. With S the survival free of any event and F the incidence of the cause in a group, a group's patients at risk of the subdistribution
    /// number Y(1 - F-)/S-; the common incidence is estimated from the groups' Y/S-.
    /// </summary>
    GrayState Step(GrayState s, double time)
    {
        int groups = _groups.Count;
        int[] y = [.. _groups.Select(g => g.AtRiskAt(time))];
        double[] own = [.. _groups.Select(g => (double)(g.At(time)?.Events[_cause - 1] ?? 0))];
        double[] all = [.. _groups.Select(g => (double)(g.At(time)?.AllEvents ?? 0))];
        double[] scaled = [.. y.Select((n, i) => n == 0 ? 0 : n / s.Free[i])];
        double[] subdistribution = [.. scaled.Select((h, i) => h * (1 - s.Incidence[i]))];
        double events = own.Sum();
        double sum = scaled.Sum();
        double weight = _rho == 0 ? 1 : Elementary.Pow(1 - s.Common, _rho);
        GrayState next = s.After(y, own, all, events / sum);
        GrayTime at = new(groups)
        {
            Score = [.. own.Select((d, i) => y[i] == 0 ? 0 : weight * (d - (events * subdistribution[i] / subdistribution.Sum())))],
        };
        double hazard = events / (sum * (1 - s.Common));
        for (int r = 0; r < groups; r++)
        {
            for (int i = 0; i < groups; i++)
            {
                at.Weight[i][r] = weight * scaled[r] * ((i == r ? 1 : 0) - (scaled[i] / sum));
                at.Cumulated[i][r] = (_times.Count == 0 ? 0 : _times[^1].Cumulated[i][r]) + (at.Weight[i][r] * hazard);
            }

            if (y[r] == 0)
            {
                continue;
            }

            double share = next.Free[r] > 0 ? (1 - next.Common) / next.Free[r] : 0;
            double ties = events > 1 ? 1 - ((events - 1) / ((sum * s.Free[r]) - 1)) : 1;
            at.OwnPull[r] = 1 - share;
            at.OwnVariance[r] = ties * s.Free[r] * events / (sum * y[r]);
            double others = all[r] - own[r];
            double otherTies = others > 1 ? 1 - ((others - 1) / (y[r] - 1.0)) : 1;
            at.OtherPull[r] = share;
            at.OtherVariance[r] = next.Free[r] > 0 ? otherTies * s.Free[r] * s.Free[r] * others / ((double)y[r] * y[r]) : 0;
        }

        _times.Add(at);
        return next;
    }
}

/// <summary>Estimates just before a time.</summary>
/// <param name="Free">Survival free of any event, by group.</param>
/// <param name="Incidence">Incidence of the cause, by group.</param>
/// <param name="Common">Incidence of the cause if it is common to all groups.</param>
readonly record struct GrayState(double[] Free, double[] Incidence, double Common)
{
    public static GrayState Start(int groups) => new([.. Enumerable.Repeat(1.0, groups)], new double[groups], 0);

    public GrayState After(int[] atRisk, double[] own, double[] all, double increment)
    {
        GrayState before = this;
        return new GrayState(
            [.. before.Free.Select((s, i) => atRisk[i] == 0 ? s : s * (atRisk[i] - all[i]) / atRisk[i])],
            [.. before.Incidence.Select((f, i) => atRisk[i] == 0 ? f : f + (before.Free[i] * own[i] / atRisk[i]))],
            before.Common + increment);
    }
}

/// <summary>What one event time adds to scores and their covariance.</summary>
sealed class GrayTime(int groups)
{
    public required double[] Score { get; init; }

    public double[][] Weight { get; } = SmallMatrix.Zero(groups);

    public double[][] Cumulated { get; } = SmallMatrix.Zero(groups);

    public double[] OwnPull { get; } = new double[groups];

    public double[] OwnVariance { get; } = new double[groups];

    public double[] OtherPull { get; } = new double[groups];

    public double[] OtherVariance { get; } = new double[groups];
}
