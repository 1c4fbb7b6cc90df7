using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Survival;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class ArmTallyTests
{
    const double Horizon = 730.5;

    static readonly ArmPlan _arm = TinyTrial.Plan().Arms[0];

    /// <summary>Courses of every kind, with overt relapses and deaths at odd moments.</summary>
    static PatientOutcome[] Patients(int count)
    {
        RandomStream stream = new(7, 1, RandomStream.Purpose("courses"));
        return [.. Enumerable.Range(0, count).Select(i => Patient(i, ref stream))];
    }

    static PatientOutcome Patient(int number, ref RandomStream s)
    {
        double? remission = s.NextUniform() < 0.8 ? 28 : null;
        double relapse = 28 + (500 * Draws.Exponential(ref s));
        double death = 60 + (900 * Draws.Exponential(ref s));
        bool relapses = remission is not null && relapse < Math.Min(death, 28 + Horizon);
        double cmax = Math.Exp(9 + Draws.Normal(ref s));
        return new PatientOutcome
        {
            Patient = number,
            HorizonDays = Horizon,
            Status = s.NextUniform() < 0.05 ? LaneStatus.StepLimit : LaneStatus.Completed,
            FailedDay = 12,
            MorphologicRemissionDay = remission,
            RemissionDay = remission,
            NonResponseDay = remission is null ? 90 : null,
            MrdRelapseDay = relapses && s.NextUniform() < 0.3 ? 60 : null,
            RelapseDay = relapses ? relapse : null,
            RelapsePhenotype = relapses ? (Phenotype)(int)(3 * s.NextUniform()) : null,
            TransplantDay = s.NextUniform() < 0.2 ? 69 : null,
            BCellRecoveryDay = s.NextUniform() < 0.4 ? 180 : null,
            DeathDay = death < Horizon ? death : null,
            DeathCause = death < Horizon ? DeathCause.Disease : null,
            TransgeneCmax = cmax,
            TransgeneTmax = 7 + (5 * s.NextUniform()),
            TransgeneAuc28 = 8 * cmax,
            CytokineReleaseGrade = (int)(5 * s.NextUniform()),
        };
    }

    static string Text(ArmResult arm) => string.Join('|', new object[]
    {
        arm.Patients, arm.FailedPatients, string.Join(' ', arm.Failures), arm.Transplanted, arm.Remission3Months, arm.MorphologicRemission3Months, arm.MrdRelapses, arm.Transgene,
        string.Join(' ', arm.CytokineRelease!.Grades), arm.CytokineRelease.Any, arm.CytokineRelease.Severe,
        Text(arm.RelapseFreeSurvival), Text(arm.EventFreeSurvival), Text(arm.OverallSurvival), Text(arm.DeathInRemission), Text(arm.BCellAplasia), Text(arm.BCellRecovery!),
        string.Join(' ', arm.Relapse.Select(r => $"{r.Phenotype} {r.Count} {Text(r.Curve)}")),
    });

    static string Text(SurvivalCurve curve) =>
        $"{curve.Patients}: {string.Join(' ', curve.Times.Zip(curve.Values, curve.Lower))} {string.Join(' ', curve.AtRisk.Zip(curve.Events, curve.Censored))}";

    /// <summary>Four patients by hand: one event of each kind and a second recovery, in days from infusion.</summary>
    [Fact]
    public void B_cells_back_competes_with_relapse_transplant_and_death_which_censor_aplasia_kept()
    {
        PatientOutcome one = Patients(1)[0] with { Status = LaneStatus.Completed, RemissionDay = 28, NonResponseDay = null, RelapseDay = null, RelapsePhenotype = null, MrdRelapseDay = null, TransplantDay = null, BCellRecoveryDay = null, DeathDay = null, DeathCause = null };
        ArmResult arm = ArmEstimates.Of(_arm, Trial.Tally(
            one with { BCellRecoveryDay = 90 },
            one with { RelapseDay = 100, RelapsePhenotype = Phenotype.Cd19Positive, DeathDay = 300, DeathCause = DeathCause.Disease },
            one with { TransplantDay = 110, DeathDay = 200, DeathCause = DeathCause.Transplant },
            one with { BCellRecoveryDay = 180 },
            one with { DeathDay = 250, DeathCause = DeathCause.NonRelapse }));

        // Kaplan-Meier: 4/5, then 1/2 of it. Aalen-Johansen: 1/5, then 1/5 more of all five.
        arm.BCellAplasia.At(200).Value.ShouldBe(0.4, 1e-12);
        arm.BCellRecovery!.At(200).Value.ShouldBe(0.4, 1e-12);
        (1 - arm.BCellAplasia.At(200).Value).ShouldBeGreaterThan(arm.BCellRecovery.At(200).Value);
        arm.BCellRecovery.Times.ShouldBe([90, 100, 110, 180, 250]);
        arm.BCellRecovery.Values[^1].ShouldBe(0.4, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(137)]
    [InlineData(299)]
    public void Tallies_of_parts_in_any_order_are_the_tally_of_the_whole(int split)
    {
        PatientOutcome[] patients = Patients(300);
        ArmTally first = new();
        ArmTally second = new();
        for (int i = 0; i < patients.Length; i++)
        {
            (i < split ? first : second).Add(i, patients[i]);
        }

        ArmTally joined = new();
        joined.Add(second);
        joined.Add(first);
        ArmTally whole = Trial.Tally(patients);

        Text(ArmEstimates.Of(_arm, joined)).ShouldBe(Text(ArmEstimates.Of(_arm, whole)));
        joined.Examples.Choose().ShouldBe(whole.Examples.Choose());
        joined.Failed.ShouldBe(whole.Failed);
    }

    [Fact]
    public void Estimates_equal_those_made_from_the_patients_themselves()
    {
        PatientOutcome[] patients = Patients(2000);
        PatientOutcome[] evaluable = [.. patients.Where(p => p.IsEvaluable)];
        PatientOutcome[] responders = [.. evaluable.Where(p => p.RemissionDay is not null)];
        ArmResult arm = ArmEstimates.Of(_arm, Trial.Tally(patients));
        SurvivalCurve rfs = KaplanMeier.Estimate([.. responders.Select(p => TimeToEvent.RelapseFree(p, 28)).Select(t => new SurvivalTime(t.Days, t.Censor == 0))]);
        SurvivalCurve os = KaplanMeier.Estimate([.. evaluable.Select(TimeToEvent.Overall).Select(t => new SurvivalTime(t.Days, t.Censor == 0))]);

        arm.RelapseFreeSurvival.Values.ShouldBe(rfs.Values);
        arm.OverallSurvival.Upper.ShouldBe(os.Upper);
        arm.Relapse.Sum(r => r.Count).ShouldBe(responders.Count(p => p.RelapseDay - 28 <= Horizon));
        double mean = Math.Exp(evaluable.Average(p => Math.Log(p.TransgeneCmax)));
        arm.Transgene.CmaxGeometricMean.ShouldBe(mean, 1e-12 * mean);
        double median = Quantiles.Of([.. evaluable.Select(p => p.TransgeneTmax)], 0.5);
        arm.Transgene.TmaxMedian.ShouldBe(median, median / 4096);
        (arm.FailedPatients, arm.Failures["StepLimit"]).ShouldBe((2000 - evaluable.Length, 2000 - evaluable.Length));
    }

    [Fact]
    public void A_tally_is_bounded_by_the_horizon_and_not_by_the_patients()
    {
        ArmTally tally = Trial.Tally(Patients(20_000));

        tally.Relapse.Rows.Count.ShouldBeInRange(500, 732);
        tally.OverallSurvival.Rows.Count.ShouldBeInRange(500, 732);
        tally.TransgeneTmax.Bins.Count.ShouldBeLessThan(4097);
        tally.Failed.Count.ShouldBe(ArmTally.FailedKept);
        tally.Examples.First.ShouldAllBe(f => f.Count <= FateExamples.Kept);
    }

    [Fact]
    public void Samples_are_the_first_patients_of_each_fate_in_turn()
    {
        FateExamples examples = new();
        foreach ((int fate, int index) in new[] { (0, 30), (0, 2), (0, 9), (5, 4), (5, 100), (0, 1) })
        {
            examples.Add(fate, index);
        }

        examples.Choose().ShouldBe([1, 2, 4, 9, 30, 100]);
    }
}
