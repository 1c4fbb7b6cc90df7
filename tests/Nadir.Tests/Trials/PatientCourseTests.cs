using Nadir.Endpoints;
using Nadir.Solvers;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Remission, non-response, relapse and death on courses whose days can be computed by hand.</summary>
public class PatientCourseTests
{
    /// <summary>In remission on day 28 with 8.3e5 cells, then regrowth.</summary>
    static TrialPlan Regrowth(double growth, params IReadOnlyList<(string, double)> more) =>
        TinyTrial.Plan([("turn", 28), ("growth", growth), .. more]);

    static double CellsOn28 => 1e12 * Math.Exp(-14);

    [Fact]
    public void A_clone_that_only_shrinks_is_a_cure_followed_to_the_horizon_from_remission()
    {
        PatientRecord record = TinyTrial.Plan().First();
        PatientOutcome o = record.Outcome;

        (o.Status, o.RemissionDay, o.NonResponseDay, o.RelapseDay, o.DeathDay).ShouldBe((LaneStatus.Completed, 28.0, null, null, null));
        o.HorizonDays.ShouldBe(730.5);
        record.Observations.Select(v => v.Day).Distinct().ShouldBe([28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]);
        record.Observations.Count.ShouldBe(4 * 12);
    }

    [Fact]
    public void Remission_waits_for_an_assessment_on_which_mrd_is_negative()
    {
        // 1e12 cells are 1e-4 of the marrow (1e7 cells) after ln(1e5) days of decline 1.
        double slow = Math.Log(1e5) / 45;

        TinyTrial.Plan(("decline", slow)).Outcome().RemissionDay.ShouldBe(60);
    }

    [Theory]
    [InlineData(28.0 * 1.001, 60.0)]
    [InlineData(28.0 * 0.999, 28.0)]
    public void Mrd_just_above_the_cut_is_no_remission(double dayOfCut, double remission) =>
        TinyTrial.Plan(("decline", Math.Log(1e12 / (1e11 * 1e-4 / (1 - 1e-4))) / dayOfCut)).Outcome().RemissionDay.ShouldBe(remission);

    [Fact]
    public void Blasts_below_five_percent_with_positive_mrd_are_no_remission()
    {
        // 2e9 cells stay: 2% blasts.
        PatientOutcome o = TinyTrial.Plan(("burden", 2e9), ("decline", 0)).Outcome();

        (o.RemissionDay, o.NonResponseDay).ShouldBe((null, 90.0));
    }

    [Fact]
    public void A_remission_between_assessments_is_seen_at_the_next_one_and_a_lost_one_never()
    {
        // Below the cut from day 35 to day 50 only.
        PatientOutcome o = TinyTrial.Plan(("decline", Math.Log(1e5) / 35), ("turn", 42), ("growth", 1.0)).Outcome();

        (o.RemissionDay, o.NonResponseDay, o.RelapseDay).ShouldBe((null, 90.0, null));
    }

    [Fact]
    public void No_response_is_declared_on_day_90_and_then_only_survival_is_followed()
    {
        PatientRecord record = TinyTrial.Plan(("decline", 0)).First();
        PatientOutcome o = record.Outcome;

        (o.RemissionDay, o.NonResponseDay, o.RelapseDay).ShouldBe((null, 90.0, null));
        record.Observations.Select(v => v.Day).Distinct().ShouldBe([28, 60, 90]);
        (o.DeathDay ?? double.PositiveInfinity).ShouldBeGreaterThan(90);
    }

    [Theory]
    [InlineData(60.0)]
    [InlineData(28.0)]
    public void Without_an_assessment_on_day_90_non_response_is_still_declared_on_day_90(double lastVisit)
    {
        double[] visits = [.. new[] { 28.0, 60, 90 }.Where(d => d <= lastVisit)];
        PatientOutcome o = (TinyTrial.Plan(("decline", 0)) with { VisitDays = visits, RemissionDays = visits }).Outcome();

        o.NonResponseDay.ShouldBe(90);
    }

