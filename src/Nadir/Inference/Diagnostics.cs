namespace Nadir.Inference;

/// <summary>Whether the particles can be taken for the posterior.</summary>
/// <param name="Reached">The full likelihood was reached.</param>
/// <param name="BetweenIslands">Per hyper-parameter: square root of all variance over variance within the two islands (Gelman and Rubin 1992).</param>
/// <param name="Drift">Whether the final moves still go somewhere.</param>
/// <param name="Off">How far the last move's simulations are from what the emulators had said, in standard deviations of the target that is furthest off.</param>
public sealed record Diagnostics(bool Reached, IReadOnlyList<double> BetweenIslands, Drift Drift, double Off)
{
    /// <summary>The largest ratio that passes.</summary>
    public const double MostBetweenIslands = 1.2;

    /// <summary>The largest mean error of an emulator that passes.</summary>
    public const double MostOff = 0.5;

    /// <summary>Why it has not converged; empty where it has.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            List<string> complaints = [];
            if (!Reached)
            {
                complaints.Add("the full likelihood was not reached, or not all final moves were made");
                return complaints;
            }

            if (BetweenIslands.Max() > MostBetweenIslands)
            {
                complaints.Add(FormattableString.Invariant($"the two islands differ: ratio {BetweenIslands.Max():0.00}, at most {MostBetweenIslands} expected"));
            }

            if (Drift.Means.Max() > Inference.Drift.MostOfMeans)
            {
                complaints.Add(FormattableString.Invariant($"the means still move: by {Drift.Means.Max():0.00} standard deviations between the halves of the last moves, at most {Inference.Drift.MostOfMeans} expected"));
            }

            if (Drift.LogLikelihood > Inference.Drift.MostOfLogLikelihood)
            {
                complaints.Add(FormattableString.Invariant($"the log-likelihood still moves: by {Drift.LogLikelihood:0.00} standard deviations between the halves of the last moves, at most {Inference.Drift.MostOfLogLikelihood} expected"));
            }

            // Not a number is a complaint as well.
            if (!(Off <= MostOff))
            {
                complaints.Add(FormattableString.Invariant($"what is simulated is not what the emulator says: {Off:0.00} standard deviations of a target apart, at most {MostOff} expected"));
            }

            return complaints;
        }
    }

    /// <summary>True when nothing speaks against convergence.</summary>
    public bool HasConverged => Complaints.Count == 0;

    /// <summary>Diagnostics of a sampler's end.</summary>
    public static Diagnostics Of(SamplerState state, SamplerSettings settings)
    {
        RoundReport[] final = [.. state.Rounds.Where(r => r.From >= 1)];
        int half = state.Particles.Count / 2;
        int d = state.Particles[0].Z.Count;
        double[] all = [.. Enumerable.Range(0, d).Select(k => Variance(state.Particles.Select(p => p.Z[k])))];
        double[] within = [.. Enumerable.Range(0, d).Select(k => (Variance(state.Particles.Take(half).Select(p => p.Z[k])) + Variance(state.Particles.Skip(half).Select(p => p.Z[k]))) / 2)];
        return new Diagnostics(
            state.Temperature >= 1 && final.Length >= settings.FinalMoves,
            [.. all.Select((v, k) => within[k] > 0 ? Math.Sqrt(v / within[k]) : double.PositiveInfinity)],
            Inference.Drift.Of(state, settings),
            final.Length == 0 ? double.PositiveInfinity : final[^1].Off);
    }

    static double Variance(IEnumerable<double> values)
    {
        double[] v = [.. values];
        double mean = v.Average();
        return v.Sum(x => (x - mean) * (x - mean)) / (v.Length - 1);
    }
}
