using Nadir.Documents;
using Nadir.Populations;
using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>The promises of a run: the same study and seed give the same bits, whatever else is going on.</summary>
public sealed class TrialJobTests : IDisposable
{
    static readonly string[] _promised = ["subjects.csv", "events.csv", "visits.csv", "summary.json"];

    readonly string _folder = Directory.CreateTempSubdirectory("nadir-trial-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    Dictionary<string, byte[]> Files(TrialJob job, int threads)
    {
        string path = Path.Combine(_folder, $"{threads}");
        using (TrialFolder folder = new(job, ResultTarget.Check(path, job.Study.Name).OrThrow()))
        {
            folder.Complete(job.Run(threads, folder.Add, null, default));
        }

        return _promised.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(path, name)));
    }

    [Fact]
    public void Estimates_tell_how_far_they_are_and_stop_when_asked()
    {
        TrialJob job = Trial.Job(Trial.Small, 30);
        IReadOnlyList<ArmTally> tallies = job.Tally(PatientBlock.All(job.Plan), 2, null, null, default);
        Shares shares = new();

        job.Result(tallies, shares).TransplantEffects.ShouldNotBeEmpty();
        shares.Told.ShouldBe(shares.Told.Order());
        shares.Told[^1].ShouldBe(1);
        Should.Throw<OperationCanceledException>(() => job.Result(tallies, null, new CancellationToken(canceled: true)));
    }

    sealed class Shares : IProgress<double>
    {
        public List<double> Told { get; } = [];

        public void Report(double value) => Told.Add(value);
    }

    [Fact]
    public void Files_are_the_same_bytes_at_one_two_and_seven_threads()
    {
        TrialJob job = Trial.Job(Trial.Small, 60);
        Dictionary<string, byte[]> one = Files(job, 1);

        foreach (int threads in new[] { 2, 7 })
        {
            Dictionary<string, byte[]> other = Files(job, threads);
            _promised.ShouldAllBe(name => one[name].SequenceEqual(other[name]));
        }
    }

    [Fact]
    public void A_patient_alone_is_the_same_patient_as_in_the_batch()
    {
        TrialJob job = Trial.Job(Trial.Small);
        PatientRecord[] batch = [.. job.Plan.Records()];

        foreach (int i in new[] { 0, 5, 23, 24, 40, 47 })
        {
            new PatientSimulator(job.Plan).Simulate(i / 24, i % 24).Bits().ShouldBe(batch[i].Bits());
        }
    }

    [Fact]
    public void A_patient_is_the_same_after_one_that_failed()
    {
        TrialPlan plan = Trial.Job(Trial.Small).Plan;
        TrialPlan limited = plan with { Tolerances = new Tolerances { MaxSteps = 250 } };
        PatientRecord[] batch = [.. limited.Records(1)];

        batch.Count(r => !r.Outcome.IsEvaluable).ShouldBeInRange(1, batch.Length - 1);
        batch.ShouldAllBe(r => new PatientSimulator(limited).Simulate(r.Arm, (int)r.Outcome.Patient, null).Bits() == r.Bits());
    }

    [Fact]
    public void Two_identical_arms_give_identical_patients()
    {
        TrialJob job = Trial.Job(Trial.Small.Replace("    strategies: [consolidative-transplant]\n", ""));
        PatientRecord[] records = [.. job.Plan.Records()];

        records[..24].Select(r => r.Bits()).ShouldBe(records[24..].Select(r => r.Bits()));
    }

    [Fact]
    public void Counterfactual_arms_share_patients_until_their_treatments_differ()
    {
        PatientRecord[] records = [.. Trial.Job(Trial.Small, 60).Plan.Records()];
        int transplanted = 0;
        foreach ((PatientRecord alone, PatientRecord other) in records[..60].Zip(records[60..]))
        {
            other.Outcome.Patient.ShouldBe(alone.Outcome.Patient);
            other.Outcome.Covariates.ShouldBe(alone.Outcome.Covariates);
            double until = other.Outcome.TransplantDay ?? double.PositiveInfinity;
            other.Observations.Where(v => v.Day <= until).ShouldBe(alone.Observations.Where(v => v.Day <= until));
            transplanted += other.Outcome.TransplantDay is null ? 0 : 1;
            if (other.Outcome.TransplantDay is null)
            {
                other.Bits().ShouldBe(alone.Bits());
            }
        }

        transplanted.ShouldBeInRange(20, 55);
    }

    /// <summary>Who has so little fludarabine that it counts as none is the same without it.</summary>
    [Fact]
    public void Another_lymphodepletion_keeps_the_patient_and_changes_the_course()
    {
        string study = Trial.Small.Replace("    strategies: [consolidative-transplant]", "    lymphodepletion: cyclophosphamide");
        TrialPlan plan = Trial.Job(study).Plan;
        PatientRecord[] records = [.. plan.Records()];
        Population population = plan.Arms[0].Population;
        double Shortfall(PatientRecord patient) => population.Typical("exposure_weight") * Math.Log(population.Typical("fludarabine_reference") / patient.Outcome.Covariates[3]);

        records[..24].Any(r => Shortfall(r) < 1).ShouldBeTrue();
        foreach ((PatientRecord first, PatientRecord second) in records[..24].Zip(records[24..]))
        {
            second.Outcome.Covariates.ShouldBe(first.Outcome.Covariates);
            (second.Outcome.TransgeneCmax != first.Outcome.TransgeneCmax).ShouldBe(Shortfall(first) < 1);
        }
    }

    [Fact]
    public void Randomised_arms_have_different_patients()
    {
        PatientRecord[] records = [.. Trial.Job(Trial.Small.Replace("horizon:", "design: randomised\nhorizon:")).Plan.Records()];

        records.Select(r => r.Outcome.Patient).Distinct().Count().ShouldBe(48);
        records[24].Outcome.Covariates.ShouldNotBe(records[0].Outcome.Covariates);
    }

    [Theory]
    [InlineData("counterfactual")]
    [InlineData("randomised")]
    public void A_longer_run_begins_with_the_patients_of_a_shorter_one(string design)
    {
        string study = Trial.Small.Replace("horizon:", $"design: {design}\nhorizon:");
        ILookup<int, string> few = Trial.Job(study, 10).Plan.Records().ToLookup(r => r.Arm, r => r.Bits());
        ILookup<int, string> many = Trial.Job(study, 20).Plan.Records().ToLookup(r => r.Arm, r => r.Bits());

        foreach (int arm in new[] { 0, 1 })
        {
            many[arm].Take(10).ShouldBe(few[arm]);
        }
    }

    [Fact]
    public void Another_seed_draws_other_patients_and_the_override_wins_over_the_file()
    {
        TrialJob three = Trial.Job(Trial.Small);
        TrialJob four = Trial.Job(Trial.Small, 24, 4);

        (three.Plan.Seed, four.Plan.Seed, four.Result().Seed).ShouldBe((3UL, 4UL, 4UL));
        four.Plan.Records()[0].Outcome.Covariates.ShouldNotBe(three.Plan.Records()[0].Outcome.Covariates);
    }

    [Fact]
    public void The_built_in_study_runs_where_none_is_named()
    {
        TrialJob job = TrialJob.Create(null, new TrialOverrides { Patients = 2 }).OrThrow();

        (job.Study.Name, job.TotalPatients).ShouldBe(("01-b-all", 6));
        job.Result().FailedPatients.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(100_000_001)]
    public void A_number_of_patients_that_makes_no_trial_is_misuse(int patients) =>
        Should.Throw<ArgumentOutOfRangeException>(() => TrialJob.Create(null, new TrialOverrides { Patients = patients })).Message.ShouldContain("from 1 to 100000000");

    [Fact]
    public void Failed_patients_are_counted_named_and_in_no_estimate()
    {
        TrialJob job = Trial.Job(Trial.Small, 60);
        TrialPlan limited = job.Plan with { Tolerances = new Tolerances { MaxSteps = 250 } };
        PatientRecord[] records = [.. limited.Records().Where(r => r.Arm == 0)];
        ArmResult arm = ArmEstimates.Of(limited.Arms[0], Trial.Tally(records.Select(r => r.Outcome)));
        ArmResult withoutThem = ArmEstimates.Of(limited.Arms[0], Trial.Tally(records.Select(r => r.Outcome).Where(o => o.IsEvaluable)));

        int failed = records.Count(r => r.Outcome.Status == LaneStatus.StepLimit);
        failed.ShouldBeInRange(1, 59);
        (arm.Patients, arm.FailedPatients, arm.Failures.ShouldHaveSingleItem()).ShouldBe((60, failed, new("StepLimit", failed)));
        arm.OverallSurvival.Patients.ShouldBe(60 - failed);
        arm.Remission3Months.ShouldBe(withoutThem.Remission3Months);
        arm.RelapseFreeSurvival.Values.ShouldBe(withoutThem.RelapseFreeSurvival.Values);
        arm.Transgene.ShouldBe(withoutThem.Transgene);
        double.IsNaN(arm.Transgene.CmaxGeometricMean).ShouldBeFalse();
    }

    [Fact]
    public void A_trial_in_which_everybody_fails_has_no_estimates_and_says_so()
    {
        TrialPlan plan = Trial.Job(Trial.Small, 4).Plan with { Tolerances = new Tolerances { MaxSteps = 5 } };
        ArmResult arm = ArmEstimates.Of(plan.Arms[0], Trial.Tally(plan.Records().Where(r => r.Arm == 0).Select(r => r.Outcome)));

        (arm.Patients, arm.FailedPatients).ShouldBe((4, 4));
        double.IsNaN(arm.Remission3Months.Value).ShouldBeTrue();
        double.IsNaN(arm.OverallSurvival.At(100).Value).ShouldBeTrue();
        double.IsNaN(arm.Transgene.TmaxMedian).ShouldBeTrue();
    }

    [Fact]
    public void A_stopped_run_throws_and_leaves_nothing()
    {
        TrialJob job = Trial.Job(Trial.Small, 200);
        string path = Path.Combine(_folder, "stopped");
        using CancellationTokenSource stop = new();
        using (TrialFolder folder = new(job, ResultTarget.Check(path, job.Study.Name).OrThrow()))
        {
            int seen = 0;
            Should.Throw<OperationCanceledException>(() => job.Run(
                2,
                record =>
                {
                    folder.Add(record);
                    if (++seen == 20)
                    {
                        stop.Cancel();
                    }
                },
                null,
                stop.Token));
        }

        Directory.EnumerateFileSystemEntries(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void The_comparison_takes_what_is_verified_primary_and_followed_long_enough()
    {
        TrialResult year = Trial.Job(Trial.Small).Result();

        year.Published.Select(p => p.Quantity).ShouldBe(
        [
            "Remission by month 3", "Relapse-free survival at 6 months", "Relapse-free survival at 12 months", "Event-free survival at 12 months", "Overall survival at 12 months",
            "Share of relapses that are CD19-positive", "Share of relapses that are CD19-negative or low", "Share of relapses that are lineage switch",
        ]);
        year.Published[0].Simulated.ShouldBe(year.Arms[0].Remission3Months);
        year.Published[2].Simulated.ShouldBe(year.Arms[0].RelapseFreeSurvival.At(12 * 30.4375));
    }

    [Theory]
    [InlineData("11 months", "[28, 60, 90]", true, "Relapse-free survival at 6 months")]
    [InlineData("80 days", "[28, 60]", false, null)]
    [InlineData("12 months", "[28, 60]", false, "Relapse-free survival at 6 months")]
    [InlineData("3 years", "[28, 60, 90]", true, "Relapse-free survival at 36 months")]
    public void What_was_not_followed_is_not_compared(string horizon, string visits, bool remission, string? longest)
    {
        TrialResult result = Trial.Job(Trial.Small.Replace("12 months", horizon).Replace("[28, 60, 90, 180, 270, 365]", visits).Replace("    strategies: [consolidative-transplant]\n", ""), 4).Result();
        string[] quantities = [.. result.Published.Select(p => p.Quantity)];

        quantities.Contains("Remission by month 3").ShouldBe(remission);
        (longest is null || quantities.Contains(longest)).ShouldBeTrue();
        quantities.ShouldNotContain(longest is null ? "Relapse-free survival at 6 months" : "Overall survival at 18 months with transplant");
    }
}
