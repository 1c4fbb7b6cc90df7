using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Tests.Designs;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>From enrolment to the endpoint: who is infused, and from when time counts.</summary>
public class CandidatesTests
{
    static PatientOutcome Outcome(long patient = 0) => new()
    {
        Patient = patient,
        Status = LaneStatus.Completed,
        HorizonDays = 730.5,
        RemissionDay = 28,
        RelapseDay = 128.2,
        RelapsePhenotype = Phenotype.Cd19Positive,
        TransplantDay = 69,
    };

    static Candidates Of(ProtocolEndpoint endpoint, BeforeInfusion? before, bool onlyInfused = false, double fails = 0)
    {
        TrialPlan plan = TinyTrial.Plan();
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Endpoint = endpoint, OnlyInfused = onlyInfused };
        return new Candidates(plan with { Arms = [plan.Arms[0] with { Fails = fails }], Randomised = new RandomisedDesign(new TrialConduct { BeforeInfusion = before }, analysis, [1]) });
    }

    [Theory]
    [InlineData(Endpoint.Overall, false, 0, 730.5, 0)]
    [InlineData(Endpoint.EventFree, false, 0, 129, 1)]
    [InlineData(Endpoint.EventFree, true, 0, 69, 0)]
    [InlineData(Endpoint.RelapseFree, false, 28, 101, 1)]
    [InlineData(Endpoint.RelapseFree, true, 28, 41, 0)]
    [InlineData(Endpoint.DurationOfResponse, false, 28, 101, 1)]
    [InlineData(Endpoint.Relapse, true, 28, 41, 0)]
    public void An_endpoint_follows_through_a_transplant_or_ends_there(Endpoint endpoint, bool censors, double start, double days, int cause) =>
        new ProtocolEndpoint(endpoint, censors).Of(Outcome()).ShouldBe(new EndpointTime(start, days, cause));

    [Fact]
    public void A_death_in_remission_competes_with_relapse_only_in_the_incidence()
    {
        PatientOutcome died = Outcome() with { RelapseDay = null, RelapsePhenotype = null, DeathDay = 200, DeathCause = DeathCause.NonRelapse, TransplantDay = null };

        new ProtocolEndpoint(Endpoint.Relapse, false).Of(died)!.Value.Cause.ShouldBe(2);
        new ProtocolEndpoint(Endpoint.DurationOfResponse, false).Of(died)!.Value.Cause.ShouldBe(0);
        new ProtocolEndpoint(Endpoint.RelapseFree, false).Of(died)!.Value.Cause.ShouldBe(1);
    }

    [Fact]
    public void A_patient_without_remission_or_whose_simulation_failed_has_no_relapse_free_survival()
    {
        new ProtocolEndpoint(Endpoint.RelapseFree, false).Of(Outcome() with { RemissionDay = null, RelapseDay = null, NonResponseDay = 90 }).ShouldBeNull();
        new ProtocolEndpoint(Endpoint.Overall, false).Of(Outcome() with { Status = LaneStatus.StepLimit }).ShouldBeNull();
    }

    [Fact]
    public void Time_counts_from_enrolment_for_all_and_from_infusion_for_the_infused()
    {
        BeforeInfusion before = new(40, 0);

        Of(new(Endpoint.EventFree, false), before).Of(0, Outcome()).Time.ShouldBe(new EndpointTime(0, 169, 1));
        Of(new(Endpoint.EventFree, false), before, onlyInfused: true).Of(0, Outcome()).Time.ShouldBe(new EndpointTime(40, 129, 1));
        Of(new(Endpoint.RelapseFree, false), before).Of(0, Outcome()).Time.ShouldBe(new EndpointTime(68, 101, 1));
    }

    [Fact]
    public void Patients_die_or_have_no_product_as_often_as_the_study_and_the_product_say()
    {
        const int patients = 20_000;
        Candidates candidates = Of(new(Endpoint.EventFree, false), new BeforeInfusion(40, 0.1), fails: 0.08);
        Candidate[] all = [.. Enumerable.Range(0, patients).Select(i => candidates.Of(0, Outcome(i)))];
        double Share(InfusionFate fate) => all.Count(c => c.Fate == fate) / (double)patients;

        Share(InfusionFate.DiedBefore).ShouldBe(0.1, 4 * Math.Sqrt(0.09 / patients));
        Share(InfusionFate.NotMade).ShouldBe(0.9 * 0.08, 4 * Math.Sqrt(0.072 * 0.928 / patients));
        all.Where(c => c.Fate == InfusionFate.NotMade).ShouldAllBe(c => c.Time == new EndpointTime(0, 40, 1));
        all.Where(c => c.Fate == InfusionFate.DiedBefore).ShouldAllBe(c => c.Time!.Value.Days <= 40 && c.Time.Value.Cause == 1);

        all.ShouldAllBe(c => c.FateDays == (c.Fate == InfusionFate.DiedBefore ? c.Time!.Value.Days : 40) && !c.Failed);
        candidates.Of(0, Outcome() with { Status = LaneStatus.StepLimit }).Failed.ShouldBeTrue();

        // A constant hazard: half of the deaths come a little before half of the time.
        double half = all.Count(c => c.Fate == InfusionFate.DiedBefore && c.Time!.Value.Days <= 20) / (double)all.Count(c => c.Fate == InfusionFate.DiedBefore);
        half.ShouldBe((1 - Math.Sqrt(0.9)) / 0.1, 4 * Math.Sqrt(0.25 / (0.1 * patients)));
    }

    [Fact]
    public void Who_is_not_infused_is_in_no_analysis_of_the_infused_and_lives_on_after_a_failed_manufacture()
    {
        BeforeInfusion before = new(40, 0.1);
        Candidate[] infused = [.. Enumerable.Range(0, 500).Select(i => Of(new(Endpoint.Overall, false), before, onlyInfused: true, fails: 0.5).Of(0, Outcome(i)))];
        Candidate[] all = [.. Enumerable.Range(0, 4_000).Select(i => Of(new(Endpoint.Overall, false), before, fails: 0.5).Of(0, Outcome(i)))];

        infused.ShouldAllBe(c => c.Time != null == (c.Fate == InfusionFate.Infused));
        EndpointTime[] notMade = [.. all.Where(c => c.Fate == InfusionFate.NotMade).Select(c => c.Time!.Value)];

        // Median survival after failure is 11.9 months.
        (notMade.Count(t => t.Cause == 1 && t.Days <= 40 + (11.9 * 30.4375)) / (double)notMade.Length).ShouldBe(0.5, 4 * Math.Sqrt(0.25 / notMade.Length));
    }

    [Fact]
    public void Who_is_too_ill_for_the_infusion_lives_on_as_after_a_failed_manufacture()
    {
        BeforeInfusion before = new(40, 0.5);
        Candidate[] dead = Lost(before, Endpoint.Overall);
        Candidate[] some = Lost(before with { TooIll = 0.3 }, Endpoint.Overall);
        Candidate[] all = Lost(before with { TooIll = 1 }, Endpoint.Overall);

        dead.ShouldAllBe(c => c.Time == new EndpointTime(0, c.FateDays, 1));
        (some.Count(c => c.Time!.Value.Days > c.FateDays) / (double)some.Length).ShouldBe(0.3, 4 * Math.Sqrt(0.21 / some.Length));

        // Median survival after failure is 11.9 months.
        (all.Count(c => c.Time!.Value.Cause == 1 && c.Time.Value.Days <= c.FateDays + (11.9 * 30.4375)) / (double)all.Length).ShouldBe(0.5, 4 * Math.Sqrt(0.25 / all.Length));
        Lost(before with { TooIll = 1 }, Endpoint.EventFree).ShouldBe(Lost(before, Endpoint.EventFree));

        static Candidate[] Lost(BeforeInfusion before, Endpoint endpoint) =>
            [.. Enumerable.Range(0, 4_000).Select(i => Of(new(endpoint, false), before).Of(0, Outcome(i))).Where(c => c.Fate == InfusionFate.DiedBefore)];
    }

    /// <summary>Two arms with the same course of every patient after infusion that wait different times for it.</summary>
    static Candidates Waiting(VeinToVein first, VeinToVein second, ProtocolEndpoint endpoint, bool onlyInfused = false, double fails = 0)
    {
        TrialPlan plan = TinyTrial.Plan();
        ArmPlan arm = plan.Arms[0] with { Fails = fails };
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Endpoint = endpoint, OnlyInfused = onlyInfused };
        TrialConduct conduct = new() { BeforeInfusion = new BeforeInfusion(40, 0.2) { Arms = [first, second] } };
        return new Candidates(plan with { Arms = [arm, arm], Randomised = new RandomisedDesign(conduct, analysis, [1, 1]) });
    }

    static (Candidate Short, Candidate Long)[] Pairs(Candidates candidates, int patients) =>
        [.. Enumerable.Range(0, patients).Select(i => (candidates.Of(0, Outcome(i)), candidates.Of(1, Outcome(i))))];

    [Fact]
    public void Arms_that_wait_different_times_differ_by_who_is_lost_before_the_infusion()
    {
        const int patients = 20_000;
        (Candidate Short, Candidate Long)[] pairs = Pairs(Waiting(new(10, 0), new(60, 0), new(Endpoint.Overall, false), fails: 0.08), patients);
        (double few, double many) = (1 - Math.Pow(0.8, 10 / 40.0), 1 - Math.Pow(0.8, 60 / 40.0));
        double Lost(Func<(Candidate Short, Candidate Long), Candidate> of) => pairs.Count(p => of(p).Fate == InfusionFate.DiedBefore) / (double)patients;

        Lost(p => p.Short).ShouldBe(few, 4 * Math.Sqrt(few * (1 - few) / patients));
        Lost(p => p.Long).ShouldBe(many, 4 * Math.Sqrt(many * (1 - many) / patients));

        // One hazard: who dies before an early infusion dies on the same day while waiting for a late one.
        pairs.Where(p => p.Short.Fate == InfusionFate.DiedBefore).ShouldAllBe(p => p.Long.Fate == InfusionFate.DiedBefore && p.Long.Time == p.Short.Time);

        // Manufacture fails for the same patients as long as they live to its end.
        pairs.Where(p => p.Long.Fate != InfusionFate.DiedBefore).ShouldAllBe(p => p.Long.Fate == p.Short.Fate);
    }

    [Fact]
    public void From_the_infusion_on_arms_that_wait_different_times_are_the_same()
    {
        (Candidate Short, Candidate Long)[] fromInfusion = [.. Pairs(Waiting(new(10, 0), new(60, 0), new(Endpoint.EventFree, false), onlyInfused: true), 2_000).Where(p => p.Long.Fate == InfusionFate.Infused)];
        (Candidate Short, Candidate Long)[] fromEnrolment = [.. Pairs(Waiting(new(10, 0), new(60, 0), new(Endpoint.EventFree, false)), 2_000).Where(p => p.Long.Fate == InfusionFate.Infused)];

        fromInfusion.Length.ShouldBeGreaterThan(1_000);
        fromInfusion.ShouldAllBe(p => p.Long.Time!.Value.Days == p.Short.Time!.Value.Days && p.Long.Time.Value.Cause == p.Short.Time.Value.Cause && p.Long.Time.Value.StartDay == p.Short.Time.Value.StartDay + 50);
        fromEnrolment.ShouldAllBe(p => p.Long.Time!.Value.Days == p.Short.Time!.Value.Days + 50 && p.Long.FateDays == 60 && p.Short.FateDays == 10);
    }

    [Theory]
    [InlineData(Endpoint.EventFree)]
    [InlineData(Endpoint.Overall)]
    [InlineData(Endpoint.RelapseFree)]
    public void Equal_times_of_the_arms_are_one_time_for_all_to_the_bit(Endpoint endpoint)
    {
        TrialPlan plan = TinyTrial.Plan();
        ArmPlan arm = plan.Arms[0] with { Fails = 0.08 };
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Endpoint = new(endpoint, false) };
        Candidates Of(BeforeInfusion before) => new(plan with { Arms = [arm, arm], Randomised = new RandomisedDesign(new TrialConduct { BeforeInfusion = before }, analysis, [1, 1]) });
        (Candidates one, Candidates each) = (Of(new(40, 0.1)), Of(new(40, 0.1) { Arms = [new(40, 0), new(40, 0)] }));

        for (int i = 0; i < 2_000; i++)
        {
            each.Of(0, Outcome(i)).ShouldBe(one.Of(0, Outcome(i)));
            each.Of(1, Outcome(i)).ShouldBe(one.Of(1, Outcome(i)));
        }
    }

    /// <summary>The formula by which one time for all was simulated before arms had times of their own.</summary>
    [Fact]
    public void One_time_for_all_keeps_its_draws()
    {
        TrialPlan plan = TinyTrial.Plan();
        Candidates candidates = Of(new(Endpoint.EventFree, false), new BeforeInfusion(40, 0.1), fails: 0.08);
        for (int i = 0; i < 2_000; i++)
        {
            RandomStream death = new(plan.Seed, (ulong)i, RandomStream.Purpose("before-infusion:death"));
            RandomStream made = new(plan.Seed, (ulong)i, RandomStream.Purpose("before-infusion:manufacture"));
            double dies = 40 * Draws.Exponential(ref death) / -Elementary.Log(1 - 0.1);
            InfusionFate fate = dies < 40 ? InfusionFate.DiedBefore : made.NextUniform() < 0.08 ? InfusionFate.NotMade : InfusionFate.Infused;

            candidates.Of(0, Outcome(i)).ShouldBe(new Candidate(i, 0, fate, new EndpointTime(0, fate switch { InfusionFate.DiedBefore => Math.Ceiling(dies), InfusionFate.NotMade => 40, _ => 169 }, 1))
            {
                FateDays = Math.Ceiling(Math.Min(40, dies)),
            });
        }
    }

    [Fact]
    public void Patients_of_an_arm_wait_as_its_product_varies_in_whole_days_and_in_the_same_order_in_every_arm()
    {
        const int patients = 10_000;
        (Candidate Short, Candidate Long)[] pairs = [.. Pairs(Waiting(new(30, 0.3), new(60, 0.3), new(Endpoint.EventFree, false)), patients).Where(p => p.Long.Fate == InfusionFate.Infused)];
        double[] days = [.. pairs.Select(p => p.Short.FateDays)];

        days.ShouldAllBe(d => d == Math.Round(d) && d >= 1);

        // Who waits long is more often lost, so the infused wait a little less than the median of 30 days, which is rounded up.
        (days.Count(d => d <= 30) / (double)days.Length).ShouldBeInRange(0.48, 0.56);
        (days.Count(d => d <= 41) / (double)days.Length).ShouldBeInRange(0.83, 0.89);
        pairs.ShouldAllBe(p => p.Long.FateDays >= (2 * p.Short.FateDays) - 2 && p.Long.FateDays <= 2 * p.Short.FateDays);
    }
}
