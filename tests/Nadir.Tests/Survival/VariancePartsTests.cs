using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Tests.Survival;

/// <summary>Hierarchies whose parts are known in closed form.</summary>
public class VariancePartsTests
{
    static readonly uint _purpose = RandomStream.Purpose("test");

    /// <summary>θ is normal with mean 0.5 and this standard deviation, an estimate normal around it.</summary>
    static (double[] Y, double[] V) NormalNormal(int replicates, double parameter, double sampling, ulong seed)
    {
        RandomStream stream = new(seed, 0, _purpose);
        double[] y = new double[replicates];
        for (int i = 0; i < replicates; i++)
        {
            double theta = 0.5 + (parameter * NormalDistribution.Quantile(stream.NextUniform()));
            y[i] = theta + (sampling * NormalDistribution.Quantile(stream.NextUniform()));
        }

        return (y, [.. y.Select(_ => sampling * sampling)]);
    }

    /// <summary>p is uniform, the estimate the share of so many patients: a beta-binomial.</summary>
    static (double[] Y, double[] V) BetaBinomial(int replicates, int patients, ulong seed)
    {
        RandomStream stream = new(seed, 0, _purpose);
        double[] y = new double[replicates];
        double[] v = new double[replicates];
        for (int r = 0; r < replicates; r++)
        {
            double p = stream.NextUniform();
            int events = 0;
            for (int i = 0; i < patients; i++)
            {
                events += stream.NextUniform() < p ? 1 : 0;
            }

            y[r] = (double)events / patients;
            v[r] = y[r] * (1 - y[r]) / (patients - 1);
        }

        return (y, v);
    }

    static VarianceParts Parts((double[] Y, double[] V) sample, ulong seed = 1) => VarianceParts.Of(sample.Y, sample.V, new RandomStream(seed, 1, _purpose));

    [Fact]
    public void A_normal_hierarchy_is_taken_apart()
    {
        VarianceParts parts = Parts(NormalNormal(20_000, parameter: 0.1, sampling: 0.2, 1));

        // Standard error of the variance of 20,000 normal values: 0.05 sqrt(2/20,000) = 0.0005; of a quantile at 2.5%: about 0.0042.
        parts.ParameterVariance.Value.ShouldBe(0.01, 0.002);
        parts.ParameterVariance.Lower.ShouldBeLessThan(0.01);
        parts.ParameterVariance.Upper.ShouldBeGreaterThan(0.01);
        parts.SamplingVariance.ShouldBe(0.04, 1e-12);
        parts.Mean.Value.ShouldBe(0.5, 0.007);
        (parts.Mean.Upper - parts.Mean.Lower).ShouldBe(2 * 1.96 * Math.Sqrt(0.05 / 20_000), 0.0002);
        parts.Parameters.Lower.ShouldBe(0.5 - 0.196, 0.02);
        parts.Parameters.Upper.ShouldBe(0.5 + 0.196, 0.02);
        parts.Sampling.Upper.ShouldBe(0.5 + 0.392, 0.01);
        parts.Trials.Upper.ShouldBe(0.5 + (1.96 * Math.Sqrt(0.05)), 0.02);
    }

    [Fact]
    public void A_beta_binomial_is_taken_apart()
    {
        VarianceParts parts = Parts(BetaBinomial(20_000, patients: 20, 2));

        // Var(p) = 1/12, E[p(1 - p)]/20 = 1/120; the rounding of shares moves the sum's quantiles by less than 1/40.
        parts.ParameterVariance.Value.ShouldBe(1 / 12.0, 0.002);
        parts.SamplingVariance.ShouldBe(1 / 120.0, 0.0002);
        parts.Parameters.Lower.ShouldBe(0.025, 0.03);
        parts.Parameters.Upper.ShouldBe(0.975, 0.03);
    }

    [Fact]
    public void The_part_of_the_parameters_is_unbiased_and_can_be_negative()
    {
        VarianceParts[] repetitions = [.. Enumerable.Range(1, 400).Select(i => Parts(NormalNormal(40, parameter: 0, sampling: 0.2, (ulong)i), (ulong)i))];
        double[] estimates = [.. repetitions.Select(p => p.ParameterVariance.Value)];

        estimates.ShouldContain(e => e < 0);

        // Standard error of the mean of 400: 0.04 sqrt(2/39)/20 = 0.00045.
        estimates.Average().ShouldBe(0, 4 * 0.00045);
        repetitions.Where(p => p.ParameterVariance.Value <= 0).ShouldAllBe(p => p.Parameters.Lower == p.Mean.Value && p.Parameters.Upper == p.Mean.Value);
    }

    [Fact]
    public void A_further_trial_lies_within_the_interval_as_often_as_it_says()
    {
        // 600 times 80 replicates of a beta-binomial and one more of it, which the interval of the 80 has not seen.
        int within = 0;
        for (ulong seed = 1; seed <= 600; seed++)
        {
            (double[] y, double[] v) = BetaBinomial(81, patients: 50, seed);
            Estimate interval = VarianceParts.Of(y[1..], v[1..], new RandomStream(seed, 1, _purpose)).Trials;
            within += interval.Lower <= y[0] && y[0] <= interval.Upper ? 1 : 0;
        }

        // Four standard errors of 600 draws; ties of whole patients make it a little wide.
        ((double)within / 600).ShouldBeInRange(0.95 - 0.036, 0.95 + 0.036);
    }

    [Fact]
    public void The_monte_carlo_interval_covers_the_mean_as_often_as_it_says()
    {
        int covered = Enumerable.Range(1, 600).Count(i => Parts(NormalNormal(60, 0.1, 0.1, (ulong)i)).Mean is { } m && m.Lower <= 0.5 && 0.5 <= m.Upper);

        (covered / 600.0).ShouldBeInRange(0.95 - 0.04, 0.95 + 0.036);
    }

    [Fact]
    public void Too_few_replicates_are_refused() => Should.Throw<ArgumentException>(() => Parts(NormalNormal(39, 1, 1, 1))).Message.ShouldContain("at least 40");
}
