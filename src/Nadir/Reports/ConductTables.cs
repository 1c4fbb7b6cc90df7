using System.Globalization;
using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The trial as it would have been run: flow of patients and analyses.</summary>
public static class ConductTables
{
    /// <summary>What became of the patients by the last analysis.</summary>
    public static TrialTable Flow(ConductedTrial trial)
    {
        bool competes = trial.Design.Analysis.Endpoint.Endpoint == Endpoint.Relapse;
        (string Label, Func<ArmFlow, int> Count)[] rows =
        [
            ("Enrolled", f => f.Enrolled),
            ("Product not made", f => f.NotMade),
            ("Died or too ill before the infusion", f => f.DiedBefore),
            ("Failed numerically (in no analysis)", f => f.Failed),
            ("In the analysis", f => f.Analysed),
            ("Event", f => f.Events),
            .. competes ? [("Death in remission (competing event)", f => f.Competing)] : Array.Empty<(string, Func<ArmFlow, int>)>(),
            ("Lost to follow-up", f => f.LostBefore),
            ("Without an event at the analysis", f => f.StillFollowed),
        ];
        return new TrialTable("The trial as run: patients at the last analysis", [.. trial.Flow.Select(f => f.Arm)], [.. rows.Select(r => new TrialTableRow("", r.Label, [.. trial.Flow.Select(f => NumberText.Count(r.Count(f)))]))]);
    }

    /// <summary>The analyses that were made.</summary>
    public static TrialTable Looks(ConductedTrial trial) => new(
        $"{trial.Compared.Arm} against {trial.Compared.Reference}: {PowerTables.Describe(trial.Design.Analysis)}",
        ["Month", "Patients", "Events", "Statistic", "Boundary", "Conditional power"],
        [.. trial.Decision.Looks.Select((l, i) => new TrialTableRow("", IsLook(l) ? $"Look {i + 1}" : "Final analysis", [
            Number(l.TrialDay / Duration.DaysPerMonth, "0.0"),
            NumberText.Count(l.Patients),
            NumberText.Count(l.Events),
            l.Statistic.TryGet(out double z) ? Number(z, "0.00") : NumberText.NotEstimable,
            Number(l.Bound, "0.00"),
            IsLook(l) ? NumberText.Percent(l.ConditionalPower) : ""]))]);

    /// <summary>How the trial ended, one sentence.</summary>
    public static string Verdict(ConductedTrial trial)
    {
        LookResult last = trial.Decision.Last;
        string ratio = trial.HazardRatio.TryGet(out Estimate hr)
            ? $"hazard ratio {ContrastTables.Interval(hr, "0.00")}{Within(trial.Design.Conduct)}, not corrected for looks"
            : $"hazard ratio not estimable: {trial.HazardRatio.Reason}";
        string end = trial.Decision.Verdict switch
        {
            TrialVerdict.Benefit => "the arm was shown to be better",
            TrialVerdict.Harm => "the arm was shown to be worse",
            TrialVerdict.Futility => "the trial stopped for futility",
            TrialVerdict.NotShown => "no difference was shown",
            TrialVerdict.NotEstimable => $"the test is not estimable: {last.Statistic.Reason}",
            _ => throw new ArgumentOutOfRangeException(nameof(trial), trial.Decision.Verdict, "expected a known verdict"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"Month {last.TrialDay / Duration.DaysPerMonth:0.0}: {end}; {ratio}.");
    }

    static string Within(TrialConduct conduct) => conduct.Strata.Count == 0 ? "" : $", stratified by {string.Join(" and ", conduct.Strata.Select(s => s.Name))}";

    internal static void Write(Markup body, TrialResult trial)
    {
        if (trial.Conducted is not { } conducted)
        {
            return;
        }

        body.Element("h2", "The trial as it would have been run");
        body.Element("p", Verdict(conducted));
        body.Add(HtmlTable.Render(Looks(conducted)));
        body.Add(HtmlTable.Render(Flow(conducted)));
        body.Element("p", Estimators(conducted.Design), ("class", "note"));
        body.Element("p", "The other sections follow every patient to the horizon from infusion, through a transplant, whoever is lost or not yet followed that long in the trial: they show the truth that the trial looks for.", ("class", "note"));
    }

    /// <summary>How the comparison is made, for the paper.</summary>
    internal static string Estimators(RandomisedDesign design)
    {
        bool stratified = design.Conduct.Strata.Count > 0;
        string ratio = $"The hazard ratio is that of a Cox model with ties after Efron{(stratified ? $" within the strata of the randomisation ({string.Join(", ", design.Conduct.Strata.Select(s => s.Name))})" : "")}";
        string cause = design.Analysis.Endpoint.Endpoint == Endpoint.Relapse ? "; it is cause-specific, deaths in remission end the follow-up" : "";
        string test = !stratified ? ""
            : design.Analysis.Test == PrimaryTest.Milestone ? " The test compares the arms without strata."
            : " The test compares the arms within the same strata.";
        return $"{ratio}{cause}.{test}";
    }

    static bool IsLook(LookResult look) => !double.IsNaN(look.ConditionalPower);

    static string Number(double x, string format) => double.IsFinite(x) ? x.ToString(format, CultureInfo.InvariantCulture) : NumberText.NotEstimable;
}
