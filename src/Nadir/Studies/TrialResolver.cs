using System.Globalization;
using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Brings what a study says of a randomised trial together with population and products, and enrols its patients.</summary>
sealed class TrialResolver(IssueList issues)
{
    public TrialPlan Resolve(StudyTrial trial, Study study, TrialPlan plan)
    {
        IReadOnlyList<Covariate> covariates = plan.Arms[0].Population.Covariates;
        StratumFactor[] strata = [.. trial.Strata.Select(s => Factor(s, covariates)).OfType<StratumFactor>()];
        TrialConduct conduct = trial.Conduct with { Strata = strata, BeforeInfusion = Before(trial, study, plan) };
        int[] allocation = [.. study.Arms.Select(a => a.Allocation)];
        long patients = (long)study.PatientsPerArm * allocation.Sum();
        if (patients > Enrolment.MostPatients)
        {
            issues.Error("ND0550", trial.At.PatientCount, "a trial that is analysed has too many patients", patients.ToString(CultureInfo.InvariantCulture), $"at most {Enrolment.MostPatients} over all arms", "leave out the analysis, or simulate fewer");
        }

        CheckAccrual(trial, patients);
        CheckEvents(trial, study);
        CheckOrigin(trial, plan, conduct);
        if (trial.Analysis.Endpoint.CensorsAtTransplant && trial.Analysis.Endpoint.Endpoint == Endpoints.Endpoint.Overall)
        {
            issues.Error("ND0551", trial.At.Analysis.AtTransplant!, "a transplant does not end overall survival", "endpoint: OS with at-transplant: censor", "at-transplant: follow");
        }
        else if (trial.Analysis.Endpoint.CensorsAtTransplant && !plan.Arms.Any(a => a.Strategies.Any(s => s.IsTransplant)))
        {
            issues.Error("ND0551", trial.At.Analysis.AtTransplant!, "no arm has a transplant to censor at", "at-transplant: censor", "a strategy with a transplant", "leave it out");
        }

        if (trial.Analysis.OnlyInfused && conduct.BeforeInfusion is null)
        {
            issues.Error("ND0552", trial.At.Analysis.Patients!, "all patients are infused", "patients: infused", "before-infusion under conduct", "leave it out");
        }

        if (issues.HasErrors)
        {
            return plan;
        }

        plan = plan with { Randomised = new RandomisedDesign(conduct, trial.Analysis, allocation) };
        return plan with { Enrolment = Enrolment.Create(plan) };
    }

    /// <summary>At the mean rate the last patient must come before the cut-off; else the trial would have patients who are never enrolled (ND0541).</summary>
    void CheckAccrual(StudyTrial trial, long patients)
    {
        double days = patients / (trial.Conduct.Accrual?.PerDay ?? double.NaN);
        if (days >= trial.Conduct.CutOffDay)
        {
            issues.Error(
                "ND0541",
                trial.At.Conduct.CutOff!,
                "the data cut-off comes before the last patient",
                string.Create(CultureInfo.InvariantCulture, $"{patients} patients over all arms, who take {days:0.#} days to come, and a cut-off on day {trial.Conduct.CutOffDay:0.#}"),
                string.Create(CultureInfo.InvariantCulture, $"a cut-off of more than {days:0.#} days, more patients per-month, or fewer patients"),
                "it counts from the opening of the trial");
        }
    }

    /// <summary>The planned events against the patients that the run has, where the command line changed them (ND0547).</summary>
    void CheckEvents(StudyTrial trial, Study study)
    {
        PrimaryAnalysis analysis = trial.Analysis;
        long patients = (long)study.PatientsPerArm * (study.Arms[analysis.Arm].Allocation + study.Arms[analysis.Reference].Allocation);
        if (analysis.Events > patients)
        {
            issues.Error("ND0547", trial.At.Analysis.Events!, "there are more events than patients", $"{analysis.Events} events", $"at most the {patients} patients of the two arms");
        }
    }

    /// <summary>An endpoint that is counted from infusion or remission begins after the trial opens; somebody must get so far before the data cut-off (ND0541, ND0549).</summary>
    void CheckOrigin(StudyTrial trial, TrialPlan plan, TrialConduct conduct)
    {
        PrimaryAnalysis analysis = trial.Analysis;
        bool fromInfusion = analysis.OnlyInfused || analysis.Endpoint.IsFromRemission;
        double wait = fromInfusion && conduct.BeforeInfusion is { } before ? Enumerable.Range(0, plan.Arms.Count).Select(before.Of).Min(t => t.Spread > 0 ? 0 : t.Days) : 0;
        double origin = wait + (analysis.Endpoint.IsFromRemission ? plan.RemissionDays[0] : 0);
        string reached = string.Create(CultureInfo.InvariantCulture, $"a cut-off on day {conduct.CutOffDay:0.#} after the opening; the endpoint counts from day {origin:0.#} at the earliest");
        if (conduct.CutOffDay <= origin)
        {
            issues.Error("ND0541", trial.At.Conduct.CutOff!, "nobody can be in the analysis at the data cut-off", reached, string.Create(CultureInfo.InvariantCulture, $"a cut-off after day {origin:0.#}"));
        }
        else if (analysis.MilestoneDay < conduct.CutOffDay && analysis.MilestoneDay + origin >= conduct.CutOffDay)
        {
            issues.Error(
                "ND0549", trial.At.Analysis.Month!, "nobody has reached the milestone at the data cut-off", reached,
                string.Create(CultureInfo.InvariantCulture, $"a cut-off after day {analysis.MilestoneDay + origin:0.#}, or an earlier month"));
        }
    }

