using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Inference;

/// <summary>What came of reinfusions for B-cell recovery.</summary>
static class Reinfusion
{
    /// <summary>Days after the visit that triggered it at which cells are given, as in the strategies' files, and the time to see an effect.</summary>
    const double DaysToEffect = 21 + 28;

    const double Months24 = 24 * Duration.DaysPerMonth;

    public static Statistic Regained(IEnumerable<PatientRecord> records, TrialPlan plan)
    {
        PatientRecord[] reinfused = [.. records.Where(IsReinfused)];
        return Statistic.Proportion(reinfused.Count(r => HasRegained(r, plan)), reinfused.Length) with { Share = 1 };
    }

    public static Statistic Relapse(IEnumerable<PatientRecord> records, TrialPlan plan, bool regained)
    {
        PatientRecord[] reinfused = [.. records.Where(IsReinfused)];
        PatientRecord[] group = [.. reinfused.Where(r => HasRegained(r, plan) == regained)];
        return Statistic.Proportion(group.Count(r => r.Outcome.RelapseDay <= Months24), group.Length) with { Share = group.Length / (double)Math.Max(1, reinfused.Length) };
    }

    static bool IsReinfused(PatientRecord r) => r.Outcome.IsEvaluable && r.Outcome.Happenings.Any(h => h.EndsWith(": done", StringComparison.Ordinal));

    /// <summary>
    /// True where, after the B cells or haematogones that triggered it, a visit far enough on and within half a year of the infusion of cells shows both below their cuts.
    /// </summary>
    static bool HasRegained(PatientRecord record, TrialPlan plan)
    {
        double bCells = plan.Assays.BCells.Threshold("aplasia");
        double? haematogones = plan.Assays.Find("marrow-haematogones")?.Threshold("recovered");
        bool Back(IEnumerable<Observation> visit) => visit.Any(o => IsAbove(o, "blood-b-cells", bCells) || (haematogones is { } cut && IsAbove(o, "marrow-haematogones", cut)));
        IGrouping<double, Observation>[] visits = [.. record.Observations.Where(o => o.Day >= 28).GroupBy(o => o.Day).OrderBy(v => v.Key)];
        double trigger = visits.Where(Back).Select(v => v.Key).FirstOrDefault(double.PositiveInfinity);
        return visits.Any(v => v.Key >= trigger + DaysToEffect && v.Key <= trigger + DaysToEffect + 183 && !(v.Key > record.Outcome.RelapseDay) && !Back(v));
    }

    static bool IsAbove(Observation o, string assay, double cut) => o.Assay == assay && !o.BelowLimit && o.Value >= cut;
}
