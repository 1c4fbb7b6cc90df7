using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Inference;

/// <summary>The calibration that ships against the published results, as the library commits to.</summary>
public class ShippedValidationTests
{
    /// <summary>What decides a calibration is as it was when the shipped one was made, so that <c>nadir calibrate</c> gives it again: targets, priors, virtual trials, model and settings.</summary>
    [Fact]
    public void The_shipped_calibration_is_the_one_that_the_command_would_make()
    {
        TargetSet targets = TargetSet.Shipped(Library.Shipped).OrThrow().Fitted;
        PopulationSimulator alike = new(targets) { Patients = 400, Seed = 1, Threads = 2 };
        PopulationSimulator simulator = alike.With(PatientAllocation.Of(targets, alike, Calibration.DefaultHeterogeneity, default));

        CalibratedValues.Of(ModelPackage.LoadShipped(TargetCohort.Model).OrThrow())!.OrThrow().Identity.ShouldBe(new Calibration(targets, simulator, new SamplerSettings()).Identity);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Four_fifths_of_the_targets_lie_inside_and_misses_are_those_committed_to()
    {
        TargetSet targets = TargetSet.Shipped(Library.Shipped).OrThrow();
        CalibratedValues values = CalibratedValues.Of(ModelPackage.LoadShipped(TargetCohort.Model).OrThrow())!.OrThrow();
        PopulationSimulator simulator = new(targets) { Patients = 1000, Seed = 2026, Threads = 2, SharesPatients = false };

        Validation validation = Validation.Run(targets, simulator, [.. Enumerable.Range(0, 40).Select(i => values.Draws[i * values.Draws.Count / 40])], null, default);

        validation.Rows.Where(r => !r.AsExpected).Select(r => r.Target.Name).ShouldBeEmpty();
        IReadOnlyList<ValidationRow> fitted = validation.Of(TargetRole.Calibration);
        ((double)fitted.Count(r => r.Inside) / fitted.Count).ShouldBeGreaterThanOrEqualTo(0.8);
        validation.Failed.ShouldBe(0);
    }

    /// <summary>Median peak, its day, doubling time, half-life from day 14 to 28 and the spread of the peak as in the published law (Stein 2019), within a quarter of each, at the point.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void The_kinetics_of_the_transgene_are_those_published_within_a_quarter()
    {
        TargetSet targets = TargetSet.Create([PublishedTrial.LoadShipped("stein-2019")], Library.Shipped).OrThrow();
        PopulationSimulator simulator = new(targets) { Patients = 2000, Seed = 77, Threads = 2 };

        IReadOnlyList<double> places = simulator.Under([CalibratedValues.Of(ModelPackage.LoadShipped(TargetCohort.Model).OrThrow())!.OrThrow().Point], null, default)[0]!.Places;

        foreach ((Target target, double place) in targets.Targets.Zip(places).Where(t => t.First.Result.Quantity != "transgeneTmaxLogSd"))
        {
            (TargetScales.From(target.Scale, place) / target.Result.Estimate).ShouldBeInRange(0.75, 1.25, target.Name);
        }

        targets.Targets.Count.ShouldBe(6);
    }

    [Fact]
    public void The_readme_and_the_page_on_calibration_count_what_the_page_of_validation_counts()
    {
        string page = Repository.Read("docs/validation.md");
        string fitted = Regex.Match(page, @"fitted to these\. (\d+ of \d+) ").Groups[1].Value;
        string[] predicted = Regex.Match(page, @"never fitted\. (\d+ of \d+) ").Groups[1].Value.Split(" of ");

        Repository.Read("README.md").ShouldContain($"over its draws {fitted} of them lie inside\ntheir published interval, of {predicted[1]} to which it was not fitted {predicted[0]},");
        string calibration = Repository.Read("docs/methods/calibration.md");
        calibration.ShouldContain($"each with 1,000 patients of its own, **{fitted}**");
        calibration.ShouldContain($"Of {predicted[1]} results that nothing was fitted to **{predicted[0]}** lie inside");
    }

    /// <summary>Draws with patients of their own scatter by both; chance alone is no uncertainty about the population.</summary>
    [Fact]
    public void Chance_among_virtual_patients_is_taken_out_of_the_spread_of_draws()
    {
        ValidationRow.Spread(between: 0.09, chance: 0.04, draws: 40).ShouldBe(0.05 + 0.001, 1e-12);
        ValidationRow.Spread(between: 0.03, chance: 0.04, draws: 40).ShouldBe(0.001, 1e-12);
        ValidationRow.Spread(between: 0, chance: 0.04, draws: 1).ShouldBe(0.04);
    }
}
