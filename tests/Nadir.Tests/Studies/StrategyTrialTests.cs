using Nadir.Evidence;
using Nadir.Protocols;

namespace Nadir.Tests.Studies;

/// <summary>
/// Each strategy on the same patients: it changes what its evidence says, in that direction, and its costs appear. The source is named beside it, none where the direction is assumed; sizes are not compared, because the
/// published ones are observational or assumed.
/// </summary>
[Trait("Category", "Slow")]
public class StrategyTrialTests
{
    static readonly Setting _weak = new("target: weak_product, odds: 20");
    static readonly Setting _exhausted = new("target: weak_product, odds: 1", "exhaustion");
    static readonly Setting _rearranged = new("target: kmt2a_rearranged, set: 1");
    static readonly Setting _philadelphia = new("target: ph_positive, set: 1");
    static readonly Setting _dim = new("target: cd19_dim_clone, set: 1");
    static readonly Setting _resistant = new("target: resistant_leukaemia, set: 1");
    static readonly Setting _sanctuary = new("target: sanctuary_disease, odds: 10", "sanctuary");
    static readonly Setting _lowInCd22 = new("target: second_low_fraction, multiply: 1e6");
    static readonly Setting _cd22 = new("target: weak_product, odds: 1", null, "cd22-41bb");

