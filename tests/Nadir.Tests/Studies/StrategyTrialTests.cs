using Nadir.Evidence;
using Nadir.Protocols;

namespace Nadir.Tests.Studies;

/// <summary>
/// Each strategy on the same patients: it changes what its evidence says, in that direction and by more than two and a half standard errors of the paired difference, and its costs appear, every toxicity of its file among them. The source is named beside it, none where the direction is assumed; sizes are not compared, because the
/// published ones are observational or assumed.
/// </summary>
[Trait("Category", "Slow")]
public class StrategyTrialTests
{
    static readonly Setting _many = Setting.Reference with { Patients = 4 * Contrast.Patients };
    static readonly Setting _weak = new("target: weak_product, odds: 20");
    static readonly Setting _exhausted = new("target: weak_product, odds: 1", "exhaustion");
    static readonly Setting _rearranged = new("target: kmt2a_rearranged, set: 1");
    static readonly Setting _philadelphia = new("target: ph_positive, set: 1");
    static readonly Setting _dim = new("target: cd19_dim_clone, set: 1");
    static readonly Setting _resistant = new("target: resistant_leukaemia, set: 1");
    static readonly Setting _sanctuary = new("target: sanctuary_disease, odds: 10", "sanctuary");
    static readonly Setting _lowInCd22 = new("target: second_low_fraction, multiply: 1e6");
    static readonly Setting _cd22 = new("target: weak_product, odds: 1", null, "cd22-41bb");
    static readonly Setting _oneAntigen = new("target: second_antigen_density_normal, set: 1");
    static readonly Setting _denseInCd22 = new("target: second_antigen_density_normal, set: 1e5", null, "cd22-41bb");

