using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What analyses by treatment received say of a transplant, beside its true effect.</summary>
public static class TransplantTables
{
    /// <summary>One row an analysis.</summary>
    public static TrialTable Of(TransplantEffect effect)
    {
        string mean = string.Create(CultureInfo.InvariantCulture, $"Mean days without event to day {effect.RestrictedMeanDays:0.#}, difference");
        string[] risks = [.. effect.Comparisons[0].Risks.Select(r => $"Risk difference, month {r.Month}, % points")];
        return new TrialTable(
            $"Relapse or death by transplant received: {effect.Arm}",
            ["Transplanted", "Compared with", "Hazard ratio", .. risks, mean],
            [.. effect.Comparisons.Select(c => new TrialTableRow("", Label(effect, c.Analysis), Cells(c)))]);
    }

    /// <summary>How far each analysis is from the true effect and how much nearer than the naive one, with the error of that, by quantity; no rows where it was not estimated.</summary>
    public static TrialTable Gaps(TransplantEffect effect)
    {
        string mean = string.Create(CultureInfo.InvariantCulture, $"Mean days without event to day {effect.RestrictedMeanDays:0.#}, less the true difference");
        return new TrialTable(
            $"Distance from the true effect: {effect.Arm}",
            ["From the true effect", "Nearer to it than the naive analysis by"],
            [
                .. Rows("Hazard ratio, ratio to the true one", d => ContrastTables.Cell(d.HazardRatio, h => ContrastTables.Interval(h, "0.00")), "a factor of "),
                .. effect.Comparisons[0].Risks.SelectMany((r, i) => Rows($"Risk difference at month {r.Month}, less the true one, % points", d => ContrastTables.Cell(d.Risks[i].Difference, c => ContrastTables.Points(c.Difference)), "")),
                .. Rows(mean, d => ContrastTables.Cell(d.RestrictedMean, c => ContrastTables.Interval(c.Difference, "0.0")), ""),
            ]);

        IEnumerable<TrialTableRow> Rows(string group, Func<TransplantDistance, string> cell, string unit) =>
            effect.Gaps.Select(g => new TrialTableRow(group, Label(effect, g.Analysis), [cell(g.FromTruth), Nearer(g.Nearer, cell, unit)]));

        static string Nearer(TransplantDistance? nearer, Func<TransplantDistance, string> cell, string unit)
        {
            string text = nearer is null ? "" : cell(nearer);
            return text.Length == 0 || text == NumberText.NotEstimable ? text : unit + text;
        }
    }

    /// <summary>Whether an analysis is nearer to the truth than the naive one, as far as its error lets one say.</summary>
    static string Nearness(TransplantGap gap)
    {
        if (gap.Nearer is not { } nearer || !nearer.HazardRatio.TryGet(out Estimate factor))
        {
            return "";
        }

        string said = factor.Lower > 1 ? "is nearer to the true hazard ratio than the naive one" : factor.Upper < 1 ? "is farther from the true hazard ratio than the naive one" : "is neither plainly nearer to the true hazard ratio than the naive one nor farther from it";
        string analysis = gap.Analysis switch { TransplantAnalysis.Landmark => "The landmark estimate", TransplantAnalysis.LandmarkEligible => "The landmark estimate among those who met the rule", _ => "The time-dependent estimate" };
        return $" {analysis} {said}, by a factor of {ContrastTables.Interval(factor, "0.00")}.";
    }

    /// <summary>What the rows mean and why they differ, with the trial's own numbers; one paragraph each.</summary>
    public static IReadOnlyList<string> Explanation(TransplantEffect effect)
    {
        TransplantComparison Row(TransplantAnalysis analysis) => effect.Comparisons.First(c => c.Analysis == analysis);
        List<string> text =
        [
            $"Each patient of “{effect.Arm}” was also simulated without the transplant (“{effect.Reference}”), with the same luck. The last row compares the transplanted with themselves and is the true effect among them, with intervals paired by patient (the hazard ratio with the robust variance of Lin and Wei 1989, clustered by patient); no clinic can see it.",
            "The naive analysis credits the transplanted with the time they had to stay in remission to be transplanted (immortal time). The landmark and time-dependent analyses do not.",
        ];
        if (Row(TransplantAnalysis.Selection).HazardRatio.TryGet(out Estimate selection))
        {
            string differ = selection.Lower > 1 || selection.Upper < 1 ? "still differ from the others at the landmark" : "do not differ from the others at the landmark by more than chance may do";
            text.Add($"What is left is who is transplanted: when nobody is, those who would have been {differ}, hazard ratio {ContrastTables.Interval(selection, "0.00")}. They were chosen by what the rule looks at, such as MRD, and, where a donor decides, by chance among the patients at hand. No choice of the time origin removes either.");
        }

        text.Add($"Those who had met the rule for a transplant by the landmark can be compared among themselves, where a clinic knows who they were: what the rule looks at is then the same in both groups. {Eligible(Row(TransplantAnalysis.SelectionEligible))}");
        if (effect.Gaps.Count > 0)
        {
            string naive = effect.Gaps[0].FromTruth.HazardRatio.TryGet(out Estimate ratio) ? $" The naive hazard ratio is {ContrastTables.Interval(ratio, "0.00")} times the true one." : "";
            text.Add($"How far each analysis is from the true effect has an error of its own, smaller than if the two had different patients: it is estimated by drawing the patients again {TransplantGaps.Draws} times, each with all that happened either way, the day of the landmark held (bootstrap, 95% intervals).{naive}{string.Concat(effect.Gaps.Select(Nearness))}");
        }

        text.Add("A hazard ratio is not collapsible: those of different groups of patients may differ without any bias. Differences of risk and of mean time can be set side by side.");
        return text;
    }

