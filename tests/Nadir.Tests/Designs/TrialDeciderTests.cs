using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Tests.Designs;

public class TrialDeciderTests
{
    static TrialDecision Decide(IReadOnlyList<EnrolledPatient> patients, PrimaryAnalysis? analysis = null, TrialConduct? conduct = null)
    {
        PrimaryAnalysis a = analysis ?? MadeUpPool.Analysis;
        return new TrialDecider(conduct ?? new TrialConduct(), a, new LookBoundaries(a)).Decide(patients, a.Events);
    }

    /// <summary>Arm 1 lives <paramref name="factor"/> times as long; patient i of an arm comes on day i.</summary>
    static EnrolledPatient[] Patients(int perArm, double factor, double dropOut = double.PositiveInfinity) =>
        [.. Enumerable.Range(0, perArm).SelectMany(i => new[] { 0, 1 }.Select(arm => new EnrolledPatient(arm, i, dropOut, MadeUpPool.At((10 + (7 * i)) * (arm == 1 ? factor : 1)))))];

    [Fact]
    public void The_final_analysis_is_the_log_rank_test_on_the_day_of_the_last_planned_event()
    {
        EnrolledPatient[] patients = Patients(20, 1.5);
        TrialDecision decision = Decide(patients, MadeUpPool.Analysis with { Events = 25 });
        double[] eventDays = [.. patients.Select(p => p.EnrolmentDay + p.Candidate.Time!.Value.Days).Order()];

        decision.Last.TrialDay.ShouldBe(eventDays[24]);
        decision.Last.Events.ShouldBe(25);
        RiskTable Arm(int arm) => RiskTable.Of([.. patients.Where(p => p.Arm == arm).Select(p => (Seen: eventDays[24] - p.EnrolmentDay, p.Candidate.Time!.Value.Days))
            .Select(p => FollowUp.FromOrigin(Math.Min(p.Seen, p.Days), p.Days <= p.Seen ? 1 : 0))]);
        LogRankTest test = LogRank.Test([Arm(0), Arm(1)]).Value;
        decision.Last.Statistic.Value.ShouldBe(Math.Sqrt(test.Test.Statistic), 1e-12);
        decision.Last.Bound.ShouldBe(1.959964, 1e-5);
    }

    [Fact]
    public void Exchanging_the_arms_changes_the_sign() =>
        Decide(Patients(20, 1.5), MadeUpPool.Analysis with { Arm = 0, Reference = 1 }).Last.Statistic.Value
            .ShouldBe(-Decide(Patients(20, 1.5)).Last.Statistic.Value, 1e-12);

    [Fact]
    public void A_trial_that_crosses_the_bound_at_a_look_ends_there()
    {
        TrialDecision decision = Decide(Patients(60, 4), MadeUpPool.Analysis with { Events = 100, Looks = [0.5, 0.75] });

        decision.Verdict.ShouldBe(TrialVerdict.Benefit);
        decision.Looks.Count.ShouldBe(1);
        decision.Last.Events.ShouldBe(50);
        decision.Last.Bound.ShouldBe(GroupSequential.Boundaries([0.5, 0.75, 1], SpendingFunction.OBrienFleming, 0.05)[0].Z, 1e-12);
    }

    [Fact]
    public void Harm_is_shown_on_two_sides_and_not_on_one()
    {
        Decide(Patients(60, 0.25)).Verdict.ShouldBe(TrialVerdict.Harm);
        Decide(Patients(60, 0.25), MadeUpPool.Analysis with { Sides = BoundarySides.One }).Verdict.ShouldBe(TrialVerdict.NotShown);
    }

    [Fact]
    public void A_trial_without_a_trend_stops_for_futility()
    {
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Events = 80, Looks = [0.5], FutilityConditionalPower = 0.2 };
        TrialDecision decision = Decide(Patients(60, 1.02), analysis);

        decision.Verdict.ShouldBe(TrialVerdict.Futility);

