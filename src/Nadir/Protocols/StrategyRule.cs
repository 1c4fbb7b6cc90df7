using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>What state a patient must be in for a strategy to be used, as observed.</summary>
public enum PatientStatus
{
    /// <summary>In remission.</summary>
    Remission,

    /// <summary>Alive and not relapsed, in remission or not.</summary>
    WithoutRelapse,

    /// <summary>After relapse or non-response, without a second remission.</summary>
    Failed,

    /// <summary>In second remission, after treatment of a relapse or of non-response.</summary>
    SecondRemission,
}

/// <summary>When something is decided.</summary>
public enum StrategyMoment
{
    /// <summary>At a visit.</summary>
    Visit,

    /// <summary>When relapse is seen or non-response declared.</summary>
    Failure,

    /// <summary>When second remission is seen.</summary>
    SecondRemission,
}

/// <summary>How an observed value must stand.</summary>
public enum ObservedComparison
{
    /// <summary>Not detected: below the assay's limit.</summary>
    BelowLimit,

    /// <summary>Detected: at or above the assay's limit.</summary>
    Detected,

    /// <summary>Detected, and at or above a cut.</summary>
    AtLeast,

    /// <summary>Below a cut, or not detected.</summary>
    Below,

    /// <summary>Detected, and at least so many times what the visit before showed (its limit where nothing was detected).</summary>
    RisesBy,
}

/// <summary>A condition on what an assay shows; never on the hidden state.</summary>
/// <param name="Assay">The assay's name, for example <c>flow-mrd</c>.</param>
/// <param name="Comparison">How its value must stand.</param>
public sealed record ObservedCondition(string Assay, ObservedComparison Comparison)
{
    /// <summary>The cut in the assay's unit, or the factor of a rise; NaN where <see cref="Threshold"/> names a cut of the assay or none is needed.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>A named cut of the assay, for example <c>aplasia</c>; null for a number.</summary>
    public string? Threshold { get; init; }
}

/// <summary>A condition on a baseline characteristic, a column of subjects.csv.</summary>
/// <param name="Covariate">The column, for example <c>KMT2AR</c>.</param>
/// <param name="AtLeast">Its value must be at least this; 1 for yes.</param>
/// <param name="Below">Its value must be below this; positive infinity for no bound.</param>
public sealed record PatientCondition(string Covariate, double AtLeast, double Below);

/// <summary>When a strategy is decided: at a visit, on what is observed there.</summary>
/// <param name="VisitDay">Day of the visit; the first of them where there is a last one. Day 0 is the examination before the infusion.</param>
/// <param name="Status">The patient's observed state then.</param>
/// <param name="Observed">What assays must show at that visit; all of them.</param>
public sealed record StrategyTrigger(double VisitDay, PatientStatus Status, IReadOnlyList<ObservedCondition> Observed)
{
    /// <summary>The moment; <see cref="VisitDay"/> is NaN for any but a visit.</summary>
    public StrategyMoment Moment { get; init; }

    /// <summary>Last day of a visit at which it may be decided; null for the one visit on <see cref="VisitDay"/> only.</summary>
    public double? LastVisitDay { get; init; }

    /// <summary>What must be known of the patient; all of them.</summary>
    public IReadOnlyList<PatientCondition> Patient { get; init; } = [];

    /// <summary>True for a visit at which this may be decided.</summary>
    public bool IsAt(double day) => LastVisitDay is { } last ? day >= VisitDay && day <= last : day == VisitDay;
}

/// <summary>A rule of a strategy: what is observed, what is decided on it and when it is done.</summary>
public sealed record StrategyRule
{
    /// <summary>When it is decided.</summary>
    public required StrategyTrigger Trigger { get; init; }

    /// <summary>Day after infusion on which it is done; null where it is done <see cref="DelayDays"/> after the decision.</summary>
    public double? Day { get; init; }

    /// <summary>Days from the decision to what is done, where <see cref="Day"/> is null.</summary>
    public double DelayDays { get; init; }

    /// <summary>The patient's observed state that must still hold on that day, else it is not done.</summary>
    public required PatientStatus Still { get; init; }

    /// <summary>How often it may be decided for one patient; 1 unless the file says more.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The share of patients to whom it can be done, whatever they show: a donor is found, a bed is free. 1 unless the file says less.</summary>
    public double Share { get; init; } = 1;

    /// <summary>What the timing rests on.</summary>
    public required Basis TimingBasis { get; init; }

    /// <summary>What is done, in order.</summary>
    public required IReadOnlyList<StrategyAction> Actions { get; init; }

    /// <summary>The day on which what is decided on a day is done; never before that day.</summary>
    public double DoneOn(double decided) => Day is { } day ? Math.Max(day, decided) : decided + DelayDays;

    /// <summary>The first day on which it can be done.</summary>
    public double Earliest => DoneOn(Trigger.VisitDay);

    /// <summary>True when CAR-T cells are given.</summary>
    public bool Infuses => Actions.Any(a => a is StrategyAction.Infuse);
}
