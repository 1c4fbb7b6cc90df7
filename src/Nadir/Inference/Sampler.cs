using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>
/// Sequential Monte Carlo over powers of the likelihood (Del Moral, Doucet and Jasra 2006): reweight, resample, move. A move walks on a surrogate and simulates where it ends; delayed acceptance (Christen and
/// Fox 2005) corrects for the surrogate. The next power leaves a set share of the particles effective. At the full likelihood a simulation's chance decides more than its place, and the particles go on under an
/// <see cref="Emulation"/> instead. All randomness is keyed by seed, particle, round and purpose: a state and a seed decide everything that follows.
/// </summary>
public sealed class Sampler
{
    /// <summary>Rounds that the surrogate learns from.</summary>
    const int Memory = 3;

    static readonly uint _prior = RandomStream.Purpose("calibration:prior");
    static readonly uint _resample = RandomStream.Purpose("calibration:resample");
    static readonly uint _walk = RandomStream.Purpose("calibration:walk");
    static readonly uint _accept = RandomStream.Purpose("calibration:accept");

    readonly int _dimensions;
    readonly SyntheticLikelihood _likelihood;
    readonly SamplerSettings _settings;
    readonly Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>> _simulate;
    readonly Emulation _emulation;

    /// <summary>A sampler of a posterior.</summary>
    /// <param name="dimensions">Number of hyper-parameters.</param>
    /// <param name="likelihood">The likelihood of the targets.</param>
    /// <param name="settings">How to sample.</param>
    /// <param name="simulate">Simulates places of the prior, all at once; null for a place that cannot be.</param>
    /// <param name="renew">Simulates them with patients of their own, new for each place and each round, for the moves at the full likelihood; null for a simulation without chance.</param>
    /// <exception cref="ArgumentException">The particles are fewer than 20 or odd in number.</exception>
    public Sampler(
        int dimensions,
        SyntheticLikelihood likelihood,
        SamplerSettings settings,
        Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>> simulate,
        Func<IReadOnlyList<IReadOnlyList<double>>, int, IReadOnlyList<Simulated?>>? renew = null)
    {
        if (settings.Particles < 20 || settings.Particles % 2 != 0)
        {
            throw new ArgumentException($"found {settings.Particles} particles, expected an even number of at least 20", nameof(settings));
        }

        (_dimensions, _likelihood, _settings, _simulate) = (dimensions, likelihood, settings, simulate);
        _emulation = new Emulation(likelihood, settings, renew ?? ((places, _) => simulate(places)));
    }

    /// <summary>Threads that walk on the surrogate; the walks do not depend on it.</summary>
    /// <value>Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>Stops a walk on the surrogate; what simulates has to be stopped by itself.</summary>
    /// <value>Default: never.</value>
    public CancellationToken Cancellation { get; init; }

    /// <summary>True when nothing is left to do: the final moves are made and nothing speaks against convergence, or it gives up.</summary>
    public bool IsDone(SamplerState state) => state.Round >= _settings.MostRounds
        || (state.FinalMoves >= _settings.FinalMoves && (state.FinalMoves >= _settings.MostFinalMoves || Diagnostics.Of(state, _settings).HasConverged));

    /// <summary>Draws from the prior.</summary>
    public SamplerState Start()
    {
        double[][] places = [.. Enumerable.Range(0, _settings.Particles).Select(i => Normals(new RandomStream(_settings.Seed, (ulong)i, _prior)))];
        IReadOnlyList<Simulated?> simulated = _simulate(places);
        return new SamplerState(0, 0, [.. places.Select((z, i) => Of(z, simulated[i]))], [], []);
    }

    /// <summary>One round: to the next power, or one more move at the full likelihood.</summary>
    /// <exception cref="OperationCanceledException">The walk was stopped.</exception>
    public SamplerState Next(SamplerState state) => state.Temperature >= 1 ? _emulation.Next(state, Threads, Cancellation) : Temper(state);

    SamplerState Temper(SamplerState state)
    {
        (double power, double effective) = NextPower(state);
        Particle[] chosen = Resample(state, power);
        Particle[] recent = [.. state.Recent.Concat(state.Particles).TakeLast(Memory * _settings.Particles)];
        (IReadOnlyList<Particle> moved, IReadOnlyList<Particle> tried, double acceptance) = Move(chosen, recent, power, state.Round);
        RoundReport report = new(state.Temperature, power, effective, acceptance, Particle.Means(moved), moved.Average(p => p.LogLikelihood));

        // The surrogate also learns from proposals that were not accepted.
        return state with { Round = state.Round + 1, Temperature = power, Particles = moved, Recent = [.. state.Recent.Concat(tried).TakeLast((Memory - 1) * _settings.Particles)], Rounds = [.. state.Rounds, report] };
    }

    Particle Of(IReadOnlyList<double> z, Simulated? simulated) =>
        new(z, simulated, simulated is null ? double.NegativeInfinity : _likelihood.Log(simulated));

