using Nadir.Inference;
using Nadir.Numerics;

namespace Nadir.Tests.Inference;

/// <summary>
/// Why the synthetic likelihood: sequential approximate Bayesian computation (Del Moral, Doucet and Jasra 2012: the tolerance falls so that half of the particles live, random-walk moves) on
/// the same small problem with as many simulations and the same discrepancy, the synthetic likelihood of a calibration, ends further from the posterior.
/// </summary>
public class AbcComparisonTests
{
    const int Particles = 200;

    static readonly (double[] Means, double[] Variances) _truth = LinearProblem.Posterior(0);

    /// <summary>How far normal marginals with the particles' means and variances are from the posterior's: mean Kullback-Leibler divergence, which counts both and is 0 where both are right.</summary>
    static double Divergence(IReadOnlyList<double[]> z) => Enumerable.Range(0, LinearProblem.Dimensions).Average(k =>
    {
        double mean = z.Average(x => x[k]);
        double ratio = z.Average(x => (x[k] - mean) * (x[k] - mean)) / _truth.Variances[k];
        double away = (mean - _truth.Means[k]) * (mean - _truth.Means[k]) / _truth.Variances[k];
        return 0.5 * (ratio + away - 1 - Math.Log(ratio));
    });

    [Fact]
    public void The_likelihood_ends_nearer_to_the_posterior_than_the_tolerance()
    {
        List<double> likelihood = [], tolerance = [];
        for (ulong seed = 1; seed <= 5; seed++)
        {
            LinearProblem problem = new();
            SamplerState state = LinearProblem.Run(problem.Sampler(new SamplerSettings { Particles = Particles, SurrogateSteps = 30, FinalMoves = 3, Seed = seed }));
            likelihood.Add(Divergence([.. state.Particles.Select(p => p.Z.ToArray())]));
            tolerance.Add(Divergence(Tolerance(problem.Simulations, seed)));
        }

        likelihood.Average().ShouldBeLessThan(0.02);
        tolerance.Average().ShouldBeGreaterThan(2 * likelihood.Average(), string.Join(", ", [.. likelihood, .. tolerance]));
    }

    /// <summary>Published values are compared with simulated ones that carry the published error, as the method asks.</summary>
    static List<double[]> Tolerance(int simulations, ulong seed)
    {
        RandomStream stream = new(seed, 7, 7);
        double Normal() => NormalDistribution.Quantile(stream.NextUniform());
        double Distance(double[] z)
        {
            Simulated exact = LinearProblem.At(z);
            return -LinearProblem.Likelihood.Log(exact with { Places = [.. exact.Places.Select(p => p + (0.3 * Normal()))] });
        }

        List<(double[] Z, double D)> cloud = [];
        for (int i = 0; i < Particles; i++)
        {
            double[] z = [Normal(), Normal(), Normal()];
            cloud.Add((z, Distance(z)));
        }

        for (int used = Particles; used + Particles <= simulations; used += Particles)
        {
            double limit = cloud.Select(c => c.D).Order().ElementAt(Particles / 2);
            (double[] Z, double D)[] alive = [.. cloud.Where(c => c.D <= limit)];
            double[] sd = [.. Enumerable.Range(0, 3).Select(k => Math.Sqrt(alive.Average(c => c.Z[k] * c.Z[k]) - Math.Pow(alive.Average(c => c.Z[k]), 2)))];
            cloud = [.. Enumerable.Range(0, Particles).Select(i =>
            {
                (double[] z, double d) = alive[i % alive.Length];
                double[] there = [.. z.Select((v, k) => v + (1.2 * sd[k] * Normal()))];
                double distance = Distance(there);
                double ratio = 0.5 * (z.Sum(v => v * v) - there.Sum(v => v * v));
                return distance <= limit && Math.Log(stream.NextUniform()) < ratio ? (there, distance) : (z, d);
            })];
        }

        return [.. cloud.Select(c => c.Z)];
    }
}
