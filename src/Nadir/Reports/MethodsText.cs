using System.Globalization;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The methods of a trial in words that could stand in a paper, made from the study itself.</summary>
static class MethodsText
{
    public static void Write(Markup body, TrialResult trial)
    {
        body.Element("h2", "Methods");
        body.Element("h3", "Simulation");
        body.Element("p", Simulation(trial));
        if (trial.Mix is { } mix)
        {
            body.Element("p", MixTable.Method(mix));
            body.Add(HtmlTable.Render(MixTable.Of(mix)));
        }

        body.Element("p", Treatments(trial));
        if (trial.Methods is { } methods)
        {
            body.Element("h3", "Assessments");
            body.Element("p", Assessments(methods));
            if (trial.Arms.Any(a => a.SecondTreatment is not null))
            {
                body.Element("p", AfterFailure);
            }
        }

        if (trial.Conducted is { } conducted)
        {
            body.Element("h3", "Conduct of the trial");
            body.Element("p", string.Join(' ', ConductText.Conduct(conducted, trial.HorizonDays).Select(c => c.Text)));
        }

        body.Element("h3", "Endpoints").Add(MarkdownSubset.Render(ResponseWords.Endpoints(trial.Methods, Asset.Read("endpoints.md"))));
        body.Element("h3", "Statistics");
        body.Element("p", Curves);
        if (trial.Contrasts.Count > 0)
        {
            body.Element("p", Comparisons(trial));
        }

        if (trial.Conducted is { } decided)
        {
            body.Element("p", ConductText.Analysis(decided));
        }

        AnalysesText.Write(body, trial);
        string[] apart =
        [
            .. trial.Uncertainty is null ? (string[])[] : ["“Uncertainty by kind”, which say what they hold"],
            .. trial.Power is null ? (string[])[] : ["operating characteristics, which describe the number of simulated trials"],
            .. trial.Sensitivity is null ? (string[])[] : ["shares of the variance, which describe the draws from the priors"],
        ];
        string but = apart.Length == 0 ? "" : $", but for those of {string.Join("; of ", apart)}";
        body.Element("p", $"All intervals are two-sided 95% intervals that describe the sampling of virtual patients{but}. They say nothing about the model or its parameters. No adjustment for multiple comparisons was made.");
        body.Element("h3", "Reproducibility");
        body.Element("p", Reproducibility(trial));
    }

    static string Simulation(TrialResult trial)
    {
        ModelCard card = trial.Card;
        string months = Markup.Number(trial.HorizonDays / Duration.DaysPerMonth);
        string design = trial.Design == "counterfactual"
            ? "The same virtual patients, with the same random numbers, went through every arm (counterfactual design), so that a difference between arms is the treatment's."
            : "Every arm had virtual patients of its own."
                + (trial.Conducted is null ? "" : " All curves, tables and differences between arms follow every infused patient to the end of follow-up; what the trial itself sees of them is described below.");
        return $"We simulated a virtual trial with Nadir {trial.Provenance.Version}, {Sizes(trial)}, from the population “{card.Population}” of the model {card.Model}{Calibrated(trial.Provenance)}. "
            + $"Of the model's {card.Measured + card.Derived + card.Assumed} parameters {card.Measured} are measured, {card.Derived} derived from measured values and {card.Assumed} assumed. {design} "
            + "Cells that are plentiful follow differential equations, solved with adaptive step size"
            + (trial.Methods is { } m ? $" ({m.Solver}) and a relative tolerance of {m.RelativeTolerance.ToString("0e+0", CultureInfo.InvariantCulture)} a step" : "")
            + "; a leukaemic clone of few cells is a whole number of cells that divide and die at random and can die out. "
            + $"Follow-up was {months} months (of {Duration.DaysPerMonth.ToString(CultureInfo.InvariantCulture)} days), for each endpoint from its own origin. "
            + (trial.FailedPatients == 0 ? "No simulation failed." : $"{NumberText.Count(trial.FailedPatients)} simulations failed numerically; these patients are in no estimate.")
            + Switched(trial.Provenance);
    }

    static string Sizes(TrialResult trial)
    {
        int[] sizes = [.. trial.Arms.Select(a => a.Patients)];
        return sizes.Length == 1 ? $"{NumberText.Count(sizes[0])} patients in one arm"
            : sizes.All(s => s == sizes[0]) ? $"{NumberText.Count(sizes[0])} patients in each of {sizes.Length} arms"
            : $"{string.Join(", ", sizes.Select(NumberText.Count))} patients in {sizes.Length} arms";
    }

    static string Calibrated(Provenance p) => p.Calibration is { } c ? $", {c.Words}" : ", with the numbers of the model's own files";

    static string Switched(Provenance p) =>
        (p.With.Count == 0 ? "" : $" Mechanisms switched on: {string.Join(", ", p.With)}.") + (p.Without.Count == 0 ? "" : $" Mechanisms switched off: {string.Join(", ", p.Without)}.");

    static string Treatments(TrialResult trial) =>
        "Treatment was " + string.Join("; ", trial.Arms.Select((a, i) => $"in arm {i + 1} (“{a.Name}”) {a.Description}")) + ".";

