using Nadir.Faults;
using Nadir.Populations;
using Nadir.Tests.Models;

namespace Nadir.Tests.Populations;

public class PopulationSetTests
{
    [Fact]
    public void A_good_file_is_read_whole()
    {
        Population population = SmallPopulation.Population;

        population.Title.ShouldBe("Everyone");
        population.Traits.Select(t => t.Name).ShouldBe(["slow", "switched"]);
        population.Traits[0].Effects.ShouldBe([new TraitEffect.Multiplied("growth", 0.5)]);
        population.Covariates.Select(c => (c.Name, c.IsYesNo)).ShouldBe([("SLOW", true), ("GROWTH", false)]);
        population.Mortality.ShouldSatisfyAllConditions(m => m.InRemissionPerYear.ShouldBe(0.02), m => m.AfterFailureMedianMonths.ShouldBe(11.9));
        population.Sources.Select(s => s.Key).ShouldBe(["lamble-2023", "lamble-2023"]);
    }

    [Fact]
    public void Any_population_may_say_to_what_it_was_adjusted_and_how_its_survival_after_a_switch_differs()
    {
        string yaml = SmallPopulation.Yaml.Replace("    title: Everyone\n", "    title: Everyone\n    adjusted: one trial\n", StringComparison.Ordinal)
            .Replace("      after-failure:", "      after-lineage-switch: {median-months: 3, evidence: assumed, note: made up}\n      after-failure:", StringComparison.Ordinal);
        Population population = SmallPopulation.Read(yaml).OrThrow()["everyone"];

        (population.Adjusted, population.Mortality.AfterSwitchMedianMonths).ShouldBe(("one trial", 3));
        (SmallPopulation.Population.Adjusted, SmallPopulation.Population.Mortality.AfterSwitchMedianMonths).ShouldBe((null, 11.9));
    }

    [Fact]
    public void A_package_without_a_population_file_has_none() => PopulationSet.Read(SmallModel.Package()).OrThrow().Names.ShouldBeEmpty();

    [Fact]
    public void An_unknown_population_names_the_nearest() =>
        Should.Throw<ArgumentException>(() => SmallPopulation.Read(SmallPopulation.Yaml).OrThrow()["everone"]).Message.ShouldContain("did you mean \"everyone\"?");

    [Theory]
    [InlineData("probability: 0.25", "probability: 0.25 +", "ND01", 7, "")]
    [InlineData("probability: 0.25", "probability: grwth", "ND0311", 7, "did you mean \"growth\"?")]
    [InlineData("probability: 0.25", "probability: switched", "ND0311", 7, "no trait above")]
    [InlineData("probability: 0.25", "probability: total", "ND0311", 7, "no parameter")]
    [InlineData("      slow:\n", "      growth:\n", "ND0312", 5, "no name of the model")]
    [InlineData("      slow:\n", "      clone:\n", "ND0312", 5, "no name of the model")]
    [InlineData("      slow:\n", "      slow-growth:\n", "ND0312", 5, "underscores")]
    [InlineData("growth: {multiply: 0.5}", "grwth: {multiply: 0.5}", "ND0313", 9, "did you mean \"growth\"?")]
    [InlineData("growth: {multiply: 0.5}", "total: {multiply: 0.5}", "ND0313", 9, "gives no parameter")]
    [InlineData("{multiply: 0.5}", "{multiply: -0.5}", "ND0023", 9, "at least 0")]
    [InlineData("{multiply: 0.5}", "{}", "ND0304", 9, "multiply")]
    [InlineData("{lognormal: {median: 2, sd: 0.3}}", "{lognormal: {sd: 0.3}}", "ND0020", 16, "median")]
    [InlineData("{lognormal: {median: 2, sd: 0.3}}", "{log-uniform: {from: 2, to: 1}}", "ND0307", 16, "smaller to the larger")]
    [InlineData("        note: made up\n", "", "ND0306", 6, "needs a note")]
    [InlineData("        source: lamble-2023\n", "", "ND0305", 13, "needs its source")]
    [InlineData("SLOW: {label", "Slow: {label", "ND0316", 20, "capital")]
    [InlineData("SLOW: {label", "VERYLONGNAME: {label", "ND0316", 20, "at most 8")]
    [InlineData("kind: yes-no", "kind: boolean", "ND0025", 20, "yes-no")]
    [InlineData("per-year: 0.02", "per-year: 2", "ND0023", 23, "0 to 1")]
    [InlineData("median-months: 11.9", "median-days: 11.9", "ND0021", 24, "median-months")]
    [InlineData("    mortality:\n", "    mortalities:\n", "ND0020", 3, "mortality")]
    public void A_bad_file_says_what_where_and_what_would_be_right(string good, string bad, string code, int line, string says)
    {
        SmallPopulation.Yaml.ShouldContain(good);

        Checked<PopulationSet> read = SmallPopulation.Read(SmallPopulation.Yaml.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        Issue issue = read.Issues.First(i => i.Code.StartsWith(code, StringComparison.Ordinal));
        issue.Location.Line.ShouldBe(line);
        issue.ToString().ShouldContain(says);
    }
}
