using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class TargetTests
{
    static Checked<TargetSet> Read(string numbers, string quantity = "crsGrade3", string role = "calibration") => TargetSet.Create(
        [PublishedTrial.Read(new SourceText("mine.yaml", $$"""
            name: mine
            title: My cohort
            population: children-young-adults
            design: {product: cd19-41bb}
            results:
              - {quantity: {{quantity}}, cohort: all, {{numbers}}, citation: maude-2018, verified: true, role: {{role}}}
            """))],
        Library.Shipped);

    static double Logit(double p) => Math.Log(p / (1 - p));

    /// <summary>All of twelve is placed as twelve and a half of thirteen.</summary>
    [Theory]
    [InlineData("estimate: 1, patients: 12", 12.5)]
    [InlineData("estimate: 1, events: 12, patients: 12", 12.5)]
    [InlineData("estimate: 0, patients: 12", 0.5)]
    public void A_proportion_of_none_or_all_is_moved_by_half_a_patient(string numbers, double with)
    {
        Target target = Read(numbers).OrThrow().Targets[0];

        target.Place.ShouldBe(Logit(with / 13), 1e-12);
        target.Sd.ShouldBe(Math.Sqrt((1 / 0.5) + (1 / 12.5)), 1e-12);
    }

    [Fact]
    public void A_bound_of_0_or_1_is_moved_by_half_a_patient()
    {
        Read("estimate: 0.05, interval: [0, 0.2], patients: 40").OrThrow().Targets[0].Sd.ShouldBe((Logit(0.2) - Logit(0.5 / 41)) / (2 * 1.959963984540054), 1e-12);
        Read("estimate: 1, interval: [0.7, 1], patients: 12").OrThrow().Targets[0].Sd.ShouldBe((Logit(12.5 / 13) - Logit(0.7)) / (2 * 1.959963984540054), 1e-12);
    }

    [Theory]
    [InlineData("estimate: 0.05, interval: [0, 0.2]", "ND0403", "[0, 0.2]")]
    [InlineData("estimate: 0.9, interval: [0.8, 1]", "ND0403", "[0.8, 1]")]
    [InlineData("estimate: 0.5, interval: [0.5, 0.5]", "ND0432", "0.5 (0.5 to 0.5)")]
    public void An_interval_without_a_width_on_its_scale_is_an_issue_with_its_place(string numbers, string code, string found)
    {
        Issue issue = Read(numbers).Issues.ShouldHaveSingleItem();

        (issue.Code, issue.Location.Line, issue.Found).ShouldBe((code, 6, found));
    }

    [Theory]
    [InlineData("estimate: 0.9, at-least: 1", "crsAny")]
    [InlineData("estimate: 0.1, at-most: 0", "crsAny")]
    [InlineData("estimate: 2, at-least: -1", "medianEfs")]
    [InlineData("estimate: 0.5, at-least: 0.9, at-most: 0.2", "crsAny")]
    public void Bounds_that_allow_nothing_or_everything_are_an_issue(string numbers, string quantity) =>
        Read(numbers, quantity, "structural").Issues.ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => i.Code.ShouldBe("ND0431"), i => i.Location.Line.ShouldBe(6));

    [Fact]
    public void A_likelihood_refuses_an_estimate_without_a_place()
    {
        Target target = Read("estimate: 0.9, patients: 12").OrThrow().Targets[0];

        Should.Throw<ArgumentException>(() => SyntheticLikelihood.Of([target with { Result = target.Result with { Estimate = 1, Patients = null, Lower = 0.8, Upper = 0.95 } }], 0.1)).Message.ShouldContain("mine/crsGrade3");
    }
}
