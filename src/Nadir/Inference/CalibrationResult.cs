using Nadir.Numerics;
using Nadir.Populations;

namespace Nadir.Inference;

/// <summary>What a calibration found.</summary>
public sealed record CalibrationResult
{
    /// <summary>New patients of each cohort that the point is checked on, for one of the calibration.</summary>
    public const int CheckFactor = 4;

    /// <summary>The calibration.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Its end.</summary>
    public required SamplerState State { get; init; }

    /// <summary>Whether it can be used.</summary>
    public required Diagnostics Diagnostics { get; init; }

    /// <summary>The hyper-parameters, each with its posterior.</summary>
    public required IReadOnlyList<Marginal> Marginals { get; init; }

    /// <summary>The mode of the posterior (<see cref="Calibration.Mode"/>), by name.</summary>
    public required IReadOnlyDictionary<string, double> Point { get; init; }

    /// <summary>Every target at the point and at the values before, with patients that neither the draws nor the point were chosen on.</summary>
    public required IReadOnlyList<PredictiveCheck> Checks { get; init; }

    /// <summary>Patients that failed numerically, those of the check among them.</summary>
    public required int Failed { get; init; }

    /// <summary>The draws, one row a particle, in the order of the marginals.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Draws => [.. State.Particles.Select(p => p.Z.Select((z, k) => Calibration.Simulator.Value(k, z)).ToArray())];

    /// <summary>Makes the result of a sampler's end; checks it on new patients.</summary>
    public static CalibrationResult Of(Calibration calibration, SamplerState state, IProgress<double>? progress, CancellationToken cancellation)
    {
        PopulationSimulator renewed = calibration.Simulator.Renewed(2_000_003);
        IReadOnlyList<Simulated?> predictions = renewed.At([.. state.Particles.Select(p => p.Z)], progress, cancellation);
        IReadOnlyDictionary<string, double> point = calibration.Mode(state, cancellation);
        PopulationSimulator fresh = calibration.Simulator.Renewed(1_000_003, CheckFactor);
        IReadOnlyList<Simulated?> checks = fresh.Under([point, calibration.Simulator.Present], progress, cancellation);
        return new CalibrationResult
        {
            Calibration = calibration,
            State = state,
            Diagnostics = Diagnostics.Of(state, calibration.Settings),
            Marginals = [.. calibration.HyperParameters.Select((h, k) => Marginal.Of(h, [.. state.Particles.Select(p => p.Z[k])], k, calibration.Simulator))],
            Point = point,
            Failed = state.Failed + renewed.Failed + fresh.Failed,
            Checks = [.. calibration.Targets.Targets.Select((t, i) => PredictiveCheck.Of(t, [.. predictions.Select(p => p?.Places[i] ?? double.NaN)], checks[0]?.Places[i] ?? double.NaN, checks[1]?.Places[i] ?? double.NaN))],
        };
    }
}

/// <summary>One hyper-parameter's posterior.</summary>
/// <param name="Parameter">The hyper-parameter, with its prior.</param>
/// <param name="Median">Posterior median.</param>
/// <param name="Lower">Lower end of the central 90%.</param>
/// <param name="Upper">Upper end of the central 90%.</param>
/// <param name="Contraction">1 - posterior over prior variance on the scale on which the prior is normal: 0 where only the prior speaks, towards 1 where the data do.</param>
public sealed record Marginal(HyperParameter Parameter, double Median, double Lower, double Upper, double Contraction)
{
    /// <summary>Contraction from which on a hyper-parameter counts as informed by the targets.</summary>
    public const double Informed = 0.5;

    internal static Marginal Of(HyperParameter parameter, double[] z, int index, PopulationSimulator simulator)
    {
        double mean = z.Average();
        double variance = z.Sum(v => (v - mean) * (v - mean)) / (z.Length - 1);
        double At(double p) => simulator.Value(index, Quantiles.Of(z, p));
        return new Marginal(parameter, At(0.5), At(0.05), At(0.95), 1 - variance);
    }
}

/// <summary>A target beside what the posterior predicts for its cohort.</summary>
/// <param name="Target">The target.</param>
/// <param name="Median">Median over the posterior, of the estimate in the virtual cohort.</param>
/// <param name="Lower">Lower end of the central 90% over the posterior.</param>
/// <param name="Upper">Upper end of the central 90% over the posterior.</param>
/// <param name="AtPoint">At the point, with new patients.</param>
/// <param name="Before">At the values before the calibration, with the same new patients.</param>
public sealed record PredictiveCheck(Target Target, double Median, double Lower, double Upper, double AtPoint, double Before)
{
    internal static PredictiveCheck Of(Target target, double[] places, double atPoint, double before)
    {
        double[] known = [.. places.Where(double.IsFinite)];
        double At(double p) => known.Length == 0 ? double.NaN : TargetScales.From(target.Scale, Quantiles.Of(known, p));
        return new PredictiveCheck(target, At(0.5), At(0.05), At(0.95), TargetScales.From(target.Scale, atPoint), TargetScales.From(target.Scale, before));
    }
}
