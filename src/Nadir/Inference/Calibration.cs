using System.Globalization;
using Nadir.Documents;
using Nadir.Populations;

namespace Nadir.Inference;

/// <summary>A calibration: the posterior of a population's hyper-parameters given published results.</summary>
public sealed class Calibration
{
    /// <summary>Standard deviation on a target's scale for what differs between studies and is not modelled (assumed).</summary>
    public const double DefaultHeterogeneity = 0.1;

    /// <summary>Changes with whatever the sampler or the statistics do otherwise with the same settings.</summary>
    const string Method = "emulated, estimates of a study correlated";

    readonly PopulationSimulator _simulator;
    readonly SamplerSettings _settings;
    readonly SyntheticLikelihood _likelihood;

    /// <summary>A calibration to a set's targets.</summary>
    /// <param name="targets">The targets, all of them fitted to.</param>
    /// <param name="simulator">Simulates them.</param>
    /// <param name="settings">How to sample.</param>
    /// <param name="heterogeneity">See <see cref="DefaultHeterogeneity"/>.</param>
    public Calibration(TargetSet targets, PopulationSimulator simulator, SamplerSettings settings, double heterogeneity = DefaultHeterogeneity)
    {
        (Targets, _simulator, _settings, Heterogeneity) = (targets, simulator, settings, heterogeneity);
        _likelihood = SyntheticLikelihood.Of(targets.Targets, heterogeneity);
    }

    /// <summary>What is fitted to.</summary>
    public TargetSet Targets { get; }

    /// <summary>What is fitted.</summary>
    public IReadOnlyList<HyperParameter> HyperParameters => _simulator.HyperParameters;

    /// <summary>The simulator.</summary>
    public PopulationSimulator Simulator => _simulator;

    /// <summary>How it is sampled.</summary>
    public SamplerSettings Settings => _settings;

    /// <summary>Standard deviation on a target's scale for what differs between studies.</summary>
    public double Heterogeneity { get; }

    /// <summary>Everything that decides the result, as a hash: a checkpoint of anything else is not continued.</summary>
    public string Identity => new SourceText("", string.Join('\n',
    [
        string.Create(CultureInfo.InvariantCulture, $"{Method} {_settings} {Heterogeneity:R} {string.Join(',', Targets.Cohorts.Select((_, c) => _simulator.PatientsOf(c)))} {_simulator.Seed}"),
        .. HyperParameters.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Name} {h.Prior.Lower:R} {h.Prior.Upper:R} {h.Prior.Scale}")),
        .. _simulator.Kept.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Key} {v.Value:R}")),
        .. Targets.Targets.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name} {t.Place:R} {t.Sd:R} {t.Result.AtLeast:R} {t.Result.AtMost:R} {t.Cohort}")),
        .. Targets.Cohorts.SelectMany(c => c.FileHashes.Prepend(c.Key).Prepend(c.Fingerprint)),
    ])).Sha256;

    /// <summary>Samples the posterior.</summary>
    /// <param name="from">A checkpoint to go on from; null to start.</param>
    /// <param name="done">Told the state after every round.</param>
    /// <param name="progress">Told the share of a round that is simulated; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The last state; <see cref="Diagnostics.Of"/> says whether it converged.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public SamplerState Run(SamplerState? from, Action<SamplerState> done, IProgress<double>? progress, CancellationToken cancellation)
    {
        PopulationSimulator part = _simulator.Screen();
        int failed = from?.Failed ?? 0;
        IReadOnlyList<Simulated?> Renew(IReadOnlyList<IReadOnlyList<double>> places, int round)
        {
            PopulationSimulator own = _simulator.Renewed(SeedOf(round), 1, sharesPatients: false);
            IReadOnlyList<Simulated?> simulated = own.At(places, progress, cancellation);
            failed += own.Failed;
            return simulated;
        }

        Sampler sampler = new(HyperParameters.Count, _likelihood, _settings, places => part.At(places, progress, cancellation), Renew) { Threads = _simulator.Threads, Cancellation = cancellation };
        SamplerState Counted(SamplerState state) => state with { Failed = failed + part.Failed };
        SamplerState state = from ?? Counted(sampler.Start());
        if (from is null)
        {
            done(state);
        }

        while (!sampler.IsDone(state))
        {
            cancellation.ThrowIfCancellationRequested();
            state = Counted(sampler.Next(state));
            done(state);
        }

        return state;
    }

    /// <summary>Each round at the full likelihood has patients of its own.</summary>
    static ulong SeedOf(int round) => 10_000_019UL * (ulong)(round + 1);

    /// <summary>The values at the mode of the posterior; those of the likeliest particle where a population cannot have them.</summary>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public IReadOnlyDictionary<string, double> Mode(SamplerState state, CancellationToken cancellation = default)
    {
        IReadOnlyDictionary<string, double> mode = _simulator.Values(PosteriorMode.Of(state, _likelihood, _settings, cancellation));
        return _simulator.IsPossible(mode) ? mode : _simulator.Values(state.Particles.MaxBy(p => p.LogLikelihood)!.Z);
    }

    /// <summary>Log-likelihood of the population as it stands.</summary>
    public double PresentLogLikelihood(CancellationToken cancellation) =>
        _simulator.Under([_simulator.Present], null, cancellation)[0] is { } present ? _likelihood.Log(present) : double.NegativeInfinity;
}
