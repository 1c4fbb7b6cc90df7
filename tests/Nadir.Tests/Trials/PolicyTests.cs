using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Protocols;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Rules over visits, in a trial whose course is known in closed form.</summary>
public class PolicyTests
{
    static Strategy Policy(string trigger, string when, string actions, string more = "") => Strategy.Read(new SourceText("policy.yaml", $$"""
        name: policy
        title: A policy
        trigger: {{{trigger}}}
        {{when}}
        still: without-relapse
        {{more}}
        timing: {evidence: assumed, note: test}
        actions:
          - {{{actions}}, evidence: assumed, note: test}
        evidence: []
        """)).OrThrow();

    static TrialPlan Giving(TrialPlan plan, Strategy strategy, params IReadOnlyList<ProductDose> later) =>
        plan with { Arms = [plan.Arms[0] with { Strategies = [strategy], Later = later }] };

    static double[] Transgene(PatientRecord record, double day) => [.. record.Observations.Where(o => o.Assay == "car-transgene" && o.Day == day).Select(o => o.BelowLimit ? 0 : o.Value)];

    [Theory]
    [InlineData("visit: 60, status: without-relapse", "delay: 14", 90)]
    [InlineData("visit: 60, status: without-relapse", "delay-to-day: 100", 120)]
    [InlineData("visits: {from: 61, to: 400}, status: without-relapse", "delay: 0", 120)]
    [InlineData("visits: {from: 61, to: 400}, status: without-relapse", "delay: 31", 150)]
    public void What_is_decided_at_a_visit_is_done_on_its_day(string trigger, string when, double seenOn)
    {
        PatientRecord record = Giving(TinyTrial.Plan(), Policy(trigger, when, "infuse: second"), new ProductDose("second", "infusion-target", 1e9)).First();
        double[] visits = [.. record.Observations.Select(o => o.Day).Distinct()];

        visits.First(d => Transgene(record, d).Single() > 1e8).ShouldBe(seenOn);
        record.Outcome.Happenings.ShouldBe(["policy: done"]);
    }

    [Theory]
    [InlineData("{assay: flow-mrd, at-least: 1e-3}", 120.0)]
    [InlineData("{assay: flow-mrd, is: detected}", 90.0)]
    [InlineData("{assay: flow-mrd, is: detected}, {assay: flow-mrd, rises-by: 5}", 120.0)]
    [InlineData("{assay: marrow-blasts, below: 0.02}, {assay: flow-mrd, at-least: 1e-3}", 120.0)]
    [InlineData("{assay: flow-mrd, below: positive}, {assay: flow-mrd, is: detected}", null)]
    [InlineData("{assay: flow-mrd, rises-by: 1e9}", null)]
    public void Conditions_on_what_assays_show_hold_when_they_should(string observed, double? day)
    {
        // 1e12 cells shrink to 8e5 on day 28 and grow by 0.055 a day from then on: fractions 5e-5 on day 60, 2.5e-4 on day 90, 1.3e-3 on day 120.
        TrialPlan plan = TinyTrial.Plan(("turn", 28), ("growth", 0.055));
        Strategy policy = Policy($"visits: {{from: 28, to: 200}}, status: without-relapse, observed: [{observed}]", "delay: 0", "toxicity: noted, probability: 1");
        PatientRecord record = Giving(plan, policy).First();

        if (day is null)
        {
            record.Outcome.Happenings.ShouldBeEmpty();
            return;
        }

        record.Outcome.Happenings.ShouldBe(["policy: noted", "policy: done"]);
        Strategy upToTheDayBefore = Policy($"visits: {{from: 28, to: {day - 1}}}, status: without-relapse, observed: [{observed}]", "delay: 0", "toxicity: noted, probability: 1");
        Giving(plan, upToTheDayBefore).First().Outcome.Happenings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("covariate: LARGE, is: yes", false)]
    [InlineData("covariate: LARGE, is: no", true)]
    [InlineData("covariate: BURDEN, at-least: 1e12", true)]
    [InlineData("covariate: BURDEN, below: 1e12", false)]
    public void A_baseline_characteristic_decides(string patient, bool done) =>
        (Giving(TinyTrial.Plan(), Policy($"visit: 60, status: without-relapse, patient: [{{{patient}}}]", "delay: 0", "toxicity: noted, probability: 1")).First().Outcome.Happenings.Count > 0).ShouldBe(done);

    [Theory]
    [InlineData("", 1)]
    [InlineData("times: 3", 3)]
    [InlineData("times: 100", 12)]
    public void A_rule_is_used_as_often_as_it_says(string times, int done) =>
        Giving(TinyTrial.Plan(), Policy("visits: {from: 28, to: 730}, status: without-relapse", "delay: 0", "toxicity: noted, probability: 0", times)).First().Outcome.Happenings.Count.ShouldBe(done);

