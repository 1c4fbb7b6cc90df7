using Nadir.Inference;
using Nadir.Numerics;

namespace Nadir.Tests.Inference;

/// <summary>The sampler against posteriors that numerical integration gives, and its promises about seeds and checkpoints.</summary>
public class SamplerTests
{
    static readonly SamplerSettings _many = new() { Particles = 1000, SurrogateSteps = 30, FinalMoves = 3 };

    static readonly SamplerSettings _few = new() { Particles = 40, SurrogateSteps = 20, FinalMoves = 2 };

    /// <summary>
    /// With and without curvature; and with simulations that are off by as much as the published estimates, which must not widen the posterior: its variances would be twice as large. Tolerance: five Monte Carlo
    /// errors of 500 effective particles.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.15, 0)]
    [InlineData(0, 0.3)]
    [InlineData(0.15, 0.3)]
    public void Mean_and_variance_are_those_of_the_posterior(double curvature, double chance)
    {
        (double[] means, double[] variances) = LinearProblem.Posterior(curvature);

        SamplerState state = LinearProblem.Run(new LinearProblem().Sampler(_many, curvature, chance));

        state.Temperature.ShouldBe(1);
        for (int k = 0; k < LinearProblem.Dimensions; k++)
        {
            double[] z = [.. state.Particles.Select(p => p.Z[k])];
            double mean = z.Average();
            mean.ShouldBe(means[k], 5 * Math.Sqrt(variances[k] / 500));
            z.Average(v => (v - mean) * (v - mean)).ShouldBe(variances[k], 5 * variances[k] * Math.Sqrt(2.0 / 500));
        }
    }

    /// <summary>The bound lies above the mean without it, so that it decides; softened by 0.2, and by numerical integration with the same soft edge.</summary>
    [Fact]
    public void A_bound_cuts_the_posterior_off_softly()
    {
        Bound bound = new(1.1, double.PositiveInfinity, 0.2);
        (double[] free, double[] _) = LinearProblem.Posterior(0);
        (double[] means, double[] variances) = LinearProblem.Posterior(0, z => NormalDistribution.Cdf((z - 1.1) / 0.2));

        SamplerState state = LinearProblem.Run(new LinearProblem(bound).Sampler(_many));

        means[0].ShouldBeGreaterThan(free[0] + 0.2);
        for (int k = 0; k < LinearProblem.Dimensions; k++)
        {
            state.Particles.Average(p => p.Z[k]).ShouldBe(means[k], 5 * Math.Sqrt(variances[k] / 500));
        }
    }

    /// <summary>A standard error of the simulation, 0.4, is asked for to spare: half the probability there, and as far as it gets from it nearly certain. Far beyond the leading term of Mills' ratio takes over without a jump.</summary>
    [Fact]
    public void A_bound_counts_with_the_probability_that_it_holds()
    {
        Bound bound = new(0, 2, 0.3);

        bound.Log(0.4, 0.16).ShouldBe(Math.Log(0.5) + Math.Log(NormalDistribution.Cdf(1.2 / 0.5)), 1e-12);
        bound.Log(1, 0.16).ShouldBe(2 * Math.Log(NormalDistribution.Cdf(0.6 / 0.5)), 1e-12);
        bound.Log(0, 0).ShouldBe(Math.Log(0.5) + Math.Log(NormalDistribution.Cdf(2 / 0.3)), 1e-12);
        bound.Log(-15.001, 0.16).ShouldBe(bound.Log(-14.999, 0.16), 0.15);
        bound.Log(-1000, 0.16).ShouldBeLessThan(-1e6);
        bound.Log(double.NaN, 0.16).ShouldBe(Math.Log(NormalDistribution.Cdf(-10)), 1e-9);
    }

    [Fact]
    public void An_exact_surrogate_is_always_accepted_and_an_exact_emulator_never_off()
    {
        IReadOnlyList<RoundReport> rounds = LinearProblem.Run(new LinearProblem().Sampler(_many)).Rounds;

        rounds.Last(r => r.From < 1).Moved.ShouldBeGreaterThan(0.95);
        rounds[^1].Off.ShouldBeLessThan(0.02);
    }

