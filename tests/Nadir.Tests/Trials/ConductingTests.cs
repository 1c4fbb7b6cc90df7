using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Tests.Designs;
using Nadir.Tests.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>What is counted and estimated at a trial's last analysis, from patients made up one by one.</summary>
public class ConductingTests
{
    static EnrolledPatient Patient(Candidate candidate, double enrolled = 0, double lost = double.PositiveInfinity, int arm = 1) => new(arm, enrolled, lost, candidate);

    static Candidate Before(InfusionFate fate, double days) => new(0, 0, fate, null) { FateDays = days };

    static ArmFlow Flow(params EnrolledPatient[] patients) => Conducting.Flow("arm", patients, day: 100);

    [Fact]
    public void A_death_in_remission_is_a_competing_event_and_no_relapse()
    {
        ArmFlow flow = Flow(Patient(MadeUpPool.At(50)), Patient(MadeUpPool.At(60, cause: 2)), Patient(MadeUpPool.At(70, cause: 2)), Patient(MadeUpPool.At(80), lost: 30), Patient(MadeUpPool.At(500)));

        (flow.Analysed, flow.Events, flow.Competing, flow.LostBefore, flow.StillFollowed).ShouldBe((5, 1, 2, 1, 1));
    }

    [Fact]
    public void What_is_not_known_by_the_analysis_is_not_counted()
    {
        ArmFlow flow = Flow(
            Patient(Before(InfusionFate.NotMade, 30), enrolled: 60),
            Patient(Before(InfusionFate.NotMade, 30), enrolled: 80),
            Patient(Before(InfusionFate.NotMade, 30), enrolled: 10, lost: 20),
            Patient(Before(InfusionFate.DiedBefore, 12), enrolled: 88),
            Patient(Before(InfusionFate.DiedBefore, 12), enrolled: 89),
            Patient(Before(InfusionFate.Infused, 30) with { Failed = true }));

        (flow.Enrolled, flow.NotMade, flow.DiedBefore, flow.Failed).ShouldBe((6, 1, 1, 1));
    }

    /// <summary>Of the arm 20 in 100 relapse, of the reference 40; of each 10 die in remission, and the others are followed for a thousand days.</summary>
    static EnrolledPatient[] Relapsing(int stratum = 0) =>
    [
        .. from arm in new[] { 0, 1 }
           from i in Enumerable.Range(0, 100)
           let relapses = arm == 1 ? 20 : 40
           select Patient(i < relapses ? MadeUpPool.At(100 + (5 * i), stratum: stratum) : i < relapses + 10 ? MadeUpPool.At(50 + i, cause: 2, stratum: stratum) : MadeUpPool.At(1000, cause: 0, stratum: stratum), arm: arm),
    ];

    static PrimaryEffect Effect(PrimaryAnalysis analysis, EnrolledPatient[] patients, double z, TrialConduct? conduct = null) =>
        Conducting.Effect(MadeUpPool.Design(analysis, conduct), patients, new LookResult(800, 60, 200, Estimable<double>.Of(z), 1.96), Estimable<Estimate>.Of(new Estimate(0.5, 0.3, 0.8)));

    static readonly PrimaryAnalysis Incidence = MadeUpPool.Analysis with { Endpoint = new ProtocolEndpoint(Endpoint.Relapse, false) };

    [Fact]
    public void The_effect_of_a_milestone_is_the_difference_of_the_incidence_at_it_as_known_at_the_last_analysis()
    {
        PrimaryAnalysis milestone = Incidence with { Test = PrimaryTest.Milestone, MilestoneDay = 730.5 };
        PrimaryEffect effect = Effect(milestone, Relapsing(), 3.2);
        double error = Math.Sqrt(((0.2 * 0.8) + (0.4 * 0.6)) / 100);

        effect.Measure.ShouldBe(EffectMeasure.RiskDifference);
        effect.Estimate.Value.Value.ShouldBe(-0.2, 1e-9);
        (effect.Estimate.Value.Upper + 0.2).ShouldBe(1.96 * error, 0.02 * error);
        effect.PValue.ShouldBe(0.001374, 1e-6);
        Effect(milestone with { Sides = BoundarySides.One }, Relapsing(), 3.2).PValue.ShouldBe(0.000687, 1e-6);
        Effect(milestone with { Arm = 0, Reference = 1 }, Relapsing(), -3.2).Estimate.Value.Value.ShouldBe(0.2, 1e-9);

        // Not yet two years from the remission of anybody.
        Effect(milestone with { MilestoneDay = 900 }, Relapsing(), 3.2).Estimate.Reason.ShouldNotBeNull().ShouldContain("not followed until day 900");
    }

