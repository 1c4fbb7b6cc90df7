using Nadir.Inference;
using Nadir.Numerics;

namespace Nadir.Tests.Inference;

public class PosteriorModeTests
{
    static readonly SamplerSettings _settings = new() { Particles = 400, SurrogateSteps = 30, FinalMoves = 3 };

    /// <summary>A normal posterior has its mode at its mean, which numerical integration gives; with simulations that are off by as much as the published estimates too, since chance averages out.</summary>
    [Theory]
    [InlineData(0, 0.005)]
    [InlineData(0.3, 0.12)]
    public void The_mode_of_a_normal_posterior_is_its_mean(double chance, double tolerance)
    {
        (double[] means, double[] _) = LinearProblem.Posterior(0);

        double[] mode = PosteriorMode.Of(LinearProblem.Run(new LinearProblem().Sampler(_settings, 0, chance)), LinearProblem.Likelihood, _settings);

        for (int k = 0; k < LinearProblem.Dimensions; k++)
        {
            mode[k].ShouldBe(means[k], tolerance);
        }
    }

    /// <summary>What no target informs stays at the middle of its prior, where a draw would be anywhere.</summary>
    [Fact]
    public void A_number_without_targets_stays_at_the_middle_of_its_prior()
    {
        SyntheticLikelihood likelihood = new([1.0], [[0.01]]);
        Sampler sampler = new(2, likelihood, _settings, places => [.. places.Select(z => new Simulated([z[0]], [0.0]))]);

        double[] mode = PosteriorMode.Of(LinearProblem.Run(sampler), likelihood, _settings);

        mode[0].ShouldBe(1 / 1.01, 0.005);
        mode[1].ShouldBe(0, 0.005);
    }

    /// <summary>Two coordinates that correlate by 0.95, from twelve standard deviations away.</summary>
    [Fact]
    public void A_climb_ends_at_the_top_of_a_ridge()
    {
        double Log(double[] z) => (-0.5 * ((z[0] * z[0]) - (1.9 * z[0] * z[1]) + (z[1] * z[1])) / 0.0975) + (0.5 * ((z[0] * z[0]) + (z[1] * z[1])));
        SurrogateWalk walk = new(Log, Cholesky.Of([[1, 0], [0, 1]]), 1, 5000);

        double[] top = walk.Climb([12, -3], new RandomStream(1, 2, 3));

        top.ShouldAllBe(v => Math.Abs(v) < 1e-3);
    }
}
