using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class SyntheticLikelihoodTests
{
    static string Yaml(string name) => $$"""
        name: {{name}}
        title: A cohort
        population: children-young-adults
        design: {product: cd19-41bb}
        results:
          - {quantity: remission3Months, cohort: all, estimate: 0.8, patients: 80, citation: maude-2018, verified: true, role: calibration}
          - {quantity: os, month: 12, cohort: all, estimate: 0.7, patients: 80, citation: maude-2018, verified: true, role: calibration}
        """;

    static readonly IReadOnlyList<Target> _two = Targets("one");

    static IReadOnlyList<Target> Targets(params string[] trials) =>
        TargetSet.Create([.. trials.Select(n => PublishedTrial.Read(new SourceText($"{n}.yaml", Yaml(n))))], Library.Shipped).OrThrow().Targets;

    static double[][] Correlation(int count, double value) => [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Select(j => i == j ? 1 : value).ToArray())];

    /// <summary>Both estimates a standard deviation above what is predicted, by the bivariate normal law.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(-0.6)]
    public void Estimates_of_one_study_go_together_as_simulations_of_its_patients_show(double correlation)
    {
        SyntheticLikelihood likelihood = SyntheticLikelihood.Of(_two, 0);
        double[] below = [.. _two.Select(t => t.Place - t.Sd)];

        double log = likelihood.WithErrors([0, 0], Correlation(2, correlation))(below);

        double variance = _two[0].Sd * _two[0].Sd * _two[1].Sd * _two[1].Sd * (1 - (correlation * correlation));
        log.ShouldBe((-1 / (1 + correlation)) - (0.5 * Math.Log(variance)), 1e-9);
    }

    /// <summary>Of the four estimates of two studies only those within a study go together.</summary>
    [Fact]
    public void Estimates_of_two_studies_are_independent()
    {
        IReadOnlyList<Target> four = Targets("one", "two");
        double[] below = [.. four.Select(t => t.Place - t.Sd)];
        double[] firstBelow = [.. _two.Select(t => t.Place - t.Sd)];

        double both = SyntheticLikelihood.Of(four, 0).WithErrors(new double[4], Correlation(4, 0.6))(below);

        both.ShouldBe(2 * SyntheticLikelihood.Of(_two, 0).WithErrors(new double[2], Correlation(2, 0.6))(firstBelow), 1e-9);
    }

    /// <summary>A surrogate that is known less well is not likelier for it: the likelihood with errors is the whole one.</summary>
    [Fact]
    public void Errors_count_as_the_variance_of_a_simulation_does()
    {
        SyntheticLikelihood likelihood = SyntheticLikelihood.Of(_two, 0.1);
        double[] places = [.. _two.Select(t => t.Place + 0.3)];

        likelihood.WithErrors([0.02, 0.05])(places).ShouldBe(likelihood.Log(new Simulated(places, [0.02, 0.05])), 1e-9);
    }
}
