using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Compares arms with the first one from their tallies, whose size does not depend on the number of patients.</summary>
static class ArmContrasts
{
    const int MeanMonth = 24;

    /// <summary>Event-free, overall and relapse-free survival of each arm after the first.</summary>
    public static IReadOnlyList<ArmContrast> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies) =>
        [.. from arm in Enumerable.Range(1, Math.Max(0, tallies.Count - 1))
            from endpoint in Endpoints
            let contrast = Between(
                endpoint.Name,
                (plan.Arms[arm].Name, RiskTable.Of(endpoint.Table(tallies[arm]))),
                (plan.Arms[0].Name, RiskTable.Of(endpoint.Table(tallies[0]))),
                plan.HorizonDays)
            select endpoint.Pairs(tallies[arm].Pairs) is { } sums && tallies[arm].Pairs.Patients > 0 ? Paired(contrast, sums, tallies[arm].Pairs.Patients) : contrast];

    /// <summary>The day up to which restricted means count: month 24, or the horizon where it comes first.</summary>
    public static double MeanDays(double horizonDays) => Math.Min(horizonDays, MeanMonth * Duration.DaysPerMonth);

    /// <summary>
    /// The same differences from pairs. All patients are followed to the horizon in both arms, so that a patient's own difference needs no curve.
    /// </summary>
    static ArmContrast Paired(ArmContrast contrast, PairSums sums, int patients) => contrast with
    {
        IsPaired = true,
        RestrictedMean = PairedDifference.OfMeans((double)sums.Sum / PairTally.Unit, (double)sums.SumOfSquares / (PairTally.Unit * PairTally.Unit), patients),
        Risks = [.. contrast.Risks.Select(r => r with { Difference = Paired(sums, PairTally.Months.ToList().IndexOf(r.Month), patients) })],
    };

    static Estimable<Contrast> Paired(PairSums sums, int month, int patients) =>
        PairedDifference.OfShares(sums.OnlyArm[month], sums.OnlyReference[month], patients);

    /// <summary>One endpoint of two arms.</summary>
    public static ArmContrast Between(string endpoint, (string Name, RiskTable Table) arm, (string Name, RiskTable Table) reference, double horizonDays)
    {
        double until = MeanDays(horizonDays);
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
            Risks = [.. PairTally.Months.Where(m => m * Duration.DaysPerMonth <= horizonDays).Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    // Remission is not reached by the same patients in each arm, so that from there on they are not pairs.
    static IEnumerable<(string Name, Func<ArmTally, EventTable> Table, Func<PairTally, PairSums?> Pairs)> Endpoints =>
    [
        ("eventFreeSurvival", t => t.EventFreeSurvival, p => p.EventFree),
        ("overallSurvival", t => t.OverallSurvival, p => p.Overall),
        ("relapseFreeSurvival", t => t.Relapse, _ => null),
    ];
}
