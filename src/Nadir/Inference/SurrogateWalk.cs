using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>A random walk whose law is the prior, standard normal in each coordinate, times a power of a likelihood that is cheap (Metropolis).</summary>
/// <param name="LogLikelihood">The likelihood's logarithm.</param>
/// <param name="Scale">Factor of the inverse covariance of the steps.</param>
/// <param name="Power">The power.</param>
/// <param name="Steps">Number of steps.</param>
sealed record SurrogateWalk(Func<double[], double> LogLikelihood, Cholesky Scale, double Power, int Steps)
{
    /// <summary>Stops a walk.</summary>
    /// <value>Default: never.</value>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Inverse covariance of the steps: the prior's, which is 1, and what the targets tell. It does not come from the particles: a cloud that has collapsed would
    /// never widen again, and what only the prior informs would look informed.
    /// </summary>
    public static double[][] Precision(int dimensions, double[][]? information, double power) =>
        [.. Enumerable.Range(0, dimensions).Select(i => Enumerable.Range(0, dimensions).Select(j => (i == j ? 1 : 0) + (power * (information?[i][j] ?? 0))).ToArray())];

    /// <summary>Where the walk ends that begins at a place.</summary>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    public double[] From(double[] z, RandomStream stream)
    {
        double step = 2.38 / Math.Sqrt(z.Length);
        double now = Density(z);
        for (int i = 0; i < Steps; i++)
        {
            Cancellation.ThrowIfCancellationRequested();
            double[] direction = new double[z.Length];
            for (int k = 0; k < direction.Length; k++)
            {
                direction[k] = step * NormalDistribution.Quantile(stream.NextUniform());
            }

            double[] there = Scale.Backward(direction);
            for (int k = 0; k < there.Length; k++)
            {
                there[k] += z[k];
            }

            double then = Density(there);
            if (Elementary.Log(stream.NextUniform()) < then - now)
            {
                (z, now) = (there, then);
            }
        }

        return z;
    }

    /// <summary>The place of the largest density that improvements alone reach from a place; steps grow after a success and shrink after a failure, so that one in five succeeds.</summary>
    /// <exception cref="OperationCanceledException">The climb was stopped.</exception>
    public double[] Climb(double[] z, RandomStream stream)
    {
        double step = 0.3 / Math.Sqrt(z.Length);
        double now = Density(z);
        for (int i = 0; i < Steps; i++)
        {
            Cancellation.ThrowIfCancellationRequested();
            double[] there = Scale.Backward([.. z.Select(_ => step * NormalDistribution.Quantile(stream.NextUniform()))]);
            for (int k = 0; k < there.Length; k++)
            {
                there[k] += z[k];
            }

            double then = Density(there);
            bool better = then > now;
            step *= better ? 1.22 : 0.95;
            (z, now) = better ? (there, then) : (z, now);
        }

        return z;
    }

    double Density(double[] z)
    {
        double square = 0;
        foreach (double v in z)
        {
            square += v * v;
        }

        return (Power * LogLikelihood(z)) - (0.5 * square);
    }
}