        // Jennison and Turnbull: the trend goes on as it was, with half of the information to come.
        double z = decision.Last.Statistic.Value;
        double final = GroupSequential.Boundaries([0.5, 1], SpendingFunction.OBrienFleming, 0.05)[1].Z;
        double atEnd = (z * Math.Sqrt(0.5)) + (z / Math.Sqrt(0.5) * 0.5);
        decision.Last.ConditionalPower.ShouldBe(NormalDistribution.Cdf((atEnd - final) / Math.Sqrt(0.5)), 1e-12);
        Decide(Patients(60, 1.02), analysis with { FutilityConditionalPower = 0 }).Looks.Count.ShouldBe(2);
    }

    [Fact]
    public void Nobody_is_seen_after_the_cut_off_or_after_dropping_out()
    {
        EnrolledPatient[] patients = Patients(20, 1, dropOut: 30);

        Decide(patients).Last.Events.ShouldBe(patients.Count(p => p.Candidate.Time!.Value.Days <= 30));
        TrialDecision cut = Decide(Patients(20, 1), conduct: new TrialConduct { CutOffDay = 40 });
        cut.Last.TrialDay.ShouldBe(40);
        cut.Last.Events.ShouldBe(Patients(20, 1).Count(p => p.EnrolmentDay + p.Candidate.Time!.Value.Days <= 40));
    }

    [Fact]
    public void Fewer_events_than_planned_spend_what_is_left_of_the_error()
    {
        TrialDecision decision = Decide(Patients(60, 1), MadeUpPool.Analysis with { Events = 80, Looks = [0.5] }, new TrialConduct { CutOffDay = 240 });

        decision.Last.Events.ShouldBeInRange(41, 79);
        decision.Last.Bound.ShouldBe(GroupSequential.SpendingAll([0.5, decision.Last.Events / 80.0], SpendingFunction.OBrienFleming, 0.05)[1].Z, 1e-9);
    }

    [Fact]
    public void Too_few_events_give_a_reason_and_no_verdict()
    {
        EnrolledPatient[] none = [.. Enumerable.Range(0, 20).Select(i => new EnrolledPatient(i % 2, 0, double.PositiveInfinity, MadeUpPool.At(100, cause: 0)))];
        TrialDecision decision = Decide(none);

        decision.Verdict.ShouldBe(TrialVerdict.NotEstimable);
        decision.Last.Statistic.Reason.ShouldBe("no group had an event");
    }

    [Fact]
    public void Strata_are_compared_within_themselves()
    {
        // In each stratum the arms are alike; together they are not, because the arms hold different strata.
        EnrolledPatient[] patients =
        [
            .. Enumerable.Range(1, 40).Select(i => new EnrolledPatient(0, 0, double.PositiveInfinity, MadeUpPool.At(i % 10 + 1, stratum: 0))),
            .. Enumerable.Range(1, 10).Select(i => new EnrolledPatient(1, 0, double.PositiveInfinity, MadeUpPool.At(i % 10 + 1, stratum: 0))),
            .. Enumerable.Range(1, 10).Select(i => new EnrolledPatient(0, 0, double.PositiveInfinity, MadeUpPool.At(100 + (i % 10), stratum: 1))),
            .. Enumerable.Range(1, 40).Select(i => new EnrolledPatient(1, 0, double.PositiveInfinity, MadeUpPool.At(100 + (i % 10), stratum: 1))),
        ];
        TrialConduct stratified = new() { Strata = [new StratumFactor("BURDEN", 0, [1])] };

        Math.Abs(Decide(patients, conduct: stratified).Last.Statistic.Value).ShouldBeLessThan(1e-9);
        Decide(patients).Last.Statistic.Value.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData(PrimaryTest.Gray)]
    [InlineData(PrimaryTest.Milestone)]
    public void A_competing_event_is_not_the_event(PrimaryTest test)
    {
        // Arm 1 has half the relapses; deaths compete in both.
        EnrolledPatient[] patients = [.. Enumerable.Range(0, 400).Select(i => new EnrolledPatient(i % 2, 0, double.PositiveInfinity, MadeUpPool.At(5 + i, (i / 2) % 4 == 0 ? 2 : i % 2 == 1 && (i / 2) % 4 == 1 ? 0 : 1)))];
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Endpoint = new ProtocolEndpoint(Endpoint.Relapse, false), Test = test, MilestoneDay = test == PrimaryTest.Milestone ? 350 : double.NaN };
        RiskTable[] arms = [.. Enumerable.Range(0, 2).Select(a => RiskTable.Of([.. patients.Where(p => p.Arm == a).Select(p => FollowUp.FromOrigin(p.Candidate.Time!.Value.Days, p.Candidate.Time.Value.Cause))], causes: 2))];
        Contrast difference = Milestone.Difference(AalenJohansen.Estimate(arms[0])[0], AalenJohansen.Estimate(arms[1])[0], 350).Value;
        double expected = test == PrimaryTest.Gray ? Math.Sqrt(GrayTest.Test(arms, 1).Value.Statistic) : difference.Difference.Value / difference.StandardError;

        Decide(patients, analysis).Last.Statistic.Value.ShouldBe(expected, 1e-12);
    }
}
