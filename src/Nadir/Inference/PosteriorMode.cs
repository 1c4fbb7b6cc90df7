using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>The likeliest place of the posterior under both islands' emulators, where numbers that the targets do not inform stay at the middle of their prior.</summary>
static class PosteriorMode
{
    const int Steps = 20_000;

    static readonly uint _climb = RandomStream.Purpose("calibration:mode");

    /// <summary>The mode, climbed to from the particles' mean.</summary>
    /// <exception cref="OperationCanceledException">The climb was stopped.</exception>
    public static double[] Of(SamplerState state, SyntheticLikelihood likelihood, SamplerSettings settings, CancellationToken cancellation = default)
    {
        Emulator[] islands = Emulator.Of(state, likelihood, settings);
        SurrogateWalk walk = islands[0].Walk with { LogLikelihood = z => (islands[0].LogLikelihood(z) + islands[1].LogLikelihood(z)) / 2, Steps = Steps, Cancellation = cancellation };
        return walk.Climb(Particle.Means(state.Particles), new RandomStream(settings.Seed, 0, _climb));
    }
}
