using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

/// <summary>Results that cannot hold together are refused with both places; those that can are not.</summary>
public class TargetAgreementTests
{
    static string Trial(string name, params string[] results) => $$"""
        name: {{name}}
        title: My cohort
        population: children-young-adults
        design: {product: cd19-41bb}
        results:

        """ + string.Join('\n', results.Select(r => $"  - {{{r}, cohort: all, citation: maude-2018, verified: true}}"));

    static IReadOnlyList<Issue> Issues(params string[] results) => TargetSet.Create([PublishedTrial.Read(new SourceText("mine.yaml", Trial("mine", results)))], Library.Shipped).Issues;

    static string Fitted(string quantity, double estimate) => FormattableString.Invariant($"quantity: {quantity}, estimate: {estimate}, patients: 100, role: calibration");

    static string AtLeast(string quantity, double bound) => FormattableString.Invariant($"quantity: {quantity}, estimate: {bound}, at-least: {bound}, role: structural");

    static string AtMost(string quantity, double bound) => FormattableString.Invariant($"quantity: {quantity}, estimate: {bound}, at-most: {bound}, role: structural");

    public static TheoryData<string, string, string> Contradictions { get; } = new()
    {
        { Fitted("efs, month: 12", 0.9), Fitted("os, month: 12", 0.4), "event-free survival that is not above survival" },
        { Fitted("os, month: 6", 0.4), Fitted("efs, month: 12", 0.9), "event-free survival that is not above survival" },
        { Fitted("rfs, month: 6", 0.2), Fitted("rfs, month: 12", 0.5), "a survival curve that does not rise" },
        { Fitted("rfs, month: 12", 0.5), Fitted("rfs, month: 6", 0.2), "a survival curve that does not rise" },
        { Fitted("cir, month: 6", 0.6), Fitted("cir, month: 12", 0.2), "an incidence that does not fall" },
        { Fitted("cir, month: 6", 0.7), Fitted("rfs, month: 12", 0.7), "shares with and without a relapse that sum to 1 at most" },
        { Fitted("relapseShareCd19Positive", 0.8), Fitted("relapseShareCd19Negative", 0.8), "shares that sum to 1 at most" },
        { Fitted("crsGrade3", 0.7), Fitted("crsAny", 0.3), "\"crsGrade3\" that is not above \"crsAny\"" },
        { AtLeast("crsAny", 0.9), AtMost("crsAny", 0.2), "intervals that meet" },
        { AtMost("crsAny", 0.2), Fitted("crsAny", 0.9), "intervals that meet" },
        { Fitted("efs, month: 12", 0.2), AtLeast("efs, month: 24", 0.6), "a survival curve that does not rise" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Results_that_cannot_hold_together_are_an_issue_with_both_places(string first, string second, string expected)
    {
        Issue issue = Issues(first, second).ShouldHaveSingleItem();

        (issue.Code, issue.Location.Line, issue.Expected, issue.Hint).ShouldBe(("ND0435", 7, expected, "leave the role of one out"));
        issue.Message.ShouldContain("(mine.yaml:6:");
        issue.Found!.Split("; ").Length.ShouldBe(2);
    }

    [Fact]
    public void Three_results_are_compared_in_pairs()
    {
        IReadOnlyList<Issue> issues = Issues(Fitted("rfs, month: 12", 0.5), Fitted("rfs, month: 24", 0.45), Fitted("rfs, month: 36", 0.9));

        issues.Select(i => i.Location.Line).ShouldBe([8, 8]);
    }

    [Fact]
    public void Three_shares_are_added_up() =>
        Issues(Fitted("relapseShareCd19Positive", 0.45), Fitted("relapseShareCd19Negative", 0.5), Fitted("relapseShareLineageSwitch", 0.5)).ShouldHaveSingleItem().Found!.Split("; ").Length.ShouldBe(3);

    [Theory]
    [InlineData(0.5, 0.55, 0.5)]
    [InlineData(0.6, 0.5, 0.9)]
    public void Results_that_can_hold_together_within_their_intervals_are_targets(double efs, double later, double survival) =>
        Issues(Fitted("efs, month: 12", efs), Fitted("efs, month: 24", later), Fitted("os, month: 12", survival), Fitted("os, month: 36", survival), Fitted("rfs, month: 12", 0.95)).ShouldBeEmpty();

    /// <summary>What is predicted contradicts nothing, and two studies may differ; a bound is kept by all of a virtual cohort.</summary>
    [Fact]
    public void Studies_may_differ_from_each_other_and_not_from_a_bound_of_their_virtual_cohort()
    {
        static IReadOnlyList<Issue> Two(string one, string two) => TargetSet.Create(
            [PublishedTrial.Read(new SourceText("one.yaml", Trial("one", one))), PublishedTrial.Read(new SourceText("two.yaml", Trial("two", two)))], Library.Shipped).Issues;

        Two(Fitted("crsAny", 0.2), Fitted("crsAny", 0.9)).ShouldBeEmpty();
        Two(Fitted("crsAny", 0.2), AtLeast("crsAny", 0.9)).ShouldHaveSingleItem().Message.ShouldContain("(one.yaml:6:");
        Issues(Fitted("crsAny", 0.2), Fitted("crsAny", 0.9).Replace(", role: calibration", "", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
