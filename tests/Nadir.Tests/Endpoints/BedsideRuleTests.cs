using Nadir.Endpoints;

namespace Nadir.Tests.Endpoints;

public class BedsideRuleTests
{
    [Theory]
    [InlineData(Phenotype.Cd19Positive, true, 50, CauseGroup.CarTGone)]
    [InlineData(Phenotype.Cd19Positive, false, 50, CauseGroup.CarTGone)]
    [InlineData(Phenotype.Cd19Positive, true, 500, CauseGroup.CarTExhausted)]
    [InlineData(Phenotype.Cd19Positive, false, 500, CauseGroup.NotKilled)]
    [InlineData(Phenotype.Cd19NegativeOrLow, false, 500, CauseGroup.AntigenLost)]
    [InlineData(Phenotype.Cd19NegativeOrLow, true, 50, CauseGroup.AntigenLost)]
    [InlineData(Phenotype.LineageSwitch, false, 5000, CauseGroup.LineageSwitch)]
    public void It_follows_phenotype_b_cells_and_transgene(Phenotype phenotype, bool back, double transgene, CauseGroup group) =>
        BedsideRule.Guess(new PhenotypeSeen(phenotype, true), back, transgene, 400, 50).ShouldBe(group);

    [Theory]
    [InlineData(60, 301, CauseGroup.Masking)]
    [InlineData(60, 299, CauseGroup.AntigenLost)]
    [InlineData(double.NaN, 1e6, CauseGroup.AntigenLost)]
    public void A_transgene_that_rises_with_negative_blasts_points_to_masking(double before, double now, CauseGroup group) =>
        BedsideRule.Guess(new PhenotypeSeen(Phenotype.Cd19NegativeOrLow, true), false, now, before, 50).ShouldBe(group);

    [Theory]
    [InlineData(60)]
    [InlineData(1e6)]
    public void Blasts_between_the_two_gates_point_to_low_antigen_whatever_the_transgene_does(double now) =>
        BedsideRule.Guess(new PhenotypeSeen(Phenotype.Cd19NegativeOrLow, false), false, now, 60, 50).ShouldBe(CauseGroup.AntigenLow);
}
