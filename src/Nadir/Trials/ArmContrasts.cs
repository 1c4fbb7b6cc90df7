using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Compares arms with the first one from their tallies, whose size does not depend on the number of patients.</summary>
static class ArmContrasts
{
    const int MeanMonth = 24;
    static readonly int[] Months = [12, 24];

    /// <summary>Event-free, overall and relapse-free survival of each arm after the first.</summary>
    public static IReadOnlyList<ArmContrast> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies) =>
        [.. from arm in Enumerable.Range(1, Math.Max(0, tallies.Count - 1))
            from endpoint in Endpoints
            select Between(
                endpoint.Name,
                (plan.Arms[arm].Name, RiskTable.Of(endpoint.Table(tallies[arm]))),
                (plan.Arms[0].Name, RiskTable.Of(endpoint.Table(tallies[0]))),
                plan.HorizonDays)];

    /// <summary>One endpoint of two arms.</summary>
    public static ArmContrast Between(string endpoint, (string Name, RiskTable Table) arm, (string Name, RiskTable Table) reference, double horizonDays)
    {
        double until = Math.Min(horizonDays, MeanMonth * Duration.DaysPerMonth);
        SurvivalCurve mine = KaplanMeier.Estimate(arm.Table);
        SurvivalCurve theirs = KaplanMeier.Estimate(reference.Table);
        return new ArmContrast
        {
            Arm = arm.Name,
            Reference = reference.Name,
            Endpoint = endpoint,
            LogRank = LogRank.Test([reference.Table, arm.Table]),
            HazardRatio = Cox.Compare([reference.Table, arm.Table]).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0))),
            RestrictedMeanDays = until,
            RestrictedMean = RestrictedMean.Difference(arm.Table, reference.Table, until),

            // The event's probability is what survival leaves, so that the arms change places.
            Risks = [.. Months.Where(m => m * Duration.DaysPerMonth <= horizonDays).Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    static IEnumerable<(string Name, Func<ArmTally, EventTable> Table)> Endpoints =>
    [
        ("eventFreeSurvival", t => t.EventFreeSurvival),
        ("overallSurvival", t => t.OverallSurvival),
        ("relapseFreeSurvival", t => t.Relapse),
    ];
}
