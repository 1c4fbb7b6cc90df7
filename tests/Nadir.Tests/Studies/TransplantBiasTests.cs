using Nadir.Documents;
using Nadir.Endpoints;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>
/// Observed comparisons favour a transplant (xu-2021: hazard ratio of relapse 0.16), because whoever reaches one has stayed in remission until then. The strategy has a mechanism
/// and no hazard ratio, so the bias comes out where patients of one arm are compared by what they got, and not where each is compared with itself.
/// </summary>
[Trait("Category", "Slow")]
public class TransplantBiasTests
{
    static readonly Lazy<(PatientOutcome Alone, PatientOutcome Arm)[]> _pairs = new(() =>
    {
        // On day 180, so that staying in remission until then selects plainly.
        string late = ShippedLibrary.Read("library/strategies/consolidative-transplant.yaml").Text.Replace("name: consolidative-transplant", "name: late-transplant").Replace("delay-to-day: 69", "delay-to-day: 180");
        string policies = "policies:\n  - " + late.TrimEnd().Replace("\n", "\n    ") + "\narms:";
        string study = Trial.Small.Replace("12 months", "24 months").Replace("[28, 60, 90, 180, 270, 365]", "[28, 60, 90, 120, 150, 180, 270, 365, 455, 545, 635, 730]")
            .Replace("arms:", policies).Replace("[consolidative-transplant]", "[late-transplant]");
        PatientOutcome[] all = [.. Trial.Job(study, 1500).Plan.Records().Select(r => r.Outcome)];
        return [.. all[..1500].Zip(all[1500..])];
    });

    static double Relapsed(IEnumerable<PatientOutcome> outcomes)
    {
        PatientOutcome[] all = [.. outcomes];
        return all.Count(o => o.RelapseDay is not null) / (double)all.Length;
    }

    [Fact]
    public void Comparing_patients_by_what_they_got_overstates_the_transplant()
    {
        PatientOutcome[] responders = [.. _pairs.Value.Select(p => p.Arm).Where(o => o.RemissionDay is not null)];
        double naive = Relapsed(responders.Where(o => o.TransplantDay is not null)) / Relapsed(responders.Where(o => o.TransplantDay is null));
        double causal = Relapsed(_pairs.Value.Where(p => p.Arm.TransplantDay is not null).Select(p => p.Arm)) / Relapsed(_pairs.Value.Where(p => p.Arm.TransplantDay is not null).Select(p => p.Alone));

        causal.ShouldBeInRange(0.2, 0.8);
        naive.ShouldBeLessThan(0.7 * causal, $"causal {causal:F3}");
    }

    /// <summary>The study that ships, with the explanation of the gap that a landmark leaves: the groups differ as much when nobody is transplanted.</summary>
    [Fact]
    public void The_naive_analysis_flatters_a_transplant_and_a_landmark_leaves_what_selection_makes()
    {
        TransplantEffect effect = TrialJob.Create(new SourceText("studies/02-transplant-bias.yaml", ShippedLibrary.Read("studies/02-transplant-bias.yaml").Text), new TrialOverrides()).OrThrow()
            .Result().TransplantEffects.Single();
        TransplantComparison Row(TransplantAnalysis analysis) => effect.Comparisons.Single(c => c.Analysis == analysis);
        double Ratio(TransplantAnalysis analysis) => Row(analysis).HazardRatio.Value.Value;
        double Risk(TransplantAnalysis analysis) => Row(analysis).Risks[1].Difference.Value.Difference.Value;

        effect.LandmarkDay.ShouldBe(69);
        Row(TransplantAnalysis.True).HazardRatio.Value.Lower.ShouldBeGreaterThan(Ratio(TransplantAnalysis.Landmark));
        Ratio(TransplantAnalysis.Naive).ShouldBeLessThan(Ratio(TransplantAnalysis.Landmark));
        Ratio(TransplantAnalysis.Naive).ShouldBeLessThan(Ratio(TransplantAnalysis.TimeDependent));
        Ratio(TransplantAnalysis.TimeDependent).ShouldBeLessThan(Ratio(TransplantAnalysis.True));
        Risk(TransplantAnalysis.Naive).ShouldBeLessThan(Risk(TransplantAnalysis.Landmark));
        Risk(TransplantAnalysis.Landmark).ShouldBeLessThan(Row(TransplantAnalysis.True).Risks[1].Difference.Value.Difference.Lower);

        // Those at the landmark without a transplant are MRD-positive or without a donor. What they differ by without any transplant is the gap.
        double gap = Risk(TransplantAnalysis.Landmark) - Risk(TransplantAnalysis.True);
        gap.ShouldBe(Risk(TransplantAnalysis.Selection), 0.03);
        Row(TransplantAnalysis.Selection).HazardRatio.Value.Upper.ShouldBeLessThan(1);

        // Among those who met the rule only a donor decides.
        TransplantGap eligible = effect.Gaps.Single(g => g.Analysis == TransplantAnalysis.LandmarkEligible);
        Nadir.Survival.Contrast left = eligible.FromTruth.Risks[1].Difference.Value;
        Math.Abs(left.Difference.Value).ShouldBeLessThan(3 * left.StandardError);
        eligible.Nearer.ShouldNotBeNull().Risks[1].Difference.Value.Difference.Lower.ShouldBeGreaterThan(0);
        (Risk(TransplantAnalysis.LandmarkEligible) - Risk(TransplantAnalysis.True)).ShouldBe(Risk(TransplantAnalysis.SelectionEligible), 0.01);
    }

    /// <summary>The study that ships with a transplant that does nothing at all.</summary>
    [Fact]
    public void A_transplant_without_an_effect_shows_none_among_those_who_met_the_rule()
    {
        string text = ShippedLibrary.Read("studies/02-transplant-bias.yaml").Text;
        int actions = text.IndexOf("    actions:", StringComparison.Ordinal);
        string idle = text[..actions] + "    actions:\n      - {scale: leukaemia-clones, by: 1, evidence: assumed, note: nothing is done}\n" + text[text.IndexOf("    evidence: [xu-2021", StringComparison.Ordinal)..];
        TransplantEffect effect = Trial.Job(idle, 800).Result().TransplantEffects.Single();
        TransplantComparison Row(TransplantAnalysis analysis) => effect.Comparisons.Single(c => c.Analysis == analysis);

        // A pause of the cells' equations on the day of the transplant moves later draws of chance in a few patients.
        Row(TransplantAnalysis.True).Risks.ShouldAllBe(r => Math.Abs(r.Difference.Value.Difference.Value) < 0.01);
        Nadir.Survival.Estimate ratio = Row(TransplantAnalysis.LandmarkEligible).HazardRatio.Value;
        Math.Abs(Math.Log(ratio.Value)).ShouldBeLessThan(3 * Math.Log(ratio.Upper / ratio.Lower) / (2 * 1.96));
        Row(TransplantAnalysis.Landmark).HazardRatio.Value.Upper.ShouldBeLessThan(1);
    }

    [Fact]
    public void The_transplant_itself_costs_lives_that_relapse_would_not_have_taken()
    {
        PatientOutcome[] lost = [.. _pairs.Value.Where(p => p.Arm.DeathCause == DeathCause.Transplant && p.Alone.RelapseDay is null && p.Alone.DeathDay is null).Select(p => p.Arm)];
        int transplanted = _pairs.Value.Count(p => p.Arm.TransplantDay is not null);

        lost.ShouldNotBeEmpty();
        (_pairs.Value.Count(p => p.Arm.DeathCause == DeathCause.Transplant) / (double)transplanted).ShouldBeInRange(0.05, 0.10);
    }
}
