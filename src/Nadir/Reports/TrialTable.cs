using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>A row of a table.</summary>
/// <param name="Group">The group it belongs to; rows of a group stand together.</param>
/// <param name="Label">What the row shows, with its unit.</param>
/// <param name="Cells">One text for each column after the label.</param>
public sealed record TrialTableRow(string Group, string Label, IReadOnlyList<string> Cells);

/// <summary>A table of a trial as plain text. The terminal and the report show the same one.</summary>
/// <param name="Title">What the table shows.</param>
/// <param name="Columns">Headings of the cells; the label column has none.</param>
/// <param name="Rows">Rows in reading order.</param>
public sealed record TrialTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<TrialTableRow> Rows)
{
    /// <summary>The estimates of every arm, one column an arm.</summary>
    public static TrialTable Results(TrialResult trial)
    {
        IEnumerable<int> survival = Landmarks.ForSurvival(trial.HorizonDays);
        IEnumerable<TrialTableRow> rows =
        [
            Row(trial, "Response", "Remission by month 3", a => NumberText.PercentInterval(a.Remission3Months)),
            Row(trial, "Response", ResponseWords.Morphologic(trial.Methods), a => NumberText.PercentInterval(a.MorphologicRemission3Months)),
            .. survival.Select(m => Row(trial, "Relapse-free survival, from remission", Month(m), a => Read(a.RelapseFreeSurvival, m))),
            .. survival.Select(m => Row(trial, "Event-free survival, from infusion", Month(m), a => Read(a.EventFreeSurvival, m))),
            .. survival.Select(m => Row(trial, "Overall survival, from infusion", Month(m), a => Read(a.OverallSurvival, m))),
            .. DurationRows(trial, survival),
            .. TransplantRows(trial, survival),
            .. EventQuantiles.Rows(trial),
            .. RelapseRows(trial),
            .. Landmarks.ForAplasia(trial.HorizonDays).Select(m => Row(trial, "B-cell aplasia kept, patients in remission; relapse, transplant and death censor", Month(m), a => Read(a.BCellAplasia, m))),
            .. Landmarks.ForAplasia(trial.HorizonDays).Select(m => Row(trial, "B cells back, patients in remission; relapse, transplant and death compete", Month(m), a => a.BCellRecovery is { } back ? Read(back, m) : NumberText.NotEstimable)),
            Row(trial, "CAR transgene in blood", "Cmax, geometric mean, copies/µg", a => NumberText.Significant(a.Transgene.CmaxGeometricMean)),
            Row(trial, "CAR transgene in blood", "Tmax, median, days", a => NumberText.Significant(a.Transgene.TmaxMedian)),
            Row(trial, "CAR transgene in blood", "AUC0-28d, geometric mean, copies/µg·day", a => NumberText.Significant(a.Transgene.Auc28GeometricMean)),
            .. SecondRows(trial),
            .. CytokineRows(trial),
            .. HappeningRows(trial),
            .. PatientRows(trial),
        ];
        return new TrialTable("Results, with 95% intervals of the sampling of patients", [.. trial.Arms.Select(a => a.Name)], [.. rows]);
    }

    /// <summary>
    /// Published results beside the first arm's: published, simulated, <c>inside</c> or <c>outside</c> the published interval
    /// (<c>not comparable</c> where one of them is missing), citation. A dagger marks an interval derived from counts.
    /// </summary>
    public static TrialTable Published(TrialResult trial) =>
        new("Published results", ["Published", "Simulated", "Agreement", "Source"], [.. trial.Published.Select(PublishedRow)]);

    static TrialTableRow PublishedRow(PublishedComparison p) => new(
        "",
        p.Quantity,
        [
            NumberText.Interval(p.Published, p.Unit) + (p.IntervalDerived ? " †" : ""),
            NumberText.Interval(p.Simulated, p.Unit),
            Agreement(p),
            p.Citation,
        ]);

    static string Agreement(PublishedComparison p) => (p.Inside, IsComparable(p)) switch
    {
        (true, _) => "inside" + Adjusted(p),
        (_, true) => "outside" + Adjusted(p),
        _ => "not comparable",
    };

    static string Adjusted(PublishedComparison p) => p.IsAdjusted ? ", adjusted to by hand" : "";

    /// <summary>Whether both the simulated estimate and the published interval exist.</summary>
    internal static bool IsComparable(PublishedComparison p) =>
        !double.IsNaN(p.Simulated.Value) && !double.IsNaN(p.Published.Lower) && !double.IsNaN(p.Published.Upper);

    static IEnumerable<TrialTableRow> DurationRows(TrialResult trial, IEnumerable<int> months)
    {
        const string group = "Duration of response, from remission; death in remission censors";
        yield return Row(trial, group, "relapses, of patients in remission", a => $"{NumberText.Count(a.DurationOfResponse.Events.Sum())} of {NumberText.Count(a.DurationOfResponse.Patients)}");
        foreach (int month in months)
        {
            yield return Row(trial, group, Month(month), a => Read(a.DurationOfResponse, month));
        }
    }

