using Nadir.Inference;
using Nadir.Numerics;

namespace Nadir.Tests.Inference;

public class SurrogateTests
{
    /// <summary>Two targets of three coordinates: one with squares and a product, one a wave that no quadratic function follows.</summary>
    static double[] Truth(IReadOnlyList<double> z) => [1 + (2 * z[0]) - z[1] + (0.5 * z[2] * z[2]) + (0.7 * z[0] * z[1]), Math.Sin(20 * z[0])];

    static Particle[] Simulations(int count, double chance = 0)
    {
        RandomStream stream = new(5, 0, 1);
        double Normal() => NormalDistribution.Quantile(stream.NextUniform());
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] z = [0.3 + (0.5 * Normal()), Normal(), -1 + (0.8 * Normal())];
            return new Particle(z, new Simulated([.. Truth(z).Select(p => p + (chance * Normal()))], [chance * chance, chance * chance]), 0);
        })];
    }

    [Fact]
    public void Squares_and_products_are_learnt()
    {
        Surrogate surrogate = Surrogate.Fit(Simulations(2000), 0, 1).ShouldNotBeNull();

        double[] z = [0.9, -0.8, -0.2];
        surrogate.Predict(z)[0].ShouldBe(Truth(z)[0], 0.01);
        surrogate.Residuals[0].ShouldBeLessThan(1e-4);
        Surrogate.Fit(Simulations(2000))!.Residuals[0].ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Slopes_are_those_of_the_predictions()
    {
        Surrogate surrogate = Surrogate.Fit(Simulations(200), 0, 1, 2).ShouldNotBeNull();
        double[] z = [0.2, 0.4, -0.6];
        double[][] slopes = surrogate.Slopes(z);

        for (int k = 0; k < 3; k++)
        {
            double[] up = [.. z], down = [.. z];
            up[k] += 1e-5;
            down[k] -= 1e-5;
            for (int t = 0; t < 2; t++)
            {
                slopes[t][k].ShouldBe((surrogate.Predict(up)[t] - surrogate.Predict(down)[t]) / 2e-5, 1e-6);
            }
        }
    }

    /// <summary>Chance of standard deviation 0.5 is no error where 2,000 simulations average it out; a wave of variance 0.5 is one.</summary>
    [Fact]
    public void Chance_is_no_error_and_what_is_missed_is()
    {
        Particle[] simulations = Simulations(2000, 0.5);
        double[] errors = Surrogate.Fit(simulations, 0, 1)!.MeanErrors(simulations);

        errors[0].ShouldBeInRange(0, 0.03);
        errors[1].ShouldBeInRange(0.45, 0.55);
    }

    /// <summary>Two targets share three fifths of their chance's variance.</summary>
    [Fact]
    public void Errors_go_together_as_chance_does()
    {
        RandomStream stream = new(6, 0, 1);
        double Normal() => NormalDistribution.Quantile(stream.NextUniform());
        Particle[] simulations = [.. Enumerable.Range(0, 3000).Select(_ =>
        {
            double z = Normal();
            double shared = Math.Sqrt(0.6) * Normal();
            return new Particle([z], new Simulated([z + shared + (Math.Sqrt(0.4) * Normal()), -z + shared + (Math.Sqrt(0.4) * Normal())], [1, 1]), 0);
        })];

        Surrogate.Fit(simulations)!.Correlation[0][1].ShouldBe(0.6, 0.06);
    }

    [Fact]
    public void Too_few_simulations_teach_nothing_but_a_mean()
    {
        Particle[] few = Simulations(12);

        Surrogate.Fit(few).ShouldBeNull();
        Surrogate.Flat(few).Predict([5, 5, 5])[0].ShouldBe(few.Average(p => p.Simulated!.Places[0]), 1e-12);
        Surrogate.Flat(few).Slopes([5, 5, 5]).ShouldAllBe(s => s.All(v => v == 0));
    }

    /// <summary>The second target is given by none, the first by two of three.</summary>
    [Fact]
    public void Where_no_simulation_gives_all_targets_the_means_of_those_that_are_given_stay()
    {
        static Particle Of(double first) => new([0.1, 0.2], new Simulated([first, double.NaN], [0.1, double.NaN]), 0);

        Surrogate flat = Surrogate.Flat([Of(1), Of(3), Of(double.NaN)]);

        flat.Predict([5, 5]).ShouldBe([2, 0]);
        flat.MeanErrors([]).ShouldBe([0, 0]);
        flat.Correlation.ShouldBe([[1, 0], [0, 1]]);
    }
}
