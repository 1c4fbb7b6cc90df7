using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// Two groups that hold the same patients, such as the arms of a counterfactual trial, compared with the variance of the patients' own contributions (Lin &amp; Wei 1989, each patient a cluster), so
/// that what makes a patient do well or ill in either group drops out. A patient may be in one of the groups only.
/// </summary>
public static class PairedGroups
{
    const string NobodyDiffers = "no patient fared differently in the two groups, so that the variance has no estimate";

    /// <summary>The hazard ratio of the first group to the second, as R's <c>coxph(..., cluster = patient)</c>. An event of any cause is an event.</summary>
    /// <param name="pairs">The patients.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>A fit of one coefficient with the robust variance; not estimable without an event, where a group has none, or where nobody fared differently.</returns>
    public static Estimable<CoxFit> Compare(IReadOnlyList<PairedTimes> pairs, TieMethod ties = TieMethod.Efron)
    {
        RiskTable[] groups = Tables(pairs);
        return Differ(pairs, () => Cox.Compare(groups, ties).Then(fit =>
        {
            double inverse = fit.Covariance[0][0];
            double variance = inverse * inverse * SumOfSquares(pairs, new GroupResiduals(groups, fit.Coefficients[0], ties));
            return variance > 0 ? Estimable<CoxFit>.Of(fit with { Covariance = [[variance]] }) : Estimable<CoxFit>.Not(NobodyDiffers);
        }));
    }

    /// <summary>
    /// The log-rank test of the first group against the second with the paired variance (Jung 1999, Lifetime Data Analysis 5:67): observed less expected events, squared, over the sum of squares of the patients' contributions to them. It is
    /// R's robust score test of <c>coxph(..., cluster = patient, ties = "breslow")</c>.
    /// </summary>
    /// <param name="pairs">The patients.</param>
    /// <returns>Observed and expected of the second group, then of the first; not estimable without an event, or where nobody fared differently.</returns>
    public static Estimable<LogRankTest> Test(IReadOnlyList<PairedTimes> pairs)
    {
        RiskTable[] groups = Tables(pairs);
        return Differ(pairs, () => LogRank.Test(groups).Then(test =>
        {
            double difference = test.Observed[1] - test.Expected[1];
            double variance = SumOfSquares(pairs, new GroupResiduals(groups, 0, TieMethod.Breslow));
            return variance > 0
                ? Estimable<LogRankTest>.Of(test with { Test = new ChiSquareTest(difference * difference / variance, 1) })
                : Estimable<LogRankTest>.Not(NobodyDiffers);
        }));
    }

    /// <summary>The second group's counts, then the first's: the reference comes first, as in <see cref="Cox.Compare(IReadOnlyList{RiskTable}, TieMethod)"/>.</summary>
    /// <param name="pairs">The patients.</param>
    public static RiskTable[] Tables(IReadOnlyList<PairedTimes> pairs) => [Table(pairs, p => p.Second), Table(pairs, p => p.First)];

    // Rounding would otherwise leave a variance of nearly nothing.
    static Estimable<T> Differ<T>(IReadOnlyList<PairedTimes> pairs, Func<Estimable<T>> then)
        where T : notnull => pairs.All(p => p.First == p.Second) ? Estimable<T>.Not(NobodyDiffers) : then();

    static RiskTable Table(IReadOnlyList<PairedTimes> pairs, Func<PairedTimes, CompetingTime?> group)
    {
        EventTable table = new(causes: 1);
        foreach (PairedTimes pair in pairs)
        {
            if (group(pair) is { } time)
            {
                table.Add(new EventRow(time.Time, time.Cause > 0 ? [0, pair.Count] : [pair.Count, 0]));
            }
        }

        return RiskTable.Of(table);
    }

    static double SumOfSquares(IReadOnlyList<PairedTimes> pairs, GroupResiduals residuals)
    {
        double sum = 0;
        foreach (PairedTimes pair in pairs)
        {
            double own = (pair.First is { } first ? residuals.Of(1, first) : 0) + (pair.Second is { } second ? residuals.Of(0, second) : 0);
            sum += pair.Count * own * own;
        }

        return sum;
    }
}

/// <summary>Patients whose times are the same.</summary>
/// <param name="First">Their time in the first group, from its origin; null where they are not in it.</param>
/// <param name="Second">Their time in the second group.</param>
/// <param name="Count">How many patients.</param>
public readonly record struct PairedTimes(CompetingTime? First, CompetingTime? Second, int Count);

/// <summary>
/// Score residuals of a Cox model of two groups (Therneau, Grambsch &amp; Fleming 1990) from their counts alone: what a patient of a group with a time adds to the gradient. Patients are whole, so that
/// tied events are those of as many patients, which weights of rows would not say.
/// </summary>
sealed class GroupResiduals
{
    readonly double[] _relative;
    readonly double[] _times;
    readonly RiskTerms[] _terms;
    readonly double[] _hazard;
    readonly double[] _hazardMean;

    public GroupResiduals(IReadOnlyList<RiskTable> groups, double coefficient, TieMethod ties)
    {
        _relative = [1, Elementary.Exp(coefficient)];
        _times = RiskTable.EventTimes(groups);
        _terms = [.. _times.Select(t => Terms(groups, t, ties))];
        _hazard = Running(_terms, t => t.Hazard);
        _hazardMean = Running(_terms, t => t.HazardMean[0]);
    }

    /// <summary>The residual of a patient.</summary>
    /// <param name="group">0 for the reference, 1 for the other.</param>
    /// <param name="time">The patient's time.</param>
    public double Of(int group, CompetingTime time)
    {
        int found = Array.BinarySearch(_times, time.Time);
        int upTo = found < 0 ? ~found : found + 1;
        double pull = (group * _hazard[upTo]) - _hazardMean[upTo];
        if (time.Cause == 0)
        {
            return -_relative[group] * pull;
        }

        // Those with an event are in their own risk set only by what Efron's fractions leave of them.
        RiskTerms own = _terms[upTo - 1];
        pull -= (group * (own.Hazard - own.DeadHazard)) - (own.HazardMean[0] - own.DeadHazardMean[0]);
        return group - own.Mean[0] - (_relative[group] * pull);
    }

    static double[] Running(RiskTerms[] terms, Func<RiskTerms, double> part)
    {
        double[] sums = new double[terms.Length + 1];
        for (int i = 0; i < terms.Length; i++)
        {
            sums[i + 1] = sums[i] + part(terms[i]);
        }

        return sums;
    }

    RiskTerms Terms(IReadOnlyList<RiskTable> groups, double time, TieMethod ties)
    {
        RiskSums risk = new(covariates: 1);
        RiskSums dead = new(covariates: 1);
        int events = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            int own = groups[g].At(time)?.AllEvents ?? 0;
            risk.Add([g], _relative[g], groups[g].AtRiskAt(time));
            dead.Add([g], _relative[g], own);
            events += own;
        }

        return RiskTerms.Of(risk, dead, events, ties);
    }
}
