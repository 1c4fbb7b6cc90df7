using Nadir.Inference;
using Nadir.Numerics;

namespace Nadir.Tests.Inference;

/// <summary>Targets that are linear in the hyper-parameters, with normal errors: the posterior is normal and known. A bound on the first number makes it skewed.</summary>
sealed class LinearProblem(Bound? bound = null)
{
    static readonly double[][] _slopes = [[1, 0.5, 0], [0, 1, -0.5], [0.3, 0, 0]];

    static readonly double[] _places = [0.8, -0.4, 0.1];

    const double Sd = 0.3;

    public const int Dimensions = 3;

    /// <summary>How often something was simulated.</summary>
    public int Simulations { get; private set; }

    public static SyntheticLikelihood Likelihood { get; } = Of(null);

    static SyntheticLikelihood Of(Bound? bound) => new(
        _places,
        [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => i == j ? Sd * Sd : 0).ToArray())],
        bound is { } b ? [b] : []);

    /// <summary>A sampler of the problem.</summary>
    /// <param name="settings">How to sample.</param>
    /// <param name="curvature">How far the targets bend.</param>
    /// <param name="chance">Standard deviation by which a simulation at the full likelihood is off, anew each time; 0 for exact ones.</param>
    public Sampler Sampler(SamplerSettings settings, double curvature = 0, double chance = 0) => new(
        Dimensions,
        Of(bound),
        settings,
        places => Simulate(places, curvature),
        chance == 0 ? null : (places, round) =>
        {
            RandomStream stream = new(settings.Seed, (ulong)round, 99);
            double Error() => chance * NormalDistribution.Quantile(stream.NextUniform());
            return [.. Simulate(places, curvature).Select(s => new Simulated([.. s.Places.Select(p => p + Error())], [.. s.Places.Select(_ => chance * chance)]))];
        });

    List<Simulated> Simulate(IReadOnlyList<IReadOnlyList<double>> places, double curvature)
    {
        Simulations += places.Count;
        return [.. places.Select(z => bound is null
            ? new Simulated([.. _slopes.Select(s => Place(s, z, curvature))], [0, 0, 0])
            : new Simulated([.. _slopes.Select(s => Place(s, z, curvature)), z[0]], [0, 0, 0, 0]))];
    }

    /// <summary>What a place shows, without curvature.</summary>
    public static Simulated At(IReadOnlyList<double> z) => new([.. _slopes.Select(s => Place(s, z, 0))], [0, 0, 0]);

    static double Place(double[] slope, IReadOnlyList<double> z, double curvature)
    {
        double linear = slope.Zip(z, (a, b) => a * b).Sum();
        return linear + (curvature * linear * linear);
    }

    public static SamplerState Run(Sampler sampler)
    {
        SamplerState state = sampler.Start();
        while (!sampler.IsDone(state))
        {
            state = sampler.Next(state);
        }

        return state;
    }

    /// <summary>Mean and variance of each coordinate by numerical integration over a grid of the prior.</summary>
    public static (double[] Means, double[] Variances) Posterior(double curvature, Func<double, double>? first = null)
    {
        const int steps = 60;
        const double end = 4.5;
        double[] sums = new double[Dimensions], squares = new double[Dimensions];
        double total = 0;
        for (int i = 0; i < steps * steps * steps; i++)
        {
            double[] z = [.. new[] { i % steps, i / steps % steps, i / steps / steps }.Select(k => (-end) + ((k + 0.5) * 2 * end / steps))];
            double log = -0.5 * z.Sum(v => v * v);
            for (int t = 0; t < _places.Length; t++)
            {
                double miss = (_places[t] - Place(_slopes[t], z, curvature)) / Sd;
                log -= 0.5 * miss * miss;
            }

            double weight = Math.Exp(log) * (first?.Invoke(z[0]) ?? 1);
            total += weight;
            for (int k = 0; k < Dimensions; k++)
            {
                sums[k] += weight * z[k];
                squares[k] += weight * z[k] * z[k];
            }
        }

        double[] means = [.. sums.Select(s => s / total)];
        return (means, [.. squares.Select((s, k) => (s / total) - (means[k] * means[k]))]);
    }
}
