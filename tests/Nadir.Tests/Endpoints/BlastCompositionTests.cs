using Nadir.Endpoints;
using Nadir.Numerics;

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

    [Fact]
    public void Shares_stay_within_one_however_cells_divide_between_the_groups()
    {
        RandomStream stream = new(1, 1, 1);
        for (int i = 0; i < 100_000; i++)
        {
            BlastComposition blasts = new(0, Math.Exp(25 * stream.NextUniform()), Math.Exp(25 * stream.NextUniform()), Math.Exp(25 * stream.NextUniform()));

            blasts.BelowGateShare.ShouldBe(1);
            blasts.NegativeShare.ShouldBeInRange(0, 1);
        }
    }
}
