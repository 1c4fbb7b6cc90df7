using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>
/// Sequential Monte Carlo over powers of the likelihood (Del Moral, Doucet and Jasra 2006): reweight, resample, move. A move walks on a surrogate and simulates where it
/// ends; delayed acceptance (Christen and Fox 2005) corrects for the surrogate, so that it decides only how many proposals are accepted. With a screen, a simulation with a part of the patients, the first
/// rounds use that alone, and later a proposal is simulated in full only where it passes the screen, which delayed acceptance corrects for as well. The next power leaves a set share of the particles
/// effective. All randomness is keyed by seed, particle, round and purpose: a state and a seed decide everything that follows.
/// </summary>
public sealed class Sampler
{
    /// <summary>Rounds that the surrogate learns from.</summary>
    const int Memory = 3;

    static readonly uint _prior = RandomStream.Purpose("calibration:prior");
    static readonly uint _resample = RandomStream.Purpose("calibration:resample");
    static readonly uint _walk = RandomStream.Purpose("calibration:walk");
    static readonly uint _accept = RandomStream.Purpose("calibration:accept");
    static readonly uint _pass = RandomStream.Purpose("calibration:pass");
    static readonly uint _promote = RandomStream.Purpose("calibration:promote");

    readonly int _dimensions;
    readonly SyntheticLikelihood _likelihood;
    readonly SamplerSettings _settings;
    readonly Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>> _simulate;
    readonly Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>>? _screen;

    /// <summary>A sampler of a posterior.</summary>
    /// <param name="dimensions">Number of hyper-parameters.</param>
    /// <param name="likelihood">The likelihood of the targets.</param>
    /// <param name="settings">How to sample.</param>
    /// <param name="simulate">Simulates places of the prior, all at once; null for a place that cannot be.</param>
    /// <param name="screen">The same with a part of the patients, cheaper; null for none. A place that cannot be is none in both.</param>
    /// <exception cref="ArgumentException">The particles are fewer than 20 or odd in number.</exception>
    public Sampler(
        int dimensions,
        SyntheticLikelihood likelihood,
        SamplerSettings settings,
        Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>> simulate,
        Func<IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<Simulated?>>? screen = null)
    {
        if (settings.Particles < 20 || settings.Particles % 2 != 0)
        {
            throw new ArgumentException($"found {settings.Particles} particles, expected an even number of at least 20", nameof(settings));
        }

        (_dimensions, _likelihood, _settings, _simulate, _screen) = (dimensions, likelihood, settings, simulate, screen);
    }

    /// <summary>Threads that walk on the surrogate; the walks do not depend on it.</summary>
    /// <value>Default: 1.</value>
    public int Threads { get; init; } = 1;

    /// <summary>True when nothing is left to do: all final moves are made and the last of them do not drift, half as many again are made, or the rounds are used up.</summary>
    public bool IsDone(SamplerState state) => state.Round >= _settings.MostRounds
        || (state.FinalMoves >= _settings.FinalMoves && (state.FinalMoves >= _settings.FinalMoves + (_settings.FinalMoves / 2) || Drift.Of(state, _settings).IsSettled));

    /// <summary>Draws from the prior.</summary>
    public SamplerState Start()
    {
        double[][] places = [.. Enumerable.Range(0, _settings.Particles).Select(i => Normals(new RandomStream(_settings.Seed, (ulong)i, _prior)))];
        IReadOnlyList<Simulated?> simulated = (_screen ?? _simulate)(places);
        Particle[] particles = [.. places.Select((z, i) => Of(z, simulated[i], i))];
        return new SamplerState(0, 0, particles, [], []) { IsFull = _screen is null };
    }

    /// <summary>One round: to the next power, or one more move at the full likelihood.</summary>
    public SamplerState Next(SamplerState state)
    {
        state = !state.IsFull && state.Temperature >= _settings.FullFrom ? Promote(state) : state;
        (double power, double effective) = NextPower(state);
        IReadOnlyList<Particle> chosen = power > state.Temperature ? Resample(state, power) : state.Particles;
        Particle[] recent = [.. state.Recent.Concat(state.Particles).TakeLast(Memory * _settings.Particles)];
        (IReadOnlyList<Particle> moved, IReadOnlyList<Particle> tried, double acceptance) = Move(chosen, recent, power, state);
        RoundReport report = new(state.Temperature, power, effective, acceptance, Means(moved), moved.Average(p => p.LogLikelihood));

        // The surrogate also learns from proposals that were not accepted.
        return state with { Round = state.Round + 1, Temperature = power, Particles = moved, Recent = [.. state.Recent.Concat(tried).TakeLast((Memory - 1) * _settings.Particles)], Rounds = [.. state.Rounds, report] };
    }