    double[] Normals(RandomStream stream)
    {
        double[] z = new double[_dimensions];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = NormalDistribution.Quantile(stream.NextUniform());
        }

        return z;
    }

    (double Power, double Effective) NextPower(SamplerState state)
    {
        double now = state.Temperature;
        double Effective(double power) => EffectiveNumber(Weights(state.Particles, power - now));
        double wanted = _settings.EffectiveShare * state.Particles.Count(p => double.IsFinite(p.LogLikelihood));
        if (Effective(1) >= wanted)
        {
            return (1, Effective(1));
        }

        (double low, double high) = (now, 1);
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Effective(middle) >= wanted ? (middle, high) : (low, middle);
        }

        return (high, Effective(high));
    }

    static double[] Weights(IReadOnlyList<Particle> particles, double power)
    {
        double best = particles.Max(p => p.LogLikelihood);
        return [.. particles.Select(p => double.IsFinite(p.LogLikelihood) ? Elementary.Exp(power * (p.LogLikelihood - best)) : 0)];
    }

    static double EffectiveNumber(double[] weights)
    {
        double sum = weights.Sum();
        return sum * sum / weights.Sum(w => w * w);
    }

    /// <summary>Systematic resampling, in each island by itself.</summary>
    Particle[] Resample(SamplerState state, double power)
    {
        IReadOnlyList<Particle> particles = state.Particles;
        double[] weight = Weights(particles, power - state.Temperature);
        int half = particles.Count / 2;
        List<Particle> chosen = [];
        for (int island = 0; island < 2; island++)
        {
            Particle[] mine = [.. particles.Skip(island * half).Take(half)];
            double[] weights = [.. weight.Skip(island * half).Take(half)];
            double step = weights.Sum() / half;
            double at = step * new RandomStream(_settings.Seed, (ulong)((state.Round * 2) + island), _resample).NextUniform();
            int i = 0;
            double reached = weights[0];
            for (int k = 0; k < half; k++, at += step)
            {
                while (reached < at && i < half - 1)
                {
                    reached += weights[++i];
                }

                chosen.Add(mine[i]);
            }
        }

        return [.. chosen];
    }

    (IReadOnlyList<Particle> Moved, IReadOnlyList<Particle> Tried, double Acceptance) Move(Particle[] from, IReadOnlyList<Particle> recent, double power, int round)
    {
        Surrogate? surrogate = Surrogate.Fit(recent);
        double[] errors = Errors(surrogate, from);
        Func<double[], double> guess = Guess(surrogate, errors);
        SurrogateWalk walk = new(guess, Cholesky.Of(Precision(surrogate, errors, Particle.Means(from), power)), power, _settings.SurrogateSteps) { Cancellation = Cancellation };
        double[][] places = new double[from.Length][];
        Parallel.For(0, from.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation }, i => places[i] = walk.From([.. from[i].Z], Stream(i, round, _walk)));
        IReadOnlyList<Simulated?> simulated = _simulate(places);
        Particle[] tried = [.. places.Select((z, i) => Of(z, simulated[i]))];
        Particle[] moved = [.. from];
        int accepted = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            double expected = guess(places[i]) - guess([.. from[i].Z]);
            double ratio = power * (tried[i].LogLikelihood - from[i].LogLikelihood - expected);
            if (Elementary.Log(Stream(i, round, _accept).NextUniform()) < ratio)
            {
                moved[i] = tried[i];
                accepted++;
            }
        }

        return (moved, tried, accepted / (double)moved.Length);
    }

    RandomStream Stream(int particle, int round, uint purpose) => new(_settings.Seed, ((ulong)round << 32) | (uint)particle, purpose);

    /// <summary>Variance of what the surrogate predicts: its own errors, and the chance among virtual patients.</summary>
    static double[] Errors(Surrogate? surrogate, IReadOnlyList<Particle> from)
    {
        Simulated[] known = [.. from.Select(p => p.Simulated).OfType<Simulated>().Where(s => s.IsWhole)];
        return surrogate is null ? [] : [.. surrogate.Residuals.Select((r, t) => r + (known.Length == 0 ? 0 : known.Average(s => s.Variances[t])))];
    }

    /// <summary>The likelihood as the surrogate sees it; flat where there is no surrogate, so that a walk then samples the prior.</summary>
    Func<double[], double> Guess(Surrogate? surrogate, double[] errors)
    {
        if (surrogate is null)
        {
            return _ => 0;
        }

        Func<double[], double> likelihood = _likelihood.WithErrors(errors);
        return z => likelihood(surrogate.Predict(z));
    }

    double[][] Precision(Surrogate? surrogate, double[] errors, double[] centre, double power) =>
        SurrogateWalk.Precision(_dimensions, surrogate is null ? null : _likelihood.Information(surrogate.Slopes(centre), errors), power);
}
