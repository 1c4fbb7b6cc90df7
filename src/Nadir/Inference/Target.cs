using Nadir.Evidence;
using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>A published result as a calibration or validation sees it.</summary>
public sealed record Target
{
    const double Z95 = 1.959963984540054;

    /// <summary>The study's name.</summary>
    public required string Trial { get; init; }

    /// <summary>The result.</summary>
    public required PublishedResult Result { get; init; }

    /// <summary>Which of the set's cohorts stands for its patients.</summary>
    public required int Cohort { get; init; }

    /// <summary>Name for tables: study and quantity.</summary>
    public string Name => $"{Trial}/{Result.Id}";

    /// <summary>The scale on which its uncertainty is taken as normal.</summary>
    public TargetScale Scale => PublishedResult.PositiveQuantities.Contains(Result.Quantity) ? TargetScale.Log : TargetScale.Logit;

    /// <summary>The estimate on its scale. A proportion of none or all is moved by half a patient; without a number of patients it has no finite place.</summary>
    public double Place => Result is { EffectiveEvents: { } events, Patients: { } patients } && Scale == TargetScale.Logit && (events == 0 || events == patients)
        ? TargetScales.On(Scale, HalfPatient(events, patients))
        : TargetScales.On(Scale, Result.Estimate);

    /// <summary>Standard deviation on the scale; NaN where nothing gives one. A bound of 0 or 1 of a proportion is moved by half a patient, and infinite without a number of patients.</summary>
    public double Sd => Result switch
    {
        { Lower: { } lower, Upper: { } upper } => (BoundOn(upper) - BoundOn(lower)) / (2 * Z95),
        { LogSd: { } sd, Patients: { } n } => sd / Math.Sqrt(n),
        { EffectiveEvents: { } events, Patients: { } n } when Scale == TargetScale.Logit => Math.Sqrt((1 / (events + 0.5)) + (1 / (n - events + 0.5))),
        _ => double.NaN,
    };

    double BoundOn(double bound) => TargetScales.On(Scale, Scale == TargetScale.Logit && Result.Patients is { } patients && bound is 0 or 1 ? HalfPatient(bound * patients, patients) : bound);

    static double HalfPatient(double events, double patients) => (events + 0.5) / (patients + 1);

    /// <summary>The 95% interval: as published, or Wilson's from the counts, or from the spread and the number of patients.</summary>
    public (double Lower, double Upper) Interval
    {
        get
        {
            if (Result is { Lower: { } lower, Upper: { } upper })
            {
                return (lower, upper);
            }

            if (Scale == TargetScale.Logit && Result.EffectiveEvents is { } events)
            {
                Survival.Estimate wilson = Survival.Wilson.Interval(events, Result.Patients!.Value);
                return (wilson.Lower, wilson.Upper);
            }

            return (Result.Estimate * Elementary.Exp(-Z95 * Sd), Result.Estimate * Elementary.Exp(Z95 * Sd));
        }
    }

    /// <summary>True for a sign or a rough size, which has bounds in the place of an interval.</summary>
    public bool IsBound => Result.Role == TargetRole.Structural;

    /// <summary>True when a value lies in the interval, or within the bounds of a structural result; both ends included.</summary>
    public bool Holds(double value) => IsBound
        ? !(value < Result.AtLeast) && !(value > Result.AtMost) && !double.IsNaN(value)
        : value >= Interval.Lower && value <= Interval.Upper;
}