    /// <summary>How alike the groups of those who met the rule are before any transplant.</summary>
    static string Eligible(TransplantComparison selection) => selection.HazardRatio.TryGet(out Estimate ratio)
        ? $"When nobody is transplanted, the hazard ratio of these groups is {ContrastTables.Interval(ratio, "0.00")}: in the simulation nothing is left in it but the luck of who had a donor and, where a rule may be met at several visits, of who met it in time."
        : $"Here they cannot be: {selection.HazardRatio.Reason}.";

    internal static void Write(Markup body, TrialResult trial)
    {
        foreach (TransplantEffect effect in trial.TransplantEffects)
        {
            body.Element("h2", "Transplant: true effect and what analyses by treatment received show");
            TransplantFigures.Write(body, effect);
            body.Add(HtmlTable.Render(Of(effect)));
            if (effect.Gaps.Count > 0)
            {
                body.Add(HtmlTable.Render(Gaps(effect)));
            }

            foreach (string paragraph in Explanation(effect))
            {
                body.Element("p", paragraph, ("class", "note"));
            }

            IEnumerable<string> gaps = effect.Gaps.SelectMany(g => Reasons(g.FromTruth).Concat(g.Nearer is { } nearer ? Reasons(nearer) : []).Where(r => r.Reason is not null).Select(r => $"{Label(effect, g.Analysis)}, distance from the true effect: {r.Reason}"));
            foreach (string reason in NotEstimable(effect).Select(r => $"{Label(effect, r.Analysis)}: {r.Reason}").Concat(gaps).Distinct())
            {
                body.Element("p", $"{NumberText.NotEstimable} {reason}.", ("class", "note"));
            }
        }
    }

    /// <summary>The quantities that are not estimable, by their keys in summary.json.</summary>
    internal static IEnumerable<(TransplantAnalysis Analysis, string Quantity, string Reason)> NotEstimable(TransplantEffect effect) =>
        from c in effect.Comparisons
        from missing in Reasons(c)
        where missing.Reason is not null
        select (c.Analysis, missing.Quantity, missing.Reason);

    static IEnumerable<(string Quantity, string? Reason)> Reasons(TransplantComparison c) =>
    [
        ("hazardRatio", c.HazardRatio.Reason),
        ("restrictedMeanDifference", c.RestrictedMean.Reason),
        .. c.Risks.Select(r => ($"riskDifference at month {r.Month}", r.Difference.Reason)),
    ];

    internal static IEnumerable<(string Quantity, string? Reason)> Reasons(TransplantDistance d) =>
    [
        ("hazardRatio", d.HazardRatio.Reason),
        ("restrictedMeanDifference", d.RestrictedMean.Reason),
        .. d.Risks.Select(r => ($"riskDifference at month {r.Month}", r.Difference.Reason)),
    ];

    internal static string Label(TransplantEffect effect, TransplantAnalysis analysis) => analysis switch
    {
        TransplantAnalysis.Naive => "Naive: ever against never transplanted",
        TransplantAnalysis.Landmark => string.Create(CultureInfo.InvariantCulture, $"Landmark at day {effect.LandmarkDay:0.#}"),
        TransplantAnalysis.LandmarkEligible => "Landmark among those who met the rule",
        TransplantAnalysis.TimeDependent => "Time-dependent Cox model",
        TransplantAnalysis.Selection => "The landmark's groups, nobody transplanted (selection)",
        TransplantAnalysis.SelectionEligible => "Those who met the rule, nobody transplanted (selection)",
        TransplantAnalysis.True => "True: the transplanted beside themselves",
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "expected an analysis"),
    };

    static IReadOnlyList<string> Cells(TransplantComparison c) =>
    [
        NumberText.Count(c.Transplanted),
        NumberText.Count(c.Others),
        ContrastTables.Cell(c.HazardRatio, h => ContrastTables.Interval(h, "0.00")),
        .. c.Risks.Select(r => ContrastTables.Cell(r.Difference, d => ContrastTables.Points(d.Difference))),
        ContrastTables.Cell(c.RestrictedMean, d => ContrastTables.Interval(d.Difference, "0.0")),
    ];
}
