using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The sections of a report that are figures.</summary>
static class ReportFigures
{
    public static void Survival(Markup body, TrialResult trial)
    {
        body.Element("h2", "Survival");
        body.Open("div", ("class", "figures"));
        KaplanMeier("Relapse-free survival", "remission", a => a.RelapseFreeSurvival);
        KaplanMeier("Event-free survival", "infusion", a => a.EventFreeSurvival);
        KaplanMeier("Overall survival", "infusion", a => a.OverallSurvival);
        KaplanMeier("Duration of response", "remission", a => a.DurationOfResponse);
        if (trial.Arms.Any(a => a.AtTransplant is not null))
        {
            KaplanMeier("Relapse-free survival, censored at transplant", "remission", a => a.AtTransplant?.RelapseFreeSurvival ?? a.RelapseFreeSurvival);
            KaplanMeier("Event-free survival, censored at transplant", "infusion", a => a.AtTransplant?.EventFreeSurvival ?? a.EventFreeSurvival);
            KaplanMeier("Duration of response, censored at transplant", "remission", a => a.AtTransplant?.DurationOfResponse ?? a.DurationOfResponse);
        }

        body.CloseLine();
        body.Element("p", "Kaplan-Meier curves with 95% intervals; short upright strokes mark censored patients. Duration of response ends with relapse and is censored at a death in remission, so that one less the curve is not the share that relapses: that is the cumulative incidence.", ("class", "note"));
        if (trial.Arms.Any(a => a.AtTransplant is not null))
        {
            body.Element("p", "Curves censored at transplant end a patient's follow-up there, as many trials report them. Who is transplanted is not chosen by chance, so that these curves do not say what would happen without transplants.", ("class", "note"));
        }

        void KaplanMeier(string title, string origin, Func<ArmResult, SurvivalCurve> curve)
        {
            if (trial.Arms.All(a => curve(a).Patients == 0))
            {
                body.Element("p", $"{title}: no patient was followed from {origin}.");
                return;
            }

            KaplanMeierChart chart = new(title, origin, trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, curve(a)))]);
            Figure.Add(body, title, chart.Draw(), chart.Data());
        }
    }

    public static void Relapse(Markup body, TrialResult trial)
    {
        body.Element("h2", "Relapse by phenotype");
        body.Open("div", ("class", "figures"));
        foreach ((int i, ArmResult arm) in InRemission(trial))
        {
            StackedIncidenceChart chart = new($"Relapse by phenotype: {arm.Name}", IncidenceLayers.ByPhenotype(arm), trial.HorizonDays, $"relapse-by-phenotype-arm-{i + 1}");
            Figure.Add(body, $"{i + 1}  {arm.Name}", chart.Draw(), chart.Data());
        }

        body.CloseLine();
        foreach (ArmResult arm in trial.Arms.Where(a => a.DeathInRemission.Patients == 0))
        {
            body.Element("p", $"{arm.Name}: no patient came into remission.");
        }

        body.Element("p", "Stacked cumulative incidence among patients in remission, with death in remission as a competing event.", ("class", "note"));
    }

    /// <summary>Arms in which somebody came into remission; a figure of the others would be empty.</summary>
    static IEnumerable<(int Index, ArmResult Arm)> InRemission(TrialResult trial) => trial.Arms.Index().Where(a => a.Item.DeathInRemission.Patients > 0);

    /// <summary>The causes as stacked incidences; nothing where the model cannot tell them.</summary>
    public static void Causes(Markup body, TrialResult trial)
    {
        if (trial.Arms.All(a => a.CauseIncidence.Count == 0))
        {
            return;
        }

        body.Open("div", ("class", "figures"));
        foreach ((int i, ArmResult arm) in InRemission(trial))
        {
            StackedIncidenceChart chart = new($"Relapse by cause: {arm.Name}", IncidenceLayers.ByCause(arm, trial.Arms), trial.HorizonDays, $"relapse-by-cause-arm-{i + 1}");
            Figure.Add(body, $"{i + 1}  {arm.Name}", chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }

    /// <summary>CAR transgene and B-cell aplasia.</summary>
    public static void CarT(Markup body, TrialResult trial)
    {
        body.Element("h2", "CAR-T cells and B-cell aplasia");
        body.Open("div", ("class", "figures"));
        (string, IReadOnlyList<TransgenePoint>)[] arms = [.. trial.Arms.Select(a => (a.Name, a.TransgeneCurve))];
        if (trial.Arms.Any(a => a.TransgeneCurve.Count > 0))
        {
            Kinetics("CAR transgene, first four weeks", Math.Min(28, trial.HorizonDays));
            Kinetics("CAR transgene, whole follow-up", trial.HorizonDays);
        }

        Aplasia(body, trial);
        body.CloseLine();
        body.Element("p", "Transgene: geometric mean (line) and 5 to 95% of patients (band) among those whose cells are followed, which after relapse they are not; true values without assay noise, those below the limit counted as half of it. ", ("class", "note"));
        body.Element("p", "B cells, among patients in remission. Aplasia kept (Kaplan-Meier): relapse, transplant and death censor, as in published curves, so that it speaks of patients as long as they stay at risk; they leave for reasons that have to do with their B cells, and one less the curve is not the share whose B cells come back. "
            + "B cells back (Aalen-Johansen): relapse, transplant and death compete, so that it is that share.", ("class", "note"));

        void Kinetics(string title, double lastDay)
        {
            KineticsChart chart = new(title, lastDay, arms, trial.Methods?.TransgeneLimit ?? double.NaN);
            Figure.Add(body, title, chart.Draw(), chart.Data());
        }
    }

    static void Aplasia(Markup body, TrialResult trial)
    {
        if (trial.Arms.All(a => a.BCellAplasia.Patients == 0))
        {
            return;
        }

        KaplanMeierChart aplasia = new("B-cell aplasia kept", "infusion", trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, a.BCellAplasia))]) { Events = "B cells back so far" };
        Figure.Add(body, "B-cell aplasia kept; relapse, transplant and death censor", aplasia.Draw(), aplasia.Data());
        if (trial.Arms.All(a => a.BCellRecovery is not null))
        {
            KaplanMeierChart back = new("B cells back", "infusion", trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, a.BCellRecovery!))])
            {
                Events = "B cells back so far",
                YTitle = "Cumulative incidence, %",
                Estimator = "Cumulative incidence (Aalen-Johansen)",
            };
            Figure.Add(body, "B cells back; relapse, transplant and death compete", back.Draw(), back.Data());
        }
    }

    /// <summary>The first patients of each arm as bars.</summary>
    public static void Swimmers(Markup body, TrialResult trial)
    {
        if (trial.Arms.All(a => a.Swimmers.Count == 0))
        {
            return;
        }

        body.Element("h2", "Patients one by one");
        body.Open("div", ("class", "figures"));
        foreach ((int i, ArmResult arm) in trial.Arms.Index().Where(a => a.Item.Swimmers.Count > 0))
        {
            SwimmerChart chart = new(arm, trial.HorizonDays, $"patients-arm-{i + 1}");
            Figure.Add(body, $"{i + 1}  {arm.Name}", chart.Draw(), chart.Data());
        }

        body.CloseLine();
        string same = trial.Design == "counterfactual" ? " They are the same patients in every arm." : "";
        body.Element("p", $"The first {trial.Arms.Max(a => a.Swimmers.Count)} patients of each arm, not chosen; those longest free of an event stand above.{same}", ("class", "note"));
    }

    public static void Samples(Markup body, TrialResult trial)
    {
        if (trial.Samples.Count == 0)
        {
            return;
        }

        TrajectoryScales scales = new(trial.Samples);
        body.Element("h2", "Sample patients", ("class", "own-page"));
        body.Element("p", $"{trial.Samples.Count} patients of the first arm. Whole-body cells on a log scale, the same in every figure. A line ends where the simulation of the patient ends.", ("class", "lead"));
        body.Add(TrajectoryKey.Draw(scales));
        body.Open("div", ("class", "patients"));
        foreach (SamplePatient patient in trial.Samples)
        {
            TrajectoryChart chart = new(patient, scales);
            Figure.Add(body, null, chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }

    public static void Forest(Markup body, TrialResult trial)
    {
        ForestChart chart = new(trial.Published);
        if (chart.HasRows)
        {
            Figure.Add(body, "Published and simulated, with 95% intervals", chart.Draw(), chart.Data(), "wide");
        }
    }
}
