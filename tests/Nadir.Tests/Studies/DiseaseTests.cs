using Nadir.Endpoints;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Adults, large B-cell lymphoma and CLL against children and young adults with B-ALL: what is known to differ does.</summary>
[Trait("Category", "Slow")]
public class DiseaseTests
{
    const int Patients = 1500;

    static readonly Lazy<IReadOnlyList<PatientRecord>> _children = new(() => Run("children-young-adults"));

    static IReadOnlyList<PatientRecord> Run(string population) =>
        Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide").Replace("children-young-adults", population, StringComparison.Ordinal), Patients, 1).Plan.Records();

    static ArmResult Estimates(IReadOnlyList<PatientRecord> records) =>
        ArmEstimates.Of(Trial.Job(Trial.Small).Plan.Arms[0], Trial.Tally(records.Select(r => r.Outcome)));

    static double LowShare(IReadOnlyList<PatientRecord> records) =>
        records.Count(r => r.Outcome.RelapseCause?.Mechanism == "antigen-low-escape") / (double)records.Count(r => r.Outcome.RelapseDay is not null);

    [Theory]
    [InlineData("adults")]
    [InlineData("lbcl")]
    [InlineData("cll")]
    public void Nobody_fails_numerically(string population) => Run(population).ShouldAllBe(r => r.Outcome.IsEvaluable);

    /// <summary>All evaluable patients with lymphoma had B cells back by three years, and remissions lasted (Neelapu 2023); CD19-low relapse (Spiegel 2021).</summary>
    [Fact]
    public void Lymphoma_stays_away_in_many_whose_b_cells_are_back_and_relapses_with_low_cd19_more_often()
    {
        IReadOnlyList<PatientRecord> lymphoma = Run("lbcl");
        PatientOutcome[] back = [.. lymphoma.Select(r => r.Outcome).Where(o => o.BCellRecoveryDay is not null && o.RemissionDay is not null)];

        (back.Count(o => o.RelapseDay is null) / (double)back.Length).ShouldBeGreaterThan(0.2);
        LowShare(lymphoma).ShouldBeGreaterThan(2 * LowShare(_children.Value));
        lymphoma.ShouldAllBe(r => r.Outcome.RelapsePhenotype != Phenotype.LineageSwitch);
    }

    /// <summary>CAR-T cells of patients with CLL expand less (Fraietta 2018); 57% responded (Porter 2015).</summary>
    [Fact]
    public void In_cll_car_t_cells_expand_less_and_fewer_patients_respond()
    {
        (ArmResult cll, ArmResult children) = (Estimates(Run("cll")), Estimates(_children.Value));

        cll.Transgene.CmaxGeometricMean.ShouldBeLessThan(0.8 * children.Transgene.CmaxGeometricMean);
        cll.Remission3Months.Value.ShouldBeLessThan(children.Remission3Months.Value);
    }

    [Fact]
    public void Adults_are_free_of_relapse_less_often_than_children() =>
        Estimates(Run("adults")).RelapseFreeSurvival.At(365).Value.ShouldBeLessThan(Estimates(_children.Value).RelapseFreeSurvival.At(365).Value);
}