    static readonly Expectation[] _all =
    [
        // Transplant: fewer relapses, and deaths and graft-versus-host disease.
        new("consolidative-transplant", "xu-2021", c => c.Falls(Reading.Relapse), c => Deaths(c) && c.With.Happened("acute graft") > 0 && c.With.Happened("chronic graft") > 0),
        new("mrd-guided-transplant", "pulsipher-2022", c => c.Falls(Reading.Relapse), c => c.With.Result.Transplanted is > 0 and < Contrast.Patients / 2 && c.With.Happened("acute graft") > 0),
        new("transplant-at-b-cell-recovery", "maintenance-2025", c => c.Falls(Reading.Positive), c => c.Rises(Reading.DeathInRemission) && c.With.Result.Transplanted is > 0 and < Contrast.Patients / 2),
        new("early-transplant-kmt2a", "xu-2021", c => c.Falls(Reading.Relapse) && c.Falls(Reading.Switched), Deaths) { In = _rearranged },

        // A second target: fewer CD19-negative relapses; those by lost persistence stay. Two binders on one cell weaken both.
        new("coadministered-cd22", "cd79-bispecific", c => c.Falls(Reading.Negative) && c.With.Mean(Reading.Negative) > 0 && c.With.Mean(Reading.Positive) > 0.05),
        new("sequential-cd22", "burkitt-sequential", c => c.Falls(Reading.Negative) && c.Falls(Reading.Positive), c => c.With.Happened("product not made") > 0),
        new("tandem-cd22", "cd79-bispecific", c => c.Falls(Reading.Negative), c => c.Falls(Reading.Remission)),
        new("bicistronic-cd22", "cd79-bispecific", c => c.Falls(Reading.Negative), c => c.Falls(Reading.Peak) && After("tandem-cd22", c).Falls(Reading.Aplasia)),
        new("tandem-cd20", "shah-2020", c => c.Falls(Reading.Negative), c => c.Falls(Reading.Remission)),
        new("dual-baffr", "baffr-2022", c => c.Falls(Reading.Negative), c => Contrast.Of("dual-baffr", _oneAntigen).Falls(Reading.Remission)),
        new("cd123-for-kmt2a", null, c => c.Falls(Reading.Switched), c => c.With.Happened("prolonged myelosuppression") > 0 && c.With.Happened("product not made") > 0) { In = _rearranged },
        new("target-switch", "pulsipher-2022", c => c.Falls(Reading.Negative), c => c.With.Happened("product not made") > 0),
        new("mrd-guided-second-product", "pulsipher-2022", c => c.Falls(Reading.Negative), c => c.With.Happened("product not made") > 0),
        new("blinatumomab-at-mrd", "wudhikarn-2021", c => c.Falls(Reading.Positive), c => c.Rises(Reading.Negative) && After("inotuzumab-at-mrd", c).Rises(Reading.Negative)),
        new("inotuzumab-at-mrd", "wudhikarn-2021", c => c.Falls(Reading.Relapse), c => LowInCd22(Contrast.Of("inotuzumab-at-mrd", _lowInCd22)) is var (without, with) && with > without),

        // After relapse or non-response: second remissions, not for all, and what came before is as without.
        new("cd22-after-failure", "fry-2018", c => Second(c.With) is > 0.3 and < 0.8 && c.With.Result.SecondTreatment!.Morphologic.Value is > 0.48 and < 0.85 && c.With.Mean(Reading.EventFree) > c.Without.Mean(Reading.EventFree) - 0.05, c => c.With.Happened("product not made") > 0),
        new("cd22-after-failure-with-transplant", "pan-2019", c => Second(c.With) > 0.2 && c.With.Happened("done") > c.With.Result.SecondTreatment!.Patients, c => c.With.Happened("acute graft") > 0 && c.With.Result.Transplanted == 0),
        new("second-cd19-after-failure", "gauthier-2021", c => Second(c.With) is > 0.1 and < 0.4 && Second(Contrast.Of("cd22-after-failure", Setting.Reference).With) > Second(c.With), c => c.With.Mean(Reading.Severe) > c.Without.Mean(Reading.Severe)),
        new("inotuzumab-after-failure", "wudhikarn-2021", c => Second(c.With) > 0.2, c => LowInCd22(c.With) > 0 || c.With.Result.SecondTreatment!.Kept.At(365).Value < 0.5),
        new("blinatumomab-after-failure", "wudhikarn-2021", c => Second(c.With) > 0.2, c => c.With.Result.SecondTreatment!.Patients < c.With.Result.Patients - c.With.Result.Relapse.Sum(r => r.Count)),

        // Design of the product.
        new("humanised-binder", "turtle-2016", c => c.Rises(Reading.Aplasia)),
        // Later aplasia is no reading of persistence here: with a dim clone in everybody fewer relapses keep more patients in it. ProductTrialTests asks for it without the clone.
        new("cd28-costimulation", "majzner-2020", c => c.Falls(Reading.Negative), c => c.Falls(Reading.EarlyAplasia) && c.Rises(Reading.Severe)) { In = _dim },
        new("low-affinity-binder", "low-affinity-2022", c => c.Rises(Reading.Aplasia) && c.Falls(Reading.Severe)),
        new("defined-composition", "abramson-2020", c => c.Rises(Reading.Peak) && c.Falls(Reading.Severe)) { In = _weak },
        new("memory-enriched-product", "locke-2020", c => c.Rises(Reading.Remission)) { In = _exhausted },
        new("armoured-il18", null, c => c.Rises(Reading.Aplasia) && c.Falls(Reading.Positive), c => c.Rises(Reading.Severe)),
        new("donor-derived-product", "donor-derived-2023", c => c.Rises(Reading.Remission)) { In = _weak },
        new("universal-cells", "gosh-universal", c => c.InRemission.Rises(Reading.BCellsBack), c => c.Falls(Reading.EventFree)),
        new("car-nk", "liu-2020", c => c.With.Mean(Reading.Severe) == 0, c => c.InRemission.Rises(Reading.BCellsBack)),
        new("tet2-disruption", "prinzing-2021", c => c.Rises(Reading.Remission)) { In = _exhausted },
        // Beside cells that are made to last as well, what is left is the density of a dim clone.
        new("decitabine-primed-cells", "decitabine-2021", c => c.Rises(Reading.Remission) && new Contrast(Contrast.Of("tet2-disruption", _dim).With, Contrast.Of("decitabine-primed-cells", _dim).With).Rises(Reading.Remission)) { In = _exhausted },
        new("antigen-boost", null, c => c.Rises(Reading.EarlyAplasia) && c.Falls(Reading.Relapse)) { In = _many },

        // Timing and conditioning.
        new("reinfusion-at-haematogones", null, c => c.Rises(Reading.EarlyAplasia), c => c.With.Happened("product not made") > 0),
        new("reinfusion-at-blood-b-cells", null, c => c.Falls(Reading.Positive), c => c.With.Happened("product not made") > 0),
        new("second-infusion-at-mrd", "gauthier-2021", c => c.Falls(Reading.Positive), c => c.With.Happened("product not made") > 0),
        new("intensified-lymphodepletion", "hirayama-2019", c => c.Rises(Reading.Aplasia) && c.Rises(Reading.Peak)),
        new("fludarabine-exposure-targeting", "fabrizio-2022", c => c.Rises(Reading.Aplasia) && c.Falls(Reading.Positive)),
        new("burden-adapted-split-dose", "turtle-2016", c => c.Falls(Reading.Severe), c => c.With.Happened("done") > Contrast.Patients),
        new("bridging-chemotherapy", "dourthe-2021", c => c.Falls(Reading.Negative) && c.Falls(Reading.Severe), c => c.Rises(Reading.Positive) && c.Falls(Reading.Peak)),
        new("cytoreduction-to-mrd", "dourthe-2021", c => c.Falls(Reading.Negative) && c.Rises(Reading.EventFree), c => c.Rises(Reading.Positive)),
        new("bridging-radiotherapy", "bridging-rt-2024", c => c.Falls(Reading.Positive)) { In = _sanctuary },
        new("bridging-blinatumomab", "pillai-2019", c => c.Falls(Reading.Peak), c => After("bridging-chemotherapy", c).Rises(Reading.Negative)),
        new("bridging-inotuzumab", null, c => c.Falls(Reading.Negative), c => c.Falls(Reading.Peak) && c.Rises(Reading.Positive)) { In = _many },

        // Drugs.
        new("pd1-blockade", "maude-2017", c => c.Rises(Reading.Remission), c => c.With.Happened("neutropenia") > 0) { In = _exhausted },
        new("ibrutinib", "gauthier-2020", c => c.Falls(Reading.Severe) && c.Falls(Reading.Cytokine) && c.Shift(Reading.EventFree) == 0 && c.Shift(Reading.Peak) == 0),
        new("dasatinib-rest", "weber-2021", c => c.Falls(Reading.Exhausted), c => c.Falls(Reading.Remission)) { In = _exhausted },
        new("bryostatin-1", "ramakrishna-2019", c => c.Rises(Reading.Remission), c => Contrast.Of("bryostatin-1", _denseInCd22).Falls(Reading.Remission)) { In = _cd22 },
        new("epigenetic-antigen-upregulation", "decitabine-2021", c => c.Rises(Reading.Remission) && c.Rises(Reading.EventFree)) { In = _dim },
        new("tki-maintenance", "maintenance-2025", c => c.Falls(Reading.Relapse)) { In = _philadelphia },
        new("maintenance-chemotherapy", "maintenance-2025", c => c.Falls(Reading.Positive)),
        new("death-receptor-sensitiser", "singh-2020", c => c.Rises(Reading.Remission)) { In = _resistant },
    ];

