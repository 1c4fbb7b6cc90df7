using Nadir.Solvers;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>How patients of a trial were examined and simulated.</summary>
public sealed record TrialMethods
{
    /// <summary>Scheduled visits in days from infusion, ascending.</summary>
    public required IReadOnlyList<double> VisitDays { get; init; }

    /// <summary>A visit is kept up to so many days early or late, uniformly at random; 0 for on the day.</summary>
    public required double VisitWindowDays { get; init; }

    /// <summary>Probability that a patient misses a visit.</summary>
    public required double MissedVisits { get; init; }

    /// <summary>Visits at which remission is assessed.</summary>
    public required IReadOnlyList<double> RemissionDays { get; init; }

    /// <summary>Day on which a patient without remission is a non-responder.</summary>
    public required double NonResponseDay { get; init; }

    /// <summary>Assays done at every visit.</summary>
    public required IReadOnlyList<AssayUse> Assays { get; init; }

    /// <summary>The assay of <see cref="Assays"/> from which remission and relapse are read in the place of marrow and MRD; null for those.</summary>
    public string? ResponseAssay { get; init; }

    /// <summary>Limit of quantification of the CAR transgene, copies/µg DNA.</summary>
    public required double TransgeneLimit { get; init; }

    /// <summary>Relative error of a solver's step.</summary>
    public required double RelativeTolerance { get; init; }

    /// <summary>Absolute error of a solver's step, cells.</summary>
    public double AbsoluteTolerance { get; init; } = TrialPlan.UsualTolerances.Absolute;

    /// <summary>Steps after which a patient ends with a status.</summary>
    public int MaxSteps { get; init; } = TrialPlan.UsualTolerances.MaxSteps;

    /// <summary>Name of the method for the equations.</summary>
    public string Solver { get; init; } = SolverCatalogue.Tsit5.Name;

    /// <summary>What a plan does.</summary>
    public static TrialMethods Of(TrialPlan plan) => new()
    {
        VisitDays = plan.VisitDays,
        VisitWindowDays = plan.VisitWindowDays,
        MissedVisits = plan.MissedVisits,
        RemissionDays = plan.RemissionDays,
        NonResponseDay = plan.NonResponseDay,
        Assays = [.. plan.Assays.All.Select(a => new AssayUse(a.Name, a.Title, a.Unit == UnitExpression.One ? "" : a.Unit.Text, a.Limit, a.Thresholds))],
        ResponseAssay = plan.Assays.Response?.Name,
        TransgeneLimit = plan.Assays.Transgene.Limit,
        RelativeTolerance = plan.Tolerances.Relative,
        AbsoluteTolerance = plan.Tolerances.Absolute,
        MaxSteps = plan.Tolerances.MaxSteps,
        Solver = plan.Solver.Name,
    };
}

/// <summary>An assay of a trial.</summary>
/// <param name="Name">Its name in visits.csv.</param>
/// <param name="Title">For people.</param>
/// <param name="Unit">Unit of its values; empty for a fraction.</param>
/// <param name="Limit">Limit of detection or quantification, in its unit.</param>
/// <param name="Thresholds">Named cuts, in its unit.</param>
public sealed record AssayUse(string Name, string Title, string Unit, double Limit, IReadOnlyDictionary<string, double> Thresholds);