    StratumFactor? Factor(StudyStratum stratum, IReadOnlyList<Covariate> covariates)
    {
        int index = covariates.Index().Where(c => c.Item.Name == stratum.Name).Select(c => c.Index).FirstOrDefault(-1);
        if (index < 0)
        {
            issues.Error("ND0544", stratum.At, $"the population has no characteristic {Excerpt.Of(stratum.Name)}", stratum.Name, $"one of {string.Join(", ", covariates.Select(c => c.Name))}", NearestName.Hint(stratum.Name, [.. covariates.Select(c => c.Name)]));
            return null;
        }

        if (covariates[index].IsYesNo != (stratum.Cuts.Count == 0))
        {
            issues.Error("ND0544", stratum.At, covariates[index].IsYesNo ? $"{stratum.Name} is yes or no and has no cuts" : $"{stratum.Name} is a number and needs cuts", stratum.Name, covariates[index].IsYesNo ? $"stratify-by: [{stratum.Name}]" : $"stratify-by: [{{covariate: {stratum.Name}, at: [50]}}]");
            return null;
        }

        return new StratumFactor(stratum.Name, index, covariates[index].IsYesNo ? [0.5] : stratum.Cuts) { IsYesNo = covariates[index].IsYesNo };
    }

    /// <summary>The time of each arm: its own, else that of the conduct, else that of the product given on day 0 that takes longest.</summary>
    BeforeInfusion? Before(StudyTrial trial, Study study, TrialPlan plan)
    {
        if (trial.BeforeInfusion is not { } before)
        {
            return null;
        }

        VeinToVein?[] times = [.. study.Arms.Zip(plan.Arms, (arm, resolved) => arm.VeinToVein ?? before.Time ?? resolved.Slowest)];
        if (Array.FindIndex(times, t => t is null) is var unknown && unknown >= 0)
        {
            issues.Error(
                "ND0553", trial.At.Conduct.BeforeInfusion!, $"the time from enrolment to infusion is not known in the arm {Excerpt.Of(study.Arms[unknown].Name)}",
                "a product whose file gives no days of manufacture", "before-infusion: {days: …, dies: …}, or vein-to-vein: … in the arm");
            return null;
        }

        VeinToVein[] known = [.. times.Select(t => t!.Value)];
        CheckBridging(study, plan, known);
        bool same = known.All(t => t == known[0] && t.Spread == 0);
        double within = before.WithinDays ?? before.Time?.Days ?? (same || before.Dies == 0 ? known[0].Days : double.NaN);
        if (double.IsNaN(within))
        {
            issues.Error(
                "ND0553", trial.At.Conduct.BeforeInfusion!, "the days over which patients die are not known", "arms or patients that wait different times for the infusion",
                "before-infusion: {dies: …, within: …}", "the hazard before the infusion is the same in every arm");
        }

        return new BeforeInfusion(within, before.Dies) { TooIll = before.TooIll, Arms = same && within == known[0].Days ? [] : known };
    }

    /// <summary>What is given between enrolment and infusion needs the days for it (ND0535).</summary>
    void CheckBridging(Study study, TrialPlan plan, VeinToVein[] times)
    {
        foreach (((StudyArm arm, ArmPlan resolved), VeinToVein time) in study.Arms.Zip(plan.Arms).Zip(times))
        {
            foreach (Strategy strategy in resolved.Strategies.Where(s => s.Needs?.DaysBeforeInfusion > time.Days))
            {
                issues.Error(
                    "ND0535", arm.StrategiesAt[Math.Max(0, arm.Strategies.ToList().IndexOf(strategy.Name))], $"\"{strategy.Name}\" of the arm \"{arm.Name}\" has no time there: its product is infused too soon",
                    string.Create(CultureInfo.InvariantCulture, $"{time.Days} days after enrolment"), string.Create(CultureInfo.InvariantCulture, $"{strategy.Needs!.DaysBeforeInfusion} days or more"));
            }
        }
    }
}