    /// <summary>Only where somebody was transplanted; an arm without transplants has the same estimates as through them.</summary>
    static IEnumerable<TrialTableRow> TransplantRows(TrialResult trial, IEnumerable<int> months) => trial.Arms.All(a => a.AtTransplant is null) ? [] :
    [
        .. months.Select(m => Row(trial, "Relapse-free survival, from remission, censored at transplant", Month(m), a => Read(a.AtTransplant?.RelapseFreeSurvival ?? a.RelapseFreeSurvival, m))),
        .. months.Select(m => Row(trial, "Event-free survival, from infusion, censored at transplant", Month(m), a => Read(a.AtTransplant?.EventFreeSurvival ?? a.EventFreeSurvival, m))),
        .. months.Select(m => Row(trial, "Duration of response, from remission, censored at transplant", Month(m), a => Read(a.AtTransplant?.DurationOfResponse ?? a.DurationOfResponse, m))),
        .. Landmarks.ForIncidence(trial.HorizonDays).Select(m => Row(trial, "Cumulative incidence of relapse, from remission, censored at transplant", Month(m), a =>
            (a.AtTransplant?.AnyRelapse ?? a.AnyRelapse) is { } any ? Read(any, m) : NumberText.NotEstimable)),
    ];

    static IEnumerable<TrialTableRow> RelapseRows(TrialResult trial)
    {
        const string group = "Cumulative incidence, from remission";
        IReadOnlyList<PhenotypeIncidence> phenotypes = trial.Arms.Count == 0 ? [] : trial.Arms[0].Relapse;
        foreach (int month in Landmarks.ForIncidence(trial.HorizonDays))
        {
            foreach (string phenotype in phenotypes.Select(p => p.Phenotype))
            {
                yield return Row(trial, group, $"{PhenotypeLabel.Of(phenotype)} relapse, {Month(month)}", a => Incidence(a, phenotype, month));
            }

            yield return Row(trial, group, $"death in remission, {Month(month)}", a => Read(a.DeathInRemission, month));
        }

        foreach (string phenotype in phenotypes.Select(p => p.Phenotype))
        {
            yield return Row(trial, "Relapses", PhenotypeLabel.Of(phenotype), a => Find(a, phenotype) is { } p ? NumberText.Count(p.Count) : NumberText.NotEstimable);
        }

        if (trial.Methods?.ResponseAssay is null)
        {
            yield return Row(trial, "Relapses", "MRD seen again in remission (not an event)", a => NumberText.Count(a.MrdRelapses));
        }
    }

    /// <summary>Only where an arm treats after relapse or non-response.</summary>
    static IEnumerable<TrialTableRow> SecondRows(TrialResult trial)
    {
        const string group = "Treatment after relapse or non-response (overall survival with it is too high, see Methods)";
        if (trial.Arms.All(a => a.SecondTreatment is null))
        {
            yield break;
        }

        string Cell(ArmResult arm, Func<SecondTreatment, string> text) => arm.SecondTreatment is { } second ? text(second) : NumberText.NotEstimable;
        yield return Row(trial, group, "patients treated", a => Cell(a, s => NumberText.Count(s.Patients)));
        yield return Row(trial, group, ResponseWords.SecondMorphologic(trial.Methods), a => Cell(a, s => NumberText.PercentInterval(s.Morphologic)));
        yield return Row(trial, group, "second remission, of those treated", a => Cell(a, s => NumberText.PercentInterval(s.Remission)));
        foreach (int month in new[] { 6, 12 })
        {
            yield return Row(trial, group, $"second remission kept, {Month(month)} of it", a => Cell(a, s => Read(s.Kept, month)));
        }
    }

    /// <summary>Only where the model tells.</summary>
    static IEnumerable<TrialTableRow> CytokineRows(TrialResult trial)
    {
        const string group = "Cytokine release syndrome, worst grade (modelled)";
        if (trial.Arms.All(a => a.CytokineRelease is null))
        {
            yield break;
        }

        yield return Row(trial, group, "any grade", a => a.CytokineRelease is { } c ? NumberText.PercentInterval(c.Any) : NumberText.NotEstimable);
        yield return Row(trial, group, "grade 3 or more", a => a.CytokineRelease is { } c ? NumberText.PercentInterval(c.Severe) : NumberText.NotEstimable);
    }

    /// <summary>What strategies did and what came of them, in every arm that has any.</summary>
    static IEnumerable<TrialTableRow> HappeningRows(TrialResult trial) => trial.Arms
        .SelectMany(a => a.Happenings).Select(h => (h.Strategy, h.What)).Distinct()
        .Select(h => Row(trial, "Strategies", $"{h.Strategy}: {h.What}", a => NumberText.Count(a.Happenings.FirstOrDefault(x => (x.Strategy, x.What) == h)?.Count ?? 0)));

    static IEnumerable<TrialTableRow> PatientRows(TrialResult trial)
    {
        const string group = "Patients";
        yield return Row(trial, group, "simulated", a => NumberText.Count(a.Patients));
        yield return Row(trial, group, "transplanted", a => NumberText.Count(a.Transplanted));
        yield return Row(trial, group, "failed numerically (in no estimate)", a => NumberText.Count(a.FailedPatients));
        foreach (string status in trial.Arms.SelectMany(a => a.Failures.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            yield return Row(trial, group, $"failed: {status}", a => NumberText.Count(a.Failures.GetValueOrDefault(status)));
        }
    }

    static TrialTableRow Row(TrialResult trial, string group, string label, Func<ArmResult, string> cell) =>
        new(group, label, [.. trial.Arms.Select(cell)]);

    static string Month(int month) => $"month {month}";

    static string Read(SurvivalCurve curve, int month) => NumberText.PercentInterval(curve.AtMonth(month));

    static string Incidence(ArmResult arm, string phenotype, int month) =>
        Find(arm, phenotype) is { } p ? Read(p.Curve, month) : NumberText.NotEstimable;

    static PhenotypeIncidence? Find(ArmResult arm, string phenotype) => arm.Relapse.FirstOrDefault(r => r.Phenotype == phenotype);
}
