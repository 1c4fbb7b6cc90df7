namespace Nadir.Inference;

/// <summary>How a posterior is sampled.</summary>
public sealed record SamplerSettings
{
    /// <summary>Particles, an even number of at least 20: half of them in each of two islands that never meet.</summary>
    /// <value>Default: 256.</value>
    public int Particles { get; init; } = 256;

    /// <summary>Moves at the full likelihood after the tempering, at least; further ones follow until nothing speaks against convergence.</summary>
    /// <value>Default: 6.</value>
    public int FinalMoves { get; init; } = 6;

    /// <summary>Moves at the full likelihood after which it gives up.</summary>
    /// <value>Default: 30.</value>
    public int MostFinalMoves { get; init; } = 30;

    /// <summary>Steps on the surrogate between two simulations of a particle.</summary>
    /// <value>Default: 400.</value>
    public int SurrogateSteps { get; init; } = 400;

    /// <summary>Share of the particles that reweighting may leave effective.</summary>
    /// <value>Default: 0.4.</value>
    public double EffectiveShare { get; init; } = 0.4;

    /// <summary>Rounds after which it gives up.</summary>
    /// <value>Default: 60.</value>
    public int MostRounds { get; init; } = 60;

    /// <summary>Seed of the sampler's random numbers; not those of the patients.</summary>
    /// <value>Default: 1.</value>
    public ulong Seed { get; init; } = 1;
}
