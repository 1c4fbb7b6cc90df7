using System.Globalization;
using Nadir.Designs;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Brings what a study says of a randomised trial together with population and products, and enrols its patients.</summary>
sealed class TrialResolver(Library library, IssueList issues)
{
    public TrialPlan Resolve(StudyTrial trial, Study study, TrialPlan plan)
    {
        IReadOnlyList<Covariate> covariates = plan.Arms[0].Population.Covariates;
        StratumFactor[] strata = [.. trial.Strata.Select(s => Factor(s, covariates)).OfType<StratumFactor>()];
        TrialConduct conduct = trial.Conduct with { Strata = strata, BeforeInfusion = Before(trial, study) };
        int[] allocation = [.. study.Arms.Select(a => a.Allocation)];
        long patients = (long)study.PatientsPerArm * allocation.Sum();
        if (patients > Enrolment.MostPatients)
        {
            issues.Error("ND0550", trial.At.PatientCount, "a trial that is analysed has too many patients", patients.ToString(CultureInfo.InvariantCulture), $"at most {Enrolment.MostPatients} over all arms", "leave out the analysis, or simulate fewer");
        }

        CheckAccrual(trial, patients);
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

    /// <summary>The study's days, or those of the manufacture of the products where their files give them.</summary>
    BeforeInfusion? Before(StudyTrial trial, Study study)
    {
        if (trial.Conduct.BeforeInfusion is not { } before || !double.IsNaN(before.Days))
        {
            return trial.Conduct.BeforeInfusion;
        }

        double[] days = [.. study.Arms.SelectMany(a => a.Products).Distinct().Select(p => Product.Load(library, p).Value?.Manufacture.Days ?? double.NaN).Distinct()];
        if (days.Length == 1 && !double.IsNaN(days[0]))
        {
            return before with { Days = days[0] };
        }

        issues.Error("ND0553", trial.At.Conduct.BeforeInfusion!, "the time from enrolment to infusion is not known", days.Any(double.IsNaN) ? "a product whose file gives no days of manufacture" : "products that take different times", "before-infusion: {days: …, dies: …}");
        return before;
    }
}
