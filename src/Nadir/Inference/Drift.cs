namespace Nadir.Inference;

/// <summary>Whether the last moves at the full likelihood still go somewhere: the second half of them against the first.</summary>
/// <param name="Means">Per hyper-parameter: how far its mean over the particles differs between the halves, in posterior standard deviations.</param>
/// <param name="LogLikelihood">How far the mean log-likelihood differs, in standard deviations of it between particles.</param>
public sealed record Drift(IReadOnlyList<double> Means, double LogLikelihood)
{
    /// <summary>The largest difference of a mean that passes.</summary>
    public const double MostOfMeans = 0.4;

    /// <summary>The largest difference of the log-likelihood that passes.</summary>
    public const double MostOfLogLikelihood = 0.3;

    /// <summary>True where neither the means nor the log-likelihood still move.</summary>
    public bool IsSettled => Means.All(m => m <= MostOfMeans) && LogLikelihood <= MostOfLogLikelihood;

    /// <summary>The drift of the last moves of a state, as many as are asked for; infinite where there are fewer than two.</summary>
    public static Drift Of(SamplerState state, SamplerSettings settings)
    {
        RoundReport[] last = [.. state.Rounds.Where(r => r.From >= 1).TakeLast(settings.FinalMoves)];
        int dimensions = state.Particles[0].Z.Count;
        if (last.Length < 2)
        {
            return new Drift([.. Enumerable.Repeat(double.PositiveInfinity, dimensions)], double.PositiveInfinity);
        }

        RoundReport[] first = last[..(last.Length / 2)];
        RoundReport[] second = last[(last.Length / 2)..];
        double Between(Func<RoundReport, double> of, IEnumerable<double> particles) =>
            Math.Abs(second.Average(of) - first.Average(of)) is var moved && moved == 0 ? 0 : moved / Sd(particles);
        return new Drift(
            [.. Enumerable.Range(0, dimensions).Select(k => Between(r => r.Means[k], state.Particles.Select(p => p.Z[k])))],
            Between(r => r.MeanLogLikelihood, state.Particles.Select(p => p.LogLikelihood)));
    }

    static double Sd(IEnumerable<double> values)
    {
        double[] v = [.. values];
        double mean = v.Average();
        return Math.Sqrt(v.Sum(x => (x - mean) * (x - mean)) / (v.Length - 1));
    }
}