    /// <summary>What no quadratic function follows, a wave of amplitude 0.4, counts as an error of variance 0.08, which adds to the published 0.09.</summary>
    [Fact]
    public void What_an_emulator_misses_widens_the_posterior()
    {
        SyntheticLikelihood likelihood = new([0.0], [[0.09]]);
        Sampler Of(double wave) => new(1, likelihood, _many, z => [.. z.Select(x => new Simulated([x[0] + (wave * Math.Sin(15 * x[0]))], [0.0]))]);
        static double Variance(SamplerState state) => state.Particles.Average(p => p.Z[0] * p.Z[0]);

        Variance(LinearProblem.Run(Of(0))).ShouldBe(1 / (1 + (1 / 0.09)), 0.02);
        Variance(LinearProblem.Run(Of(0.4))).ShouldBe(1 / (1 + (1 / 0.17)), 0.03);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        static string Bits(SamplerSettings settings) => string.Join(' ', LinearProblem.Run(new LinearProblem().Sampler(settings)).Particles.SelectMany(p => p.Z).Select(BitConverter.DoubleToInt64Bits));

        Bits(_few).ShouldBe(Bits(_few));
        Bits(_few).ShouldNotBe(Bits(_few with { Seed = 2 }));
    }

    /// <summary>Stopped after any round, read back from a file and continued: the same bits as without a stop, and nothing simulated twice.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_run_that_was_stopped_goes_on_as_if_it_had_not_been(int rounds)
    {
        const double chance = 0.1;
        LinearProblem undisturbed = new();
        SamplerState whole = LinearProblem.Run(undisturbed.Sampler(_few, 0.15, chance));
        LinearProblem first = new();
        Sampler sampler = first.Sampler(_few, 0.15, chance);
        SamplerState state = sampler.Start();
        for (int i = 0; i < rounds; i++)
        {
            state = sampler.Next(state);
        }

        string file = Path.GetTempFileName();
        Checkpoint.Write(file, "linear", state);
        LinearProblem second = new();
        Sampler again = second.Sampler(_few, 0.15, chance);
        SamplerState read = Checkpoint.Read(file, "linear")!;
        while (!again.IsDone(read))
        {
            read = again.Next(read);
        }

        File.Delete(file);
        read.Particles.SelectMany(p => p.Z).Select(BitConverter.DoubleToInt64Bits).ShouldBe(whole.Particles.SelectMany(p => p.Z).Select(BitConverter.DoubleToInt64Bits));
        (first.Simulations + second.Simulations).ShouldBe(undisturbed.Simulations);
    }

    [Fact]
    public void A_checkpoint_of_something_else_is_not_continued()
    {
        string file = Path.GetTempFileName();
        Checkpoint.Write(file, "one", new LinearProblem().Sampler(_few).Start());

        Checkpoint.Read(file, "two").ShouldBeNull();
        File.WriteAllText(file, "{\"half\":");
        Checkpoint.Read(file, "one").ShouldBeNull();
        File.Delete(file);
        Checkpoint.Read(file, "one").ShouldBeNull();
    }

    [Fact]
    public void A_place_that_cannot_be_is_never_a_particle_of_the_end()
    {
        Sampler sampler = new(1, new SyntheticLikelihood([0.0], [new[] { 1.0 }]), _few, places => [.. places.Select(z => z[0] > 0 ? null : new Simulated([z[0]], [0.0]))]);

        LinearProblem.Run(sampler).Particles.ShouldAllBe(p => p.Z[0] <= 0);
    }

    /// <summary>Above zero the simulations of the moves at the full likelihood miss an estimate: such places are refused and teach nothing.</summary>
    [Fact]
    public void A_place_where_a_target_cannot_be_estimated_is_refused()
    {
        Sampler sampler = new(
            1,
            new SyntheticLikelihood([0.0], [new[] { 1.0 }]),
            _few,
            places => [.. places.Select(z => z[0] > 0 ? null : new Simulated([z[0]], [0.0]))],
            (places, _) => [.. places.Select(z => new Simulated([z[0] > 0 ? double.NaN : z[0]], [0.0]))]);

        SamplerState state = LinearProblem.Run(sampler);

        state.FinalMoves.ShouldBeGreaterThanOrEqualTo(2);
        state.Particles.ShouldAllBe(p => p.Z[0] <= 0);
    }

