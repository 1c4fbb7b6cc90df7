using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Compares arms with the first one from their tallies, whose size does not depend on the number of patients.</summary>
static class ArmContrasts
{
    const int MeanMonth = 24;

    /// <summary>Event-free, overall and relapse-free survival and relapse of each arm after the first.</summary>
    public static IReadOnlyList<ArmContrast> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies) =>
        [.. Enumerable.Range(1, Math.Max(0, tallies.Count - 1)).SelectMany(arm => tallies[arm].Pairs.Patients > 0
            ? OfPairs((plan.Arms[arm].Name, plan.Arms[0].Name), tallies[arm].Pairs, plan.HorizonDays)
            : OfTallies((plan.Arms[arm].Name, tallies[arm]), (plan.Arms[0].Name, tallies[0]), plan.HorizonDays))];

    static IEnumerable<ArmContrast> OfPairs((string Arm, string Reference) names, PairTally pairs, double horizonDays) =>
        new[] { ("eventFreeSurvival", pairs.EventFree), ("overallSurvival", pairs.Overall), ("relapseFreeSurvival", pairs.RelapseFree), (ArmContrast.Relapse, pairs.Relapse) }
            .Select(endpoint => Paired(endpoint.Item1, names, endpoint.Item2.Times(horizonDays), horizonDays));

    static IEnumerable<ArmContrast> OfTallies((string Name, ArmTally Tally) arm, (string Name, ArmTally Tally) reference, double horizonDays)
    {
        (string Name, Func<ArmTally, EventTable> Table)[] survival = [("eventFreeSurvival", t => t.EventFreeSurvival), ("overallSurvival", t => t.OverallSurvival), ("relapseFreeSurvival", t => t.Relapse)];
        return survival
            .Select(endpoint => Between(endpoint.Name, (arm.Name, RiskTable.Of(endpoint.Table(arm.Tally))), (reference.Name, RiskTable.Of(endpoint.Table(reference.Tally))), horizonDays))
            .Append(RelapseContrast.Between((arm.Name, ArmEstimates.AnyRelapse(arm.Tally.Relapse)), (reference.Name, ArmEstimates.AnyRelapse(reference.Tally.Relapse)), horizonDays));
    }

    /// <summary>The day up to which restricted means count: month 24, or the horizon where it comes first.</summary>
    public static double MeanDays(double horizonDays) => Math.Min(horizonDays, MeanMonth * Duration.DaysPerMonth);

    /// <summary>
    /// One endpoint of the same patients in two arms. All are followed to the horizon in both, so that a patient's own difference needs no curve. Who has a competing event keeps to the horizon without the event: then the log-rank
    /// test has the score of Gray's test, and Cox's hazard ratio is Fine and Gray's.
    /// </summary>
    public static ArmContrast Paired(string endpoint, (string Arm, string Reference) names, IReadOnlyList<PairedTimes> pairs, double horizonDays)
    {
        double until = MeanDays(horizonDays);
        return new ArmContrast
        {
            Arm = names.Arm,
            Reference = names.Reference,
            Endpoint = endpoint,
            IsPaired = true,
            Test = PairedGroups.Test(pairs).Then(t => Estimable<ChiSquareTest>.Of(t.Test)),
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
            Test = LogRank.Test([reference.Table, arm.Table]).Then(t => Estimable<ChiSquareTest>.Of(t.Test)),
            HazardRatio = Cox.Compare([reference.Table, arm.Table]).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0))),
            RestrictedMeanDays = until,
            RestrictedMean = RestrictedMean.Difference(arm.Table, reference.Table, until),

            // The event's probability is what survival leaves, so that the arms change places.
            Risks = [.. Months(horizonDays).Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    /// <summary>The months by which events are compared, as far as the follow-up reaches.</summary>
    internal static IEnumerable<int> Months(double horizonDays) => PairTally.Months.Where(m => m * Duration.DaysPerMonth <= horizonDays);

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
}
