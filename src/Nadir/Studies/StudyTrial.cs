using Nadir.Designs;
using Nadir.Faults;

namespace Nadir.Studies;

/// <summary>What a study says of a randomised trial, before the names in it meet model and population.</summary>
/// <param name="Conduct">How it is run; without its strata and the time before the infusion.</param>
/// <param name="Analysis">What decides it.</param>
public sealed record StudyTrial(TrialConduct Conduct, PrimaryAnalysis Analysis)
{
    /// <summary>Characteristics to stratify by.</summary>
    public IReadOnlyList<StudyStratum> Strata { get; init; } = [];

    /// <summary>The time before the infusion; null where patients are enrolled at infusion.</summary>
    public StudyBeforeInfusion? BeforeInfusion { get; init; }

    /// <summary>Where what it says stands in the file.</summary>
    public required StudyTrialPlaces At { get; init; }
}

/// <summary>What a study says of the time before the infusion.</summary>
/// <param name="Time">The time in every arm that gives none of its own; null where the products' are meant.</param>
/// <param name="Dies">Probability of death, or of getting too ill, before an infusion.</param>
/// <param name="TooIll">Share of them who are alive and too ill.</param>
/// <param name="WithinDays">Days over which that probability is meant; null for those before the infusion, where they are the same in every arm.</param>
public sealed record StudyBeforeInfusion(VeinToVein? Time, double Dies, double TooIll, double? WithinDays);

/// <summary>Where the keys of a randomised trial stand in the study file, for complaints that need more than the file; null for a key that is not there.</summary>
/// <param name="PatientCount">The number of patients.</param>
/// <param name="Conduct">Those of its conduct.</param>
/// <param name="Analysis">Those of its analysis.</param>
public sealed record StudyTrialPlaces(SourceLocation PatientCount, ConductPlaces Conduct, AnalysisPlaces Analysis);

/// <summary>Where the keys of <c>conduct</c> stand.</summary>
/// <param name="CutOff">The data cut-off.</param>
/// <param name="BeforeInfusion">The time before the infusion.</param>
public sealed record ConductPlaces(SourceLocation? CutOff, SourceLocation? BeforeInfusion);

/// <summary>Where the keys of <c>analysis</c> stand.</summary>
/// <param name="AtTransplant">What a transplant does to the follow-up.</param>
/// <param name="Patients">Who is compared.</param>
/// <param name="Month">The month of the milestone.</param>
/// <param name="Events">The planned events.</param>
public sealed record AnalysisPlaces(SourceLocation? AtTransplant, SourceLocation? Patients, SourceLocation? Month, SourceLocation? Events);

/// <summary>A characteristic to stratify by.</summary>
/// <param name="Name">The covariate.</param>
/// <param name="Cuts">Where classes begin; empty for yes and no.</param>
/// <param name="At">Where it stands in the file.</param>
public sealed record StudyStratum(string Name, IReadOnlyList<double> Cuts, SourceLocation At);
