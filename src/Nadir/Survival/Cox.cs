using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The proportional hazards model (Cox 1972) by partial likelihood, with strata, late entry, covariates that change (start-stop rows), weights, and tied events
/// after Efron (1977) or Breslow (1974), as R's <c>coxph</c>.
/// </summary>
public static class Cox
{
    /// <summary>Fits a model to rows.</summary>
    /// <param name="rows">Rows in any order.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>Not estimable where there is no event, covariates depend on each other, or the likelihood has no maximum.</returns>
    /// <exception cref="ArgumentException">There is no row or no covariate, a row ends before it starts, or a number is not finite.</exception>
    public static Estimable<CoxFit> Fit(IReadOnlyList<CoxRow> rows, TieMethod ties = TieMethod.Efron)
    {
        CoxRow.Check(rows);
        RowLikelihood likelihood = new(rows, ties);
        return CoxNewton.Maximise(rows[0].Covariates.Count, ties, likelihood.At);
    }

    /// <summary>Compares groups from their counts alone: the hazard ratio of each group after the first to the first. An event of any cause is an event.</summary>
    /// <param name="groups">At least two groups; the first is the reference.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>Not estimable where there is no event, or a group has none (its hazard ratio would be 0 or infinite).</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups.</exception>
    public static Estimable<CoxFit> Compare(IReadOnlyList<RiskTable> groups, TieMethod ties = TieMethod.Efron) => Compare([groups], ties);

    /// <summary>Compares groups within strata, each of which has a baseline hazard of its own: the hazard ratio of each group after the first to the first.</summary>
    /// <param name="strata">For each stratum the groups, in the same order in each; a group without patients in a stratum has an empty table.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>Not estimable where there is no event, or a group has none (its hazard ratio would be 0 or infinite).</returns>
    /// <exception cref="ArgumentException">There are fewer than two groups, or the strata differ in their number.</exception>
    public static Estimable<CoxFit> Compare(IReadOnlyList<IReadOnlyList<RiskTable>> strata, TieMethod ties = TieMethod.Efron)
    {
        int groups = LogRank.GroupCount(strata);
        (int[] AtRisk, int[] Events)[] times =
        [
            .. from stratum in strata
               from day in RiskTable.EventTimes(stratum)
               select (stratum.Select(g => g.AtRiskAt(day)).ToArray(), stratum.Select(g => g.At(day)?.AllEvents ?? 0).ToArray()),
        ];
        bool any = times.Any(t => t.Events.Any(e => e > 0));
        bool lacking = Enumerable.Range(0, groups).Any(g => times.Any(t => t.AtRisk[g] > 0) && times.All(t => t.Events[g] == 0));
        return any && lacking ? CoxNewton.NoMaximum() : CoxNewton.Maximise(groups - 1, ties, At);

        PartialLikelihood At(double[] b)
        {
            PartialLikelihood likelihood = new(b.Length, ties);
            foreach ((int[] atRisk, int[] events) in times)
            {
                AddGroups(likelihood, b, atRisk, events);
            }

            return likelihood;
        }
    }

    static void AddGroups(PartialLikelihood likelihood, double[] b, int[] atRisk, int[] events)
    {
        RiskSums risk = new(b.Length);
        RiskSums dead = new(b.Length);
        double[] deadCovariates = new double[b.Length];
        double[] x = new double[b.Length];
        double deadScore = 0;
        for (int g = 0; g <= b.Length; g++)
        {
            Array.Clear(x);
            double score = 0;
            if (g > 0)
            {
                x[g - 1] = 1;
                score = b[g - 1];
                deadCovariates[g - 1] = events[g];
            }

            double hazard = Elementary.Exp(score);
            risk.Add(x, hazard, atRisk[g]);
            dead.Add(x, hazard, events[g]);
            deadScore += score * events[g];
        }

        likelihood.Add(risk, dead, events.Sum(), deadScore, deadCovariates);
    }
}
