using Nadir.Designs;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>How patients come to the arms of a study.</summary>
public enum StudyDesign
{
    /// <summary>The same patients, with the same luck, in every arm: contrasts are paired.</summary>
    Counterfactual,

    /// <summary>Different patients in every arm, as in a trial that can be run.</summary>
    Randomised,
}

/// <summary>Where the keys of a study stand, for complaints that need more than the file.</summary>
/// <param name="Model">The model.</param>
/// <param name="Population">The population.</param>
/// <param name="Count">The number of patients.</param>
public sealed record StudyPlaces(SourceLocation Model, SourceLocation Population, SourceLocation Count);

/// <summary>A study as a user asked for it, checked; what a run starts from.</summary>
public sealed record Study
{
    /// <summary>The most patients an arm may have: 100 million.</summary>
    public const int MaxPatientsPerArm = TrialPlan.MostPatientsPerArm;

    /// <summary>The longest follow-up, in years.</summary>
    public const double MaxHorizonYears = 50;

    /// <summary>Days on which remission is assessed; a study needs a visit on at least one of them.</summary>
    public static IReadOnlyList<double> RemissionAssessmentDays { get; } = [28, 60, 90];

    /// <summary>The study's title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>The question it asks; null where the file gives none.</summary>
    public string? Question { get; init; }

    /// <summary>The model's name, for example <c>b-all</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The population's name, for example <c>children-young-adults</c>.</summary>
    public required string Population { get; init; }

    /// <summary>Where model, population and the number of patients stand in the file.</summary>
    public required StudyPlaces At { get; init; }

    /// <summary>Whether the population has the numbers of the calibration that comes with the model, or those of the model's own files.</summary>
    /// <value>Default: true.</value>
    public bool Calibrated { get; init; } = true;

    /// <summary>Shares that the patients have in place of the population's own; empty for none.</summary>
    public IReadOnlyList<MixShare> Mix { get; init; } = [];

    /// <summary>Patients in each arm, from 1 to <see cref="MaxPatientsPerArm"/>.</summary>
    public required int PatientsPerArm { get; init; }

    /// <summary>How patients come to the arms.</summary>
    /// <value>Default: <see cref="StudyDesign.Counterfactual"/>.</value>
    public StudyDesign Design { get; init; } = StudyDesign.Counterfactual;

    /// <summary>How a randomised trial is run and decided; null where every patient is only followed to the horizon.</summary>
    public StudyTrial? Trial { get; init; }

    /// <summary>Follow-up of each endpoint in days from its own origin, infusion or remission; above 0.</summary>
    public required double HorizonDays { get; init; }

    /// <summary>Seed of every random stream.</summary>
    /// <value>Default: 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The arms in the order of the file, at least one, with different names.</summary>
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>Scheduled visits in days after infusion: ascending, above 0, none after the horizon.</summary>
    public required IReadOnlyList<double> VisitDays { get; init; }

    /// <summary>Days by which a visit may come early or late, uniformly at random; less than half of the shortest time between visits.</summary>
    /// <value>Default: 0.</value>
    public double VisitWindowDays { get; init; }

    /// <summary>Probability that a patient misses a visit; below 1.</summary>
    /// <value>Default: 0.</value>
    public double MissedVisits { get; init; }

    /// <summary>Names of assays done at every visit beside those that decide remission, relapse and aplasia.</summary>
    public IReadOnlyList<string> Assays { get; init; } = [];

    /// <summary>Strategies that the study defines itself.</summary>
    public IReadOnlyList<Strategy> Policies { get; init; } = [];

    /// <summary>Names of published trials to compare the first arm with.</summary>
    public IReadOnlyList<string> Published { get; init; } = [];

    /// <summary>SHA-256 of the study file's text.</summary>
    public required string SourceHash { get; init; }

    /// <summary>The study file as the user named it.</summary>
    public required string FileName { get; init; }

    /// <summary>The file's name without folders and extension; it names the result folder.</summary>
    public string Name => Path.GetFileNameWithoutExtension(FileName);
}

/// <summary>One treatment.</summary>
/// <param name="Name">The arm's name, as reports show it.</param>
/// <param name="Products">The names of the CAR-T products given on day 0; none twice.</param>
/// <param name="Lymphodepletion">The name of the chemotherapy before the cells.</param>
/// <param name="Strategies">The names of the strategies added, in the order of the file; none twice.</param>
public sealed record StudyArm(
    string Name,
    IReadOnlyList<string> Products,
    string Lymphodepletion,
    IReadOnlyList<string> Strategies)
{
    /// <summary>Patients for each patient of an arm with allocation 1; the number in <c>patients.count</c> is that arm's.</summary>
    /// <value>Default: 1.</value>
    public int Allocation { get; init; } = 1;

    /// <summary>Where the allocation stands in the file; null where it is left out.</summary>
    public SourceLocation? AllocationAt { get; init; }

    /// <summary>Time from enrolment to infusion; null for that of the conduct, or of its products.</summary>
    public VeinToVein? VeinToVein { get; init; }

    /// <summary>Where that time stands in the file; null where it is left out.</summary>
    public SourceLocation? VeinToVeinAt { get; init; }

    /// <summary>Where the product stands in the file.</summary>
    public required SourceLocation ProductAt { get; init; }

    /// <summary>Where each strategy stands in the file.</summary>
    public IReadOnlyList<SourceLocation> StrategiesAt { get; init; } = [];
}
