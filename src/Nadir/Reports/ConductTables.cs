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
        string end = trial.Decision.Verdict switch
        {
            TrialVerdict.Benefit => "the arm was shown to be better",
            TrialVerdict.Harm => "the arm was shown to be worse",
            TrialVerdict.Futility => "the trial stopped for futility",
            TrialVerdict.NotShown => "no difference was shown",
            TrialVerdict.NotEstimable => $"the test is not estimable: {last.Statistic.Reason}",
            _ => throw new ArgumentOutOfRangeException(nameof(trial), trial.Decision.Verdict, "expected a known verdict"),
        };
        string followed = trial.FollowedHazardRatio.TryGet(out Estimate all)
            ? $"With all patients of the trial followed to the horizon, without losses, the hazard ratio is {ContrastTables.Interval(all, "0.00")}."
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"Month {last.TrialDay / Duration.DaysPerMonth:0.0}: {end}; {EffectText.AtTheEnd(trial)}. {followed}").TrimEnd();
    }

    internal static void Write(Markup body, TrialResult trial)
    {
        if (trial.Conducted is not { } conducted)
        {
            return;
        }

        body.Element("h2", "The trial as it would have been run");
        body.Element("p", Verdict(conducted));
        ConductFigure.Write(body, conducted, trial.HorizonDays);
        body.Add(HtmlTable.Render(Looks(conducted)));
        body.Add(HtmlTable.Render(Flow(conducted)));
        body.Element("p", Estimators(conducted.Design), ("class", "note"));
        body.Element("p", "The other sections follow every patient to the horizon from infusion, through a transplant, whoever is lost or not yet followed that long in the trial: they show the truth that the trial looks for.", ("class", "note"));
    }

    static string Estimators(RandomisedDesign design) => EffectText.Method(design) + (design.Conduct.Strata.Count == 0 ? ""
        : design.Analysis.Test == PrimaryTest.Milestone ? " The test compares the arms without strata."
        : " The test compares the arms within the same strata.");

    static bool IsLook(LookResult look) => !double.IsNaN(look.ConditionalPower);

    static string Number(double x, string format) => double.IsFinite(x) ? ContrastTables.Number(x, format) : NumberText.NotEstimable;
}
