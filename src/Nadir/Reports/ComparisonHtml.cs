using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>Several runs side by side as one HTML file: what differs between them, their estimates, their curves in one figure, and the differences of arms of the same name.</summary>
public static class ComparisonHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="runs">At least two runs of compatible studies.</param>
    public static string Write(IReadOnlyList<ComparedRun> runs)
    {
        const string title = "Comparison of runs";
        Markup body = new();
        body.Element("p", ReportHtml.ResearchUse, ("class", "research-use"));
        body.Element("h1", title);
        TrialResult first = runs[0].Result;
        body.Element("p", $"{runs.Count} runs of the model {first.Card.Model}, population {first.Card.Population}, followed for {Markup.Number(first.HorizonDays / Duration.DaysPerMonth)} months. {Patients(runs)}");
        body.Element("h2", "Runs").Add(HtmlTable.Render(ComparisonTables.Runs(runs)));
        body.Element("h2", "In short").Add(HtmlTable.Render(ComparisonTables.Short(runs)));
        Curves(body, runs, first.HorizonDays);
        Differences(body, runs);
        Relapse(body, runs);
        if (runs.Any(r => r.Result.Published.Count > 0))
        {
            body.Element("h2", "Beside published results").Element("p", "The first arm of each run.", ("class", "note"));
            body.Add(HtmlTable.Render(ComparisonTables.Published(runs)));
        }

        body.Element("p", ReportHtml.ResearchUse, ("class", "research-use"));
        return ReportHtml.Page(title, body, ReportHtml.WithScript);
    }

    static string Patients(IReadOnlyList<ComparedRun> runs)
    {
        bool shared = runs.GroupBy(r => (r.Result.Seed, r.Result.Provenance.ModelHash)).Any(g => g.Count() > 1);
        return shared
            ? "Runs with the same seed and model share their virtual patients; the intervals between runs take them as different patients, and are then usually wider than need be."
            : "The runs have different virtual patients.";
    }

    static void Curves(Markup body, IReadOnlyList<ComparedRun> runs, double horizonDays)
    {
        body.Element("h2", "Survival").Open("div", ("class", "figures"));
        Curve("Event-free survival", "infusion", a => a.EventFreeSurvival);
        Curve("Overall survival", "infusion", a => a.OverallSurvival);
        Curve("Relapse-free survival", "remission", a => a.RelapseFreeSurvival);
        Curve("Duration of response", "remission", a => a.DurationOfResponse);
        Curve("B-cell aplasia kept", "infusion", a => a.BCellAplasia);
        (string, IReadOnlyList<TransgenePoint>)[] points = [.. ComparisonTables.Arms(runs).Select(a => (a.Name, a.Arm.TransgeneCurve))];
        KineticsChart kinetics = new("CAR transgene, first four weeks", Math.Min(28, horizonDays), points, runs[0].Result.Methods?.TransgeneLimit ?? double.NaN);
        Figure.Add(body, kinetics.Title, kinetics.Draw(), kinetics.Data());
        body.CloseLine();
        body.Element("p", "Kaplan-Meier curves with 95% intervals; B-cell aplasia among patients in remission, relapse, transplant and death censor. Transgene: geometric mean and 5 to 95% of patients.", ("class", "note"));

        void Curve(string title, string origin, Func<ArmResult, SurvivalCurve> curve)
        {
            KaplanMeierChart chart = new(title, origin, horizonDays, [.. ComparisonTables.Arms(runs).Select(a => (a.Name, curve(a.Arm)))]);
            Figure.Add(body, title, chart.Draw(), chart.Data());
        }
    }

    static void Differences(Markup body, IReadOnlyList<ComparedRun> runs)
    {
        IReadOnlyList<ArmContrast> contrasts = ComparisonTables.Contrasts(runs);
        body.Element("h2", $"Differences from run {runs[0].Key}");
        if (contrasts.Count == 0)
        {
            body.Element("p", $"No arm has the name of an arm of run {runs[0].Key}, so that no two arms answer the same question.");
            return;
        }

        body.Element("p", $"Each arm beside the arm of the same name in run {runs[0].Key}, as different patients. A hazard ratio below 1 and a risk difference below 0 favour the run named.");
        body.Open("div", ("class", "figures"));
        foreach (EffectForestChart chart in ContrastFigures.Charts(contrasts).Where(c => c.HasRows))
        {
            Figure.Add(body, chart.Title, chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }

    static void Relapse(Markup body, IReadOnlyList<ComparedRun> runs)
    {
        body.Element("h2", "Relapse by phenotype").Open("div", ("class", "figures"));
        foreach ((int i, (string name, ArmResult arm)) in ComparisonTables.Arms(runs).Index())
        {
            StackedIncidenceChart chart = new($"Relapse by phenotype: {name}", IncidenceLayers.ByPhenotype(arm), runs[0].Result.HorizonDays, string.Create(CultureInfo.InvariantCulture, $"relapse-by-phenotype-{i + 1}"));
            Figure.Add(body, name, chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }
}
