using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The sections of a report that are text and tables.</summary>
static class ReportSections
{
    public static void Question(Markup body, TrialResult trial)
    {
        body.Element("h1", trial.Study);
        if (trial.Question is { } question)
        {
            body.Element("p", question);
        }

        string design = trial.Design == "counterfactual" ? "the same virtual patients in every arm (counterfactual design)" : $"{trial.Design} design";
        string months = Markup.Number(trial.HorizonDays / Duration.DaysPerMonth);
        body.Element("p", $"A virtual trial: {Sizes(trial)}, {design}, followed for {months} months. {Calibrated(trial.Provenance)} {Failed(trial)}{SwitchedOff(trial)}");
    }

    static string Sizes(TrialResult trial) => trial.Arms.Select(a => a.Patients).Distinct().Count() > 1
        ? $"{string.Join(" and ", trial.Arms.Select(a => NumberText.Count(a.Patients)))} virtual patients in the arms"
        : $"{NumberText.Count(trial.PatientsPerArm)} virtual patients in each arm";

    static string Calibrated(Provenance p) => p.Calibration is { } c ? $"The population is {c.Words}." : "The population has the numbers of the model's own files.";

    static string SwitchedOff(TrialResult trial) =>
        (trial.Provenance.With.Count == 0 ? "" : $" Switched on: {string.Join(", ", trial.Provenance.With)}.")
        + (trial.Provenance.Without.Count == 0 ? "" : $" Switched off: {string.Join(", ", trial.Provenance.Without)}; the published results were not.");

    public static void Short(Markup body, TrialResult trial)
    {
        body.Element("h2", "In short");
        body.Add(HtmlTable.Render(ExecutiveTable.Of(trial)));
        body.Element("p", "Estimates with 95% intervals of the sampling of virtual patients. Numbers of the model that are assumed, and published results that the simulation misses, are named below.", ("class", "note"));
    }

    public static void Arms(Markup body, TrialResult trial)
    {
        IEnumerable<TrialTableRow> rows = trial.Arms.Select((a, i) => new TrialTableRow(
            "", $"{i + 1}  {a.Name}", [a.Description, NumberText.Count(a.Patients), NumberText.Count(a.Transplanted), NumberText.Count(a.FailedPatients)]));
        body.Element("h2", "Arms");
        body.Add(HtmlTable.Render(new TrialTable("Arms", ["Treatment", "Patients", "Transplanted", "Failed numerically"], [.. rows])));
    }

    public static void Results(Markup body, TrialResult trial)
    {
        body.Element("h2", "Results");
        body.Add(HtmlTable.Render(TrialTable.Results(trial)));
        body.Element("p", $"Estimates with 95% intervals. {NumberText.NotEstimable}: not estimable, because nobody was followed that long or the estimate is 0% or 100%.", ("class", "note"));
    }

    public static void Causes(Markup body, TrialResult trial)
    {
        if (!CauseTables.Any(trial))
        {
            return;
        }

        body.Element("h2", "Relapse by cause");
        body.Element("p", CauseTables.Label, ("class", "note"));
        ReportFigures.Causes(body, trial);
        body.Element("p", "The cause is read from the hidden state at relapse: the largest clone, or, where that is the clone the product is meant for, what the CAR-T cells were.");
        if (trial.Modifiers.Count > 0)
        {
            string modifiers = string.Join("; ", trial.Modifiers.Select(m => $"{m.Mechanism} counts as {m.CountedUnder}"));
            body.Element("p", $"Some mechanisms are modifiers: they act through others and are never named here. {modifiers}. What one of them does is seen by running the trial with and without it.");
        }

        body.Add(HtmlTable.Render(CauseTables.Causes(trial)));
        body.Element("h3", "What the CAR-T cells were at relapse");
        body.Add(HtmlTable.Render(CauseTables.CarT(trial)));
        body.Element("h3", $"Could it have been guessed? “{trial.Arms[0].Name}”");
        body.Element("p", "Rows: true cause. Columns: what phenotype (CD19 by both gates, CD22 and lineage), blood B cells, transgene, MRD on day 28 and the day of relapse point to. "
            + $"{CauseTables.Agreement(trial.Arms[0])} It is a property of the model: groups that are common in it and easy to tell make it high.");
        body.Add(HtmlTable.Render(CauseTables.Guesses(trial.Arms[0])));
    }

    public static void Published(Markup body, TrialResult trial)
    {
        if (trial.Published.Count == 0)
        {
            return;
        }

        body.Element("h2", "Beside published results");
        string arm = trial.Arms.Count > 0 ? $" The simulated arm is “{trial.Arms[0].Name}”." : "";
        int unknown = trial.Published.Count(p => !TrialTable.IsComparable(p));
        string missing = unknown > 0 ? $" {unknown} cannot be compared." : "";
        body.Element("p", $"{trial.Published.Count(p => p.Inside)} of {trial.Published.Count} simulated estimates lie inside the published interval.{missing}{arm}");
        body.Add(HtmlTable.Render(TrialTable.Published(trial)));
        if (trial.Published.Any(p => p.IntervalDerived))
        {
            body.Element("p", "† No interval was published: this one was derived here from the published counts (Wilson 1927).", ("class", "note"));
        }

        ReportFigures.Forest(body, trial);
    }

    public static void Card(Markup body, ModelCard card)
    {
        int all = card.Measured + card.Derived + card.Assumed;
        body.Element("h2", $"Model card: {card.Model}");
        body.Element("p", $"Population: {card.Population}. Of {all} parameters {Share(card.Measured, all)} are measured, {Share(card.Derived, all)} derived from measured values, and {Share(card.Assumed, all)} assumed.");
        body.Add(MarkdownSubset.Render(card.Text));
    }

    public static void MadeBy(Markup body, TrialResult trial)
    {
        Provenance p = trial.Provenance;
        body.Element("h2", "Provenance").Open("dl");
        Pair("Nadir", p.Version);
        Pair("Seed", Invariant(trial.Seed));
        Pair("Study file, SHA-256", p.StudyHash);
        Pair("Model, parameters, population and calibration, SHA-256", p.ModelHash);
        Pair("Calibration of the population", p.Calibration is { } c ? $"{c.Words}, SHA-256 {c.Hash}" : "none");
        if (trial.Methods is { } m)
        {
            Pair("Solver", FormattableString.Invariant($"{m.Solver}, relative tolerance {m.RelativeTolerance:R}, absolute {m.AbsoluteTolerance:R}, at most {NumberText.Count(m.MaxSteps)} steps a patient"));
        }

        Pair("Platform", p.Platform);
        Pair("Mechanisms switched on", p.With.Count == 0 ? "none" : string.Join(", ", p.With));
        Pair("Mechanisms switched off", p.Without.Count == 0 ? "none" : string.Join(", ", p.Without));
        body.CloseLine();

        void Pair(string name, string value) => body.Element("dt", name).Element("dd", value);
    }

    static string Failed(TrialResult trial) => trial.FailedPatients == 0
        ? "No patient failed numerically."
        : $"{NumberText.Count(trial.FailedPatients)} patients failed numerically and are in no estimate.";

    static string Invariant(ulong n) => n.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static string Share(int count, int all) => all == 0 ? "0" : FormattableString.Invariant($"{count} ({100.0 * count / all:F0}%)");
}
