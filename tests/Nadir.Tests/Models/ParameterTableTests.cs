using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Tests.Models;

public class ParameterTableTests
{
    [Fact]
    public void A_good_file_is_read_whole()
    {
        ParameterTable table = SmallModel.Table;

        table.Entries.Select(e => e.Name).ShouldBe(["growth", "share", "rare", "switch"]);
        ParameterEntry growth = table.Find("growth")!;
        growth.Unit.Text.ShouldBe("1/day");
        growth.Distribution.ShouldBe(new ParameterDistribution.LogNormal(0.5));
        (growth.Lower, growth.Upper).ShouldBe((0, 10));
        growth.Basis.Sources.Single().Key.ShouldBe("kimmel-2021");
        table.Find("share")!.Basis.Sources.Select(s => s.Key).ShouldBe(["kimmel-2021", "stein-2019"]);
        table.Discrete.Threshold.ShouldBe(500);
        table.Discrete.Clones.ShouldBe([new DiscreteClone("clone", InitialNumber.Poisson, 500)]);
        table.Readouts.Find("cart-total").ShouldBe("total");
        table.Readouts.Find("transgene").ShouldBeNull();
        table.Readouts.Clones.ShouldBe([new LeukaemiaClone("clone", ClonePhenotype.Cd19Negative)]);
        table.Readouts.Panels.Single().Species.ShouldBe(["clone"]);
    }

    [Fact]
    public void Parameters_are_counted_by_evidence()
    {
        SmallModel.Table.Count(EvidenceLevel.Measured).ShouldBe(1);
        SmallModel.Table.Count(EvidenceLevel.Derived).ShouldBe(1);
        SmallModel.Table.Count(EvidenceLevel.Assumed).ShouldBe(2);
    }

    [Fact]
    public void Groups_give_species_and_unknown_groups_name_the_nearest()
    {
        SmallModel.Table.Readouts.Group("leukaemia-clones").ShouldBe(["clone"]);
        SmallModel.Table.Readouts.Group("normal-b-cells").ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => SmallModel.Table.Readouts.Group("leukemia-clones")).Message.ShouldContain("leukaemia-clones");
    }

    [Fact]
    public void A_file_without_discrete_clones_or_readouts_has_none()
    {
        string yaml = SmallModel.Parameters[..SmallModel.Parameters.IndexOf("discrete:", StringComparison.Ordinal)];

        ParameterTable table = SmallModel.Read(yaml).OrThrow();

        table.Discrete.ShouldSatisfyAllConditions(d => d.Threshold.ShouldBe(1000), d => d.Clones.ShouldBeEmpty());
        table.Readouts.Clones.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("  growth:\n", "  growht:\n", "ND0302", 2, "did you mean \"growth\"?")]
    [InlineData("  growth:\n", "  growht:\n", "ND0301", 2, "the parameter \"growth\"")]
    [InlineData("  switch:\n", "  total:\n", "ND0302", 21, "gives no parameter \"total\" a number")]
    [InlineData("  switch:\n", "  double_growth:\n", "ND0302", 21, "gives no parameter \"double_growth\" a number")]
    [InlineData("unit: 1/day", "unit: per day", "ND004", 3, "day")]
    [InlineData("unit: 1/day", "unit: [1]", "ND0022", 3, "must be text")]
    [InlineData("distribution: fixed", "distribution: constant", "ND0304", 23, "fixed, {lognormal")]
    [InlineData("{lognormal: {sd: 0.5}}", "{}", "ND0304", 4, "fixed, {lognormal")]
    [InlineData("{lognormal: {sd: 0.5}}", "{lognormal: {sd: -1}}", "ND0023", 4, "at least 0")]
    [InlineData("{lognormal: {sd: 0.5}}", "{lognormal: {}}", "ND0020", 4, "sd")]
    [InlineData("{lognormal: {sd: 0.5}}", "{log-normal: {sd: 0.5}}", "ND0021", 4, "did you mean \"lognormal\"?")]
    [InlineData("{pareto: {shape: 0.25}}", "{pareto: {shape: 0}}", "ND0023", 17, "above 0")]
    [InlineData("    source: kimmel-2021\n", "", "ND0305", 3, "needs its source")]
    [InlineData("    note: heavy tail\n", "", "ND0306", 16, "needs a note")]
    [InlineData("evidence: measured", "evidence: mesured", "ND0025", 6, "did you mean \"measured\"?")]
    [InlineData("bounds: [0, 10]", "bounds: [10, 0]", "ND0307", 5, "the smaller first")]
    [InlineData("bounds: [0, 10]", "bounds: [0]", "ND0307", 5, "two numbers")]
    [InlineData("bounds: [0, 10]", "bounds: [1, 10]", "ND0308", 2, "0.2")]
    [InlineData("distribution: {lognormal: {sd: 0.5}}\n    bounds: [0, 10]", "bounds: [0, 10]", "ND0020", 3, "distribution")]
    [InlineData("clone: {initial: poisson}", "clon: {initial: poisson}", "ND0309", 30, "did you mean \"clone\"?")]
    [InlineData("clone: {initial: poisson}", "clone: {initial: random}", "ND0025", 30, "poisson")]
    [InlineData("threshold: 500", "threshold: 0", "ND0023", 28, "at least 1")]
    [InlineData("cart-total: total", "cart-total: totl", "ND0025", 33, "did you mean \"total\"?")]
    [InlineData("infusion-target: cart", "infusion-target: total", "ND0025", 34, "valid names: cart, clone")]
    [InlineData("{clone: cd19-negative}", "{clone: cd19-neg}", "ND0025", 36, "cd19-negative")]
    [InlineData("    leukaemia: [clone]", "    leukemia: [clone]", "ND0021", 38, "did you mean \"leukaemia\"?")]
    public void A_bad_file_says_what_where_and_what_would_be_right(string good, string bad, string code, int line, string says)
    {
        SmallModel.Parameters.ShouldContain(good);

        Checked<ParameterTable> read = SmallModel.Read(SmallModel.Parameters.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        Issue issue = read.Issues.First(i => i.Code.StartsWith(code, StringComparison.Ordinal));
        issue.Location.ShouldSatisfyAllConditions(l => l.File.ShouldBe("parameters.yaml"), l => l.Line.ShouldBe(line));
        issue.ToString().ShouldContain(says);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        string yaml = SmallModel.Parameters.Replace("1/day", "per day").Replace("fixed", "constant").Replace("clone: {initial", "clon: {initial");

        SmallModel.Read(yaml).Issues.Select(i => i.Code).ShouldBe(["ND0045", "ND0304", "ND0309"]);
    }

    [Fact]
    public void A_logit_normal_needs_a_share_as_its_typical_value()
    {
        string yaml = SmallModel.Parameters.Replace("{lognormal: {sd: 0.5}}", "{logit-normal: {sd: 1}}");
        Model bigger = SmallModel.Model with { Parameters = [SmallModel.Model.Parameters[0] with { Value = 2.0 }, .. SmallModel.Model.Parameters.Skip(1)] };

        Checked<ParameterTable> read = ParameterTable.Read(new SourceText("p", yaml), bigger);

        read.Issues.Single().ShouldSatisfyAllConditions(i => i.Code.ShouldBe("ND0310"), i => i.Expected.ShouldBe("a number from 0 to 1"));
    }
}
