namespace Nadir.Inference;

/// <summary>What an island has learnt of the targets: quadratic functions of the hyper-parameters, and the posterior that follows from them.</summary>
/// <param name="Surrogate">The functions.</param>
/// <param name="LogLikelihood">The likelihood's logarithm under them, their errors counted.</param>
/// <param name="Walk">A walk through the posterior.</param>
sealed record Emulator(Surrogate Surrogate, Func<double[], double> LogLikelihood, SurrogateWalk Walk)
{
    /// <summary>Hyper-parameters of which products are learnt, those that are known best.</summary>
    const int MostCrossed = 14;

    /// <summary>Posterior over prior variance from which on products are not learnt.</summary>
    const double KnownWell = 0.6;

    /// <summary>The emulators of the two islands.</summary>
    public static Emulator[] Of(SamplerState state, SyntheticLikelihood likelihood, SamplerSettings settings) =>
        [.. Enumerable.Range(0, 2).Select(island => Of(state, island, likelihood, settings))];

    /// <summary>From the moves at the full likelihood, and from the rounds before them while those are too few.</summary>
    static Emulator Of(SamplerState state, int island, SyntheticLikelihood likelihood, SamplerSettings settings)
    {
        int half = state.Particles.Count / 2;
        Particle[] present = [.. state.Particles.Skip(island * half).Take(half)];
        Particle[] mine = [.. state.Recent.Concat(state.Particles).Where((_, i) => i / half % 2 == island)];
        Particle[] own = [.. mine.TakeLast(half * state.FinalMoves)];
        double[] centre = Particle.Means(present);
        Particle[] lessons = own.Length >= Surrogate.FewestForCurves(centre.Length) ? own : mine;
        Surrogate surrogate = Surrogate.Fit(lessons, Crossed(present, centre)) ?? Surrogate.Flat(mine);
        double[] errors = surrogate.MeanErrors(lessons);
        Func<double[], double> known = likelihood.WithErrors(errors, surrogate.Correlation);
        double LogLikelihood(double[] z) => known(surrogate.Predict(z));
        double[][] precision = SurrogateWalk.Precision(centre.Length, likelihood.Information(surrogate.Slopes(centre), errors, surrogate.Correlation), 1);
        return new Emulator(surrogate, LogLikelihood, new SurrogateWalk(LogLikelihood, Cholesky.Of(precision), 1, settings.SurrogateSteps));
    }

    /// <summary>The hyper-parameters that are known best, in their order.</summary>
    static int[] Crossed(IReadOnlyList<Particle> particles, double[] means) =>
    [
        .. Enumerable.Range(0, means.Length)
            .Select(k => (Index: k, Variance: particles.Average(p => (p.Z[k] - means[k]) * (p.Z[k] - means[k]))))
            .Where(k => k.Variance < KnownWell)
            .OrderBy(k => k.Variance)
            .Take(MostCrossed)
            .Select(k => k.Index)
            .Order(),
    ];
}
