using Nadir.Endpoints;

namespace Nadir.Tests.Endpoints;

public class BlastCompositionTests
{
    [Theory]
    [InlineData(1, 0, 0, 0, Phenotype.Cd19Positive)]
    [InlineData(50, 25, 25, 0, Phenotype.Cd19Positive)]
    [InlineData(49.999, 50.001, 0, 0, Phenotype.Cd19NegativeOrLow)]
    [InlineData(49.999, 0, 50.001, 0, Phenotype.Cd19NegativeOrLow)]
    [InlineData(50, 0, 0, 50, Phenotype.Cd19Positive)]
    [InlineData(49.999, 0, 0, 50.001, Phenotype.LineageSwitch)]
    [InlineData(0, 0, 50, 50, Phenotype.Cd19NegativeOrLow)]
    [InlineData(0, 30, 19, 51, Phenotype.LineageSwitch)]
    [InlineData(40, 10, 10, 40, Phenotype.Cd19NegativeOrLow)]
    public void The_phenotype_is_what_more_than_half_of_the_blasts_show(double positive, double low, double negative, double switched, Phenotype phenotype) =>
        new BlastComposition(positive, low, negative, switched).Phenotype.ShouldBe(phenotype);
}
