using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The curves of a trial for a terminal: a line of blocks from 0 to 100% and the estimates at some months, one row an arm.</summary>
public static class CurveTable
{
    const int Columns = 24;

    /// <summary>Survival and relapse of every arm.</summary>
    public static TrialTable Of(TrialResult trial)
    {
        int[] months = [.. Landmarks.ForSurvival(trial.HorizonDays)];
        (string Title, Func<ArmResult, SurvivalCurve?> Curve)[] endpoints =
        [
            ("Event-free survival, from infusion", a => a.EventFreeSurvival), ("Overall survival, from infusion", a => a.OverallSurvival),
            ("Relapse-free survival, from remission", a => a.RelapseFreeSurvival), ("Duration of response, from remission", a => a.DurationOfResponse), ("Relapse, from remission", a => a.AnyRelapse),
            ("B-cell aplasia kept, from infusion", a => a.BCellAplasia), ("B cells back, from infusion", a => a.BCellRecovery),
        ];
        return new TrialTable(
            "Curves (▁ 0%, █ 100%)",
            [$"months 0 to {Markup.Number(trial.HorizonDays / Duration.DaysPerMonth)}", .. months.Select(m => $"month {m}")],
            [.. endpoints.SelectMany(e => trial.Arms, (e, arm) => (e.Title, arm.Name, Curve: e.Curve(arm))).Where(r => r.Curve is not null)
                .Select(r => new TrialTableRow(r.Title, r.Name, [Sparkline.Of(r.Curve!, trial.HorizonDays, Columns), .. months.Select(m => NumberText.Percent(r.Curve!.AtMonth(m).Value))]))]);
    }
}
