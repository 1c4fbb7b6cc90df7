using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>
/// The first arm of the built-in study, before any calibration, against the figures of the reference population's own program, which another program reproduced: remission 0.806,
/// relapse-free survival 0.805, 0.625 and 0.522 at 6, 12 and 24 months. Tolerances: four standard errors of the difference between 4,000 patients and
/// the 8,000 of that program, and 0.02 for what differs by intent (assay noise, follow-up by visit, how few cells are sampled).
/// </summary>
[Trait("Category", "Slow")]
public class ReferencePopulationTests
{
    const int Patients = 4000;

    static readonly Lazy<ArmResult> _arm = new(() => Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide").Uncalibrated(), Patients, 101).Result().Arms[0]);

    static double Tolerance(double p, double patients) => 0.02 + (4 * Math.Sqrt(p * (1 - p) * ((1 / patients) + (1 / (2 * patients)))));

    [Fact]
    public void Nobody_fails_numerically() => _arm.Value.FailedPatients.ShouldBe(0);

    [Fact]
    public void Remission_by_month_3() => _arm.Value.Remission3Months.Value.ShouldBe(0.806, Tolerance(0.806, Patients));

    [Theory]
    [InlineData(6, 0.805)]
    [InlineData(12, 0.625)]
    [InlineData(24, 0.522)]
    public void Relapse_free_survival(double month, double reference) =>
        _arm.Value.RelapseFreeSurvival.At(month * 30.4375).Value.ShouldBe(reference, Tolerance(reference, 0.8 * Patients));

    [Theory]
    [InlineData("cd19-positive", 0.474)]
    [InlineData("cd19-negative-or-low", 0.452)]
    [InlineData("lineage-switch", 0.074)]
    public void Phenotypes_at_relapse(string phenotype, double reference)
    {
        IReadOnlyList<PhenotypeIncidence> relapses = _arm.Value.Relapse;
        int all = relapses.Sum(r => r.Count);

        ((double)relapses.Single(r => r.Phenotype == phenotype).Count / all).ShouldBe(reference, Tolerance(reference, all));
    }
}
