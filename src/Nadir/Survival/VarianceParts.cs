using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// How much of an estimate's scatter over replicates is of which kind, by the law of total variance: Var(Y) = Var(E[Y | parameters]) + E[Var(Y | parameters)]. Each replicate has parameters of its own and
/// patients of its own; its patients tell how much of its scatter is theirs, and what is left is the parameters' (one-way analysis of variance with known variances within, Cochran 1954).
/// </summary>
public sealed record VarianceParts
{
    /// <summary>The fewest replicates that have 95% intervals: the 2.5% quantile of fewer lies below the smallest of them.</summary>
    public const int FewestReplicates = 40;

    const double Level = 0.95;

    /// <summary>Replicates.</summary>
    public required int Replicates { get; init; }

    /// <summary>The mean over parameters with its Monte Carlo interval, which more replicates make as narrow as one wants.</summary>
    public required Estimate Mean { get; init; }

    /// <summary>Variance of the parameters, bootstrap interval. It is unbiased, so that it can be below 0 where the truth is near 0.</summary>
    public required Estimate ParameterVariance { get; init; }

    /// <summary>Variance of the sampling of patients in one trial, mean over parameters.</summary>
    public required double SamplingVariance { get; init; }

    /// <summary>The middle 95% of what the estimate would be over parameters with endless patients.</summary>
    public required Estimate Parameters { get; init; }

    /// <summary>The middle 95% of trials of this size with the parameters at their mean: patient sampling only (normal).</summary>
    public required Estimate Sampling { get; init; }

    /// <summary>The middle 95% of trials of this size: parameters and patients. A further trial lies within it with this probability, whatever the distribution.</summary>
    public required Estimate Trials { get; init; }

    /// <summary>Takes the replicates apart.</summary>
    /// <param name="values">The estimates, one a replicate; all finite.</param>
    /// <param name="variances">For each the variance of patient sampling; at least 0.</param>
    /// <param name="stream">Draws the bootstrap samples.</param>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestReplicates"/>, or not as many variances.</exception>
    public static VarianceParts Of(IReadOnlyList<double> values, IReadOnlyList<double> variances, RandomStream stream)
    {
        if (values.Count < FewestReplicates || values.Count != variances.Count)
        {
            throw new ArgumentException($"Found {values.Count} estimates and {variances.Count} variances; expected at least {FewestReplicates}, as many of both.", nameof(values));
        }

        double[] y = [.. values];
        double[] v = [.. variances];
        double mean = y.Average();
        double between = Variance(y, null);
        double within = v.Average();
        double z = ProbabilityInterval.Quantile(Level);
        double error = Math.Sqrt(between / y.Length);

        // Shrunken so that their variance is that of the parameters (constrained empirical Bayes, Louis 1984; Ghosh 1992).
        double shrink = between > 0 ? Math.Sqrt(Math.Max(0, between - within) / between) : 0;
        double[] sorted = [.. y.Order()];
        double lower = Outer(sorted, (1 - Level) / 2);
        double upper = Outer(sorted, (1 + Level) / 2);
        return new VarianceParts
        {
            Replicates = y.Length,
            Mean = new Estimate(mean, mean - (z * error), mean + (z * error)),
            ParameterVariance = Bootstrap(y, v, between - within, stream),
            SamplingVariance = within,
            Parameters = new Estimate(mean, mean + (shrink * (lower - mean)), mean + (shrink * (upper - mean))),
            Sampling = new Estimate(mean, mean - (z * Math.Sqrt(within)), mean + (z * Math.Sqrt(within))),
            Trials = new Estimate(mean, lower, upper),
        };
    }

    static Estimate Bootstrap(double[] y, double[] v, double estimate, RandomStream stream)
    {
        const int resamples = 1000;
        double[] samples = new double[resamples];
        int[] drawn = new int[y.Length];
        for (int b = 0; b < resamples; b++)
        {
            double within = 0;
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = (int)(stream.NextUniform() * y.Length);
                within += v[drawn[i]];
            }

            samples[b] = Variance(y, drawn) - (within / y.Length);
        }

        return new Estimate(estimate, Quantiles.Of(samples, (1 - Level) / 2), Quantiles.Of(samples, (1 + Level) / 2));
    }

    static double Variance(double[] y, int[]? drawn)
    {
        double mean = 0;
        for (int i = 0; i < y.Length; i++)
        {
            mean += (drawn is null ? y[i] : y[drawn[i]]) / y.Length;
        }

        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double d = (drawn is null ? y[i] : y[drawn[i]]) - mean;
            sum += d * d;
        }

        return sum / (y.Length - 1);
    }

    /// <summary>Type 6 of Hyndman &amp; Fan (1996): a further value lies below it with just this probability.</summary>
    static double Outer(double[] sorted, double probability)
    {
        double place = ((sorted.Length + 1) * probability) - 1;
        int below = Math.Clamp((int)Math.Floor(place), 0, sorted.Length - 2);
        return sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
