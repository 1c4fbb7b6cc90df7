namespace Nadir.Survival;

/// <summary>A patient with competing causes and constant covariates.</summary>
/// <param name="FollowUp">Observation, and the cause at its end.</param>
/// <param name="Covariates">The covariates, in the same order in each row.</param>
public sealed record CompetingRow(FollowUp FollowUp, IReadOnlyList<double> Covariates);

/// <summary>
/// The proportional subdistribution hazards model (Fine &amp; Gray 1999). A patient with another cause stays at risk with the weight of not having been censored
/// meanwhile, G(t-)/G(T-), and, where patients enter late, times that of having entered (Geskus 2011); the model is then a weighted Cox model. R's <c>finegray</c>
/// with <c>coxph</c> and clusters by patient gives the same.
/// </summary>
public static class FineGray
{
    const string NoEvent = "no patient had an event of this cause";

    /// <summary>Fits the model with the robust variance, clustered by patient; hazard ratios are those of the subdistribution.</summary>
    /// <param name="patients">One entry a patient, in any order.</param>
    /// <param name="cause">The cause's number from 1; all other causes compete.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>Not estimable where no patient had an event of the cause, covariates depend on each other, or the likelihood has no maximum.</returns>
    /// <exception cref="ArgumentException">There is no patient or no covariate, or a follow-up or covariate is not valid.</exception>
    public static Estimable<CoxFit> Fit(IReadOnlyList<CompetingRow> patients, int cause, TieMethod ties = TieMethod.Efron) =>
        Rows(patients, cause).Then(rows => Cox.Fit(rows, ties).Then(fit => SandwichVariance.Of(rows, fit)));

    /// <summary>
    /// The same within strata, each with a baseline of its own and weights from its own censoring (Zhou, Latouche, Rocha &amp; Fine 2011, regular stratification).
    /// </summary>
    /// <param name="strata">The patients of each stratum, in any order; one without an event of the cause adds nothing.</param>
    /// <param name="cause">The cause's number from 1; all other causes compete.</param>
    /// <param name="ties">How tied events are treated; default Efron.</param>
    /// <returns>Not estimable where no patient had an event of the cause, covariates depend on each other, or the likelihood has no maximum.</returns>
    /// <exception cref="ArgumentException">A follow-up or covariate is not valid, or the cause is below 1.</exception>
    public static Estimable<CoxFit> FitWithin(IReadOnlyList<IReadOnlyList<CompetingRow>> strata, int cause, TieMethod ties = TieMethod.Efron)
    {
        List<CoxRow> all = [];
        int before = 0;
        foreach ((int s, IReadOnlyList<CompetingRow> patients) in strata.Index())
        {
            if (patients.Any(p => p.FollowUp.Cause == cause))
            {
                Estimable<IReadOnlyList<CoxRow>> rows = Rows(patients, cause);
                if (!rows.TryGet(out IReadOnlyList<CoxRow>? weighted))
                {
                    return Estimable<CoxFit>.Not(rows.Reason!);
                }

                all.AddRange(weighted.Select(r => r with { Stratum = s, Cluster = before + r.Cluster }));
            }

            before += patients.Count;
        }

        return all.Count == 0 ? Estimable<CoxFit>.Not(NoEvent) : Cox.Fit(all, ties).Then(fit => SandwichVariance.Of(all, fit));
    }

    /// <summary>The weighted rows of the model, clustered by patient.</summary>
    /// <param name="patients">One entry a patient, in any order.</param>
    /// <param name="cause">The cause's number from 1; all other causes compete.</param>
    /// <returns>Not estimable where no patient had an event of the cause, or where a weight has no value.</returns>
    /// <exception cref="ArgumentException">A follow-up is not valid, or the cause is below 1.</exception>
    public static Estimable<IReadOnlyList<CoxRow>> Rows(IReadOnlyList<CompetingRow> patients, int cause)
    {
        if (cause < 1)
        {
            throw new ArgumentException($"Found the cause {cause}; causes are numbered from 1.", nameof(cause));
        }

        foreach ((int i, CompetingRow p) in patients.Index())
        {
            p.FollowUp.Check(i, int.MaxValue);
        }

        double[] times = [.. patients.Where(p => p.FollowUp.Cause == cause).Select(p => p.FollowUp.Exit).Distinct().Order()];
        if (times.Length == 0)
        {
            return Estimable<IReadOnlyList<CoxRow>>.Not(NoEvent);
        }

        ObservationWeights weights = new([.. patients.Select(p => p.FollowUp)]);
        CoxRow[] rows = [.. patients.SelectMany((p, i) => Split(p, i, cause, times, weights))];
        return Array.TrueForAll(rows, r => double.IsFinite(r.Weight))
            ? Estimable<IReadOnlyList<CoxRow>>.Of([.. rows.Where(r => r.Weight > 0)])
            : Estimable<IReadOnlyList<CoxRow>>.Not("before all had entered nobody was under observation, so that the weights have no value");
    }

