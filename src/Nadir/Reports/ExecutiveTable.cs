using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>What a reader who has one minute should see of a trial, one column an arm.</summary>
public static class ExecutiveTable
{
    /// <summary>Remission, survival and relapse at the last of months 12 and 24 that is within the follow-up, median times, the difference from the first arm, and what the primary analysis of a trial as run showed.</summary>
    public static TrialTable Of(TrialResult trial)
    {
        int? month = Landmarks.ForIncidence(trial.HorizonDays).Cast<int?>().LastOrDefault();
        List<TrialTableRow> rows = [Row("Patients", a => NumberText.Count(a.Patients)), Row("Remission by month 3", a => NumberText.PercentInterval(a.Remission3Months))];
        if (month is { } m)
        {
            rows.Add(Row($"Event-free at month {m}", a => At(a.EventFreeSurvival, m)));
            rows.Add(Row($"Alive at month {m}", a => At(a.OverallSurvival, m)));
            rows.Add(Row($"Relapsed by month {m} from remission", a => a.AnyRelapse is { } any ? At(any, m) : NumberText.NotEstimable));
            rows.AddRange(trial.Arms[0].Relapse.Select((r, i) => Row($"Relapsed, {PhenotypeLabel.Of(r.Phenotype)}", a => i < a.Relapse.Count ? At(a.Relapse[i].Curve, m) : NumberText.NotEstimable)));
            rows.Add(Row($"Died in remission by month {m}", a => At(a.DeathInRemission, m)));
            rows.AddRange(EventQuantiles.Medians(trial));
            if (trial.Contrasts.Count > 0)
            {
                rows.Add(Row($"Events by month {m}, difference from arm 1, % points{ContrastTables.PairedOrNot(trial, trial.Contrasts)}", a => Risk(trial, a, m, "eventFreeSurvival")));
            }

            if (trial.Contrasts.Any(c => c.HasCompetingEvent))
            {
                rows.Add(Row($"Relapsed by month {m} from remission, difference from arm 1, % points{ContrastTables.PairedOrNot(trial, trial.Contrasts)}", a => Risk(trial, a, m, ArmContrast.Relapse)));
            }
        }

        if (trial.Conducted is { } conducted)
        {
            rows.Add(Row($"Primary analysis of the trial as run, {conducted.Design.Analysis.Endpoint.Code}: {EffectText.Heading(conducted)}", a => Primary(conducted, a)));
        }

        return new TrialTable("In short", [.. trial.Arms.Select((a, i) => $"{i + 1}  {a.Name}")], rows);

        TrialTableRow Row(string label, Func<ArmResult, string> cell) => new("", label, [.. trial.Arms.Select(cell)]);
    }

    static string Primary(ConductedTrial trial, ArmResult arm) => arm.Name == trial.Compared.Arm ? EffectText.Short(trial)
        : arm.Name == trial.Compared.Reference ? "reference"
        : "";

    static string At(SurvivalCurve curve, int month) => NumberText.PercentInterval(curve.AtMonth(month));

    static string Risk(TrialResult trial, ArmResult arm, int month, string endpoint)
    {
        RiskDifference? risk = trial.Contrasts.FirstOrDefault(c => c.Arm == arm.Name && c.Endpoint == endpoint)?.Risks.FirstOrDefault(r => r.Month == month);
        return risk is null ? "" : risk.Difference.TryGet(out Contrast? contrast) ? ContrastTables.Points(contrast.Difference) : NumberText.NotEstimable;
    }
}
