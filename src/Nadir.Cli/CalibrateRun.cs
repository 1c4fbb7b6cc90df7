using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Inference;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir calibrate</c>.</summary>
static class CalibrateRun
{
    public static int Execute(CalibrateSettings settings, Session session)
    {
        Library library = Library(settings.Library);
        TargetSet targets = Targets(settings.Targets, library, session).Fitted;
        string folder = settings.Out ?? Path.Combine("nadir-out", FormattableString.Invariant($"calibration-{settings.Seed}"));
        if (targets.Targets.All(t => t.IsBound))
        {
            throw new InvalidInputException([new Issue("ND0436", Severity.Error, new SourceLocation(settings.Targets.Count > 0 ? settings.Targets[0] : "library/trials", 0, 0), "no result has the role of calibration") { Expected = "role: calibration" }]);
        }

        PopulationSimulator alike = Simulator(settings, targets, library);
        PopulationSimulator simulator = alike.With(PatientAllocation.Of(targets, alike, Calibration.DefaultHeterogeneity, session.Cancellation));
        Calibration calibration = new(targets, simulator, new SamplerSettings { Particles = settings.Particles, Seed = settings.Seed });
        string checkpoint = CheckpointIn(folder);
        SamplerState? from = Checkpoint.Read(checkpoint, calibration.Identity);
        session.Error.WriteLine(FormattableString.Invariant($"{targets.Targets.Count(t => !t.IsBound)} targets of {targets.Targets.Select(t => t.Trial).Distinct().Count()} studies and {targets.Targets.Count(t => t.IsBound)} bounds in {targets.Cohorts.Count} cohorts; {calibration.HyperParameters.Count} hyper-parameters; {settings.Particles} particles"));
        session.Error.WriteLine($"patients: {string.Join(", ", targets.Cohorts.Select((c, i) => FormattableString.Invariant($"{simulator.PatientsOf(i)} as in {c.Name}")))}");
        if (from is not null)
        {
            session.Error.WriteLine(FormattableString.Invariant($"going on after round {from.Round}, from {checkpoint}"));
        }

        SamplerState state = ProgressBar.Show(session, "simulating", progress => calibration.Run(from, s => Keep(s, folder, calibration, session), progress, session.Cancellation));
        CalibrationResult result = ProgressBar.Show(session, "checking on new patients", progress => CalibrationResult.Of(calibration, state, progress, session.Cancellation));
        CalibrationFolder.Write(folder, result);
        session.Output.WriteLine(CalibrationReport.Summary(result));
        session.Error.WriteLine($"results: {folder}");
        if (result.Failed > 0)
        {
            session.Error.WriteLine(FormattableString.Invariant($"warning: {result.Failed} virtual patients failed numerically, over all rounds; they are in no estimate"));
        }

        foreach (string complaint in result.Diagnostics.Complaints)
        {
            session.Error.WriteLine($"not converged: {complaint}; population.yaml is not written");
        }

        return result.Diagnostics.HasConverged ? ExitCode.Ok : ExitCode.NotConverged;
    }

    /// <summary>All uncertain numbers free, or those named, with all others as in the calibration that ships.</summary>
    static PopulationSimulator Simulator(CalibrateSettings settings, TargetSet targets, Library library)
    {
        if (settings.Numbers.Count == 0)
        {
            return new PopulationSimulator(targets) { Patients = settings.Patients, Seed = settings.Seed, Threads = settings.Threads };
        }

        string[] known = [.. PopulationSimulator.AllOf(targets).Select(h => h.Name)];
        Issue[] wrong =
        [
            .. settings.Numbers.Where(n => !known.Contains(n)).Select(n =>
                new Issue("ND0322", Severity.Error, new SourceLocation("--number", 0, 0), $"no population of the targets has a number \"{n}\" that could be calibrated") { Found = n, Expected = "a number with a prior", Hint = NearestName.Hint(n, known) }),
        ];
        IReadOnlyDictionary<string, double> start = CalibratedValues.Of(ModelPackage.Load(library, TargetCohort.Model).OrThrow())?.OrThrow().Point ?? new Dictionary<string, double>();
        return wrong.Length > 0
            ? throw new InvalidInputException(wrong)
            : new PopulationSimulator(targets, settings.Numbers, start) { Patients = settings.Patients, Seed = settings.Seed, Threads = settings.Threads };
    }

    static string CheckpointIn(string folder) => Path.Combine(folder, "checkpoint.json");

    static void Keep(SamplerState state, string folder, Calibration calibration, Session session)
    {
        if (state.Rounds.Count == 0)
        {
            CalibrationFolder.Clear(folder);
        }

        Checkpoint.Write(CheckpointIn(folder), calibration.Identity, state);
        session.Error.WriteLine(state.Rounds.Count == 0
            ? $"prior drawn: {state.Particles.Count(p => p.Simulated is not null)} of {state.Particles.Count} possible"
            : FormattableString.Invariant($"round {state.Round}: power {state.Temperature:0.####}, {state.Rounds[^1].Effective:0} effective, {state.Rounds[^1].Moved:P0} moved, mean log-likelihood {state.Rounds[^1].MeanLogLikelihood:0.0}"));
    }

    internal static Library Library(string? folder) => folder is null ? Documents.Library.Shipped : Documents.Library.With(folder).OrThrow();

    /// <summary>The shipped targets, or those of the user's files.</summary>
    internal static TargetSet Targets(IReadOnlyList<string> files, Library library, Session session)
    {
        Checked<TargetSet> read = files.Count == 0
            ? TargetSet.Shipped(library)
            : TargetSet.Create([.. files.Select(f => SourceText.Load(f) is { Value: { } text } ? PublishedTrial.Read(text) : new Checked<PublishedTrial>(null, SourceText.Load(f).Issues))], library);
        TargetSet targets = read.OrThrow();
        IssueText.Write(read.Issues, session.Error);
        return targets;
    }
}
