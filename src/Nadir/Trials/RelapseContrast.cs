using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Relapse in two arms of different patients, with death in remission as the competing event.</summary>
static class RelapseContrast
{
    const string LostBefore = "patients were censored before the horizon";

    /// <summary>
    /// Gray's test, Fine and Gray's ratio of subdistribution hazards with the robust variance, the difference of the mean days without relapse, which death in remission does not end, and differences of the cumulative incidence
    /// (Aalen-Johansen).
    /// </summary>
    /// <param name="arm">The arm: relapse is cause 1, death in remission cause 2.</param>
    /// <param name="reference">The first arm.</param>
    /// <param name="horizonDays">Follow-up in days. Where all are followed so long, a patient who dies in remission stays at risk of relapse until then with the weight 1, and counts are enough.</param>
    /// <returns>The contrast; ratio and means are not estimable where patients were censored before.</returns>
    public static ArmContrast Between((string Name, EventTable Table) arm, (string Name, EventTable Table) reference, double horizonDays)
    {
        double until = ArmContrasts.MeanDays(horizonDays);
        PairedTimes[] patients = [.. Kept(arm.Table, horizonDays).Select(t => new PairedTimes(t.Time, null, t.Count)), .. Kept(reference.Table, horizonDays).Select(t => new PairedTimes(null, t.Time, t.Count))];
        RiskTable[] kept = PairedGroups.Tables(patients);
        bool whole = !new[] { arm.Table, reference.Table }.SelectMany(t => t.Rows).Any(r => r.Counts[0] > 0 && r.Days < horizonDays);
        (SurvivalCurve mine, SurvivalCurve theirs) = (AalenJohansen.Estimate(arm.Table)[0], AalenJohansen.Estimate(reference.Table)[0]);
        return new ArmContrast
        {
            Arm = arm.Name,
            Reference = reference.Name,
            Endpoint = ArmContrast.Relapse,
            Test = GrayTest.Test([RiskTable.Of(reference.Table), RiskTable.Of(arm.Table)], cause: 1),
            HazardRatio = whole ? PairedGroups.Compare(patients).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0))) : Estimable<Estimate>.Not(LostBefore),
            RestrictedMeanDays = until,
            RestrictedMean = whole ? RestrictedMean.Difference(kept[1], kept[0], until) : Estimable<Contrast>.Not(LostBefore),
            Risks = [.. ArmContrasts.Months(horizonDays).Select(m => new RiskDifference(m, Milestone.Difference(mine, theirs, m * Duration.DaysPerMonth)))],
        };
    }

    /// <summary>Times to relapse; who dies in remission has none until the horizon.</summary>
    static IEnumerable<(CompetingTime Time, int Count)> Kept(EventTable table, double horizonDays) =>
        from row in table.Rows
        from kept in new (CompetingTime Time, int Count)[] { (new CompetingTime(row.Days, 1), row.Counts[1]), (new CompetingTime(horizonDays, 0), row.Counts[2]), (new CompetingTime(row.Days, 0), row.Counts[0]) }
        where kept.Count > 0
        select kept;
}
