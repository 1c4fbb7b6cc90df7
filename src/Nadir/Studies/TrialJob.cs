using System.Runtime.InteropServices;
using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>A study ready to run: every name resolved against the library, everything checked.</summary>
public sealed class TrialJob
{
    /// <summary>The study that runs where a user names none.</summary>
    public const string BuiltInStudy = "studies/01-b-all.yaml";

    readonly IReadOnlyList<PublishedTrial> _published;
    readonly CitationTable _citations;

    internal TrialJob(SourceText source, Study study, TrialPlan plan, TrialOverrides overrides, IReadOnlyList<PublishedTrial> published, CitationTable citations)
    {
        (Source, Study, Plan, With, Without, Library) = (source, study, plan, overrides.With, overrides.Without, overrides.Library);
        Overrides = overrides;
        (_published, _citations) = (published, citations);
    }

    /// <summary>The study file as it was read.</summary>
    public SourceText Source { get; }

    /// <summary>The study, with the overrides.</summary>
    public Study Study { get; }

    /// <summary>What will be simulated.</summary>
    public TrialPlan Plan { get; }

    /// <summary>The library whose names the study uses.</summary>
    public Library Library { get; }

    internal TrialOverrides Overrides { get; }

    /// <summary>The calibration that the caller gave; null where the study's own choice holds.</summary>
    internal CalibratedValues? OwnCalibration => Overrides.Calibration;

    /// <summary>Mechanisms switched on.</summary>
    public IReadOnlyList<string> With { get; }

    /// <summary>Mechanisms switched off.</summary>
    public IReadOnlyList<string> Without { get; }

    /// <summary>The population's covariates, columns of subjects.csv.</summary>
    public IReadOnlyList<Covariate> Covariates => Plan.Arms[0].Population.Covariates;

    /// <summary>Patients over all arms.</summary>
    public int TotalPatients => Plan.TotalPatients;

    /// <summary>Reads and resolves a study.</summary>
    /// <param name="source">The study file; null for the built-in study.</param>
    /// <param name="overrides">What the caller changes.</param>
    /// <returns>The job, or everything that is wrong.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of patients is not from 1 to <see cref="Study.MaxPatientsPerArm"/>.</exception>
    public static Checked<TrialJob> Create(SourceText? source, TrialOverrides overrides)
    {
        if (overrides.Patients is < 1 or > Study.MaxPatientsPerArm)
        {
            throw new ArgumentOutOfRangeException(nameof(overrides), overrides.Patients, $"Patients in each arm are counted from 1 to {Study.MaxPatientsPerArm}.");
        }

        return new StudyResolver(overrides).Resolve(source ?? ShippedLibrary.Read(BuiltInStudy));
    }

    /// <summary>Runs the trial.</summary>
    /// <param name="threads">Threads, at least 1; the results do not depend on it.</param>
    /// <param name="consume">Receives each patient's record in order; null for nobody.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public TrialResult Run(int threads, Action<PatientRecord>? consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        return Result(Tally(PatientBlock.All(Plan), threads, consume, progress, cancellation), null, cancellation);
    }

    /// <summary>Simulates some patients of each arm.</summary>
    /// <param name="block">Which patients of each arm.</param>
    /// <param name="threads">Threads, at least 1; the tallies do not depend on it.</param>
    /// <param name="consume">Receives each patient's record in order; null for nobody.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>One tally an arm.</returns>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public IReadOnlyList<ArmTally> Tally(
        PatientBlock block, int threads, Action<PatientRecord>? consume, IProgress<double>? progress, CancellationToken cancellation)
    {
        ShareOf? share = progress is null ? null : new ShareOf(progress, Plan.Enrolment is null ? Plan.Arms.Count * block.Count : TotalPatients);
        return TrialRun.Run(Plan, block, threads, consume, share, cancellation);
    }

    /// <summary>Estimates from the tallies of all patients; simulates the report's sample patients again. Only the distance of a transplant's analyses from its true effect takes long.</summary>
    /// <param name="tallies">One tally an arm.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrialResult Result(IReadOnlyList<ArmTally> tallies, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArmResult[] arms = [.. Plan.Arms.Select((arm, i) => ArmEstimates.Of(arm, tallies[i]))];
        return new TrialResult
        {
            Study = Study.Title,
            Question = Study.Question,
            Seed = Plan.Seed,
            PatientsPerArm = Plan.PatientsPerArm,
            Design = Plan.Design == TrialDesign.Counterfactual ? "counterfactual" : "randomised",
            HorizonDays = Plan.HorizonDays,
            Arms = arms,
            Published = PublishedComparisons.Of(arms[0], Plan, _published, _citations),
            Contrasts = ArmContrasts.Of(Plan, tallies),
            TransplantEffects = TransplantEffects.Of(Plan, tallies, progress, cancellation),
            Conducted = Plan.Enrolment is null ? null : Conducting.Of(Plan, tallies),
            FailedCourses = Failed(tallies),
            Modifiers = Plan.Package.Parameters?.Readouts.Causes?.Modifiers ?? [],
            Mix = CohortMix.Of(Plan),
            Methods = TrialMethods.Of(Plan),
            Samples = SamplePatients.Of(Plan, tallies[0].Examples),
            Card = Card(),
            Provenance = new Provenance
            {
                Version = NadirVersion.Text,
                StudyHash = Study.SourceHash,
                ModelHash = Plan.Package.Hash,
                LibraryHash = Library.OwnHash,
                Calibration = Plan.Calibration is { } c ? new CalibrationOrigin(c.File, c.Source.Sha256, c.Targets) { Adjusted = Plan.Arms[0].Population.Adjusted } : null,
                Platform = $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}",
                With = With,
                Without = Without,
            },
        };
    }

    /// <summary>The first failed patients, simulated again to tell where they failed; at most five.</summary>
    /// <param name="tallies">One tally an arm.</param>
    public IReadOnlyList<FailedCourse> Failed(IReadOnlyList<ArmTally> tallies) => Trials.FailedCourses.Of(Plan, tallies);

    ModelCard Card() => new(
        Plan.Package.Name,
        Plan.Arms[0].Population.Title,
        Plan.Package.Parameters!.Count(Models.EvidenceLevel.Measured),
        Plan.Package.Parameters.Count(Models.EvidenceLevel.Derived),
        Plan.Package.Parameters.Count(Models.EvidenceLevel.Assumed),
        Plan.Package.Card ?? "");

    /// <summary>Turns a count of patients into a share.</summary>
    sealed class ShareOf(IProgress<double> progress, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report((double)value / total);
    }
}
