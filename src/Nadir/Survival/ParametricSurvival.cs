using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>The form of a survival curve.</summary>
public enum SurvivalModel
{
    /// <summary>S(t) = exp(-t/σ).</summary>
    Exponential,

    /// <summary>S(t) = exp(-(t/σ)^k).</summary>
    Weibull,

    /// <summary>S(t) = π + (1 - π)·exp(-t/σ).</summary>
    ExponentialCure,

    /// <summary>S(t) = π + (1 - π)·exp(-(t/σ)^k).</summary>
    WeibullCure,
}

/// <summary>
/// Parametric survival by maximum likelihood with late entry and censoring: exponential, Weibull, and mixtures with a share that never has the event (Boag 1949;
/// Farewell 1982, equation 1).
/// </summary>
public static class ParametricSurvival
{
    /// <summary>Fits a model to one group; an event of any cause is an event.</summary>
    /// <param name="patients">One entry a patient, in any order; times in days.</param>
    /// <param name="model">The form of the curve.</param>
    /// <returns>Not estimable with fewer distinct event times than parameters, with an event on day 0 for a Weibull model, or without a maximum.</returns>
    /// <exception cref="ArgumentException">A follow-up ends before it begins or at no finite time of at least 0.</exception>
    public static Estimable<ParametricFit> Fit(IReadOnlyList<FollowUp> patients, SurvivalModel model)
    {
        foreach ((int i, FollowUp p) in patients.Index())
        {
            p.Check(i, int.MaxValue);
        }

        return Fit([.. patients.GroupBy(p => p with { Cause = Math.Min(p.Cause, 1) }).Select(g => (g.Key, g.Count()))], new ModelShape(model));
    }

    /// <summary>Fits a model to one group from its counts.</summary>
    /// <param name="table">Events and censorings by time.</param>
    /// <param name="model">The form of the curve.</param>
    /// <returns>See the other overload.</returns>
    public static Estimable<ParametricFit> Fit(EventTable table, SurvivalModel model) =>
        Fit(
            [.. table.Rows.SelectMany(r => new[] { (FollowUp.FromOrigin(r.Days, 0), r.Counts[0]), (FollowUp.FromOrigin(r.Days, 1), r.Counts.Skip(1).Sum()) }).Where(p => p.Item2 > 0)],
            new ModelShape(model));

    static Estimable<ParametricFit> Fit((FollowUp Patient, int Count)[] patients, ModelShape shape)
    {
        double[] events = [.. patients.Where(p => p.Patient.Cause > 0).Select(p => p.Patient.Exit).Distinct()];
        if (events.Length < shape.Parameters)
        {
            return Estimable<ParametricFit>.Not($"there are events at {events.Length} distinct times for {shape.Parameters} parameters");
        }

        if (shape.HasShape && events.Contains(0))
        {
            return Estimable<ParametricFit>.Not("there is an event on day 0, where a Weibull density is 0 or infinite");
        }

        ParametricNewton newton = new(at => patients.Aggregate(Jet.Of(0), (sum, p) => sum + (shape.LogLikelihood(at, p.Patient) * p.Count)), shape.Parameters);
        return newton.Maximise(shape.Start(patients)) is { } found
            ? Estimable<ParametricFit>.Of(shape.Result(found))
            : Estimable<ParametricFit>.Not(shape.HasCure
                ? "the likelihood has no maximum: the follow-up does not tell a cured share from late events"
                : "the likelihood has no maximum");
    }
}

/// <summary>A fitted parametric curve.</summary>
public sealed record ParametricFit
{
    /// <summary>The form of the curve.</summary>
    public required SurvivalModel Model { get; init; }

    /// <summary>σ in days, with an interval that is symmetric on the log scale.</summary>
    public required Estimate ScaleDays { get; init; }

    /// <summary>k, with an interval that is symmetric on the log scale; exactly 1 for an exponential model.</summary>
    public required Estimate Shape { get; init; }

    /// <summary>π, the share that never has the event, with an interval that is symmetric on the logit scale; exactly 0 for a model without.</summary>
    public required Estimate Cured { get; init; }

    /// <summary>The maximum of the log likelihood.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of parameters fitted.</summary>
    public required int Parameters { get; init; }

    /// <summary>Akaike's criterion (Akaike 1974); lower is better.</summary>
    public double Aic => (2 * Parameters) - (2 * LogLikelihood);

    /// <summary>Survival at a time in days; 1 up to day 0.</summary>
    public double At(double days) =>
        days > 0 ? Cured.Value + ((1 - Cured.Value) * Elementary.Exp(-Elementary.Pow(days / ScaleDays.Value, Shape.Value))) : 1;
}
