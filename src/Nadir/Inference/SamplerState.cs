namespace Nadir.Inference;

/// <summary>One particle: a place in the prior, where every coordinate is standard normal, and what was simulated there.</summary>
/// <param name="Z">The place.</param>
/// <param name="Simulated">The simulation; null where the population cannot have these values.</param>
/// <param name="LogLikelihood">Its logarithm; negative infinity without a simulation.</param>
/// <param name="Ancestor">The first round's particle it descends from.</param>
public sealed record Particle(IReadOnlyList<double> Z, Simulated? Simulated, double LogLikelihood, int Ancestor)
{
    /// <summary>The logarithm of the likelihood of the screen's simulation; that of the simulation where there is no screen.</summary>
    public double Screened { get; init; } = LogLikelihood;
}

/// <summary>Everything a sampler needs to go on: a round's end, as a checkpoint keeps it.</summary>
/// <param name="Round">Rounds done; 0 after the draw from the prior.</param>
/// <param name="Temperature">Power of the likelihood, from 0 (prior) to 1 (posterior).</param>
/// <param name="Particles">The particles, island by island.</param>
/// <param name="Recent">Particles of the rounds before, newest last, which teach the surrogate.</param>
/// <param name="Rounds">What happened in each round.</param>
public sealed record SamplerState(int Round, double Temperature, IReadOnlyList<Particle> Particles, IReadOnlyList<Particle> Recent, IReadOnlyList<RoundReport> Rounds)
{
    /// <summary>Whether the particles are simulated in full, and no longer with a part of the patients.</summary>
    public bool IsFull { get; init; }

    /// <summary>Patients that failed numerically, over all simulations so far.</summary>
    public int Failed { get; init; }

    /// <summary>Moves done at the full likelihood.</summary>
    public int FinalMoves => Rounds.Count(r => r.Temperature >= 1 && r.From >= 1);
}

/// <summary>What happened in a round.</summary>
/// <param name="From">The power before.</param>
/// <param name="Temperature">The power after.</param>
/// <param name="Effective">Effective number of particles after reweighting.</param>
/// <param name="Acceptance">Share of the proposals accepted.</param>
/// <param name="Means">Mean of each coordinate at the end.</param>
/// <param name="MeanLogLikelihood">Mean of the log-likelihood at the end.</param>
public sealed record RoundReport(double From, double Temperature, double Effective, double Acceptance, IReadOnlyList<double> Means, double MeanLogLikelihood);
