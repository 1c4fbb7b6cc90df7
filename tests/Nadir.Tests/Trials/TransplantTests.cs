using Nadir.Endpoints;
using Nadir.Protocols;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Strategies: decided on what a visit shows, done later if the patient's state still allows it.</summary>
public class TransplantTests
{
    [Fact]
    public void A_patient_in_remission_on_day_28_is_transplanted_on_day_69() =>
        (TinyTrial.Plan().WithTransplant().Outcome().TransplantEligibleDay, TinyTrial.Plan().WithTransplant().Outcome().TransplantDay).ShouldBe((28.0, 69.0));

    [Fact]
    public void A_relapse_before_day_69_prevents_the_transplant()
    {
        PatientOutcome o = TinyTrial.Plan(("turn", 28), ("growth", 0.3)).WithTransplant().Outcome();

        (o.RelapseDay, o.TransplantEligibleDay, o.TransplantDay).ShouldBe((60.0, 28.0, null));
    }

    [Fact]
    public void A_relapse_that_nobody_has_seen_does_not_prevent_it()
    {
        // 3% blasts on day 60: MRD relapse, and 20% on day 69 that no visit shows.
        PatientOutcome o = TinyTrial.Plan(("turn", 28), ("growth", 0.25)).WithTransplant().Outcome();

        (o.MrdRelapseDay, o.TransplantDay).ShouldBe((60.0, 69.0));
    }

    [Fact]
    public void A_remission_that_comes_after_the_deciding_visit_leads_to_no_transplant()
    {
        PatientOutcome o = TinyTrial.Plan(("decline", Math.Log(1e5) / 45)).WithTransplant().Outcome();

        (o.RemissionDay, o.TransplantEligibleDay, o.TransplantDay).ShouldBe((60.0, null, null));
    }

    [Fact]
    public void A_death_before_day_69_prevents_it()
    {
        TrialPlan plan = TinyTrial.Plan().WithTransplant().WithDeathsPerYear(1 - 1e-15);
        PatientOutcome o = plan.Outcome();

        o.DeathDay.ShouldNotBeNull().ShouldBeLessThan(69);
        o.TransplantDay.ShouldBeNull();
    }

    [Fact]
    public void Transplant_removes_the_car_t_cells_and_ends_the_watch_on_b_cells()
    {
        // B cells would be seen on day 90.
        PatientRecord record = TinyTrial.Plan(("b_growth", Math.Log(3) / 65)).WithTransplant().First();
        Observation[] transgene = [.. record.Observations.Where(v => v.Assay == "car-transgene")];

        transgene.ShouldAllBe(v => v.BelowLimit == (v.Day > 69));
        record.Outcome.BCellRecoveryDay.ShouldBeNull();
        ArmEstimates.Of(TinyTrial.Plan().Arms[0], Trial.Tally(record.Outcome)).BCellAplasia.Times.ShouldBe([69]);
    }

    [Fact]
    public void A_share_of_the_patients_has_a_donor()
    {
        const int patients = 2000;
        Strategy shipped = Strategy.LoadShipped("consolidative-transplant").OrThrow();
        TrialPlan plan = TinyTrial.Plan().WithStrategy(shipped with { Rules = [shipped.Rules[0] with { Share = 0.3 }] }) with { PatientsPerArm = patients };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        (outcomes.Count(o => o.TransplantDay is not null) / (double)patients).ShouldBe(0.3, 4 * Math.Sqrt(0.21 / patients));
        outcomes.ShouldAllBe(o => o.TransplantEligibleDay == 28);
    }

    [Fact]
    public void A_strategy_that_is_no_transplant_makes_nobody_eligible_for_one()
    {
        Strategy shipped = Strategy.LoadShipped("consolidative-transplant").OrThrow();

        TinyTrial.Plan().WithStrategy(shipped with { IsTransplant = false }).Outcome().TransplantEligibleDay.ShouldBeNull();
        TinyTrial.Plan().Outcome().TransplantEligibleDay.ShouldBeNull();
    }