    static readonly Expectation[] _all =
    [
        // Transplant: fewer relapses, and deaths and graft-versus-host disease.
        new("consolidative-transplant", "xu-2021", c => c.With.Relapse < c.Without.Relapse, c => Deaths(c) && c.With.Happened("acute graft") > 0 && c.With.Happened("chronic graft") > 0),
        new("mrd-guided-transplant", "pulsipher-2022", c => c.With.Relapse < c.Without.Relapse, c => c.With.Result.Transplanted is > 0 and < 200 && c.With.Happened("acute graft") > 0),
        new("early-transplant-kmt2a", "lamble-2023", c => c.With.Switched < c.Without.Switched, Deaths) { In = _rearranged },

        // A second target: fewer CD19-negative relapses; those by lost persistence stay. Two binders on one cell weaken both.
        new("coadministered-cd22", "cd79-bispecific", c => c.With.Negative < c.Without.Negative && c.With.Positive > 0.05, c => c.With.Negative > 0),
        new("sequential-cd22", "burkitt-sequential", c => c.With.Negative < c.Without.Negative, c => c.With.Happened("product not made") > 0),
        new("tandem-cd22", "cd79-bispecific", c => c.With.Negative < c.Without.Negative, c => c.With.Remission < c.Without.Remission),
        new("bicistronic-cd22", "cd79-bispecific", c => c.With.Negative < c.Without.Negative, c => c.With.Aplasia < c.Without.Aplasia && c.With.Remission < c.Without.Remission),
        new("tandem-cd20", "shah-2020", c => c.With.Negative < c.Without.Negative),
        new("dual-baffr", "baffr-2022", c => c.With.Negative < c.Without.Negative),
        new("cd123-for-kmt2a", "lamble-2023", c => c.With.Switched < c.Without.Switched, c => c.With.Happened("prolonged myelosuppression") > 0 && c.With.Happened("product not made") > 0) { In = _rearranged },
        new("target-switch", "pulsipher-2022", c => c.With.Negative < c.Without.Negative, c => c.With.Happened("product not made") > 0),
        new("mrd-guided-second-product", "pulsipher-2022", c => c.With.Negative < c.Without.Negative, c => c.With.Happened("product not made") > 0),
        new("blinatumomab-at-mrd", "wudhikarn-2021", c => c.With.Positive < c.Without.Positive, c => c.With.Negative >= c.Without.Negative),
        new("inotuzumab-at-mrd", "wudhikarn-2021", c => c.With.Relapse < c.Without.Relapse, c => LowInCd22(c.With) > LowInCd22(c.Without)) { In = _lowInCd22 },

        // After relapse or non-response: second remissions, not for all, and what came before is as without.
        new("cd22-after-failure", "fry-2018", c => Second(c.With) is > 0.2 and < 0.8 && c.With.EventFree > c.Without.EventFree - 0.05, c => c.With.Happened("product not made") > 0),
        new("cd22-after-failure-with-transplant", "pan-2019", c => Second(c.With) > 0.2 && c.With.Happened("done") > c.With.Result.SecondTreatment!.Patients, c => c.With.Happened("acute graft") > 0 && c.With.Result.Transplanted == 0),
        new("second-cd19-after-failure", "gauthier-2021", c => Second(c.With) is > 0.1 and < 0.4 && Second(Contrast.Of("cd22-after-failure", Setting.Reference).With) > Second(c.With)),
        new("inotuzumab-after-failure", "wudhikarn-2021", c => Second(c.With) > 0.2, c => LowInCd22(c.With) > 0 || c.With.Result.SecondTreatment!.Kept.At(365).Value < 0.5),
        new("blinatumomab-after-failure", "wudhikarn-2021", c => Second(c.With) > 0.2, c => c.With.Result.SecondTreatment!.Patients < c.With.Result.Patients - c.With.Result.Relapse.Sum(r => r.Count)),

        // Design of the product.
        new("humanised-binder", "turtle-2016", c => c.With.Aplasia > c.Without.Aplasia),
        new("cd28-costimulation", "majzner-2020", c => c.With.Negative < c.Without.Negative, c => c.With.Aplasia < c.Without.Aplasia && c.With.Severe > c.Without.Severe) { In = _dim },
        new("low-affinity-binder", "low-affinity-2022", c => c.With.Aplasia > c.Without.Aplasia && c.With.Severe < c.Without.Severe),
        new("defined-composition", "abramson-2020", c => c.With.Peak > c.Without.Peak && c.With.Severe < c.Without.Severe) { In = _weak },
        new("memory-enriched-product", "locke-2020", c => c.With.Remission > c.Without.Remission) { In = _exhausted },
        new("armoured-il18", null, c => c.With.Aplasia > c.Without.Aplasia && c.With.Positive < c.Without.Positive, c => c.With.Severe > c.Without.Severe),
        new("donor-derived-product", "donor-derived-2023", c => c.With.Remission > c.Without.Remission) { In = _weak },
        new("universal-cells", "gosh-universal", c => c.With.EarlyAplasia < c.Without.EarlyAplasia, c => c.With.EventFree < c.Without.EventFree),
        new("car-nk", "liu-2020", c => c.With.Severe == 0, c => c.With.Aplasia < c.Without.Aplasia),
        new("tet2-disruption", "prinzing-2021", c => c.With.Remission > c.Without.Remission) { In = _exhausted },
        new("decitabine-primed-cells", "decitabine-2021", c => c.With.Remission > c.Without.Remission) { In = _exhausted },
        new("antigen-boost", "finney-2019", c => c.With.Positive < c.Without.Positive),

        // Timing and conditioning.
        new("reinfusion-at-haematogones", "pulsipher-2022", c => c.With.EarlyAplasia > c.Without.EarlyAplasia, c => c.With.Happened("product not made") > 0),
        new("reinfusion-at-blood-b-cells", "pulsipher-2022", c => c.With.Positive < c.Without.Positive, c => c.With.Happened("product not made") > 0),
        new("second-infusion-at-mrd", "gauthier-2021", c => c.With.Positive < c.Without.Positive),
        new("intensified-lymphodepletion", "hirayama-2019", c => c.With.Aplasia > c.Without.Aplasia && c.With.Peak > c.Without.Peak),
        new("fludarabine-exposure-targeting", "fabrizio-2022", c => c.With.Aplasia > c.Without.Aplasia && c.With.Positive < c.Without.Positive),
        new("burden-adapted-split-dose", "turtle-2016", c => c.With.Severe < c.Without.Severe, c => c.With.Happened("done") > 300),
        new("bridging-chemotherapy", "dourthe-2021", c => c.With.Negative < c.Without.Negative && c.With.Severe < c.Without.Severe, c => c.With.Positive > c.Without.Positive && c.With.Peak < c.Without.Peak),
        new("cytoreduction-to-mrd", "dourthe-2021", c => c.With.Negative < c.Without.Negative, c => c.With.Positive > c.Without.Positive),
        new("bridging-radiotherapy", "bridging-rt-2024", c => c.With.Positive < c.Without.Positive) { In = _sanctuary },
        new("bridging-blinatumomab", "pillai-2019", c => c.With.Peak < c.Without.Peak, c => c.With.Negative > Contrast.Of("bridging-chemotherapy", Setting.Reference).With.Negative),
        new("bridging-inotuzumab", "cibmtr-2025", c => c.With.Negative < c.Without.Negative, c => c.With.Aplasia < c.Without.Aplasia),

        // Drugs.
        new("pd1-blockade", "maude-2017", c => c.With.Remission > c.Without.Remission, c => c.With.Happened("neutropenia") > 0) { In = _exhausted },
        new("ibrutinib", "gauthier-2020", c => c.With.Severe < c.Without.Severe && c.With.Cytokine < c.Without.Cytokine && c.With.EventFree == c.Without.EventFree && c.With.Peak == c.Without.Peak),
        new("dasatinib-rest", "weber-2021", c => c.With.EarlyAplasia > c.Without.EarlyAplasia, c => c.With.Remission < c.Without.Remission) { In = _exhausted },
        new("bryostatin-1", "ramakrishna-2019", c => c.With.Remission > c.Without.Remission) { In = _cd22 },
        new("epigenetic-antigen-upregulation", "decitabine-2021", c => c.With.Negative < c.Without.Negative && c.With.Remission > c.Without.Remission) { In = _dim },
        new("tki-maintenance", "maintenance-2025", c => c.With.Relapse < c.Without.Relapse) { In = _philadelphia },
        new("maintenance-chemotherapy", "maintenance-2025", c => c.With.Positive < c.Without.Positive),
        new("death-receptor-sensitiser", "singh-2020", c => c.With.Remission > c.Without.Remission) { In = _resistant },
    ];