    static string Assessments(TrialMethods methods)
    {
        string assays = string.Join("; ", methods.Assays.Select(a => $"{a.Title} (limit {Amount(a.Limit, a.Unit)}{Cuts(a)})"));
        return $"Patients were examined on days {string.Join(", ", methods.VisitDays.Select(Markup.Number))}, and between visits when disease became overt. {Kept(methods)} {ResponseWords.Definition(methods)} It was assessed on days {string.Join(", ", methods.RemissionDays.Select(Markup.Number))}; "
            + $"a patient without remission by day {Markup.Number(methods.NonResponseDay)} is a non-responder. At each visit: {assays}. Results carry the noise of their assay, and decisions used observed results only. After relapse or non-response survival was followed, and second remission where a strategy treats the failure.";
    }

    static string Kept(TrialMethods methods)
    {
        string when = methods.VisitWindowDays == 0 ? "Visits were kept on the day" : $"Visits were kept up to {Markup.Number(methods.VisitWindowDays)} days early or late, uniformly at random";
        return methods.MissedVisits == 0 ? $"{when}, and none was missed." : $"{when}, and each was missed with probability {NumberText.Significant(methods.MissedVisits)}.";
    }

    static string Cuts(AssayUse assay) => assay.Thresholds.Count == 0 ? "" : "; " + string.Join(", ", assay.Thresholds.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key.Replace('-', ' ')} at {Amount(t.Value, assay.Unit)}"));

    static string Amount(double value, string unit) => unit.Length == 0 ? value.ToString("0.######", CultureInfo.InvariantCulture) : $"{NumberText.Significant(value)} {unit}";

    const string AfterFailure =
        "Overall survival of an arm that treats relapse or non-response is too high, and its gain over an arm that does not is no estimate of benefit: survival without second remission follows the median published for patients of whom many were treated again, "
        + "and second remissions come on top of it. Second remission, and how long it is kept, are what such an arm shows.";

    const string Curves =
        "Survival was estimated by Kaplan and Meier's product limit (1958) with Greenwood's variance, and cumulative incidence by Aalen and Johansen's estimator (1978) with death in remission as a competing event; duration of response is Kaplan and Meier's, censored at a death in remission; "
        + "intervals are pointwise on the log-log scale (Kalbfleisch and Prentice 1980). Shares have Wilson's interval (1927). Times are whole days; a death or relapse counts on the day on which it became known.";

    static string Comparisons(TrialResult trial)
    {
        string until = trial.Contrasts[0].RestrictedMeanDays.ToString("0.#", CultureInfo.InvariantCulture);
        if (trial.Contrasts.Any(c => c.IsPaired))
        {
            return $"Each arm was compared with the first, every virtual patient with itself. The hazard ratio is that of a Cox model (1972; ties after Efron 1977) with the robust variance clustered by patient (Lin and Wei 1989); the test is the log-rank test with the variance of the patients' own contributions (the robust score test; Jung 1999). "
                + $"Differences of restricted mean time free of the event up to day {until} (Irwin 1949) have the variance of the patients' own differences. Differences of the event's probability at fixed months from infusion have the interval of paired proportions (Agresti and Min 2005), which also serves where few patients fare differently; "
                + "from remission, where a patient may be in remission in one arm only, they are differences of two means with the infinitesimal jackknife over patients (Efron 1982). "
                + $"Differences from infusion are the true effect in the simulated population up to sampling; comparisons from remission are of patients whom treatment selects.{Incidence(trial)}";
        }

        string unpaired = trial.Design == "counterfactual" ? " The arms hold the same patients, which these methods do not use (unpaired): there are too many to set each beside itself." : "";
        return $"Each arm was compared with the first: log-rank test (Mantel 1966), hazard ratio of a Cox model (1972; ties after Efron 1977), difference of restricted mean survival time up to day {until} (Irwin 1949), "
            + $"and difference of the event's probability at fixed months (Klein et al. 2007), with normal intervals; the arms are taken as independent{(trial.Conducted is null ? "" : ", and strata of the randomisation are not used here, unlike in the trial as it would have been run")}.{unpaired}{Incidence(trial)}";
    }

    static string Incidence(TrialResult trial) => !trial.Contrasts.Any(c => c.HasCompetingEvent) ? ""
        : " Relapse was compared with death in remission as the competing event: Gray's test (1988), the ratio of subdistribution hazards (Fine and Gray 1999) with the robust variance, and differences of the cumulative incidence"
            + (trial.Contrasts.Any(c => c.HasCompetingEvent && c.IsPaired) ? "; all are followed to the horizon, so that these are the paired methods above with those who die in remission kept free of relapse." : ".");

    static string Reproducibility(TrialResult trial)
    {
        Provenance p = trial.Provenance;
        return $"Seed {trial.Seed.ToString(CultureInfo.InvariantCulture)}; random numbers come from counter-based streams (Philox; Salmon et al. 2011) keyed by seed, patient and purpose. The same study, seed and version give the same results at any number of threads. "
            + $"SHA-256 of the study file {p.StudyHash}, of model, parameters and population {p.ModelHash}.";
    }
}