    static IEnumerable<CoxRow> Split(CompetingRow patient, int cluster, int cause, double[] times, ObservationWeights weights)
    {
        FollowUp f = patient.FollowUp;
        yield return new CoxRow(f.Entry, f.Exit, f.Cause == cause, patient.Covariates) { Cluster = cluster };
        if (f.Cause == 0 || f.Cause == cause)
        {
            yield break;
        }

        double from = f.Exit;
        double atExit = weights.Before(f.Exit);
        for (int k = CountUpTo(times, f.Exit); k < times.Length; k++)
        {
            double weight = weights.Before(times[k]) / atExit;

            // Event times with the same weight share a row.
            while (k + 1 < times.Length && weights.Before(times[k + 1]) / atExit == weight)
            {
                k++;
            }

            yield return new CoxRow(from, times[k], false, patient.Covariates) { Cluster = cluster, Weight = weight };
            from = times[k];
        }
    }

    static int CountUpTo(double[] times, double days)
    {
        int found = Array.BinarySearch(times, days);
        return found < 0 ? ~found : found + 1;
    }
}

/// <summary>
/// The probability of being under observation at a time: not yet censored (Kaplan-Meier of the censoring, in which who has an event at a time is no longer
/// at risk of censoring then) times entered (the same backwards in time).
/// </summary>
sealed class ObservationWeights
{
    readonly Dictionary<double, double> _before = [];

    public ObservationWeights(FollowUp[] patients)
    {
        (double Days, double Factor)[] censoring = [.. Censoring(patients)];
        (double Days, double Factor)[] entries = [.. Entries(patients)];
        int c = 0;
        double kept = 1;
        double[] entered = EnteredFrom(entries);
        int e = 0;
        foreach (double time in patients.Select(p => p.Exit).Distinct().Order())
        {
            for (; c < censoring.Length && censoring[c].Days < time; c++)
            {
                kept *= censoring[c].Factor;
            }

            while (e < entries.Length && entries[e].Days < time)
            {
                e++;
            }

            _before.Add(time, kept * entered[e]);
        }
    }

    /// <summary>The weight just before a time at which somebody's follow-up ends.</summary>
    public double Before(double days) => _before[days];

    static IEnumerable<(double Days, double Factor)> Censoring(FollowUp[] patients)
    {
        RiskTable table = RiskTable.Of([.. patients.Select(p => p with { Cause = p.Cause == 0 ? 0 : 1 })]);
        return table.Rows.Where(r => r.Censored > 0).Select(r => (r.Days, 1 - ((double)r.Censored / (r.AtRisk - r.AllEvents))));
    }

    /// <summary>For each entry time the share of those then under observation who had entered before.</summary>
    static IEnumerable<(double Days, double Factor)> Entries(FollowUp[] patients)
    {
        double[] starts = [.. patients.Select(p => p.Entry).Order()];
        double[] ends = [.. patients.Select(p => p.Exit).Order()];
        int left = 0;
        for (int i = 0; i < starts.Length;)
        {
            int entered = i;
            double time = starts[i];
            while (i < starts.Length && starts[i] == time)
            {
                i++;
            }

            while (left < ends.Length && ends[left] <= time)
            {
                left++;
            }

            yield return (time, 1 - ((double)(i - entered) / (i - left)));
        }
    }

    /// <summary>The product of the factors from each entry time on, and 1 after the last.</summary>
    static double[] EnteredFrom((double Days, double Factor)[] entries)
    {
        double[] product = [.. Enumerable.Repeat(1.0, entries.Length + 1)];
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            product[i] = product[i + 1] * entries[i].Factor;
        }

        return product;
    }
}