    /// <summary>Islands whose means lie 0.8 of their standard deviation apart.</summary>
    [Fact]
    public void Islands_that_differ_have_not_converged()
    {
        SamplerState state = LinearProblem.Run(new LinearProblem().Sampler(_many));
        int half = state.Particles.Count / 2;
        double sd = Math.Sqrt(state.Particles.Average(p => p.Z[0] * p.Z[0]) - Math.Pow(state.Particles.Average(p => p.Z[0]), 2));
        Particle Moved(Particle p, int i) => p with { Z = [p.Z[0] + (i < half ? 0.8 * sd : 0), p.Z[1], p.Z[2]] };

        Diagnostics.Of(state with { Particles = [.. state.Particles.Select(Moved)] }, _many).Complaints.ShouldContain(c => c.StartsWith("the two islands differ", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_rounds_do_not_converge_and_say_so()
    {
        SamplerSettings hasty = _few with { MostRounds = 1, EffectiveShare = 0.95 };
        Diagnostics diagnostics = Diagnostics.Of(LinearProblem.Run(new LinearProblem().Sampler(hasty)), hasty);

        diagnostics.HasConverged.ShouldBeFalse();
        diagnostics.Complaints.ShouldContain(c => c.Contains("not reached", StringComparison.Ordinal));
    }

    [Fact]
    public void A_linear_problem_converges() =>
        Diagnostics.Of(LinearProblem.Run(new LinearProblem().Sampler(_many)), _many).ShouldSatisfyAllConditions(d => d.Complaints.ShouldBeEmpty(), d => d.BetweenIslands.Max().ShouldBeLessThan(1.05));

    /// <summary>
    /// Recovery: for data drawn from known values the 90% intervals cover each value in 90% of repetitions; at least 15 of 20 is asked, and 20 repetitions of three values give a mean of 54.
    /// </summary>
    [Fact]
    public void Intervals_cover_the_truth_as_often_as_they_say()
    {
        int[] covered = new int[LinearProblem.Dimensions];
        for (int repetition = 0; repetition < 20; repetition++)
        {
            double[] truth = [.. Normals((ulong)repetition, 3)];
            double[] noise = [.. Normals((ulong)repetition + 1000, 3).Select(n => 0.3 * n)];
            double[] places = [truth[0] + (0.5 * truth[1]) + noise[0], truth[1] - (0.5 * truth[2]) + noise[1], (0.3 * truth[0]) + noise[2]];
            SyntheticLikelihood likelihood = new(places, [new[] { 0.09, 0, 0 }, new[] { 0, 0.09, 0 }, new[] { 0, 0, 0.09 }]);
            Sampler sampler = new(3, likelihood, new SamplerSettings { Particles = 400, SurrogateSteps = 30, FinalMoves = 2, Seed = (ulong)repetition }, z => [.. z.Select(x => new Simulated([x[0] + (0.5 * x[1]), x[1] - (0.5 * x[2]), 0.3 * x[0]], [0, 0, 0]))]);
            SamplerState state = LinearProblem.Run(sampler);
            for (int k = 0; k < 3; k++)
            {
                double[] z = [.. state.Particles.Select(p => p.Z[k])];
                covered[k] += truth[k] >= Nadir.Numerics.Quantiles.Of(z, 0.05) && truth[k] <= Nadir.Numerics.Quantiles.Of(z, 0.95) ? 1 : 0;
            }
        }

        covered.ShouldAllBe(c => c >= 15);
        covered.Sum().ShouldBeInRange(46, 60);
    }

    static IEnumerable<double> Normals(ulong seed, int count)
    {
        Nadir.Numerics.RandomStream stream = new(seed, 1, 2);
        for (int i = 0; i < count; i++)
        {
            yield return Nadir.Numerics.NormalDistribution.Quantile(stream.NextUniform());
        }
    }

    /// <summary>Simulations are stopped by themselves; here the walks between them, before the full likelihood and at it, and the climb to the mode.</summary>
    [Fact]
    public void A_calibration_that_is_stopped_ends_in_every_phase()
    {
        static Sampler Sampler(CancellationToken stop) => new(LinearProblem.Dimensions, LinearProblem.Likelihood, _few, places => [.. places.Select(LinearProblem.At)]) { Cancellation = stop };
        SamplerState start = Sampler(default).Start();
        SamplerState end = LinearProblem.Run(Sampler(default));
        CancellationToken stopped = new(canceled: true);

        (start.Temperature, end.Temperature).ShouldBe((0, 1));
        Should.Throw<OperationCanceledException>(() => Sampler(stopped).Next(start));
        Should.Throw<OperationCanceledException>(() => Sampler(stopped).Next(end));
        Should.Throw<OperationCanceledException>(() => PosteriorMode.Of(end, LinearProblem.Likelihood, _few, stopped));
    }
}