    /// <summary>Simulates the particles in full, and resamples them by what that changes of the likelihood at the power reached.</summary>
    SamplerState Promote(SamplerState state)
    {
        IReadOnlyList<Simulated?> simulated = _simulate([.. state.Particles.Select(p => p.Z)]);
        Particle[] full = [.. state.Particles.Select((p, i) => Of(p.Z, simulated[i], p.Ancestor) with { Screened = p.LogLikelihood })];
        double[] changes = [.. full.Select(p => double.IsFinite(p.LogLikelihood) && double.IsFinite(p.Screened) ? state.Temperature * (p.LogLikelihood - p.Screened) : double.NegativeInfinity)];
        return state with { Particles = Resample(full, [.. changes.Select(c => Elementary.Exp(c - changes.Max()))], state.Round, _promote), IsFull = true };
    }

    Particle Of(IReadOnlyList<double> z, Simulated? simulated, int ancestor) =>
        new(z, simulated, simulated is null ? double.NegativeInfinity : _likelihood.Log(simulated), ancestor);

    double[] Normals(RandomStream stream)
    {
        double[] z = new double[_dimensions];
        for (int i = 0; i < z.Length; i++)
        {
            z[i] = NormalDistribution.Quantile(stream.NextUniform());
        }

        return z;
    }

    static double[] Means(IReadOnlyList<Particle> particles) =>
        [.. Enumerable.Range(0, particles[0].Z.Count).Select(k => particles.Average(p => p.Z[k]))];

