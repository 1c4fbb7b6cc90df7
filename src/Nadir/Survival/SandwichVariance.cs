using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The robust (sandwich) variance of a Cox model (Lin &amp; Wei 1989): the information's inverse around the sum of squares of the score residuals, which are first
/// summed within clusters. R's <c>coxph(..., cluster =)</c> gives the same.
/// </summary>
public static class SandwichVariance
{
    /// <summary>The same fit with the robust covariance in place of the inverse information.</summary>
    /// <param name="rows">The rows the model was fitted to; those with the same cluster belong together.</param>
    /// <param name="fit">The fit, with the inverse information as its covariance.</param>
    /// <returns>Not estimable with fewer clusters than covariates and one.</returns>
    /// <exception cref="ArgumentException">The rows are none that a model can be fitted to, or have another number of covariates than the fit.</exception>
    public static Estimable<CoxFit> Of(IReadOnlyList<CoxRow> rows, CoxFit fit)
    {
        CoxRow.Check(rows);
        int covariates = fit.Coefficients.Count;
        if (rows[0].Covariates.Count != covariates)
        {
            throw new ArgumentException($"Found rows of {rows[0].Covariates.Count} covariates and a fit of {covariates}; give the rows the model was fitted to.", nameof(rows));
        }

        double[][] clusters = ClusterScores(rows, fit);
        if (clusters.Length <= covariates)
        {
            return Estimable<CoxFit>.Not($"there are {clusters.Length} clusters for {covariates} coefficients");
        }

        double[][] robust = SmallMatrix.Zero(covariates);
        double[][] inverse = [.. fit.Covariance.Select(r => r.ToArray())];
        foreach (double[] score in clusters)
        {
            double[] change = SmallMatrix.Times(inverse, score);
            for (int i = 0; i < covariates; i++)
            {
                for (int j = 0; j < covariates; j++)
                {
                    robust[i][j] += change[i] * change[j];
                }
            }
        }

        return Estimable<CoxFit>.Of(fit with { Covariance = robust });
    }

    static double[][] ClusterScores(IReadOnlyList<CoxRow> rows, CoxFit fit)
    {
        double[] b = [.. fit.Coefficients];
        SortedDictionary<int, double[]> clusters = [];
        foreach (CoxStratum stratum in new RowLikelihood(rows, fit.Ties).Strata)
        {
            ScoreResiduals residuals = new(stratum, b, fit.Ties);
            for (int i = 0; i < stratum.Rows.Length; i++)
            {
                int cluster = stratum.Rows[i].Cluster;
                if (!clusters.TryGetValue(cluster, out double[]? sum))
                {
                    clusters.Add(cluster, sum = new double[b.Length]);
                }

                residuals.AddTo(sum, i);
            }
        }

        return [.. clusters.Values];
    }
}

/// <summary>
/// Score residuals of one stratum (Therneau, Grambsch &amp; Fleming 1990): what each row adds to the gradient, through its own event and through its part in the
/// risk sets. Running sums over the event times make a row's part in all of them two look-ups.
/// </summary>
sealed class ScoreResiduals
{
    readonly CoxStratum _stratum;
    readonly double[] _scores;
    readonly double[] _times;
    readonly double[][] _mean;
    readonly double[] _hazard;
    readonly double[][] _hazardMean;
    readonly double[] _deadHazard;
    readonly double[][] _deadHazardMean;

    public ScoreResiduals(CoxStratum stratum, double[] b, TieMethod ties)
    {
        _stratum = stratum;
        _scores = stratum.Scores(b);
        List<(double Days, RiskTerms Terms)> found = [];
        stratum.Walk(_scores, (time, risk, dead) => found.Add((time.Days, RiskTerms.Of(risk, dead, time.Dead.Length, ties))));
        found.Reverse();
        _times = [.. found.Select(f => f.Days)];
        _mean = [.. found.Select(f => f.Terms.Mean)];
        _hazard = Running([.. found.Select(f => f.Terms.Hazard)]);
        _hazardMean = [.. Enumerable.Range(0, b.Length).Select(j => Running([.. found.Select(f => f.Terms.HazardMean[j])]))];
        _deadHazard = [.. found.Select(f => f.Terms.Hazard - f.Terms.DeadHazard)];
        _deadHazardMean = [.. found.Select(f => f.Terms.HazardMean.Zip(f.Terms.DeadHazardMean, (a, d) => a - d).ToArray())];
    }

    /// <summary>Adds the weighted residual of a row.</summary>
    public void AddTo(double[] sum, int row)
    {
        CoxRow r = _stratum.Rows[row];
        double[] x = _stratum.X[row];
        int from = CountUpTo(r.Start);
        int to = CountUpTo(r.Stop);
        double relative = Elementary.Exp(_scores[row]);
        for (int j = 0; j < sum.Length; j++)
        {
            double pull = (x[j] * (_hazard[to] - _hazard[from])) - (_hazardMean[j][to] - _hazardMean[j][from]);
            double own = 0;
            if (r.Event)
            {
                // Those with an event are in their own risk set only by what Efron's fractions leave of them.
                pull -= (x[j] * _deadHazard[to - 1]) - _deadHazardMean[to - 1][j];
                own = x[j] - _mean[to - 1][j];
            }

            sum[j] += r.Weight * (own - (relative * pull));
        }
    }

    static double[] Running(double[] terms)
    {
        double[] sums = new double[terms.Length + 1];
        for (int i = 0; i < terms.Length; i++)
        {
            sums[i + 1] = sums[i] + terms[i];
        }

        return sums;
    }

    int CountUpTo(double days)
    {
        int found = Array.BinarySearch(_times, days);
        return found < 0 ? ~found : found + 1;
    }
}

/// <summary>What a row at risk meets at one event time.</summary>
/// <param name="Mean">Mean covariates of the risk set, averaged over the tied events.</param>
/// <param name="Hazard">Increment of the baseline hazard.</param>
/// <param name="HazardMean">The same times the mean covariates.</param>
/// <param name="DeadHazard">The increment for a row with an event then.</param>
/// <param name="DeadHazardMean">The same times the mean covariates.</param>
sealed record RiskTerms(double[] Mean, double Hazard, double[] HazardMean, double DeadHazard, double[] DeadHazardMean)
{
    public static RiskTerms Of(RiskSums risk, RiskSums dead, int events, TieMethod ties)
    {
        int covariates = risk.First.Length;
        double[] mean = new double[covariates];
        double[] hazardMean = new double[covariates];
        double[] deadHazardMean = new double[covariates];
        double hazard = 0;
        double deadHazard = 0;
        for (int k = 0; k < events; k++)
        {
            double gone = ties == TieMethod.Efron ? (double)k / events : 0;
            double sum = risk.Sum - (gone * dead.Sum);
            double increment = dead.Weight / events / sum;
            hazard += increment;
            deadHazard += increment * (1 - gone);
            for (int j = 0; j < covariates; j++)
            {
                double at = (risk.First[j] - (gone * dead.First[j])) / sum;
                mean[j] += at / events;
                hazardMean[j] += increment * at;
                deadHazardMean[j] += increment * at * (1 - gone);
            }
        }

        return new RiskTerms(mean, hazard, hazardMean, deadHazard, deadHazardMean);
    }
}