    public static TheoryData<string> Names => [.. _all.Select(e => e.Strategy)];

    static IEnumerable<StrategyAction.Toxicity> Toxicities(Strategy strategy) => strategy.Rules.SelectMany(r => r.Actions).OfType<StrategyAction.Toxicity>();

    static bool Deaths(Contrast c) => c.Rises(Reading.DeathInRemission);

    static double Second(ContrastArm arm) => arm.Result.SecondTreatment!.Remission.Value;

    /// <summary>Another strategy's patients before, these after.</summary>
    static Contrast After(string other, Contrast c) => new(Contrast.Of(other, Setting.Reference).With, c.With);

    static (int Without, int With) LowInCd22(Contrast c) => (LowInCd22(c.Without), LowInCd22(c.With));

    /// <summary>Relapses from cells that lack the second antigen and carry CD19.</summary>
    static int LowInCd22(ContrastArm arm) => arm.Records.Count(r => r.Outcome.RelapseCause is { Mechanism: "pre-existing-negative-clone" } c && c.Species == "leukaemia_second_low");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_strategy_changes_what_its_evidence_says_and_costs_what_it_costs(string name)
    {
        Expectation expected = _all.Single(e => e.Strategy == name);
        Contrast contrast = Contrast.Of(name, expected.In);

        contrast.With.Result.FailedPatients.ShouldBe(0);
        expected.Effect(contrast).ShouldBeTrue($"effect of {name} ({expected.Citation ?? "assumed"}): {Numbers(contrast)}");
        expected.Cost?.Invoke(contrast).ShouldBeTrue($"cost of {name}: {Numbers(contrast)}");
        foreach (StrategyAction.Toxicity toxicity in Toxicities(Strategy.LoadShipped(name).OrThrow()))
        {
            contrast.With.Happened(toxicity.Name).ShouldBeGreaterThan(0, $"{toxicity.Name}: {Numbers(contrast)}");
        }
    }

    /// <summary>Cells without CD19 are no target of the drug, so it selects them (Pillai 2019); chemotherapy kills every clone alike.</summary>
    [Fact]
    public void Blinatumomab_before_the_infusion_spares_switched_cells_that_chemotherapy_kills()
    {
        Contrast blinatumomab = Contrast.Of("bridging-blinatumomab", _rearranged);
        Contrast chemotherapy = Contrast.Of("bridging-chemotherapy", _rearranged);

        blinatumomab.Falls(Reading.Switched).ShouldBeFalse(Numbers(blinatumomab));
        new Contrast(chemotherapy.With, blinatumomab.With).Rises(Reading.Switched).ShouldBeTrue(Numbers(blinatumomab));
    }