    (double Power, double Effective) NextPower(SamplerState state)
    {
        double now = state.Temperature;
        if (now >= 1)
        {
            return (1, state.Particles.Count);
        }

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

    Particle[] Resample(SamplerState state, double power) => Resample(state.Particles, Weights(state.Particles, power - state.Temperature), state.Round, _resample);

    /// <summary>Systematic resampling, in each island by itself.</summary>
    Particle[] Resample(IReadOnlyList<Particle> particles, double[] weight, int round, uint purpose)
    {
        int half = particles.Count / 2;
        List<Particle> chosen = [];
        for (int island = 0; island < 2; island++)
        {
            Particle[] mine = [.. particles.Skip(island * half).Take(half)];
            double[] weights = [.. weight.Skip(island * half).Take(half)];
            double step = weights.Sum() / half;
            double at = step * new RandomStream(_settings.Seed, (ulong)((round * 2) + island), purpose).NextUniform();
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

    (IReadOnlyList<Particle> Moved, IReadOnlyList<Particle> Tried, double Acceptance) Move(IReadOnlyList<Particle> from, IReadOnlyList<Particle> recent, double power, SamplerState state)
    {
        int round = state.Round;
        Surrogate? surrogate = Surrogate.Fit([.. recent.Where(p => p.Simulated is not null).Select(p => (p.Z.ToArray(), p.Simulated!))]);
        double[] errors = Errors(surrogate, from);
        Func<double[], double> guess = Guess(surrogate, errors);
        Cholesky precision = Cholesky.Of(Precision(surrogate, errors, Means(from), power));
        double[][] places = new double[from.Count][];
        int steps = state.FinalMoves == 0 ? _settings.SurrogateSteps : _settings.FinalSteps ?? _settings.SurrogateSteps;
        Parallel.For(0, from.Count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i => places[i] = Walk([.. from[i].Z], guess, precision, power, steps, Stream(i, round, _walk)));
        double[] guessed = [.. places.Select((z, i) => guess(z) - guess([.. from[i].Z]))];
        IReadOnlyList<Proposal> proposals = state.IsFull && _screen is not null ? Screened(places, from, guessed, power, round) : InOneStep(places, from, guessed);
        Particle[] moved = [.. from];
        int accepted = 0;
        for (int i = 0; i < moved.Length; i++)
        {
            double ratio = power * (proposals[i].Particle.LogLikelihood - from[i].LogLikelihood - proposals[i].Expected);
            if (proposals[i].IsOpen && Elementary.Log(Stream(i, round, _accept).NextUniform()) < ratio)
            {
                moved[i] = proposals[i].Particle;
                accepted++;
            }
        }

        return (moved, [.. proposals.Select(p => p.Particle)], accepted / (double)moved.Length);
    }

    /// <summary>Where a particle may go.</summary>
    /// <param name="Particle">The place, simulated.</param>
    /// <param name="Expected">The change of the log-likelihood that earlier steps accepted already.</param>
    /// <param name="IsOpen">False where an earlier step refused it.</param>
    readonly record struct Proposal(Particle Particle, double Expected, bool IsOpen);

    Proposal[] InOneStep(double[][] places, IReadOnlyList<Particle> from, double[] guessed)
    {
        IReadOnlyList<Simulated?> simulated = (_screen is null ? _simulate : _screen)(places);
        return [.. places.Select((z, i) => new Proposal(Of(z, simulated[i], from[i].Ancestor), guessed[i], true))];
    }

    /// <summary>A screen with a part of the patients decides first; only what passes is simulated in full.</summary>
    Proposal[] Screened(double[][] places, IReadOnlyList<Particle> from, double[] guessed, double power, int round)
    {
        IReadOnlyList<Simulated?> simulated = _screen!(places);
        Particle[] screened = [.. places.Select((z, i) => Of(z, simulated[i], from[i].Ancestor))];
        int[] passed = [.. Enumerable.Range(0, screened.Length).Where(i => Elementary.Log(Stream(i, round, _pass).NextUniform()) < power * (screened[i].LogLikelihood - from[i].Screened - guessed[i]))];
        IReadOnlyList<Simulated?> full = _simulate([.. passed.Select(i => places[i])]);
        Proposal[] proposals = [.. screened.Select(p => new Proposal(p, 0, false))];
        foreach ((int i, int k) in passed.Select((i, k) => (i, k)))
        {
            double screen = screened[i].LogLikelihood;
            proposals[i] = new Proposal(Of(places[i], full[k], from[i].Ancestor) with { Screened = screen }, screen - from[i].Screened, true);
        }

        return proposals;
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

    /// <summary>
    /// Inverse covariance of the walk's steps: the prior's, which is 1, and what the targets tell. It does not come from the particles: a cloud that has collapsed onto few ancestors would
    /// never widen again, and what only the prior informs would look informed.
    /// </summary>
    double[][] Precision(Surrogate? surrogate, double[] errors, double[] centre, double power)
    {
        double[][]? information = surrogate is null ? null : _likelihood.Information(surrogate.Slopes(centre), errors);
        return [.. Enumerable.Range(0, _dimensions).Select(i => Enumerable.Range(0, _dimensions).Select(j => (i == j ? 1 : 0) + (power * (information?[i][j] ?? 0))).ToArray())];
    }

    /// <summary>A random walk whose law is the prior times a power of the surrogate's likelihood (Metropolis).</summary>
    double[] Walk(double[] z, Func<double[], double> guess, Cholesky precision, double power, int steps, RandomStream stream)
    {
        double step = 2.38 / Math.Sqrt(_dimensions);
        double Density(double[] x)
        {
            double square = 0;
            foreach (double v in x)
            {
                square += v * v;
            }

            return (power * guess(x)) - (0.5 * square);
        }

        double now = Density(z);
        for (int i = 0; i < steps; i++)
        {
            double[] direction = new double[_dimensions];
            for (int k = 0; k < direction.Length; k++)
            {
                direction[k] = step * NormalDistribution.Quantile(stream.NextUniform());
            }

            double[] there = precision.Backward(direction);
            for (int k = 0; k < there.Length; k++)
            {
                there[k] += z[k];
            }

            double then = Density(there);
            if (Elementary.Log(stream.NextUniform()) < then - now)
            {
                (z, now) = (there, then);
            }
        }

        return z;
    }
}