    public static TheoryData<string> Names => [.. _all.Select(e => e.Strategy)];

    static bool Deaths(Contrast c) => c.With.Result.DeathInRemission.At(730).Value > c.Without.Result.DeathInRemission.At(730).Value;

    static double Second(ContrastArm arm) => arm.Result.SecondTreatment!.Remission.Value;

    /// <summary>Relapses from cells that lack the second antigen and carry CD19.</summary>
    static int LowInCd22(ContrastArm arm) => arm.Records.Count(r => r.Outcome.RelapseCause is { Mechanism: "pre-existing-negative-clone" } c && c.Species == "leukaemia_second_low");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_changes_what_its_evidence_says_and_costs_what_it_costs(string name)
    {
        Expectation expected = _all.Single(e => e.Strategy == name);
        Contrast contrast = Contrast.Of(name, expected.In);

        contrast.With.Result.FailedPatients.ShouldBe(0);
        expected.Effect(contrast).ShouldBeTrue($"effect of {name} ({expected.Citation ?? "assumed"}): without {Numbers(contrast.Without)}; with {Numbers(contrast.With)}");
        expected.Cost?.Invoke(contrast).ShouldBeTrue($"cost of {name}: without {Numbers(contrast.Without)}; with {Numbers(contrast.With)}");
    }

    [Fact]
    public void Every_strategy_that_applies_is_here_with_a_source_that_it_names()
    {
        _all.Select(e => e.Strategy).Order(StringComparer.Ordinal)
            .ShouldBe(Strategy.ShippedNames.Where(n => Strategy.LoadShipped(n).OrThrow().NotApplicable is null));
        CitationTable citations = CitationTable.LoadShipped().OrThrow();
        Expectation[] cited = [.. _all.Where(e => e.Citation is not null)];
        cited.ShouldAllBe(e => citations.Find(e.Citation!) != null);
        cited.Where(e => citations.Find(e.Citation!)!.IsHeld).Select(e => e.Strategy).ShouldBeEmpty("the outcome of a held source says no direction");
        _all.Where(e => e.Citation is null).Select(e => e.Strategy).ShouldBe(["armoured-il18"]);
        cited.Where(e => !Strategy.LoadShipped(e.Strategy).OrThrow().Sources.Any(s => s.Key == e.Citation)).Select(e => e.Strategy).ShouldBeEmpty();
    }

    static string Numbers(ContrastArm a) => FormattableString.Invariant(
        $"remission {a.Remission:F3}, relapse {a.Relapse:F3} (positive {a.Positive:F3}, negative {a.Negative:F3}, switch {a.Switched:F3}), aplasia {a.EarlyAplasia:F3} and {a.Aplasia:F3}, EFS {a.EventFree:F3}, peak {a.Peak:F0}, IL-6 {a.Cytokine:F2}, severe {a.Severe:F3}, {string.Join(", ", a.Result.Happenings.Select(h => $"{h.What} {h.Count}"))}");

    sealed record Expectation(string Strategy, string? Citation, Func<Contrast, bool> Effect, Func<Contrast, bool>? Cost = null)
    {
        public Setting In { get; init; } = Setting.Reference;
    }
}
