using Nadir.Designs;
using Nadir.Documents;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>A randomised trial as it would be run, from a study text.</summary>
public class ConductedTrialTests
{
    const string Study = """
        nadir: 1
        title: A randomised trial
        model: b-all
        patients: {count: 40, population: children-young-adults}
        design: randomised
        horizon: 12 months
        seed: 2
        arms:
          - {name: alone, product: cd19-41bb}
          - {name: with transplant, product: cd19-41bb, allocation: 2, strategies: [consolidative-transplant]}
        conduct:
          accrual: {over: 10 months}
          drop-out: 0.1
          stratify-by: [{covariate: BLASTPCT, at: [50]}]
          before-infusion: {days: 30, dies: 0.1}
        analysis: {endpoint: EFS, events: 50, looks: [0.5]}
        visits: [28, 60, 90, 180, 270, 365]
        """;

    static readonly Lazy<TrialResult> _result = new(() => Trial.Job(Study).Result());

    [Fact]
    public void Arms_have_their_allocation_and_are_balanced_within_strata()
    {
        TrialPlan plan = Trial.Job(Study).Plan;
        Enrolment enrolment = plan.Enrolment.ShouldNotBeNull();
        int[] strata = [.. Enumerable.Range(0, 120).Select(i => plan.Arms[0].Population.Draw(plan.Seed, i).Covariates[1] >= 50 ? 1 : 0)];

        (plan.PatientsIn(0) + plan.PatientsIn(1)).ShouldBe(120);
        foreach (int stratum in new[] { 0, 1 })
        {
            int[] arms = [.. enrolment.Arms.Index().Where(a => strata[a.Index] == stratum).Select(a => a.Item)];

            // Blocks of six hold two and four; one block may be open.
            arms.Length.ShouldBeGreaterThan(10);
            (arms.Length / 6 * 2).ShouldBeInRange(arms.Count(a => a == 0) - 2, arms.Count(a => a == 0));
        }
    }

    [Fact]
    public void A_longer_trial_begins_with_the_patients_of_a_shorter_one()
    {
        Enrolment small = Trial.Job(Study).Plan.Enrolment!;
        Enrolment large = Trial.Job(Study, patients: 80, seed: 2).Plan.Enrolment!;

        large.Arms.Take(120).ShouldBe(small.Arms);
    }

    [Fact]
    public void Every_patient_is_somewhere_in_the_flow()
    {
        ConductedTrial trial = _result.Value.Conducted.ShouldNotBeNull();

        trial.Flow.Sum(f => f.Enrolled).ShouldBe(trial.Decision.Last.Patients);
        trial.Flow.Sum(f => f.Events).ShouldBe(trial.Decision.Last.Events);
        trial.Flow.ShouldAllBe(f => f.Analysed == f.Events + f.LostBefore + f.StillFollowed && f.Analysed == f.Enrolled && f.Competing == 0);
        trial.Flow.Sum(f => f.NotMade + f.DiedBefore).ShouldBeGreaterThan(5);
        trial.Decision.Looks[0].Events.ShouldBe(25);
        trial.Boundaries.Count.ShouldBe(2);
    }

    [Fact]
    public void Report_and_summary_say_that_the_hazard_ratio_is_stratified()
    {
        ReportHtml.Write(_result.Value).ShouldContain("within the strata of the randomisation (BLASTPCT). The test compares the arms within the same strata.");
        ConductTables.Verdict(_result.Value.Conducted!).ShouldContain(", stratified by BLASTPCT, not corrected for looks");
        SummaryJson.Write(_result.Value).ShouldContain("\"stratifiedBy\"");
    }

    [Fact]
    public void Threads_do_not_change_the_trial()
    {
        TrialDecision one = Trial.Job(Study).Result(threads: 1).Conducted!.Decision;
        TrialDecision three = Trial.Job(Study).Result(threads: 3).Conducted!.Decision;

        one.Looks.ShouldBe(three.Looks);
        one.Looks.ShouldBe(_result.Value.Conducted!.Decision.Looks);
    }

    [Fact]
    public void The_pool_holds_the_same_patients_in_every_arm_and_their_pools_differ_only_by_the_treatment()
    {
        TrialJob job = Trial.Job(Study);
        CandidatePool pool = CandidatePools.Simulate(job.Plan, new PatientBlock(0, 60), 2, null, default);
        CandidatePool parts = CandidatePools.Join(
            CandidatePools.Simulate(job.Plan, new PatientBlock(0, 25), 2, null, default), CandidatePools.Simulate(job.Plan, new PatientBlock(25, 35), 1, null, default));

        pool.Arms[0].Select(c => (c.Patient, c.Stratum, c.Fate)).ShouldBe(pool.Arms[1].Select(c => (c.Patient, c.Stratum, c.Fate)));
        pool.Arms[0].Zip(pool.Arms[1]).Count(p => p.First.Time != p.Second.Time).ShouldBeInRange(1, 40);
        parts.Arms[1].ShouldBe(pool.Arms[1]);
    }

    [Fact]
    public void A_trial_read_back_is_the_same_trial()
    {
        TrialResult read = TrialResultJson.Read(TrialResultJson.Write(_result.Value));

        SummaryJson.Write(read).ShouldBe(SummaryJson.Write(_result.Value));
        ReportHtml.Write(read).ShouldBe(ReportHtml.Write(_result.Value));
    }

    [Fact]
    public void Power_needs_an_analysis() =>
        Should.Throw<ArgumentException>(() => new PowerJob(Trial.Job(Trial.Small), new PowerSettings())).Message.ShouldContain("without an analysis");

    /// <summary>Draws that differ make trials of more and of less power than the one planned.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Assurance_averages_power_over_draws_of_the_uncertain_numbers()
    {
        string study = Study.Replace("strategies: [consolidative-transplant]", "lymphodepletion: cyclophosphamide").Replace("horizon: 12 months", "horizon: 6 months").Replace(", 270, 365]", "]");
        Assurance found = new PowerJob(Trial.Job(study), new PowerSettings { Trials = 200, Pool = 200, Draws = 40 }).Run(2, null, default).Assurance.Value;

        (found.Draws, found.Pool).ShouldBe((40, 200));
        found.Numbers.ShouldBeGreaterThan(5);
        found.Tenth.ShouldBeLessThan(found.Power.Value);
        found.NineTenths.ShouldBeGreaterThan(found.Power.Value);
        found.Power.StandardError.ShouldBeInRange(0.001, 0.2);
    }

    /// <summary>2,000 trials for each size that a search tries, from a pool that is simulated first.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void The_power_study_that_ships_finds_its_size_with_an_error_of_the_pool_no_larger_than_the_trials()
    {
        TrialJob job = TrialJob.Create(new SourceText("studies/03-dual-target-power.yaml", ShippedLibrary.Read("studies/03-dual-target-power.yaml").Text), new TrialOverrides()).OrThrow();
        PowerResult power = new PowerJob(job, new PowerSettings()).Run(2, null, default);
        NeededSize needed = power.Needed.ShouldNotBeNull().Value;

        power.Null.Rejects.Value.ShouldBe(0.05, 3 * Math.Sqrt(0.0475 / 2000));
        power.AsPlanned.PoolError.Value.ShouldBeLessThan(0.02);
        needed.Patients.ShouldBeGreaterThan(200);
        PowerRow near = power.Sizes.MinBy(s => Math.Abs(s.Characteristics.Patients - needed.Patients))!;
        near.Characteristics.Benefit.Value.ShouldBe(0.8, 0.05);
        power.Sizes.Select(s => s.PoolError.Value).Min().ShouldBeGreaterThan(0);
    }
}
