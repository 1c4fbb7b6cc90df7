using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>
/// Moves at the full likelihood under an emulator (Kennedy and O'Hagan 2001, with quadratic functions in place of Gaussian processes). Each simulation has patients of its own, so that chance among
/// them averages out over the simulations that an emulator learns from, where a single simulation that is accepted or refused would carry its chance along. Each of the two islands learns from its own simulations only:
/// what an emulator does not know for certain makes the islands differ. What a quadratic function misses counts as error of the targets. Estimates of one study come from the same patients; how they go together by that is taken from
/// the emulator's residuals, which are such chance.
/// </summary>
sealed class Emulation
{
    /// <summary>Rounds that an emulator learns from.</summary>
    const int Memory = 8;

    static readonly uint _walk = RandomStream.Purpose("calibration:emulated-walk");

    readonly SyntheticLikelihood _likelihood;
    readonly SamplerSettings _settings;
    readonly Func<IReadOnlyList<IReadOnlyList<double>>, int, IReadOnlyList<Simulated?>> _renew;

    public Emulation(SyntheticLikelihood likelihood, SamplerSettings settings, Func<IReadOnlyList<IReadOnlyList<double>>, int, IReadOnlyList<Simulated?>> renew) =>
        (_likelihood, _settings, _renew) = (likelihood, settings, renew);

    /// <summary>One move: the particles walk under the emulators, and are simulated where they end, to teach the next.</summary>
    public SamplerState Next(SamplerState state, int threads, CancellationToken cancellation)
    {
        int half = state.Particles.Count / 2;
        Emulator[] islands = Emulator.Of(state, _likelihood, _settings);
        double[][] places = new double[state.Particles.Count][];
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => places[i] = (islands[i / half].Walk with { Cancellation = cancellation }).From([.. state.Particles[i].Z], Stream(i, state.Round)));
        IReadOnlyList<Simulated?> simulated = _renew(places, state.Round);

        // A place that cannot be, or where a target cannot be estimated, is refused and teaches nothing.
        Particle[] moved = [.. state.Particles.Select((p, i) => simulated[i] is { IsWhole: true } s ? Of(places[i], s, islands[i / half]) : Of(p.Z, null, islands[i / half]))];
        double share = moved.Zip(state.Particles, (a, b) => a.Z.SequenceEqual(b.Z) ? 0 : 1).Average();
        RoundReport report = new(1, 1, moved.Length, share, Particle.Means(moved), moved.Average(p => p.LogLikelihood))
        {
            Off = Enumerable.Range(0, 2).Max(i => Off([.. moved.Skip(i * half).Take(half)], islands[i])),
        };
        return state with
        {
            Round = state.Round + 1,
            Particles = moved,
            Recent = [.. state.Recent.Concat(state.Particles).TakeLast((Memory - 1) * moved.Length)],
            Rounds = [.. state.Rounds, report],
        };
    }

    static Particle Of(IReadOnlyList<double> z, Simulated? simulated, Emulator emulator) => new(z, simulated, emulator.LogLikelihood([.. z]));

    RandomStream Stream(int particle, int round) => new(_settings.Seed, ((ulong)round << 32) | (uint)particle, _walk);

    /// <summary>The largest mean difference between what is simulated and what the emulator said of it before, in the targets' standard deviations; infinity where a tenth of the simulations misses a target.</summary>
    double Off(IReadOnlyList<Particle> particles, Emulator emulator)
    {
        Particle[] whole = [.. particles.Where(p => p.Simulated is { IsWhole: true })];
        if (whole.Length < 0.9 * particles.Count)
        {
            return double.PositiveInfinity;
        }

        double[][] said = [.. whole.Select(p => emulator.Surrogate.Predict([.. p.Z]))];
        return Enumerable.Range(0, _likelihood.Count).Max(t => Math.Abs(whole.Select((p, i) => p.Simulated!.Places[t] - said[i][t]).Average()) / _likelihood.Sd(t));
    }
}
