using Nadir.Models;
using Nadir.Protocols;
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
              - {scale: leukaemia_cd19pos, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_cd19dim, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_cd19neg, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_mutated, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_spliced, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_switched, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_second_low, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_double_low, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_downregulated, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_masked, by: 1e-3, evidence: assumed, note: test}
              - {scale: leukaemia_reseeded, by: 1e-3, evidence: assumed, note: test}
              - {scale: normal-b-cells, by: 1e-3, evidence: assumed, note: test}
              - {scale: cart-populations, by: 0, evidence: assumed, note: test}
              - {change: graft_versus_leukaemia, set: 0.061, evidence: assumed, note: test}
              - {mortality: [{day: 100, probability: 0.044}, {day: 365, probability: 0.08}], evidence: assumed, note: test}
            evidence: []
        arms:
          - {name: none, product: cd19-41bb, strategies: [everyone]}
          - {name: sparing, product: cd19-41bb, strategies: [everyone, sparing]}
          - {name: reaching, product: cd19-41bb, strategies: [everyone, consolidative-transplant]}
        """;

    [Fact]
    public void Conditioning_that_reaches_the_sanctuary_leaves_fewer_relapses_than_one_that_spares_it()
    {
        TrialJob job = Trial.Job(Sparing, new TrialOverrides { With = ["sanctuary"] });
        ILookup<int, PatientRecord> arms = job.Plan.Records().ToLookup(r => r.Arm);
        ArmResult[] results = [.. Enumerable.Range(0, 3).Select(i => ArmEstimates.Of(job.Plan.Arms[i], Trial.Tally(arms[i].Select(r => r.Outcome))))];
        int[] fromSanctuary = [.. results.Select(r => r.Causes.Where(c => c.Seed == "sanctuary").Sum(c => c.Count))];
        int[] all = [.. results.Select(r => r.Causes.Sum(c => c.Count))];

        fromSanctuary[2].ShouldBeLessThan(fromSanctuary[1] * 9 / 10);
        all[2].ShouldBeLessThan(all[1]);
        // Known to fall short: where everybody has such a site, persisting CAR-T cells guard the marrow better than the assumed graft effect, so the strategy is not listed as countering it.
        fromSanctuary[2].ShouldBeGreaterThan(fromSanctuary[0]);
        Strategy.LoadShipped("consolidative-transplant").OrThrow().Counters.ShouldNotContain("sanctuary");
    }

    [Fact]
    public void The_group_that_conditioning_scales_has_every_population_of_leukaemia()
    {
        ModelPackage package = ModelPackage.LoadShipped("b-all").OrThrow();

        package.Parameters!.Readouts.Group("leukaemia-clones").Order(StringComparer.Ordinal)
            .ShouldBe(package.Model.Species.Select(s => s.Name).Where(n => n.StartsWith("leukaemia_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