    [Fact]
    public void The_examination_before_the_infusion_can_change_the_dose()
    {
        Strategy less = Policy("visit: 0, status: without-relapse, observed: [{assay: marrow-blasts, at-least: overt}]", "delay: 0", "scale: cart, by: 0.1");
        PatientRecord reference = TinyTrial.Plan().First();
        PatientRecord record = Giving(TinyTrial.Plan(), less).First();

        record.Observations[0].Day.ShouldBe(0);
        Transgene(record, 28).Single().ShouldBe(0.1 * Transgene(reference, 28).Single(), 1);
        Giving(TinyTrial.Plan(("burden", 1e9)), less).First().Outcome.Happenings.ShouldBeEmpty();
    }

    [Fact]
    public void A_passing_effect_ends_and_overlapping_ones_multiply()
    {
        // B cells grow by 0.1 a day; without growth for 10 days they are behind by exp(1).
        TrialPlan plan = TinyTrial.Plan(("b_growth", 0.1)) with { VisitDays = [28, 60, 90], RemissionDays = [28, 60] };
        double At(PatientRecord record, double day) => record.Observations.Single(o => o.Assay == "blood-b-cells" && o.Day == day).Value;
        double Behind(string actions, string more = "") =>
            Math.Log(At(plan.First(), 90) / At(Giving(plan, Policy("visits: {from: 28, to: 60}, status: without-relapse", "delay: 0", actions, more)).First(), 90));

        Behind("change: b_growth, multiply: 0, for-days: 10").ShouldBe(1, 1e-3);
        Behind("change: b_growth, multiply: 0, for-days: 10", "times: 2").ShouldBe(2, 1e-3);
        Behind("change: b_growth, multiply: 0.5, for-days: 40", "times: 2").ShouldBe((32 * 0.05) + (8 * 0.075) + (22 * 0.05), 1e-3);
        Behind("change: b_growth, add: -0.1, for-days: 10").ShouldBe(1, 1e-3);
        Behind("change: b_growth, multiply: 0.5").ShouldBe(62 * 0.05, 1e-3);
        Behind("give: b_cells, cells: 1").ShouldBe(-Math.Log((Math.Exp(2.8) + 1) / Math.Exp(2.8)), 1e-3);
    }

    [Fact]
    public void A_product_that_cannot_be_made_is_not_given_and_ends_the_rule()
    {
        Strategy policy = Policy("visit: 28, status: without-relapse", "delay: 0", "infuse: second");
        policy = policy with { Rules = [policy.Rules[0] with { Actions = [.. policy.Rules[0].Actions, new StrategyAction.Toxicity("later", 1, policy.Rules[0].TimingBasis)] }] };
        TrialPlan plan = Giving(TinyTrial.Plan(), policy, new ProductDose("second", "infusion-target", 1e9) { Fails = 0.25 }) with { PatientsPerArm = 1000 };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        double failed = outcomes.Count(o => o.Happenings.SequenceEqual(["policy: product not made"])) / 1000.0;
        failed.ShouldBe(0.25, 4 * Math.Sqrt(0.25 * 0.75 / 1000));
        outcomes.Count(o => o.Happenings.SequenceEqual(["policy: later", "policy: done"])).ShouldBe(1000 - (int)Math.Round(failed * 1000));
    }

    [Fact]
    public void No_cells_are_given_after_a_transplant_and_no_second_transplant_is_done()
    {
        Strategy cells = Policy("visit: 90, status: without-relapse", "delay: 0", "infuse: same");
        Strategy transplant = Strategy.LoadShipped("consolidative-transplant").OrThrow();
        TrialPlan plan = TinyTrial.Plan();
        plan = plan with { Arms = [plan.Arms[0] with { Strategies = [transplant, cells, transplant with { Name = "again", Rules = [transplant.Rules[0] with { Day = 100 }] }] }] };
        PatientOutcome o = plan.Outcome();

        o.TransplantDay.ShouldBe(69);
        o.Happenings.Where(h => h.EndsWith("done")).ShouldBe(["consolidative-transplant: done"]);
    }

    [Fact]
    public void What_happened_is_counted_in_the_arm()
    {
        TrialPlan plan = Giving(TinyTrial.Plan(), Policy("visits: {from: 28, to: 90}, status: without-relapse", "delay: 0", "toxicity: noted, probability: 0.5", "times: 3")) with { PatientsPerArm = 400 };
        ArmResult arm = ArmEstimates.Of(plan.Arms[0], Trial.Tally(plan.Records().Select(r => r.Outcome)));

        arm.Happenings.Single(h => h.What == "done").Count.ShouldBe(1200);
        arm.Happenings.Single(h => h.What == "noted").Count.ShouldBeInRange(600 - 70, 600 + 70);
    }
}
