using System.Globalization;
using Nadir.Designs;
using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Survival;
using Nadir.Tests.Formats;
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

    /// <summary>The costs of a product that is hard to make, and of two products, show in those enrolled.</summary>
    [Fact]
    public void Products_are_not_made_as_often_as_their_files_say()
    {
        const string study = """
            nadir: 1
            title: Manufacture
            model: b-all
            patients: {count: 600, population: children-young-adults}
            design: randomised
            horizon: 3 months
            arms:
              - {name: reference, product: cd19-41bb}
              - {name: memory, product: cd19-41bb, strategies: [memory-enriched-product]}
              - {name: two, product: cd19-41bb, strategies: [coadministered-cd22]}
            conduct: {before-infusion: {days: 30, dies: 0}}
            analysis: {endpoint: EFS, arm: memory, reference: reference}
            visits: [28, 60, 90]
            """;
        IReadOnlyList<ArmFlow> flows = Trial.Job(study).Result().Conducted!.Flow;

        foreach ((ArmFlow flow, double fails) in flows.Zip([0.082, 0.15, 1 - (0.918 * 0.918)]))
        {
            (flow.NotMade / (double)flow.Enrolled).ShouldBe(fails, 3 * Math.Sqrt(fails * (1 - fails) / 600), flow.Arm);
        }

        flows[1].NotMade.ShouldBeGreaterThan(flows[0].NotMade);
        flows[2].NotMade.ShouldBeGreaterThan(flows[0].NotMade);
    }

    [Fact]
    public void The_report_says_how_many_are_in_each_arm()
    {
        int[] sizes = [.. _result.Value.Arms.Select(a => a.Patients)];

        sizes.Sum().ShouldBe(120);
        sizes[1].ShouldBeGreaterThan(sizes[0]);
        ReportHtml.Write(_result.Value).ShouldContain($"A virtual trial: {sizes[0]} and {sizes[1]} virtual patients in the arms");
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
        ConductTables.Verdict(_result.Value.Conducted!).ShouldContain(", stratified by BLASTPCT, p ");
        ConductTables.Verdict(_result.Value.Conducted!).ShouldContain(", not corrected for the looks. With all patients");
        SummaryJson.Write(_result.Value).ShouldContain("\"stratifiedBy\"");
    }

    [Theory]
    [InlineData("follow", false)]
    [InlineData("censor", true)]
    public void The_hazard_ratio_of_all_patients_has_the_choice_of_the_endpoint_at_transplant(string choice, bool censors)
    {
        TrialJob job = Trial.Job(Study.Replace("  before-infusion: {days: 30, dies: 0.1}\n", "").Replace("endpoint: EFS, events: 50, looks: [0.5]", $"endpoint: EFS, at-transplant: {choice}"));
        Estimate found = job.Result().Conducted!.FollowedHazardRatio.Value;

        found.Value.ShouldBe(Followed(censors).Value, 1e-9);
        found.Upper.ShouldBe(Followed(censors).Upper, 1e-9);
        Math.Abs(found.Value - Followed(!censors).Value).ShouldBeGreaterThan(0.01);

        Estimate Followed(bool atTransplant) => Cox.Fit([
            .. from record in job.Plan.Records()
               let time = new ProtocolEndpoint(Endpoint.EventFree, atTransplant).Of(record.Outcome)!.Value
               select new CoxRow(double.NegativeInfinity, time.Days, time.Cause == 1, [record.Arm]) { Stratum = job.Plan.Randomised!.Conduct.StratumOf(record.Outcome.Covariates) },
        ]).Value.HazardRatio(0);
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
    public void The_methods_are_those_of_the_study()
    {
        string html = ReportHtml.Write(_result.Value);

        html.ShouldContain("Patients came at random at a constant rate that brings all of them within 10 months (Poisson process).");
        html.ShouldContain("They were randomised 1:2 in permuted blocks of 6, within strata by BLASTPCT (cut at 50) (Zelen 1974).");
        html.ShouldContain("The infusion was planned 30 days after enrolment; by then a patient had died or become too ill with probability 0.1");
        html.ShouldContain("Who became too ill counts as dead from then on, which for overall survival is conservative.");
        html.ShouldContain("10% of patients a year were lost to follow-up");
        html.ShouldContain("The primary analysis compared “with transplant” with “alone” in event-free survival (EFS; patients are followed through a transplant), among all who were enrolled");
        html.ShouldContain("by the log-rank test, stratified as the randomisation (Mantel 1966), with a two-sided type I error of 0.05.");
        html.ShouldContain("The final analysis was planned at 50 events");
        html.ShouldContain("Interim looks were planned at 50% of these events");

        // Spending after O'Brien and Fleming at half and all of the information.
        html.ShouldContain("2.963, 1.969 for the standardised statistic");
    }

    [Fact]
    public void Tables_name_the_stratum_of_every_patient_as_it_was_randomised()
    {
        TrialJob job = Trial.Job(Study);
        using StringWriter subjectText = new();
        using StringWriter eventText = new();
        using StringWriter analysisText = new();
        SubjectsCsv subjects = new(subjectText, job.Study.Name, job.Covariates, job.Plan.Randomised!.Conduct);
        EventsCsv events = new(eventText, job.Study.Name, job.Covariates, job.Plan.Randomised.Conduct);
        foreach (PatientRecord record in job.Plan.Records())
        {
            int stratum = job.Plan.StratumOf(record.Arm, record.Outcome);
            subjects.Write(job.Plan.Arms[record.Arm].Name, record.Outcome, stratum);
            events.Write(job.Plan.Arms[record.Arm].Name, record.Outcome, stratum);
        }

        AnalysisCsv.Write(analysisText, job.Study.Name, _result.Value.Conducted!);
        Table subject = Table.Parse(subjectText.ToString());
        Dictionary<string, string> strata = subject.Rows.ToDictionary(r => r["USUBJID"], r => $"{r["STRATAR"]}|{r["STRATARN"]}");

        subject.Rows.ShouldAllBe(r => (double.Parse(r["BLASTPCT"], CultureInfo.InvariantCulture) >= 50 ? "BLASTPCT 50 or more|2" : "BLASTPCT below 50|1") == $"{r["STRATAR"]}|{r["STRATARN"]}");
        strata.Values.Distinct().Count().ShouldBe(2);
        Table.Parse(eventText.ToString()).Rows.ShouldAllBe(r => strata[r["USUBJID"]] == $"{r["STRATAR"]}|{r["STRATARN"]}");
        Table.Parse(analysisText.ToString()).Rows.ShouldAllBe(r => strata[r["USUBJID"]] == $"{r["STRATAR"]}|{r["STRATARN"]}");
    }

    [Fact]
    public void Power_needs_an_analysis() =>
        Should.Throw<ArgumentException>(() => new PowerJob(Trial.Job(Trial.Small), new PowerSettings())).Message.ShouldContain("without an analysis");

    [Fact]
    public void The_share_who_are_too_ill_is_read_and_named()
    {
        TrialJob job = Trial.Job(Study.Replace("dies: 0.1", "dies: 0.1, too-ill: 0.3"));

        job.Plan.Randomised!.Conduct.BeforeInfusion!.TooIll.ShouldBe(0.3);
        ReportHtml.Write(_result.Value with { Conducted = _result.Value.Conducted! with { Design = job.Plan.Randomised } }).ShouldContain("Of these a share of 0.3 were alive and too ill; their survival was that after a failure of treatment.");
    }

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
