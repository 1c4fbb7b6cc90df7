using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

/// <summary>A second product is made of the first one's T cells: what was not read of it is as wide, and as large, as what is calibrated for the first.</summary>
public class SameSpreadTests
{
    static readonly ModelPackage _package = ModelPackage.LoadShipped("b-all").OrThrow();

    static Population Children => PopulationSet.Read(_package).OrThrow()["children-young-adults"];

    static Checked<PopulationSet> Read(string replaced, string by) =>
        PopulationSet.Read(_package with { PopulationFile = new SourceText("population.yaml", _package.PopulationFile!.Text.Replace(replaced, by, StringComparison.Ordinal)) });

    static double[] Logarithms(Population population, string parameter)
    {
        int i = _package.Model.Parameters.Select(p => p.Name).ToList().IndexOf(parameter);
        return [.. Enumerable.Range(0, 4000).Select(p => Math.Log(population.Draw(5, p).Parameters[i])).Order()];
    }

    static double Interquartile(double[] sorted) => sorted[3 * sorted.Length / 4] - sorted[sorted.Length / 4];

    [Theory]
    [InlineData("cd19neg_fraction", "shape", 0.6, "second_low_fraction")]
    [InlineData("cart_memory_death", "sd", 0.5, "second_memory_death")]
    public void Typical_value_and_spread_follow_those_of_the_first_product(string parameter, string spread, double value, string follower)
    {
        double typical = 2 * Children.Typical(parameter);
        Population changed = Children.WithValues(new Dictionary<string, double> { [parameter] = typical, [$"{parameter}.{spread}"] = value });

        (double[] first, double[] second) = (Logarithms(changed, parameter), Logarithms(changed, follower));

        changed.Typical(follower).ShouldBe(typical);
        // The standard error of either interquartile range is a fortieth of it.
        (Interquartile(second) / Interquartile(first)).ShouldBeInRange(0.88, 1.14);
        (Interquartile(first) / Interquartile(Logarithms(Children, parameter))).ShouldNotBeInRange(0.8, 1.2);
    }

    [Fact]
    public void They_are_drawn_independently()
    {
        int[] index = [.. new[] { "memory_share", "second_memory_share" }.Select(n => _package.Model.Parameters.Select(p => p.Name).ToList().IndexOf(n))];
        (double First, double Second)[] drawn = [.. Enumerable.Range(0, 2000).Select(p => Children.Draw(5, p).Parameters).Select(v => (v[index[0]], v[index[1]]))];

        double bothHigh = drawn.Count(d => d.First > 0.5 && d.Second > 0.5) / 2000.0;
        double product = drawn.Count(d => d.First > 0.5) / 2000.0 * (drawn.Count(d => d.Second > 0.5) / 2000.0);

        // A weak product lowers both shares in one patient of nine.
        Math.Abs(bothHigh - product).ShouldBeLessThan(0.05);
    }

    [Theory]
    [InlineData("      second_memory_share: memory_share\n      second_memory_death: cart_memory_death\n      second_low_fraction: cd19neg_fraction\n\n", "      second_memory_share: cart_memory_death\n\n", "ND0325")]
    [InlineData("      second_memory_share: memory_share\n      second_memory_death: cart_memory_death\n      second_low_fraction: cd19neg_fraction\n\n", "      second_memory_shar: memory_share\n\n", "ND0314")]
    [InlineData("      second_memory_share: memory_share\n      second_memory_death: cart_memory_death\n      second_low_fraction: cd19neg_fraction\n\n", "      memory_share: second_memory_share\n\n", "ND0325")]
    public void A_spread_that_cannot_follow_is_an_issue(string right, string wrong, string code)
    {
        Checked<PopulationSet> read = Read(right, wrong);

        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line > 1);
    }
}
