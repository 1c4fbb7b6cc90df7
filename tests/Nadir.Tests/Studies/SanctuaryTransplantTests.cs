using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Transplant where every patient has leukaemia in a sanctuary, against none and against one whose conditioning spares the site.</summary>
[Trait("Category", "Slow")]
public class SanctuaryTransplantTests
{
    const string Sparing = """
        nadir: 1
        title: Transplant and sanctuary
        model: b-all
        patients: {count: 300, population: children-young-adults}
        horizon: 24 months
        policies:
          - {name: everyone, title: all have a sanctuary, changes: [{target: sanctuary_disease, set: 1, evidence: assumed, note: test}], evidence: []}
          - name: sparing
            title: Transplant whose conditioning spares the sanctuary
            transplant: true
            trigger: {visit: 28, status: remission, observed: [{assay: flow-mrd, is: below-limit}]}
            delay-to-day: 69
            still: remission
            timing: {evidence: assumed, note: test}
            actions:
              - {scale: leukaemia-clones, by: 1e-3, evidence: assumed, note: test}
              - {scale: normal-b-cells, by: 1e-3, evidence: assumed, note: test}
              - {scale: cart-populations, by: 0, evidence: assumed, note: test}
              - {change: graft_versus_leukaemia, set: 0.05, evidence: assumed, note: test}
              - {mortality: [{day: 100, probability: 0.044}, {day: 365, probability: 0.08}], evidence: assumed, note: test}
            evidence: []
        arms:
          - {name: none, product: cd19-41bb, strategies: [everyone]}
          - {name: sparing, product: cd19-41bb, strategies: [everyone, sparing]}
          - {name: reaching, product: cd19-41bb, strategies: [everyone, consolidative-transplant]}
        """;

    [Fact]
    public void Conditioning_reaches_the_sanctuary_and_relapse_in_all_falls_though_not_that_from_the_sanctuary()
    {
        TrialJob job = Trial.Job(Sparing, new TrialOverrides { With = ["sanctuary"] });
        ILookup<int, PatientRecord> arms = job.Plan.Records().ToLookup(r => r.Arm);
        ArmResult[] results = [.. Enumerable.Range(0, 3).Select(i => ArmEstimates.Of(job.Plan.Arms[i], Trial.Tally(arms[i].Select(r => r.Outcome))))];
        int[] fromSanctuary = [.. results.Select(r => r.Causes.Where(c => c.Seed == "sanctuary").Sum(c => c.Count))];
        int[] all = [.. results.Select(r => r.Causes.Sum(c => c.Count))];

        fromSanctuary[2].ShouldBeLessThan(fromSanctuary[1] * 9 / 10);
        all[2].ShouldBeLessThan(all[1]);
        all[2].ShouldBeLessThan(all[0]);
        // Known to fall short: persisting CAR-T cells guard the marrow better than the assumed graft effect, so the strategy is not listed as countering it.
        fromSanctuary[2].ShouldBeGreaterThan(fromSanctuary[0]);
        Nadir.Protocols.Strategy.LoadShipped("consolidative-transplant").OrThrow().Counters.ShouldNotContain("sanctuary");
    }

    [Theory]
    [InlineData("consolidative-transplant")]
    [InlineData("mrd-guided-transplant")]
    [InlineData("early-transplant-kmt2a")]
    public void Every_transplant_conditions_the_sanctuary_as_it_does_the_clones(string name)
    {
        string text = Nadir.Documents.ShippedLibrary.Read($"library/strategies/{name}.yaml").Text;

        text.ShouldContain("{scale: leukaemia-clones, by: 1e-3,");
        text.ShouldContain("{scale: leukaemia_sanctuary, by: 1e-3,");
    }
}
