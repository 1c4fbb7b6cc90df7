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
            let names = (plan.Arms[arm].Name, plan.Arms[0].Name)
            select tallies[arm].Pairs.Patients > 0
                ? Paired(endpoint.Name, names, endpoint.Pairs(tallies[arm].Pairs).Times(plan.HorizonDays), plan.HorizonDays)
                : Between(endpoint.Name, (names.Item1, RiskTable.Of(endpoint.Table(tallies[arm]))), (names.Item2, RiskTable.Of(endpoint.Table(tallies[0]))), plan.HorizonDays)];

    /// <summary>The day up to which restricted means count: month 24, or the horizon where it comes first.</summary>
    public static double MeanDays(double horizonDays) => Math.Min(horizonDays, MeanMonth * Duration.DaysPerMonth);

    /// <summary>One endpoint of the same patients in two arms. All are followed to the horizon in both, so that a patient's own difference needs no curve.</summary>
    public static ArmContrast Paired(string endpoint, (string Arm, string Reference) names, IReadOnlyList<PairedTimes> pairs, double horizonDays)
    {
        double until = MeanDays(horizonDays);
        return new ArmContrast
        {
            Arm = names.Arm,
            Reference = names.Reference,
            Endpoint = endpoint,
            IsPaired = true,
            LogRank = PairedGroups.Test(pairs),
            HazardRatio = PairedGroups.Compare(pairs).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0))),
            RestrictedMeanDays = until,
            RestrictedMean = Difference(pairs, t => Math.Min(t.Time, until)),
            Risks = [.. Months(horizonDays).Select(m => new RiskDifference(m, RiskDifference(pairs, m * Duration.DaysPerMonth)))],
        };
    }

    /// <summary>One endpoint of two arms of different patients.</summary>
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
            Risks = [.. Months(horizonDays).Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    static IEnumerable<int> Months(double horizonDays) => PairTally.Months.Where(m => m * Duration.DaysPerMonth <= horizonDays);

    static Estimable<Contrast> Difference(IReadOnlyList<PairedTimes> pairs, Func<CompetingTime, double> value) =>
        PairedDifference.OfGroups([.. pairs.Select(p => (p.First is { } a ? value(a) : (double?)null, p.Second is { } b ? value(b) : (double?)null, p.Count))]);

    // Where all are in both arms, those who fare differently are counted, which also serves where they are few.
    static Estimable<Contrast> RiskDifference(IReadOnlyList<PairedTimes> pairs, double day)
    {
        return pairs.All(p => p.First is not null && p.Second is not null)
            ? PairedDifference.OfShares(
                pairs.Where(p => Had(p.First!.Value) && !Had(p.Second!.Value)).Sum(p => p.Count),
                pairs.Where(p => Had(p.Second!.Value) && !Had(p.First!.Value)).Sum(p => p.Count),
                pairs.Sum(p => p.Count))
            : Difference(pairs, t => Had(t) ? 1 : 0);

        bool Had(CompetingTime t) => t.Cause > 0 && t.Time <= day;
    }

    static IEnumerable<(string Name, Func<ArmTally, EventTable> Table, Func<PairTally, PairedDays> Pairs)> Endpoints =>
    [
        ("eventFreeSurvival", t => t.EventFreeSurvival, p => p.EventFree),
        ("overallSurvival", t => t.OverallSurvival, p => p.Overall),
        ("relapseFreeSurvival", t => t.Relapse, p => p.RelapseFree),
    ];
}
