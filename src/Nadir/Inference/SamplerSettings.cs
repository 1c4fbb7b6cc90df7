namespace Nadir.Inference;

/// <summary>How a posterior is sampled.</summary>
public sealed record SamplerSettings
{
    /// <summary>Particles, an even number of at least 20: half of them in each of two islands that never meet.</summary>
    /// <value>Default: 320.</value>
    public int Particles { get; init; } = 320;

    /// <summary>Moves at the full likelihood after the tempering; while the last so many still drift, further ones follow, up to half as many again.</summary>
    /// <value>Default: 4.</value>
    public int FinalMoves { get; init; } = 4;

    /// <summary>Power of the likelihood from which on places are simulated in full; before it, and to screen proposals after it, a part of the patients is enough. Only with a screen.</summary>
    /// <value>Default: 0.1.</value>
    public double FullFrom { get; init; } = 0.1;

    /// <summary>Steps on the surrogate between two simulations of a particle.</summary>
    /// <value>Default: 600.</value>
    public int SurrogateSteps { get; init; } = 600;

    /// <summary>Steps from the second move at the full likelihood on; null for as many as before. Short walks are accepted more often where the surrogate is less right than the data are sharp.</summary>
    /// <value>Default: null.</value>
    public int? FinalSteps { get; init; }

    /// <summary>Share of the particles that reweighting may leave effective.</summary>
    /// <value>Default: 0.4.</value>
    public double EffectiveShare { get; init; } = 0.4;

    /// <summary>Rounds after which it gives up.</summary>
    /// <value>Default: 40.</value>
    public int MostRounds { get; init; } = 40;

    /// <summary>Seed of the sampler's random numbers; not those of the patients.</summary>
    /// <value>Default: 1.</value>
    public ulong Seed { get; init; } = 1;
}
