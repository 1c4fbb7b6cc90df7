using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class PatientPairsTests
{
    const double Horizon = 730.5;
    const int Count = 400;

    static readonly TrialPlan _plan = Plan(TrialDesign.Counterfactual, Count);

    [Fact]
    public void Estimates_are_those_of_the_curves_and_intervals_narrower_where_outcomes_go_together()
    {
        ArmTally[] tallies = Run(_plan, failures: false);
        ArmContrast[] paired = [.. ArmContrasts.Of(_plan, tallies)];
        ArmContrast[] unpaired = [.. ArmContrasts.Of(_plan, Run(Plan(TrialDesign.Randomised, Count), failures: false))];

        paired.Select(c => c.IsPaired).ShouldBe([true, true, true, true]);
        paired.Select(c => c.Endpoint).ShouldBe(unpaired.Select(c => c.Endpoint));
        unpaired.ShouldAllBe(c => !c.IsPaired);
        for (int e = 0; e < 4; e++)
        {
            ShouldBeNarrower(paired[e].RestrictedMean.Value, unpaired[e].RestrictedMean.Value, 1e-9);
            ShouldBeNarrower(paired[e].HazardRatio.Value, unpaired[e].HazardRatio.Value);
            paired[e].Test.Value.Statistic.ShouldBeGreaterThan(unpaired[e].Test.Value.Statistic);
            ShouldBeNarrower(paired[e].Risks[0].Difference.Value, unpaired[e].Risks[0].Difference.Value, 1e-12);
            ShouldBeNarrower(paired[e].Risks[1].Difference.Value, unpaired[e].Risks[1].Difference.Value, 1e-12);
        }
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        PairTally whole = Run(_plan, failures: true)[1].Pairs;
        PairTally sum = new();
        for (int part = 1; part <= 3; part++)
        {
            sum.Add(Run(_plan, failures: true, PatientBlock.Part(part, 3, Count))[1].Pairs);
        }

        sum.Patients.ShouldBe(whole.Patients);
        sum.Patients.ShouldBeLessThan(Count);
        sum.Overall.Counts.ShouldBe(whole.Overall.Counts);
        sum.EventFree.Counts.ShouldBe(whole.EventFree.Counts);
        sum.RelapseFree.Counts.ShouldBe(whole.RelapseFree.Counts);
        sum.Relapse.Counts.ShouldBe(whole.Relapse.Counts);
    }

    [Fact]
    public void Trials_too_large_make_no_pairs() =>
        Run(Plan(TrialDesign.Counterfactual, PatientPairs.MostPatients + 1), failures: false, new PatientBlock(0, 10))[1].Pairs.Patients.ShouldBe(0);

    static void ShouldBeNarrower(Contrast paired, Contrast unpaired, double tolerance)
    {
        paired.Difference.Value.ShouldBe(unpaired.Difference.Value, tolerance);
        paired.StandardError.ShouldBeLessThan(unpaired.StandardError);
    }

    static void ShouldBeNarrower(Estimate paired, Estimate unpaired)
    {
        paired.Value.ShouldBe(unpaired.Value, 1e-9);
        (paired.Upper / paired.Lower).ShouldBeLessThan(unpaired.Upper / unpaired.Lower);
    }

    static TrialPlan Plan(TrialDesign design, int patients)
    {
        TrialPlan plan = TinyTrial.Plan();
        return plan with { Design = design, PatientsPerArm = patients, HorizonDays = Horizon, Arms = [plan.Arms[0], plan.Arms[0] with { Name = "other" }] };
    }

    static ArmTally[] Run(TrialPlan plan, bool failures, PatientBlock? part = null)
    {
        PatientBlock block = part ?? new PatientBlock(0, Count);
        ArmTally[] tallies = [new(), new()];
        PatientPairs pairs = new(plan, block);
        for (int arm = 0; arm < 2; arm++)
        {
            for (int place = 0; place < block.Count; place++)
            {
                PatientOutcome outcome = Patient(arm, block.First + place, failures);
                pairs.Add(arm, place, outcome, tallies[arm].Pairs);
                tallies[arm].Add(block.First + place, outcome);
            }
        }

        return tallies;
    }

    /// <summary>The second arm's patients relapse and die later, each by a factor of its own near 1.3. One in ten dies in remission in either arm.</summary>
    static PatientOutcome Patient(int arm, int number, bool failures)
    {
        RandomStream s = new(9, (ulong)number, RandomStream.Purpose("pairs"));
        double delay = 1.3 * Math.Exp(0.3 * Draws.Normal(ref s));
        double relapse = 28 + (400 * Draws.Exponential(ref s) * (arm == 0 ? 1 : delay));
        double death = relapse + (300 * Draws.Exponential(ref s));
        bool fails = failures && s.NextUniform() < 0.1 && arm == number % 2;
        bool early = number % 10 == 3;
        death = early ? relapse : death;
        bool relapses = !early && relapse < 28 + Horizon;
        return new PatientOutcome
        {
            Patient = number,
            HorizonDays = Horizon,
            Status = fails ? LaneStatus.StepLimit : LaneStatus.Completed,
            FailedDay = 12,
            MorphologicRemissionDay = 28,
            RemissionDay = 28,
            RelapseDay = relapses ? relapse : null,
            RelapsePhenotype = relapses ? Phenotype.Cd19Positive : null,
            DeathDay = death < Horizon ? death : null,
            DeathCause = death < Horizon ? early ? DeathCause.NonRelapse : DeathCause.Disease : null,
            TransgeneCmax = 1e4,
            TransgeneTmax = 9,
            TransgeneAuc28 = 1e5,
        };
    }
}