    /// <summary>Tandem and bicistronic CARs were weaker than one binder against tumours with one antigen, and pooled products were not (cd79-bispecific): here against leukaemia without CD22.</summary>
    [Theory]
    [InlineData("tandem-cd22")]
    [InlineData("bicistronic-cd22")]
    public void Two_binders_on_one_cell_are_weaker_than_two_products_against_leukaemia_with_one_antigen(string strategy)
    {
        Contrast pooled = Contrast.Of("coadministered-cd22", _oneAntigen);
        Contrast both = Contrast.Of(strategy, _oneAntigen);

        both.Falls(Reading.Remission).ShouldBeTrue(Numbers(both));
        // The second product takes space and cytokines from the first: two points of remission.
        (pooled.With.Mean(Reading.Remission) - pooled.Without.Mean(Reading.Remission)).ShouldBeGreaterThan(-0.04, Numbers(pooled));
        new Contrast(pooled.With, both.With).Falls(Reading.Remission).ShouldBeTrue(Numbers(both));
    }

    /// <summary>One patient had a blast transduced during manufacture (Ruella 2018): it carries every binder of its product, and healthy donors have none.</summary>
    [Fact]
    public void A_masked_blast_hides_from_both_binders_of_its_product_and_comes_with_no_donor()
    {
        Setting masked = new("target: weak_product, odds: 1", "epitope-masking");
        static int Masked(ContrastArm arm) => arm.Records.Count(r => r.Outcome.RelapseCause?.Mechanism == "epitope-masking");
        Contrast tandem = Contrast.Of("tandem-cd22", masked);

        Masked(tandem.Without).ShouldBeGreaterThan(50);
        (Masked(tandem.With) / (double)Masked(tandem.Without)).ShouldBeInRange(0.6, 1.6);
        Masked(Contrast.Of("coadministered-cd22", masked).With).ShouldBeLessThan(Masked(tandem.Without) / 2);
        Masked(Contrast.Of("donor-derived-product", masked).With).ShouldBe(0);
        Masked(Contrast.Of("universal-cells", masked).With).ShouldBe(0);
        Masked(Contrast.Of("car-nk", masked).With).ShouldBe(0);
    }

    /// <summary>8 of 97 products failed (Grupp 2018): about twice as many where two are made, and, as assumed, where the cells are rare.</summary>
    [Fact]
    public void Manufacture_fails_more_often_where_two_products_or_rare_cells_are_needed()
    {
        const string study = """
            nadir: 1
            title: Manufacture
            model: b-all
            patients: {count: 1500, population: children-young-adults}
            design: randomised
            horizon: 1 months
            arms:
              - {name: one, product: cd19-41bb}
              - {name: two, product: cd19-41bb, strategies: [coadministered-cd22]}
              - {name: memory, product: cd19-41bb, strategies: [memory-enriched-product]}
            conduct: {before-infusion: {days: 45, dies: 0.001}}
            analysis: {endpoint: EFS, arm: two}
            visits: [28]
            """;

        int[] notMade = [.. Trial.Job(study).Result().Conducted!.Flow.Select(f => f.NotMade)];

        // 0.082 against 0.157 and 0.15: six standard errors of the difference, 17, apart.
        notMade[1].ShouldBeGreaterThan(notMade[0] + 45);
        notMade[2].ShouldBeGreaterThan(notMade[0] + 45);
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
        _all.Where(e => e.Citation is null).Select(e => e.Strategy).ShouldBe(["cd123-for-kmt2a", "armoured-il18", "antigen-boost", "reinfusion-at-haematogones", "reinfusion-at-blood-b-cells", "bridging-inotuzumab"]);
        cited.Where(e => !Strategy.LoadShipped(e.Strategy).OrThrow().Sources.Any(s => s.Key == e.Citation)).Select(e => e.Strategy).ShouldBeEmpty();
    }

    static string Numbers(Contrast c) => string.Join("; ", Reading.All.Select(r => FormattableString.Invariant($"{r.Name} {c.Without.Mean(r):F3} to {c.With.Mean(r):F3}, {c.Shift(r):F1} SE")))
        + "; " + string.Join(", ", c.With.Result.Happenings.Select(h => $"{h.What} {h.Count}"));

    sealed record Expectation(string Strategy, string? Citation, Func<Contrast, bool> Effect, Func<Contrast, bool>? Cost = null)
    {
        public Setting In { get; init; } = Setting.Reference;
    }
}
