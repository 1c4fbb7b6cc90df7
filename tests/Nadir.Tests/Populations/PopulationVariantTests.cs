using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Tests.Populations;

public class PopulationVariantTests
{
    const string Variant = """

          slower:
            title: Slower
            based-on: everyone
            changes:
              - {target: growth, multiply: 0.5, evidence: assumed, note: made up}
              - {target: slow, set: 1, evidence: derived, source: gardner-2016, note: made up}
            mortality:
              in-remission: {per-year: 0.1, evidence: assumed, note: larger}
              after-failure: {median-months: 3, evidence: assumed, note: shorter}
        """;

    const string Yaml = SmallPopulation.Yaml + Variant;

    [Fact]
    public void A_variant_differs_by_its_changes_and_mortality_only()
    {
        PopulationSet set = SmallPopulation.Read(Yaml).OrThrow();
        Population everyone = set["everyone"].With([new ParameterChange("growth", ChangeKind.Multiply, 0.5), new ParameterChange("slow", ChangeKind.Set, 1)]);

        (set["slower"].Name, set["slower"].Title).ShouldBe(("slower", "Slower"));
        for (int i = 0; i < 50; i++)
        {
            set["slower"].Draw(1, i).Parameters.ShouldBe(everyone.Draw(1, i).Parameters);
        }

        set["slower"].Covariates.ShouldBe(everyone.Covariates);
        set["slower"].Mortality.InRemissionPerYear.ShouldBe(0.1);
        set["everyone"].Mortality.InRemissionPerYear.ShouldBe(0.02);
        set["slower"].Sources.ShouldContain(s => s.Key == "gardner-2016");
        set["everyone"].Sources.ShouldNotContain(s => s.Key == "gardner-2016");
    }

    [Theory]
    [InlineData("based-on: everyone", "based-on: everyon", "ND0317")]
    [InlineData("target: growth", "target: grwth", "ND0314")]
    [InlineData("target: slow, set: 1", "target: slow, multiply: 2", "ND0315")]
    [InlineData("evidence: derived, source: gardner-2016", "evidence: derived", "ND0305")]
    [InlineData("title: Slower", "traits: {}", "ND0020")]
    public void A_wrong_variant_is_an_issue(string right, string wrong, string code)
    {
        Checked<PopulationSet> read = SmallPopulation.Read(Yaml.Replace(right, wrong, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code);
    }

    [Fact]
    public void The_reference_model_has_its_diseases() =>
        PopulationSet.Read(ModelPackage.LoadShipped("b-all").OrThrow()).OrThrow().Names.ShouldBe(["children-young-adults", "children-young-adults-clinic", "children-young-adults-after-cd19", "adults", "lbcl", "cll"]);

    const string Spread = """

            spreads:
              - {parameter: growth, sd: 2, evidence: assumed, note: made up}
        """;

    /// <summary>A spread of its own stretches the same random numbers, and no calibration moves it.</summary>
    [Fact]
    public void A_variant_may_have_a_spread_of_its_own()
    {
        PopulationSet set = SmallPopulation.Read(Yaml + Spread).OrThrow();
        Population plain = SmallPopulation.Read(Yaml).OrThrow()["slower"];
        double LogSd(Population population) => Sd([.. Enumerable.Range(0, 4000).Select(i => Math.Log(population.Draw(1, i).Parameters[0]))]);

        LogSd(set["slower"]).ShouldBeGreaterThan(1.5 * LogSd(plain));
        LogSd(set["everyone"]).ShouldBe(LogSd(SmallPopulation.Population), 1e-12);
        set["slower"].HyperParameters.ShouldNotContain(h => h.Name == "growth.sd");
    }

    static double Sd(double[] values) => Math.Sqrt(values.Average(v => v * v) - (values.Average() * values.Average()));

    [Theory]
    [InlineData("parameter: growth", "parameter: grwth")]
    [InlineData("parameter: growth", "parameter: switch")]
    public void A_spread_of_what_does_not_spread_is_an_issue(string right, string wrong) =>
        SmallPopulation.Read(Yaml + Spread.Replace(right, wrong, StringComparison.Ordinal)).Issues.ShouldContain(i => i.Code == "ND0314");
}