    [Fact]
    public void A_study_that_ends_before_day_90_declares_no_non_response()
    {
        PatientOutcome o = (TinyTrial.Plan(("decline", 0)) with { HorizonDays = 70, VisitDays = [28, 60], RemissionDays = [28, 60] }).Outcome();

        (o.NonResponseDay, o.DeathDay).ShouldBe((null, null));
        TimeToEvent.EventFree(o).ShouldBe(new TimeToEvent(Endpoint.EventFree, 70, 1, "end of follow-up"));
    }

    [Fact]
    public void Non_response_counts_where_the_study_ends_on_day_90() =>
        TimeToEvent.EventFree((TinyTrial.Plan(("decline", 0)) with { HorizonDays = 90, VisitDays = [28, 60, 90] }).Outcome()).Censor.ShouldBe(0);

    [Fact]
    public void Remission_on_the_last_day_of_the_study_is_followed_for_the_horizon_from_there()
    {
        PatientOutcome o = (Regrowth(0.4) with { HorizonDays = 28, VisitDays = [28], RemissionDays = [28] }).Outcome();

        o.RemissionDay.ShouldBe(28);
        o.RelapseDay.ShouldNotBeNull().ShouldBe(28 + (Math.Log(TinyTrial.OvertCells / CellsOn28) / 0.4), 1e-3);
        TimeToEvent.RelapseFree(o, 28).Censor.ShouldBe(0);
        TimeToEvent.EventFree(o).ShouldBe(new TimeToEvent(Endpoint.EventFree, 28, 1, "end of follow-up"));
    }

    [Fact]
    public void Overt_relapse_brings_the_patient_in_between_visits_at_a_quarter_blasts()
    {
        // 3% on day 60, 25% about day 70.
        PatientRecord record = Regrowth(0.25).First();
        double expected = 28 + (Math.Log(TinyTrial.OvertCells / CellsOn28) / 0.25);

        expected.ShouldBeInRange(61, 89);
        record.Outcome.RelapseDay.ShouldNotBeNull().ShouldBe(expected, 1e-3);
        record.Outcome.MrdRelapseDay.ShouldBe(60);
        Observation seen = record.Observations[^4];
        (seen.Day, seen.Assay).ShouldBe((record.Outcome.RelapseDay.Value, "marrow-blasts"));
        seen.Value.ShouldBe(0.25, 1e-6);
    }

    [Fact]
    public void Five_percent_at_a_visit_is_a_relapse_on_that_day()
    {
        // 11% on day 60, 25% only on day 63.
        PatientOutcome o = Regrowth(0.3).Outcome();

        (o.RelapseDay, o.MrdRelapseDay).ShouldBe((60.0, null));
    }

    [Theory]
    [InlineData(0.9999)]
    [InlineData(1.0001)]
    public void The_cut_of_relapse_is_five_percent(double times)
    {
        double cells = times * 1e11 * 0.05 / 0.95;
        PatientOutcome o = Regrowth(Math.Log(cells / CellsOn28) / 32).Outcome();

        (o.RelapseDay == 60).ShouldBe(times > 1);
    }

