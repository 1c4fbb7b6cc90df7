using Nadir.Faults;
using Nadir.Models;
using Nadir.Tests.Models;

namespace Nadir.Tests.Populations;

/// <summary>Priors as they are written, and what is wrong with those that cannot be.</summary>
public class PriorTests
{
    static Checked<ParameterTable> Table(string prior) => SmallModel.Read(
        SmallModel.Parameters.Replace("    evidence: measured\n", $"    evidence: measured\n    prior: {prior}\n", StringComparison.Ordinal));

    [Fact]
    public void A_prior_is_uniform_on_its_scale()
    {
        Prior prior = Table("{typical: {range: [0.1, 0.4], evidence: assumed, note: made up}}").OrThrow().Find("growth")!.TypicalPrior!;

        prior.Scale.ShouldBe(PriorScale.Log);
        prior.Quantile(0).ShouldBe(0.1, 1e-15);
        prior.Quantile(0.5).ShouldBe(0.2, 1e-12);
        prior.Quantile(1).ShouldBe(0.4, 1e-15);
    }

    [Theory]
    [InlineData(PriorScale.Linear)]
    [InlineData(PriorScale.Log)]
    [InlineData(PriorScale.Logit)]
    public void A_scale_goes_there_and_back(PriorScale scale)
    {
        Prior prior = new(0.01, 0.9, scale, new Basis(EvidenceLevel.Assumed, [], "made up")) { At = new SourceLocation("here", 1, 1) };

        foreach (double value in new[] { 0.01, 0.2, 0.5, 0.9 })
        {
            prior.FromScale(prior.OnScale(value)).ShouldBe(value, 1e-14);
        }
    }

    [Theory]
    [InlineData("{typical: {range: [0.3, 0.4], evidence: assumed, note: x}}", "ND0319")]
    [InlineData("{typical: {range: [0.4, 0.1], evidence: assumed, note: x}}", "ND0307")]
    [InlineData("{typical: {range: [0, 0.4], evidence: assumed, note: x}}", "ND0307")]
    [InlineData("{typical: {range: [0.1, 40], evidence: assumed, note: x}}", "ND0320")]
    [InlineData("{typical: {range: [0.1, 0.4], evidence: assumed}}", "ND0306")]
    [InlineData("{typical: {range: [0.1, 0.4], scale: logarithmic, evidence: assumed, note: x}}", "ND0025")]
    [InlineData("{sd: {range: [0.6, 0.9], evidence: assumed, note: x}}", "ND0319")]
    [InlineData("{shape: {range: [0.1, 0.9], evidence: assumed, note: x}}", "ND0321")]
    [InlineData("{median: {range: [0.1, 0.9], evidence: assumed, note: x}}", "ND0021")]
    public void A_wrong_prior_is_an_issue_with_its_place(string prior, string code)
    {
        Issue issue = Table(prior).Issues.ShouldHaveSingleItem();

        issue.Code.ShouldBe(code);
        issue.Location.Line.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("probability: 0.25", "probability: 0.25\n        prior: {range: [0.3, 0.5], evidence: assumed, note: x}", "ND0319")]
    [InlineData("growth: {multiply: 0.5}", "growth: {multiply: 0.5, prior: {range: [0.6, 0.9], evidence: assumed, note: x}}", "ND0319")]
    [InlineData("switch: {lognormal: {median: 2, sd: 0.3}}", "switch: {log-uniform: {from: 1, to: 2}, prior: {range: [1, 2], evidence: assumed, note: x}}", "ND0321")]
    [InlineData("covariates:", "solved: {grwth: share}\n    covariates:", "ND0322")]
    [InlineData("covariates:", "solved: {growth: shre}\n    covariates:", "ND0311")]
    [InlineData("covariates:", "combinations: {growth: {title: x, value: share, unit: 1, prior: {range: [0.1, 0.9], evidence: assumed, note: x}}}\n    covariates:", "ND0312")]
    [InlineData("covariates:", "combinations: {both: {title: x, value: share + rare, unit: 1, prior: {range: [0.1, 0.2], evidence: assumed, note: x}}}\n    covariates:", "ND0319")]
    [InlineData("probability: 0.25", "probability: 0.25\n        prior: {range: [0.1, 0.5], evidence: assumed, note: x}\n    #", "ND0324")]
    public void A_wrong_prior_of_a_population_is_an_issue(string right, string wrong, string code)
    {
        string yaml = SmallPopulation.Yaml.Replace(right, wrong, StringComparison.Ordinal);
        yaml = code == "ND0324" ? yaml.Replace("    #\n", "", StringComparison.Ordinal).Replace("covariates:", "solved: {slow: share}\n    covariates:", StringComparison.Ordinal) : yaml;

        Checked<Nadir.Populations.PopulationSet> read = SmallPopulation.Read(yaml);

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line > 1);
    }
}
