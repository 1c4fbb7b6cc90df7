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
