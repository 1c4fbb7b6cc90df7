using Nadir.Designs;
using Nadir.Endpoints;
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
}
