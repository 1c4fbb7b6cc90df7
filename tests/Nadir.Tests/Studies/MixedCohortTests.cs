using System.Text.Json.Nodes;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Tests.Architecture;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Studies whose patients have a clinic's shares.</summary>
public class MixedCohortTests
{
    const string Mix = """
        patients:
          count: 24
          population: children-young-adults
          mix:
            - {covariate: KMT2AR, share: 0.2}
            - {covariate: BLASTPCT, at-least: 50, share: 0.7}
            - {covariate: FLUAUC, below: 13.8, share: 0.4}
            - {trait: prior_blinatumomab, share: 0.3}
        """;

    internal static readonly string Study = Trial.Small.Replace("patients: {count: 24, population: children-young-adults}", Mix, StringComparison.Ordinal);

    static string Randomised => Study.Replace("horizon:", "design: randomised\nhorizon:", StringComparison.Ordinal);

    static readonly Lazy<TrialResult> _result = new(() => Trial.Job(Study).Result());

    [Fact]
    public void A_longer_run_begins_with_the_patients_of_a_shorter_one_at_any_number_of_threads()
    {
        string[] few = [.. Trial.Job(Study, patients: 6).Plan.Records(threads: 1).Where(r => r.Arm == 0).Select(r => r.Bits())];
        string[] many = [.. Trial.Job(Study, patients: 24).Plan.Records(threads: 2).Where(r => r.Arm == 0).Select(r => r.Bits())];

        many[..6].ShouldBe(few);
    }

    [Fact]
    public void The_arms_of_a_counterfactual_design_have_the_same_patients()
    {
        TrialPlan plan = Trial.Job(Study).Plan;
        long[] numbers = [.. Enumerable.Range(0, 24).Select(i => plan.PatientNumber(0, i))];

        numbers.ShouldContain(n => n >= 24);
        Enumerable.Range(0, 24).Select(i => plan.PatientNumber(1, i)).ShouldBe(numbers);
        plan.Records().Select(r => r.Outcome.Patient).ShouldBe([.. numbers, .. numbers]);
    }

    [Fact]
    public void The_arms_of_a_randomised_design_have_patients_of_their_own_with_the_shares()
    {
        TrialJob job = Trial.Job(Randomised, patients: 2000);
        long[] first = [.. Enumerable.Range(0, 2000).Select(i => job.Plan.PatientNumber(0, i))];
        long[] second = [.. Enumerable.Range(0, 2000).Select(i => job.Plan.PatientNumber(1, i))];

        first.Intersect(second).ShouldBeEmpty();
        CohortMix mix = CohortMix.Of(job.Plan).ShouldNotBeNull();
        mix.Groups.ShouldAllBe(g => g.Patients == 4000 && Math.Abs(g.Share - g.Asked) < (4 * Math.Sqrt(g.Asked * (1 - g.Asked) / 4000)) + 0.002);
    }

    [Fact]
    public void Patients_of_a_trial_that_is_run_are_enrolled_from_the_mix()
    {
        const string conduct = "design: randomised\nconduct: {accrual: {over: 10 months}, stratify-by: [{covariate: BLASTPCT, at: [50]}]}\nanalysis: {endpoint: EFS}\nhorizon:";
        TrialResult result = Trial.Job(Study.Replace("share: 0.7", "share: 1", StringComparison.Ordinal).Replace("horizon:", conduct, StringComparison.Ordinal)).Result();

        result.Conducted.ShouldNotBeNull().Patients.Select(p => p.Candidate.Stratum).Distinct().ShouldBe([1]);
        result.Mix.ShouldNotBeNull().Groups[1].Members.ShouldBe(48);
    }

    [Fact]
    public void Replicates_and_other_numbers_of_the_population_keep_the_shares_of_traits()
    {
        TrialPlan plan = Trial.Job(Study).Plan;

        NumberDraws draws = new(plan);

        draws.Arm(3, 0).Population.Sampler.FixedProbability(plan.Arms[0].Population.Sampler.TraitIndex("kmt2a_rearranged")).ShouldBe(0.2);
        plan.Arms[0].Population.HyperParameters.ShouldNotContain(h => h.Name == "kmt2a_rearranged");
    }

    [Fact]
    public void Results_show_the_shares_asked_for_beside_those_the_patients_have()
    {
        CohortMix mix = _result.Value.Mix.ShouldNotBeNull();
        TrialTable table = MixTable.Of(mix);

        table.Rows.Select(r => r.Label).ShouldBe(["KMT2A-rearranged", "Marrow blasts at infusion (%) at least 50", "Fludarabine exposure at the usual dose (mg·h/L) below 13.8", "earlier treatment with blinatumomab"]);
        table.Rows.Select(r => r.Cells[0]).ShouldBe(["20.0%", "70.0%", "40.0%", "30.0%"]);
        table.Rows[3].Cells[1].ShouldBe($"{NumberText.Percent(mix.Groups[3].Members / 24.0)}, {mix.Groups[3].Members} of 24");
        table.Rows[3].Cells[2].ShouldBe("0.0%");
    }

    [Fact]
    public void The_report_says_how_the_mix_came_about_and_comes_back_from_its_document()
    {
        TrialResult trial = _result.Value;
        string report = ReportHtml.Write(trial);

        report.ShouldContain("Patients have the mix that the study describes: KMT2A-rearranged 20.0%");
        report.ShouldContain("raking (Deming and Stephan 1940)");
        ReportHtml.Write(TrialResultJson.Read(TrialResultJson.Write(trial))).ShouldBe(report);
        ReportHtml.Write(trial with { Mix = null }).ShouldNotContain("raking");
    }

    [Fact]
    public void The_summary_has_the_mix_and_its_documentation_every_key()
    {
        JsonNode mix = JsonNode.Parse(SummaryJson.Write(_result.Value))!["mix"]!;
        string page = Repository.Read("docs/summary-json.md");

        ((double)mix["acceptance"]!).ShouldBeInRange(0.1, 0.999);
        JsonNode blasts = mix["groups"]![1]!;
        blasts.AsObject().Select(p => p.Key).ShouldBe(["covariate", "atLeast", "asked", "population", "members", "patients"]);
        ((string)mix["groups"]![3]!["trait"]!).ShouldBe("prior_blinatumomab");
        string[] keys = [.. mix.AsObject().Select(p => p.Key), .. mix["groups"]!.AsArray().SelectMany(g => g!.AsObject().Select(p => p.Key))];
        keys.Distinct().ShouldAllBe(k => page.Contains($"`{k}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_side_by_side_say_whose_patients_they_have()
    {
        ComparedRun mixed = new("A", "a", _result.Value);
        ComparedRun plain = new("B", "b", _result.Value with { Mix = null });

        ComparisonTables.Runs([mixed, plain]).Rows.Single(r => r.Label == "Mix of patients").Cells[1].ShouldBe("the population's");
    }
}