    [Fact]
    public void Mrd_that_returns_is_reported_and_is_no_event()
    {
        // 1e7 cells on day 526, 3e7 at the end.
        PatientOutcome o = Regrowth(0.005).Outcome();

        (o.MrdRelapseDay, o.RelapseDay).ShouldBe((545.0, null));
        TimeToEvent.RelapseFree(o, 28).Censor.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0, 0, Phenotype.Cd19Positive)]
    [InlineData(0.6, 0, 0, Phenotype.Cd19NegativeOrLow)]
    [InlineData(0, 0.6, 0, Phenotype.Cd19NegativeOrLow)]
    [InlineData(0.3, 0.3, 0, Phenotype.Cd19NegativeOrLow)]
    [InlineData(0, 0, 0.6, Phenotype.LineageSwitch)]
    [InlineData(0.2, 0.1, 0.1, Phenotype.Cd19Positive)]
    public void The_phenotype_is_that_of_the_blasts_at_relapse(double dim, double neg, double switched, Phenotype phenotype) =>
        Regrowth(0.3, ("share_dim", dim), ("share_neg", neg), ("share_switched", switched)).Outcome().RelapsePhenotype.ShouldBe(phenotype);

    [Fact]
    public void Nobody_dies_in_remission_where_the_population_says_so()
    {
        PatientOutcome o = TinyTrial.Plan().WithDeathsPerYear(0).Outcome();

        (o.DeathDay, o.DeathCause).ShouldBe((null, null));
    }

    [Fact]
    public void Death_in_remission_ends_every_endpoint_in_its_own_way()
    {
        PatientRecord record = TinyTrial.Plan().WithDeathsPerYear(1 - 1e-9).First();
        PatientOutcome o = record.Outcome;

        o.DeathCause.ShouldBe(DeathCause.NonRelapse);
        double day = o.DeathDay.ShouldNotBeNull();
        day.ShouldBeGreaterThan(28);
        record.Observations.ShouldAllBe(v => v.Day <= day);
        day = Math.Ceiling(day);
        TimeToEvent.Of(o).Select(t => (t.Days, t.Censor)).ShouldBe([(day, 0), (day, 0), (day - 28, 0), (day - 28, 1), (day - 28, 2)]);
    }

    [Fact]
    public void Deaths_in_remission_come_at_the_rate_of_the_population()
    {
        const int patients = 2000;
        TrialPlan plan = TinyTrial.Plan().WithDeathsPerYear(0.2) with { PatientsPerArm = patients };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        double alive = outcomes.Count(o => TimeToEvent.RelapseFree(o, 28).Days > 365.25) / (double)patients;
        alive.ShouldBe(0.8, 4 * Math.Sqrt(0.8 * 0.2 / patients));
    }

    [Fact]
    public void Death_after_failure_has_the_median_of_the_population()
    {
        const int patients = 2000;
        TrialPlan plan = TinyTrial.Plan(("decline", 0)) with { PatientsPerArm = patients, HorizonDays = 1461, VisitDays = [28, 60, 90] };
        PatientOutcome[] outcomes = [.. plan.Records().Select(r => r.Outcome)];

        double beyond = outcomes.Count(o => !(o.DeathDay <= 90 + (11.9 * 30.4375))) / (double)patients;
        beyond.ShouldBe(0.5, 4 * Math.Sqrt(0.25 / patients));
        outcomes.ShouldAllBe(o => o.DeathDay == null || o.DeathCause == DeathCause.Disease);
    }

    [Fact]
    public void B_cells_are_back_at_the_first_visit_after_day_28_that_shows_them()
    {
        // At 3 per microlitre already on day 20: day 28 does not count.
        TinyTrial.Plan(("b_growth", Math.Log(3) / 20)).Outcome().BCellRecoveryDay.ShouldBe(60);
        TinyTrial.Plan(("b_growth", Math.Log(3) / 100)).Outcome().BCellRecoveryDay.ShouldBe(120);
        TinyTrial.Plan().Outcome().BCellRecoveryDay.ShouldBeNull();
    }

    [Fact]
    public void B_cells_that_come_back_before_a_late_remission_are_not_dated_later()
    {
        PatientOutcome o = TinyTrial.Plan(("decline", Math.Log(1e5) / 70), ("b_growth", Math.Log(3) / 40)).Outcome();

        (o.RemissionDay, o.BCellRecoveryDay).ShouldBe((90.0, 60.0));
    }

    [Fact]
    public void A_relapse_at_the_same_visit_comes_before_the_return_of_b_cells() =>
        Regrowth(0.3, ("b_growth", Math.Log(3) / 50)).Outcome().BCellRecoveryDay.ShouldBeNull();

    [Fact]
    public void A_simulation_that_fails_keeps_what_was_seen_and_claims_nothing_later()
    {
        TrialPlan plan = TinyTrial.Plan().WithDeathsPerYear(0.9) with { Tolerances = new Tolerances { MaxSteps = 120, MaxStep = 1 } };
        PatientOutcome o = plan.Outcome();

        o.Status.ShouldBe(LaneStatus.StepLimit);
        o.FailedDay.ShouldNotBeNull().ShouldBeInRange(28, 120);
        (o.RemissionDay, o.DeathDay, o.DeathCause).ShouldBe((28.0, null, null));
        (double.IsNaN(o.TransgeneCmax), double.IsNaN(o.TransgeneTmax), double.IsNaN(o.TransgeneAuc28)).ShouldBe((true, true, true));
        TimeToEvent.Of(o).ShouldBeEmpty();
    }
}
