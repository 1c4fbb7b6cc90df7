using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>
/// Each mechanism switched off, on the same patients: what it should prevent becomes rarer. Loss of CD19 by mutation on therapy alone moves too few of 400
/// patients to be told from the draws of the clones.
/// </summary>
[Trait("Category", "Slow")]
public class MechanismTrialTests
{
    static readonly Lazy<ArmResult> _all = new(() => Run());

    static ArmResult Run(params IReadOnlyList<string> without) =>
        Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide"), 400, 1, without).Result().Arms[0];

    static int Relapses(ArmResult arm, string phenotype) => arm.Relapse.Single(r => r.Phenotype == phenotype).Count;

    static double Share(ArmResult arm, string phenotype) => arm.Relapse.Single(r => r.Phenotype == phenotype).Curve.At(730).Value;

    public static TheoryData<string> Mechanisms => [.. Mechanism.ShippedNames];

    [Theory]
    [MemberData(nameof(Mechanisms))]
    public void Each_mechanism_can_be_switched_off_and_what_is_on_changes_the_trial(string name)
    {
        ArmResult without = Run(name);

        without.FailedPatients.ShouldBe(0);
        bool same = without.RelapseFreeSurvival.Values.SequenceEqual(_all.Value.RelapseFreeSurvival.Values);
        same.ShouldBe(Mechanism.LoadShipped(name).OrThrow().Default == MechanismDefault.Off);
    }

    [Fact]
    public void Without_every_source_of_negative_cells_no_relapse_is_negative()
    {
        ArmResult arm = Run("pre-existing-negative-clone", "cd19-mutation", "antigen-low-escape");

        Relapses(_all.Value, "cd19-negative-or-low").ShouldBeGreaterThan(40);
        Relapses(arm, "cd19-negative-or-low").ShouldBe(0);
    }

    [Theory]
    [InlineData("pre-existing-negative-clone", 0.7)]
    [InlineData("antigen-low-escape", 0.99)]
    public void Each_source_of_negative_cells_has_its_share_of_negative_relapse(string name, double atMost) =>
        NegativeOfMany(name).ShouldBeLessThanOrEqualTo(atMost * NegativeOfMany());

    static double NegativeOfMany(params IReadOnlyList<string> without) =>
        Share(Trial.Job(Trial.OneArm("fludarabine-cyclophosphamide"), 6_000, 1, without).Result().Arms[0], "cd19-negative-or-low");

    [Fact]
    public void Without_lineage_switch_no_relapse_is_one()
    {
        Relapses(_all.Value, "lineage-switch").ShouldBeGreaterThan(5);
        Relapses(Run("lineage-switch"), "lineage-switch").ShouldBe(0);
    }

    [Theory]
    [InlineData("poor-starting-t-cells")]
    [InlineData("death-receptor-resistance")]
    public void Without_a_cause_of_non_response_more_patients_reach_remission(string name) =>
        Run(name).Remission3Months.Value.ShouldBeGreaterThan(_all.Value.Remission3Months.Value);

    [Fact]
    public void Without_any_cause_of_non_response_most_patients_reach_remission() =>
        Run("poor-starting-t-cells", "death-receptor-resistance").Remission3Months.Value.ShouldBeGreaterThan(0.88);

    [Fact]
    public void Without_loss_of_persistence_positive_relapse_is_rare_and_aplasia_lasts()
    {
        ArmResult arm = Run("lost-persistence", "anti-car-immunity");

        Share(arm, "cd19-positive").ShouldBeLessThan(0.5 * Share(_all.Value, "cd19-positive"));
        arm.BCellAplasia.At(365).Value.ShouldBeGreaterThan(_all.Value.BCellAplasia.At(365).Value + 0.1);
    }

    [Fact]
    public void Loss_of_persistence_and_rejection_each_have_their_share_of_positive_relapse()
    {
        Share(Run("lost-persistence"), "cd19-positive").ShouldBeLessThan(0.8 * Share(_all.Value, "cd19-positive"));
        Share(Run("anti-car-immunity"), "cd19-positive").ShouldBeLessThan(0.9 * Share(_all.Value, "cd19-positive"));
    }

    [Fact]
    public void Cyclophosphamide_alone_gives_fewer_remissions_and_more_positive_relapse()
    {
        ArmResult arm = Trial.Job(Trial.OneArm("cyclophosphamide"), 400, 1).Result().Arms[0];

        arm.Remission3Months.Value.ShouldBeLessThan(_all.Value.Remission3Months.Value);
        Share(arm, "cd19-positive").ShouldBeGreaterThan(Share(_all.Value, "cd19-positive"));
        arm.BCellAplasia.At(180).Value.ShouldBeLessThan(_all.Value.BCellAplasia.At(180).Value);
        arm.Transgene.CmaxGeometricMean.ShouldBeLessThan(_all.Value.Transgene.CmaxGeometricMean);
    }
}
