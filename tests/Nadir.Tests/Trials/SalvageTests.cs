using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Faults;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>
/// Treatment after relapse and non-response, in a trial whose course is known in closed form: 1e12 cells shrink by 0.5 a day, and from day 28 grow by 0.1 a day to
/// overt disease; a drug that kills 1 a day more takes the marrow from overt to below 1e-4 in 9 days.
/// </summary>
public class SalvageTests
{
    static readonly double _relapse = 28 + (Math.Log(TinyTrial.OvertCells / (1e12 * Math.Exp(-14))) / 0.1);

    static Strategy Policy(string rules) => Strategy.Read(new SourceText("policy.yaml", $$"""
        name: policy
        title: A policy
        rules:
        {{rules}}
        evidence: []
        """)).OrThrow();

    static Strategy Drug(string dose, string more = "") => Policy($$"""
          - trigger: {at: failure}
            delay: 10
            still: failed
            timing: {evidence: assumed, note: test}
            actions: [{change: graft_versus_leukaemia, {{dose}}, evidence: assumed, note: test}]
        {{more}}
        """);

    static TrialPlan Relapsing(Strategy? strategy = null)
    {
        TrialPlan plan = TinyTrial.Plan(("turn", 28), ("growth", 0.1)) with { VisitDays = [28] };
        return strategy is null ? plan : plan.WithStrategy(strategy);
    }

    [Fact]
    public void A_relapse_that_is_treated_comes_into_second_remission_and_moves_nothing_that_was_before()
    {
        PatientOutcome without = Relapsing().Outcome();
        PatientOutcome with = Relapsing(Drug("set: 1")).Outcome();

        with.RelapseDay!.Value.ShouldBe(_relapse, 0.01);
        with.RelapseDay.ShouldBe(without.RelapseDay);
        with.SalvageDay!.Value.ShouldBe(_relapse + 10, 0.01);
        with.SecondRemissionDay!.Value.ShouldBe(_relapse + 38, 0.01);
        with.SecondRelapseDay.ShouldBeNull();
        with.DeathDay.ShouldBeNull();
        (with.TransgeneCmax, with.RelapsePhenotype, with.RemissionDay).ShouldBe((without.TransgeneCmax, without.RelapsePhenotype, without.RemissionDay));
        TimeToEvent.EventFree(with).ShouldBe(TimeToEvent.EventFree(without));
        (without.SalvageDay, without.SecondRemissionDay).ShouldBe((null, null));
    }

    /// <summary>0.15 a day down from where it was treated: 1.3% of the marrow 28 days later, and MRD until day 61.</summary>
    [Fact]
    public void Blasts_below_the_cut_with_MRD_are_second_remission_by_blasts_only()
    {
        PatientOutcome outcome = Relapsing(Drug("set: 0.25")).Outcome();

        outcome.SecondMorphologicRemissionDay!.Value.ShouldBe(_relapse + 38, 0.01);
        (outcome.SecondRemissionDay ?? double.PositiveInfinity).ShouldBeGreaterThan(_relapse + 60);
        PatientOutcome clear = Relapsing(Drug("set: 1")).Outcome();
        clear.SecondMorphologicRemissionDay.ShouldBe(clear.SecondRemissionDay);
    }

    [Fact]
    public void A_treatment_that_does_nothing_leaves_survival_as_it_is_without()
    {
        PatientOutcome without = Relapsing().Outcome();
        PatientOutcome with = Relapsing(Drug("set: 0.01")).Outcome();

        with.SalvageDay.ShouldNotBeNull();
        with.SecondRemissionDay.ShouldBeNull();
        (with.DeathDay, with.DeathCause).ShouldBe((without.DeathDay, without.DeathCause));
    }

    [Fact]
    public void A_treatment_that_passes_is_followed_by_a_second_relapse_when_disease_is_overt_again()
    {
        // 20 days at 0.9 a day down, then up at 0.1 a day: overt again 10 + 20 + (0.9 * 20 - 0.1 * 10)/0.1 days after the relapse.
        PatientOutcome outcome = Relapsing(Drug("add: 1, for-days: 20")).Outcome();

        outcome.SecondRemissionDay.ShouldNotBeNull();
        outcome.SecondRelapseDay!.Value.ShouldBe(_relapse + 30 + (((0.9 * 20) - (0.1 * 10)) / 0.1), 0.5);
    }

    [Fact]
    public void Who_never_responded_is_treated_from_day_90()
    {
        TrialPlan plan = TinyTrial.Plan(("decline", 0)) with { VisitDays = [28, 60, 90] };
        PatientOutcome outcome = plan.WithStrategy(Drug("set: 2")).Outcome();

        (outcome.NonResponseDay, outcome.SalvageDay, outcome.SecondRemissionDay).ShouldBe((90, 100, 128));
    }

    [Fact]
    public void What_waits_for_second_remission_is_done_in_it_only()
    {
        const string then = """
              - trigger: {at: second-remission}
                delay: 5
                still: second-remission
                timing: {evidence: assumed, note: test}
                actions: [{toxicity: noted, probability: 1, evidence: assumed, note: test}]
            """;

        Relapsing(Drug("set: 1", then)).Outcome().Happenings.ShouldBe(["policy: done", "policy: noted", "policy: done"]);
        Relapsing(Drug("set: 0.01", then)).Outcome().Happenings.ShouldBe(["policy: done"]);
    }

    [Theory]
    [InlineData("at: failure", "at: failur", "ND0025")]
    [InlineData("at: failure", "visit: 28, status: failed", "ND0407")]
    [InlineData("at: failure", "at: failure, visit: 28, status: remission", "ND0407")]
    [InlineData("delay: 10", "delay-to-day: 100", "ND0406")]
    public void A_wrong_moment_is_refused(string right, string wrong, string code)
    {
        string yaml = $$"""
            name: policy
            title: A policy
            trigger: {{{(right.StartsWith("at", StringComparison.Ordinal) ? wrong : "at: failure")}}}
            {{(right.StartsWith("at", StringComparison.Ordinal) ? "delay: 10" : wrong)}}
            still: failed
            timing: {evidence: assumed, note: test}
            actions: [{toxicity: noted, probability: 1, evidence: assumed, note: test}]
            evidence: []
            """;

        Strategy.Read(new SourceText("policy.yaml", yaml)).Issues.ShouldContain(i => i.Code == code && i.Severity == Severity.Error);
    }
}
