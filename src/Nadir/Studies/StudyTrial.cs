using Nadir.Designs;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>What a study says of a randomised trial, before the names in it meet model and population.</summary>
/// <param name="Conduct">How it is run; without its strata, and without the days before infusion where the product's are meant.</param>
/// <param name="Analysis">What decides it.</param>
public sealed record StudyTrial(TrialConduct Conduct, PrimaryAnalysis Analysis)
{
    /// <summary>Characteristics to stratify by.</summary>
    public IReadOnlyList<StudyStratum> Strata { get; init; } = [];

    /// <summary>Where the analysis stands in the file.</summary>
    public required SourceLocation AnalysisAt { get; init; }

    /// <summary>Where the time before the infusion stands; null where there is none.</summary>
    public SourceLocation? BeforeInfusionAt { get; init; }
}

/// <summary>A characteristic to stratify by.</summary>
/// <param name="Name">The covariate.</param>
/// <param name="Cuts">Where classes begin; empty for yes and no.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record StudyStratum(string Name, IReadOnlyList<double> Cuts, SourceLocation At);
