using MathNet.Numerics.Statistics;
using Nadir.Evidence;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

/// <summary>The populations of the published models beside the reference.</summary>
public class LibraryPopulationTests
{
    const int Count = 4000;

    public static TheoryData<string> Shipped => [.. ModelPackage.ShippedNames.Where(n => ModelPackage.LoadShipped(n).Value?.PopulationFile is not null)];

    static double[] Drawn(string model, string population, string parameter)
    {
        ModelPackage package = ModelPackage.LoadShipped(model).OrThrow();
        int index = package.Model.Parameters.Select(p => p.Name).ToList().IndexOf(parameter);
        Population drawn = PopulationSet.Read(package).OrThrow()[population];
        return [.. Enumerable.Range(0, Count).Select(i => drawn.Draw(20261123, i).Parameters[index])];
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_population_that_ships_reads_without_a_word_and_names_its_sources(string model)
    {
        ModelPackage package = ModelPackage.LoadShipped(model).OrThrow();
        CitationTable citations = CitationTable.LoadShipped().OrThrow();

        PopulationSet.Read(package).Issues.Select(i => i.ToString()).ShouldBeEmpty();
        PopulationSet set = PopulationSet.Read(package).OrThrow();
        set.Names.SelectMany(n => citations.Check(set[n].Sources)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stein-2019", "variances", "peak_day", 9.3, 0.6164)]
    [InlineData("stein-2019", "standard-deviations", "peak_day", 9.3, 0.38)]
    [InlineData("stein-2019", "variances", "fold_expansion", 3900, 1.549)]
    [InlineData("stein-2019", "standard-deviations", "peak_transgene", 24000, 0.65)]
    [InlineData("singh-2021", "crb-401", "expansion_maximum", 1.73, 0.22)]
    [InlineData("singh-2021", "crb-401", "kill_maximum", 0.343, 0.5)]
    [InlineData("park-2025", "refractory-lupus", "recovery_rate", 1.58e6, 1.04)]
    [InlineData("mueller-schoell-2021", "axi-cel-lymphoma", "kill_central_memory", 4.04, 1.5311)]
    public void Parameters_have_the_published_median_and_spread(string model, string population, string parameter, double median, double sd)
    {
        double[] logs = [.. Drawn(model, population, parameter).Select(x => Math.Log(x))];

        // The fold of expansion has a floor of 1, five standard deviations away.
        logs.Average().ShouldBe(Math.Log(median), 4 * sd / Math.Sqrt(Count));
        logs.StandardDeviation().ShouldBe(sd, 4 * sd / Math.Sqrt(2 * Count));
    }

    [Fact]
    public void A_fifth_of_the_lymphoma_patients_is_of_the_class_that_expands_little()
    {
        double[] rates = Drawn("mueller-schoell-2021", "axi-cel-lymphoma", "expansion_maximum");
        double[] exponents = Drawn("mueller-schoell-2021", "axi-cel-lymphoma", "cd4_cd8_exponent");

        double share = rates.Count(r => r == 0.0007) / (double)Count;
        share.ShouldBe(0.197, 4 * Math.Sqrt(0.197 * 0.803 / Count));
        rates.Zip(exponents).ShouldAllBe(p => p.Second == (p.First == 0.0007 ? 0 : -0.385));
        double[] logs = [.. rates.Where(r => r != 0.0007).Select(r => Math.Log(r))];
        logs.StandardDeviation().ShouldBe(Math.Sqrt(Math.Log(1 + (1.5 * 1.5))), 0.06);
    }
}
