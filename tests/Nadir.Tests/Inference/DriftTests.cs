using Nadir.Inference;

namespace Nadir.Tests.Inference;

/// <summary>Four moves at the full likelihood, two and two; the particles' standard deviation is 1 in each coordinate and 2 in the log-likelihood.</summary>
public class DriftTests
{
    static readonly SamplerSettings _four = new() { FinalMoves = 4, MostFinalMoves = 6 };

    static SamplerState State(double[] means, double[] logLikelihoods, double from = 1)
    {
        Particle[] particles = [.. Enumerable.Range(0, 100).Select(i => new Particle([Math.Sqrt(0.99) * (i % 2 == 0 ? 1 : -1)], null, Math.Sqrt(0.99) * (i % 2 == 0 ? 2 : -2)))];
        RoundReport[] rounds = [.. means.Zip(logLikelihoods, (m, l) => new RoundReport(from, 1, 100, 0.2, [m], l))];
        return new SamplerState(rounds.Length, 1, particles, [], rounds);
    }

    [Fact]
    public void Moves_that_go_nowhere_have_settled()
    {
        Drift drift = Drift.Of(State([0.1, -0.1, 0.2, 0], [5, 5.4, 5.2, 5.6]), _four);

        drift.Means[0].ShouldBe(0.1, 1e-9);
        drift.LogLikelihood.ShouldBe(0.1, 1e-9);
        drift.IsSettled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(-0.5, 0)]
    [InlineData(0, 0.7)]
    [InlineData(0, -0.7)]
    public void A_mean_or_a_likelihood_that_still_moves_has_not(double mean, double logLikelihood) =>
        Drift.Of(State([0, 0, mean, mean], [5, 5, 5 + logLikelihood, 5 + logLikelihood]), _four).IsSettled.ShouldBeFalse();

    /// <summary>Only the last four count, so that a run that has come to rest after a while passes.</summary>
    [Fact]
    public void What_happened_before_the_last_moves_is_forgotten()
    {
        Drift.Of(State([9, 9, 0, 0, 0, 0], [-50, -20, 5, 5, 5, 5]), _four).IsSettled.ShouldBeTrue();
        Drift.Of(State([0, 0, 0, 0], [5, 5, 5, 5], from: 0.9), _four).IsSettled.ShouldBeFalse();
    }

    [Fact]
    public void A_sampler_goes_on_while_it_drifts_until_it_gives_up()
    {
        Sampler sampler = new(1, new SyntheticLikelihood([0.0], [new[] { 1.0 }]), _four, z => [.. z.Select(x => new Simulated(x, [0.0]))]);

        sampler.IsDone(State([0, 0, 0, 0], [5, 5, 5, 5])).ShouldBeTrue();
        sampler.IsDone(State([0, 0, 1, 1], [5, 5, 5, 5])).ShouldBeFalse();
        sampler.IsDone(State([0, 0, 0, 0, 1, 1], [5, 5, 5, 5, 5, 5])).ShouldBeTrue();
    }

    [Fact]
    public void A_calibration_that_drifts_says_which_way_it_has_not_converged()
    {
        Diagnostics.Of(State([0, 0, 1, 1], [5, 5, 5, 5]), _four).Complaints.ShouldContain(c => c.Contains("means still move", StringComparison.Ordinal));
        Diagnostics.Of(State([0, 0, 0, 0], [5, 5, 9, 9]), _four).Complaints.ShouldContain(c => c.Contains("log-likelihood still moves", StringComparison.Ordinal));
        Diagnostics.Of(State([0, 0, 0, 0], [5, 5, 5, 5]), _four).Complaints.ShouldBeEmpty();
    }
    /// <summary>An emulator that says something else than the simulations, or that could not be held against them.</summary>
    [Theory]
    [InlineData(0.51)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void A_calibration_whose_emulator_is_off_has_not_converged(double off)
    {
        SamplerState state = State([0, 0, 0, 0], [5, 5, 5, 5]);
        state = state with { Rounds = [.. state.Rounds.SkipLast(1), state.Rounds[^1] with { Off = off }] };

        Diagnostics.Of(state, _four).Complaints.ShouldHaveSingleItem().ShouldContain("not what the emulator says");
    }
}
