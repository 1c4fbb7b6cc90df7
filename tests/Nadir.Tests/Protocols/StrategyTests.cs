using Nadir.Documents;
using Nadir.Faults;
using Nadir.Protocols;
using Nadir.Tests.Models;

namespace Nadir.Tests.Protocols;

public class StrategyTests
{
    const string Good = """
        name: a-strategy
        title: A strategy
        trigger:
          visit: 28
          status: remission
          observed:
            - {assay: flow-mrd, is: below-limit}
        delay-to-day: 69
        still: remission
        timing: {evidence: assumed, note: n}
        actions:
          - {scale: leukaemia-clones, by: 1e-3, evidence: assumed, note: n}
          - {change: growth, set: 0.05, evidence: assumed, note: n}
          - {change: growth, multiply: 2, evidence: assumed, note: n}
          - {mortality: [{day: 100, probability: 0.04}, {day: 365, probability: 0.08}], evidence: measured, source: xu-2021}
        evidence: [xu-2021]
        """;

    static Checked<Strategy> Read(string yaml) => Strategy.Read(new SourceText("strategy.yaml", yaml));

    [Fact]
    public void A_good_file_is_read_whole()
    {
        Strategy strategy = Read(Good).OrThrow();

        StrategyRule rule = strategy.Rules.ShouldHaveSingleItem();
        rule.Trigger.ShouldSatisfyAllConditions(
            t => t.VisitDay.ShouldBe(28),
            t => t.Status.ShouldBe(PatientStatus.Remission),
            t => t.Observed.ShouldBe([new ObservedCondition("flow-mrd", ObservedComparison.BelowLimit)]));
        rule.Day.ShouldBe(69);
        rule.Actions[0].ShouldBeOfType<StrategyAction.ScaleSpecies>().Factor.ShouldBe(1e-3);
        rule.Actions[1].ShouldBeOfType<StrategyAction.SetParameter>().Value.ShouldBe(0.05);
        rule.Actions[2].ShouldBeOfType<StrategyAction.MultiplyParameter>().Factor.ShouldBe(2);
        strategy.Sources.Select(s => s.Key).ShouldBe(["xu-2021", "xu-2021"]);
    }

    [Theory]
    [InlineData(0.02, 50.0)]
    [InlineData(0.04, 100.0)]
    [InlineData(0.06, 232.5)]
    [InlineData(0.08, 365.0)]
    [InlineData(0.081, null)]
    [InlineData(0.5, null)]
    public void A_cumulative_risk_gives_the_day_of_death(double uniform, double? day)
    {
        double? found = ((StrategyAction.Mortality)Read(Good).OrThrow().Actions.Last()).DayOfDeath(uniform);

        (found is null).ShouldBe(day is null);
        (found ?? 0).ShouldBe(day ?? 0, 1e-9);
    }

    [Fact]
    public void A_strategy_for_another_model_is_refused_with_the_nearest_name()
    {
        Strategy strategy = Read(Good.Replace("growth", "grwoth").Replace("leukaemia-clones", "clones")).OrThrow();

        IReadOnlyList<Issue> issues = strategy.Check(SmallModel.Package());

        issues.Select(i => i.Code).ShouldBe(["ND0410", "ND0410", "ND0410"]);
        issues[1].Hint!.ShouldContain("\"growth\"");
        Read(Good).OrThrow().Check(SmallModel.Package()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("status: remission\n", "status: cured\n", "ND0025", 5)]
    [InlineData("is: below-limit", "is: negative", "ND0025", 7)]
    [InlineData("delay-to-day: 69", "delay-to-day: 20", "ND0406", 8)]
    [InlineData("delay-to-day: 69", "delay-to-day: tomorrow", "ND0022", 8)]
    [InlineData("visit: 28", "visit: -28", "ND0023", 4)]
    [InlineData("{scale: leukaemia-clones, by: 1e-3, ", "{", "ND0407", 12)]
    [InlineData("{scale: leukaemia-clones, by", "{scale: leukaemia-clones, change: growth, by", "ND0407", 12)]
    [InlineData("set: 0.05", "set: 0.05, multiply: 2", "ND0407", 13)]
    [InlineData("set: 0.05", "to: 0.05", "ND0021", 13)]
    [InlineData("by: 1e-3", "by: -1e-3", "ND0023", 12)]
    [InlineData("by: 1e-3, evidence: assumed, note: n", "by: 1e-3, evidence: assumed", "ND0306", 12)]
    [InlineData("evidence: measured, source: xu-2021", "evidence: measured", "ND0305", 15)]
    [InlineData("{day: 365, probability: 0.08}", "{day: 90, probability: 0.08}", "ND0408", 15)]
    [InlineData("{day: 365, probability: 0.08}", "{day: 365, probability: 0.03}", "ND0408", 15)]
    [InlineData("{day: 365, probability: 0.08}", "{day: 365, probability: 8}", "ND0023", 15)]
    [InlineData("[{day: 100, probability: 0.04}, {day: 365, probability: 0.08}]", "[]", "ND0408", 15)]
    [InlineData("still: remission", "sitll: remission", "ND0021", 9)]
    [InlineData("still: remission", "in-place-of: [cd19-41bb]\nstill: remission", "ND0407", 9)]
    [InlineData("still: remission", "in-place-of: []\ninstead: cd19-cd28\nstill: remission", "ND0407", 9)]
    [InlineData("still: remission", "needs: {cells: nkt}\nstill: remission", "ND0025", 9)]
    public void A_bad_file_is_refused(string good, string bad, string code, int line)
    {
        Good.ShouldContain(good);

        Checked<Strategy> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }
}