    [Fact]
    public void The_effect_of_a_milestone_of_survival_is_the_difference_of_the_events()
    {
        EnrolledPatient[] dying = [.. Relapsing().Select(p => p.Candidate.Time!.Value.Cause == 2 ? p with { Candidate = MadeUpPool.At(1000, cause: 0) } : p)];

        Effect(MadeUpPool.Analysis with { Test = PrimaryTest.Milestone, MilestoneDay = 730.5 }, dying, 3.2).Estimate.Value.Value.ShouldBe(-0.2, 1e-9);
    }

    [Fact]
    public void The_effect_of_Grays_test_is_the_ratio_of_subdistribution_hazards_within_strata()
    {
        TrialConduct conduct = new() { Strata = [new StratumFactor("BLASTPCT", 0, [5])] };
        EnrolledPatient[] relapsing = Relapsing();
        EnrolledPatient[] patients = [.. relapsing, .. Relapsing(stratum: 1)];
        PrimaryEffect effect = Effect(Incidence with { Test = PrimaryTest.Gray }, patients, 4, conduct);
        IReadOnlyList<CompetingRow> one = [.. relapsing.Select(p => new CompetingRow(p.KnownOn(800)!.Value, [p.Arm]))];
        Estimate expected = FineGray.FitWithin([one, one], 1).Value.HazardRatio(0);

        effect.Measure.ShouldBe(EffectMeasure.SubdistributionHazardRatio);
        effect.Estimate.Value.ShouldBe(expected);

        // Two equal strata hold what one does.
        expected.Value.ShouldBe(FineGray.Fit(one, 1).Value.HazardRatio(0).Value, 1e-9);
        expected.Value.ShouldBeInRange(0.3, 0.6);
    }

    [Fact]
    public void The_effect_of_the_log_rank_test_is_the_hazard_ratio_also_where_the_test_is_not_estimable()
    {
        LookResult none = new(800, 0, 200, Estimable<double>.Not("there are no events"), 1.96);
        PrimaryEffect effect = Conducting.Effect(MadeUpPool.Design(), Relapsing(), none, Estimable<Estimate>.Of(new Estimate(0.5, 0.3, 0.8)));

        (effect.Measure, effect.Estimate.Value.Value, effect.PValue).ShouldBe((EffectMeasure.HazardRatio, 0.5, double.NaN));
    }

    [Fact]
    public void The_curve_is_that_of_what_is_known_at_the_last_analysis()
    {
        EnrolledPatient[] arm = [.. Relapsing().Where(p => p.Arm == 1)];
        SurvivalCurve incidence = Conducting.Curve(Incidence, arm, day: 150);
        SurvivalCurve survival = Conducting.Curve(MadeUpPool.Analysis, [.. arm.Where(p => p.Candidate.Time!.Value.Cause != 2)], day: 150);

        // Relapses on days 100, 105, … 150; deaths from day 70 to 79; nobody is followed beyond day 150.
        (incidence.Start, incidence.Events.Sum(), incidence.Times[^1], incidence.Censored.Sum()).ShouldBe((0, 11, 150, 79));
        incidence.At(150).Value.ShouldBe(0.11, 1e-9);
        survival.Start.ShouldBe(1);
        survival.At(150).Value.ShouldBe(79 / 90.0, 1e-9);
        Conducting.Curve(Incidence, [], day: 150).Patients.ShouldBe(0);
    }

    [Fact]
    public void The_hazard_ratio_is_stratified_as_the_randomisation_is()
    {
        ReferenceTable colon = ReferenceTable.Read("colon.csv");
        (double[] days, double[] status, double[] arm, double[] extent) = (colon.Column("time"), colon.Column("status"), colon.Column("rx"), colon.Column("extent"));
        EnrolledPatient[] patients = [.. days.Select((d, i) => Patient(MadeUpPool.At(d, (int)status[i], (int)extent[i] - 1), arm: (int)arm[i]))];
        TrialConduct conduct = new() { Strata = [new StratumFactor("EXTENT", 0, [2, 3, 4])] };
        RandomisedDesign design = new(conduct, MadeUpPool.Analysis with { Arm = 2, Endpoint = new ProtocolEndpoint(Endpoint.Overall, false) }, [1, 1, 1]);

        Estimate found = Conducting.HazardRatio(design, patients, day: 1e6).Value;
        Estimate expected = Cox.Fit([
            .. Enumerable.Range(0, days.Length).Where(i => arm[i] != 1).Select(i => new CoxRow(double.NegativeInfinity, days[i], status[i] > 0, [arm[i] / 2]) { Stratum = (int)extent[i] }),
        ]).Value.HazardRatio(0);

        found.Value.ShouldBe(expected.Value, 1e-9);
        found.Upper.ShouldBe(expected.Upper, 1e-9);

        EnrolledPatient[] together = [.. patients.Select(p => p with { Candidate = p.Candidate with { Stratum = 0 } })];
        Math.Abs(Conducting.HazardRatio(design with { Conduct = new TrialConduct() }, together, 1e6).Value.Value - expected.Value).ShouldBeGreaterThan(1e-3);
    }
}
