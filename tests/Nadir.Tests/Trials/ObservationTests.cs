using Nadir.Endpoints;
using Nadir.Studies;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>What the library's assays show of virtual patients.</summary>
public class ObservationTests
{
    const string Study = """
        nadir: 1
        title: All assays
        model: b-all
        patients: {count: 150, population: children-young-adults}
        horizon: 24 months
        assays: [ngs-mrd, cd19-flow, cd19-negative-flow, lineage-flow, marrow-haematogones, cart-flow, il-6, ferritin]
        visits: [7, 14, 28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]
        arms:
          - {name: only, product: cd19-41bb}
        """;

    static readonly Lazy<IReadOnlyList<PatientRecord>> _records = new(() => Trial.Job(Study).Plan.Records());

    static IEnumerable<Observation> Of(PatientRecord record, string assay) => record.Observations.Where(o => o.Assay == assay);

    [Fact]
    public void Sequencing_finds_disease_that_flow_does_not_and_seldom_the_other_way_round()
    {
        (bool Flow, bool Ngs)[] pairs = [.. _records.Value.SelectMany(r => Of(r, "flow-mrd").Zip(Of(r, "ngs-mrd")).Select(p => (!p.First.BelowLimit, !p.Second.BelowLimit)))];

        pairs.Count(p => p is { Ngs: true, Flow: false }).ShouldBeGreaterThan(50);
        pairs.Count(p => p is { Ngs: false, Flow: true }).ShouldBe(0);
    }

    [Fact]
    public void Haematogones_come_back_before_blood_b_cells()
    {
        int earlier = 0;
        int later = 0;
        foreach (PatientRecord record in _records.Value.Where(r => r.Outcome.BCellRecoveryDay is not null))
        {
            double? marrow = Of(record, "marrow-haematogones").Where(o => o.Day >= 28 && !o.BelowLimit && o.Value >= 1e-5).Select(o => (double?)o.Day).FirstOrDefault();
            earlier += marrow < record.Outcome.BCellRecoveryDay ? 1 : 0;
            later += marrow > record.Outcome.BCellRecoveryDay ? 1 : 0;
        }

        earlier.ShouldBeGreaterThan(4 * later);
        earlier.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Cytokines_peak_early_and_fall()
    {
        double Mean(string assay, double day) => _records.Value.SelectMany(r => Of(r, assay).Where(o => o.Day == day)).Average(o => Math.Log(o.Value));

        Mean("il-6", 7).ShouldBeGreaterThan(Mean("il-6", 28) + 1);
        Mean("ferritin", 7).ShouldBeGreaterThan(Mean("ferritin", 60));
    }

    [Fact]
    public void Flow_needs_blasts_to_tell_a_phenotype()
    {
        foreach (PatientRecord record in _records.Value)
        {
            foreach ((Observation cd19, Observation blasts) in Of(record, "cd19-flow").Zip(Of(record, "ngs-mrd")))
            {
                if (blasts.Value < 3e-5)
                {
                    cd19.BelowLimit.ShouldBeTrue();
                }
            }
        }
    }

    [Fact]
    public void The_phenotype_that_flow_shows_is_nearly_always_that_of_the_cells()
    {
        TrialPlan seen = Trial.Job(Study, 400).Plan;
        TrialPlan true_ = seen with { Assays = seen.Assays with { Phenotyping = null } };
        (Phenotype? Seen, Phenotype? True)[] pairs = [.. seen.Records().Zip(true_.Records()).Select(p => (p.First.Outcome.RelapsePhenotype, p.Second.Outcome.RelapsePhenotype))];

        pairs.Count(p => p.Seen is not null).ShouldBeGreaterThan(100);
        pairs.Count(p => p.Seen != p.True).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Further_assays_change_nothing_but_the_visits()
    {
        string plain = Study.Replace("assays: [ngs-mrd, cd19-flow, cd19-negative-flow, lineage-flow, marrow-haematogones, cart-flow, il-6, ferritin]\n", "");
        IReadOnlyList<PatientRecord> fewer = Trial.Job(plain).Plan.Records();
        string[] always = ["marrow-blasts", "flow-mrd", "blood-b-cells", "car-transgene"];

        foreach ((PatientRecord with, PatientRecord without) in _records.Value.Zip(fewer))
        {
            with.Outcome.ShouldBe(without.Outcome with { Covariates = with.Outcome.Covariates, Happenings = with.Outcome.Happenings, TransgeneOnDays = with.Outcome.TransgeneOnDays });
            with.Outcome.TransgeneOnDays.ShouldBe(without.Outcome.TransgeneOnDays);
            with.Observations.Where(o => always.Contains(o.Assay)).ShouldBe(without.Observations);
        }
    }

    [Fact]
    public void The_transgene_rises_with_masked_blasts()
    {
        TrialJob job = Trial.Job(Study, new TrialOverrides { Patients = 60, With = ["epitope-masking"] });
        PatientRecord[] escaped = [.. job.Plan.Records().Where(r => r.Outcome.RelapsePhenotype == Phenotype.Cd19NegativeOrLow && Of(r, "cd19-negative-flow").Last().Value > 0.9)];

        int rises = escaped.Count(r => Of(r, "car-transgene").Last().Value > 3 * Of(r, "car-transgene").SkipLast(1).Last().Value && Of(r, "cart-flow").Last().Value < 3 * Of(r, "cart-flow").SkipLast(1).Last().Value);
        rises.ShouldBeGreaterThan(0);
    }
}