    [Fact]
    public void A_rule_that_several_visits_may_meet_is_met_at_the_first()
    {
        Strategy shipped = Strategy.LoadShipped("consolidative-transplant").OrThrow();
        Strategy later = shipped with { Rules = [shipped.Rules[0] with { Trigger = shipped.Rules[0].Trigger with { VisitDay = 60, LastVisitDay = 120 }, Times = 3, Share = 0, Day = 150 }] };

        (TinyTrial.Plan().WithStrategy(later).Outcome().TransplantEligibleDay, TinyTrial.Plan().WithStrategy(later).Outcome().TransplantDay).ShouldBe((60.0, null));
    }

    [Fact]
    public void Graft_versus_leukaemia_acts_from_the_transplant_on()
    {
        // Growth 0.04 from day 28; a thousandth survives conditioning and then shrinks by 0.01 a day.
        TinyTrial.Plan(("turn", 28), ("growth", 0.04)).Outcome().RelapseDay.ShouldNotBeNull();
        TinyTrial.Plan(("turn", 28), ("growth", 0.04)).WithTransplant().WithDeathsPerYear(0, ("turn", 28), ("growth", 0.04)).Outcome().RelapseDay.ShouldBeNull();
    }

    [Fact]
    public void Deaths_of_the_transplant_follow_its_cumulative_risk()
    {
        const int patients = 4000;
        TrialPlan plan = TinyTrial.Plan().WithTransplant() with { PatientsPerArm = patients };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        double By(double day) => outcomes.Count(o => o.DeathDay <= 69 + day) / (double)patients;
        By(100).ShouldBe(0.044, 4 * Math.Sqrt(0.044 / patients));
        By(365).ShouldBe(0.08, 4 * Math.Sqrt(0.08 / patients));
        By(1000).ShouldBe(By(365));
        outcomes.Where(o => o.DeathDay is not null).ShouldAllBe(o => o.DeathCause == DeathCause.Transplant && o.DeathDay > 69);
    }

    [Fact]
    public void After_a_relapse_the_risk_of_the_transplant_no_longer_counts()
    {
        // Regrowth from day 75 on, faster than the graft kills: relapse about day 166.
        TrialPlan plan = TinyTrial.Plan(("turn", 75), ("growth", 0.5)).WithTransplant() with { PatientsPerArm = 300, VisitDays = [28, 60, 730], RemissionDays = [28, 60] };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        outcomes.Where(o => o.RelapseDay is not null && o.DeathDay is not null).ShouldAllBe(o => o.DeathCause == DeathCause.Disease && o.DeathDay > o.RelapseDay);
        outcomes.Count(o => o.RelapseDay is not null).ShouldBeGreaterThan(200);
    }

    [Fact]
    public void A_strategy_that_is_no_transplant_causes_no_death_of_a_transplant()
    {
        Strategy strategy = Strategy.LoadShipped("consolidative-transplant").Value.ShouldNotBeNull() with
        {
            IsTransplant = false,
            Rules = [Strategy.LoadShipped("consolidative-transplant").OrThrow().Rules[0] with { Actions = [new StrategyAction.Mortality([new MortalityPoint(1, 1)], new(Nadir.Models.EvidenceLevel.Assumed, [], "test"))] }],
        };
        PatientOutcome o = TinyTrial.Plan().WithStrategy(strategy).Outcome();

        (o.TransplantDay, o.DeathCause).ShouldBe((null, DeathCause.NonRelapse));
        o.DeathDay.ShouldNotBeNull().ShouldBeInRange(69, 70);
    }

    [Fact]
    public void A_strategy_on_a_visit_day_comes_after_the_visit()
    {
        Strategy shipped = Strategy.LoadShipped("consolidative-transplant").OrThrow();
        Strategy onVisit = shipped with { Rules = [shipped.Rules[0] with { Day = 60 }] };
        PatientRecord record = TinyTrial.Plan().WithStrategy(onVisit).First();

        record.Outcome.TransplantDay.ShouldBe(60);
        record.Observations.Single(v => v.Assay == "car-transgene" && v.Day == 60).BelowLimit.ShouldBeFalse();
        TinyTrial.Plan(("turn", 28), ("growth", 0.3)).WithStrategy(onVisit).Outcome().TransplantDay.ShouldBeNull();
    }
}
