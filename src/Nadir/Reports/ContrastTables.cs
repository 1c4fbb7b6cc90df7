using System.Globalization;
using Nadir.Formats;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The section on differences between arms.</summary>
public static class ContrastTables
{
    internal static void Write(Markup body, TrialResult trial)
    {
        if (trial.Contrasts.Count == 0)
        {
            return;
        }

        body.Element("h2", "Differences from the first arm");
        body.Element("p", $"Each arm beside “{trial.Contrasts[0].Reference}”, with 95% intervals. A hazard ratio below 1 and a risk difference below 0 favour the arm named in the heading.{Pairing(trial)}");
        ContrastFigures.Write(body, trial);
        body.Add(HtmlTable.Render(Of(trial)));
        body.Element("p", "Log-rank test; Cox model, tied days after Efron; difference of restricted mean survival times and of event probabilities. Relapse-free survival and relapse compare only patients who came into remission, who may differ between arms.", ("class", "note"));
        if (trial.Contrasts.Any(c => c.HasCompetingEvent))
        {
            body.Element("p", "Relapse has death in remission as its competing event: Gray's test, the ratio of subdistribution hazards of Fine and Gray, and differences of the cumulative incidence. Who dies in remission counts as free of relapse from then on, so that a treatment that kills looks better here than it is; relapse-free survival counts both.", ("class", "note"));
        }

        foreach (string reason in Reasons(trial))
        {
            body.Element("p", reason, ("class", "note"));
        }
    }

    /// <summary>Endpoints by row, one column for each arm after the first; no rows in a trial of one arm.</summary>
    public static TrialTable Of(TrialResult trial)
    {
        string[] arms = [.. trial.Contrasts.Select(c => c.Arm).Distinct()];
        IEnumerable<TrialTableRow> rows = trial.Contrasts.GroupBy(c => c.Endpoint).SelectMany(endpoint => Rows(EndpointName(endpoint.Key), [.. endpoint], PairedOrNot(trial, endpoint)));
        return new TrialTable("Differences from the first arm", arms, [.. rows]);
    }

    /// <summary>Where the arms hold the same patients, whether a comparison makes use of that; nothing where they hold different ones.</summary>
    internal static string PairedOrNot(TrialResult trial, IEnumerable<ArmContrast> contrasts) =>
        !IsCounterfactual(trial) ? "" : contrasts.All(c => c.IsPaired) ? " (paired)" : " (unpaired)";

    static bool IsCounterfactual(TrialResult trial) => trial.Design == "counterfactual";

    static string Pairing(TrialResult trial) => (IsCounterfactual(trial), trial.Contrasts.Any(c => c.IsPaired)) switch
    {
        (true, true) => " The arms hold the same virtual patients, and every row compares each patient with itself (paired): the hazard ratio has the robust variance clustered by patient, the log-rank test the variance of the patients' own contributions, and differences that of the patients' own differences. Who is in remission may differ between arms; those in remission in one arm only count in that arm, and each patient is a cluster.",
        (true, false) => " The arms hold the same virtual patients, but too many to set each beside itself; these intervals and tests treat them as different patients (unpaired), so that they are usually wider than need be.",
        _ => "",
    };

    static IEnumerable<TrialTableRow> Rows(string group, ArmContrast[] arms, string paired)
    {
        bool competing = arms[0].HasCompetingEvent;
        yield return Row(competing ? "Subdistribution hazard ratio" : "Hazard ratio", c => Cell(c.HazardRatio, e => Interval(e, "0.00")));
        yield return Row(competing ? "Gray's test, p" : "Log-rank test, p", c => Cell(c.Test, t => Probability(t.PValue)));
        yield return Row(
            string.Create(CultureInfo.InvariantCulture, $"Mean time free of the event up to day {arms[0].RestrictedMeanDays:0.#}, difference in days"),
            c => Cell(c.RestrictedMean, d => Interval(d.Difference, "0.0")));
        for (int i = 0; i < arms[0].Risks.Count; i++)
        {
            int at = i;
            yield return Row($"Risk difference at month {arms[0].Risks[at].Month}, percentage points", c => Cell(c.Risks[at].Difference, d => Points(d.Difference)));
        }

        TrialTableRow Row(string label, Func<ArmContrast, string> cell) => new(group, label + paired, [.. arms.Select(cell)]);
    }

    internal static string Points(Estimate e) => Interval(new Estimate(e.Value * 100, e.Lower * 100, e.Upper * 100), "0.0");

    internal static string Cell<T>(Estimable<T> estimate, Func<T, string> text)
        where T : notnull => estimate.TryGet(out T? value) ? text(value) : NumberText.NotEstimable;

    internal static string Interval(Estimate e, string format) =>
        $"{Number(e.Value, format)} ({Number(e.Lower, format)} to {Number(e.Upper, format)})";

    // A rounded -0.00 reads as a direction.
    internal static string Number(double x, string format)
    {
        string text = x.ToString(format, CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture) == 0 ? text.TrimStart('-') : text;
    }

    /// <summary>A probability of a test.</summary>
    internal static string Probability(double p) => p < 0.0001 ? "<0.0001" : p.ToString(p < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    internal static string EndpointName(string endpoint) => endpoint switch
    {
        "eventFreeSurvival" => "Event-free survival, from infusion",
        "overallSurvival" => "Overall survival, from infusion",
        "relapseFreeSurvival" => "Relapse-free survival, from remission",
        ArmContrast.Relapse => "Relapse, from remission; death in remission competes",
        _ => endpoint,
    };

    /// <summary>Why cells of the table hold a dash, one sentence each; none where none does.</summary>
    public static IReadOnlyList<string> Reasons(TrialResult trial) =>
    [
        .. (from contrast in trial.Contrasts
            from missing in NotEstimable(contrast)
            select $"{NumberText.NotEstimable} {EndpointName(contrast.Endpoint)}, {contrast.Arm}: {missing.Reason}.").Distinct(),
    ];

    /// <summary>The quantities of a contrast that are not estimable, by their keys in summary.json.</summary>
    internal static IEnumerable<(string Quantity, string Reason)> NotEstimable(ArmContrast contrast)
    {
        (string Quantity, string? Reason)[] all =
        [
            (ContrastKeys.Test(contrast), contrast.Test.Reason),
            (ContrastKeys.Ratio(contrast), contrast.HazardRatio.Reason),
            ("restrictedMeanDifference", contrast.RestrictedMean.Reason),
            .. contrast.Risks.Select(r => ($"riskDifference at month {r.Month}", r.Difference.Reason)),
        ];
        return all.Where(a => a.Reason is not null).Select(a => (a.Quantity, a.Reason!));
    }
}
