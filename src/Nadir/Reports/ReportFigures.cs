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
        body.CloseLine();
        body.Element("p", "Kaplan-Meier curves with 95% intervals; short upright strokes mark censored patients.", ("class", "note"));

        void KaplanMeier(string title, string origin, Func<ArmResult, SurvivalCurve> curve) =>
            Figure(body, title, new KaplanMeierChart(title, origin, trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, curve(a)))]).Draw());
    }

    public static void Relapse(Markup body, TrialResult trial)
    {
        body.Element("h2", "Relapse by phenotype");
        body.Open("div", ("class", "figures"));
        foreach ((int i, ArmResult arm) in trial.Arms.Index())
        {
            Figure(body, $"{i + 1}  {arm.Name}", new StackedIncidenceChart(arm, trial.HorizonDays, $"arm{i + 1}").Draw());
        }

        body.CloseLine();
        body.Element("p", "Stacked cumulative incidence among patients in remission, with death in remission as a competing event.", ("class", "note"));
    }

    public static void Samples(Markup body, TrialResult trial)
    {
        if (trial.Samples.Count == 0)
        {
            return;
        }

        TrajectoryScales scales = new(trial.Samples);
        body.Element("h2", "Sample patients", ("class", "own-page"));
        body.Element("p", $"{trial.Samples.Count} patients of the first arm. Whole-body cells on a log scale, the same in every figure.", ("class", "lead"));
        body.Add(TrajectoryKey.Draw(scales));
        body.Open("div", ("class", "patients"));
        foreach (SamplePatient patient in trial.Samples)
        {
            body.Open("figure").Add(new TrajectoryChart(patient, scales).Draw()).CloseLine();
        }

        body.CloseLine();
    }

    public static void Forest(Markup body, TrialResult trial)
    {
        ForestChart chart = new(trial.Published);
        if (chart.HasRows)
        {
            body.Open("figure", ("class", "wide")).Element("figcaption", "Published and simulated, with 95% intervals").Add(chart.Draw()).CloseLine();
        }
    }

    static void Figure(Markup body, string caption, Markup drawing) =>
        body.Open("figure").Element("figcaption", caption).Add(drawing).CloseLine();
}
