namespace Nadir.Inference;

/// <summary>One particle: a place in the prior, where every coordinate is standard normal, and what was simulated there.</summary>
/// <param name="Z">The place.</param>
/// <param name="Simulated">The simulation; null where the population cannot have these values.</param>
/// <param name="LogLikelihood">Logarithm of the likelihood of the simulation, negative infinity without one; at the full likelihood that of what the emulator says.</param>
public sealed record Particle(IReadOnlyList<double> Z, Simulated? Simulated, double LogLikelihood)
{
    /// <summary>Mean of each coordinate.</summary>
    internal static double[] Means(IReadOnlyList<Particle> particles) =>
        [.. Enumerable.Range(0, particles[0].Z.Count).Select(k => particles.Average(p => p.Z[k]))];
}

/// <summary>Everything a sampler needs to go on: a round's end, as a checkpoint keeps it.</summary>
/// <param name="Round">Rounds done; 0 after the draw from the prior.</param>
/// <param name="Temperature">Power of the likelihood, from 0 (prior) to 1 (posterior).</param>
/// <param name="Particles">The particles, island by island.</param>
/// <param name="Recent">What was simulated in the rounds before, newest last and whole rounds, which teaches the surrogate.</param>
/// <param name="Rounds">What happened in each round.</param>
public sealed record SamplerState(int Round, double Temperature, IReadOnlyList<Particle> Particles, IReadOnlyList<Particle> Recent, IReadOnlyList<RoundReport> Rounds)
{
    /// <summary>Patients that failed numerically, over all simulations so far.</summary>
    public int Failed { get; init; }

    /// <summary>Moves done at the full likelihood.</summary>
    public int FinalMoves => Rounds.Count(r => r.Temperature >= 1 && r.From >= 1);
}

/// <summary>What happened in a round.</summary>
/// <param name="From">The power before.</param>
/// <param name="Temperature">The power after.</param>
/// <param name="Effective">Effective number of particles after reweighting.</param>
/// <param name="Moved">Share of the particles that moved.</param>
/// <param name="Means">Mean of each coordinate at the end.</param>
/// <param name="MeanLogLikelihood">Mean of the log-likelihood at the end.</param>
public sealed record RoundReport(double From, double Temperature, double Effective, double Moved, IReadOnlyList<double> Means, double MeanLogLikelihood)
{
    /// <summary>How far what was simulated is from what the emulator had said: the largest mean difference of a target, in its standard deviations. 0 before the full likelihood.</summary>
    public double Off { get; init; }
}
