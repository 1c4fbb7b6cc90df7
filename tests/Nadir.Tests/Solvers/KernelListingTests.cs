using System.Text.RegularExpressions;
using Nadir.Models;
using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

public class KernelListingTests
{
    const string Model = """
        model m
          substanceOnly species T, B
          T = 1e6; B = 10; k = 0.1; h = 5; b = 0.3
          kill: T => ; k*T/(h + T)
          born: B => 2 B; b*B*T
        end
        """;

    static string Listing(string model, params IReadOnlyList<DiscreteSpecies> discrete) => KernelListing.Of(Networks.Model(model), discrete).OrThrow();

    [Fact]
    public void Names_of_the_model_stand_in_the_listing_and_every_operand_was_computed_before()
    {
        string listing = Listing(Model);

        listing.ShouldMatch(@"%\d+ = (T \+ h|h \+ T)\n");
        listing.ShouldContain("d(T)/dt = %");
        listing.ShouldContain("d(B)/dt = %");
        foreach (string line in listing.Split('\n').Where(l => l.StartsWith('%')))
        {
            int place = int.Parse(Regex.Match(line, @"^%(\d+)").Groups[1].Value);
            Regex.Matches(line.Split(" = ")[1], @"%(\d+)").ShouldAllBe(m => int.Parse(m.Groups[1].Value) < place);
        }
    }

    [Fact]
    public void Divisions_are_counted() =>
        Regex.Match(Listing(Model), @"body[^#]*# \d+ instructions: \d+ values read, \d+ operations, of these (\d+) divisions and (\d+) functions").Groups[1].Value.ShouldBe("1");

    [Fact]
    public void A_discrete_clone_shows_its_switches_and_rates()
    {
        string listing = Listing(Model, new DiscreteSpecies("B"));

        listing.ShouldContain("[B is an amount]");
        listing.ShouldContain("[B: birth] = %");
    }

    [Fact]
    public void A_species_that_cannot_be_discrete_is_an_issue() =>
        KernelListing.Of(Networks.Model(Model), [new DiscreteSpecies("X")]).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0601");

    [Fact]
    public void Every_library_model_has_a_listing()
    {
        foreach (string name in ModelPackage.ShippedNames)
        {
            KernelListing.Of(ModelPackage.LoadShipped(name).OrThrow().Model, []).OrThrow().ShouldContain("# body");
        }
    }
}
