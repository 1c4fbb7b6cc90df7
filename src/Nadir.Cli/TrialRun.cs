using Nadir.Documents;
using Nadir.Faults;
using Nadir.Populations;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir trial</c>.</summary>
static class TrialRun
{
    const string Estimates = "estimates";

    public static int Execute(TrialSettings settings, Session session) => TimeLimit.Run(
        settings.TimeLimit,
        session,
        limited => settings.Power is { } power ? PowerRun.Execute(power, settings, limited) : settings.Join.Count > 0 ? Join(settings, limited) : settings.Shard is { } shard ? Part(shard, settings, limited) : Whole(settings, limited));

    static int Whole(TrialSettings settings, Session session)
    {
        TrialJob job = Read(settings, session);
        ResultTarget? target = Target(settings, job, "");
        Chromium? browser = settings.Pdf ? Chromium.Find() : null;
        using TrialFolder? folder = target is null ? null : new TrialFolder(job, target);
        TrialAnalyses analyses = TrialAnalyses.Of(job, settings);
        IReadOnlyList<ArmTally> tallies = Simulate(job, PatientBlock.All(job.Plan), analyses.Add + (folder is null ? (Action<PatientRecord>?)null : folder.Add), settings, session);
        TrialResult result = analyses.Run(ProgressBar.Show(session, Estimates, progress => job.Result(tallies, progress, session.Cancellation)), session);
        session.Cancellation.ThrowIfCancellationRequested();
        folder?.Complete(result);
        Add(target, browser, settings, session);
        return Tell(result, job, target, settings, session);
    }

    static int Part(Shard shard, TrialSettings settings, Session session)
    {
        TrialJob job = Read(settings, session);
        if (shard.Of > job.Plan.PatientsPerArm)
        {
            throw new UsageException("nadir trial", [new UsageProblem("--shard asks for more parts than there are patients in an arm") { Found = $"{shard}", Expected = $"at most {job.Plan.PatientsPerArm} parts" }]);
        }

        if (job.Plan.Enrolment is not null)
        {
            throw new UsageException("nadir trial", [new UsageProblem("--shard does not apply: a trial with an analysis is analysed whole") { Found = $"{shard}", Expected = "a run without --shard" }]);
        }

        ResultTarget target = Target(settings with { Json = false }, job, $".{shard.Number}-of-{shard.Of}")!;
        using TrialFolder folder = new(job, target);
        IReadOnlyList<ArmTally> tallies = Simulate(job, shard.Patients(job.Plan.PatientsPerArm), folder.Add, settings, session);
        IReadOnlyList<FailedCourse> failed = job.Failed(tallies);
        session.Cancellation.ThrowIfCancellationRequested();
        folder.Complete(shard, tallies);
        session.Output.WriteLine($"part {shard}: {tallies.Sum(t => t.Patients)} of {job.TotalPatients} patients; nadir trial --join puts the parts together");
        int code = Warn(tallies.Sum(t => t.FailedPatients), tallies.Sum(t => t.Patients), failed, session);
        session.Error.WriteLine($"results: {target.Path}");
        return code;
    }

    static int Join(TrialSettings settings, Session session)
    {
        Checked<ShardJoin> read = ShardJoin.Read(settings.Join, Library(settings));
        ShardJoin join = read.OrThrow();
        IssueText.Write(read.Issues, session.Error);
        ResultTarget? target = Target(settings, join.Job, "");
        Chromium? browser = settings.Pdf ? Chromium.Find() : null;
        TrialResult result = ProgressBar.Show(session, Estimates, progress => join.Result(progress, session.Cancellation));
        session.Cancellation.ThrowIfCancellationRequested();
        if (target is not null)
        {
            join.Write(result, target, session.Cancellation);
        }

        Add(target, browser, settings, session);

        return Tell(result, join.Job, target, settings, session);
    }

    internal static IReadOnlyList<ArmTally> Simulate(TrialJob job, PatientBlock block, Action<PatientRecord>? consume, TrialSettings settings, Session session) =>
        ProgressBar.Show(session, $"{(job.Plan.Enrolment is null ? job.Plan.Arms.Count * block.Count : job.TotalPatients)} patients", progress =>
            job.Tally(block, settings.Threads, consume, progress, session.Cancellation));

    internal static void Add(ResultTarget? target, Chromium? browser, TrialSettings settings, Session session)
    {
        if (target is null)
        {
            return;
        }

        try
        {
            Extras.Add(target.Path, settings.Sqlite, browser, session);
        }
        catch (OperationCanceledException e)
        {
            throw new IOException($"the run was stopped before everything was added to its results, which are in {target.Path}", e);
        }
    }

    static int Tell(TrialResult result, TrialJob job, ResultTarget? target, TrialSettings settings, Session session)
    {
        if (settings.Json)
        {
            session.Output.WriteLine(SummaryJson.Write(result).TrimEnd());
        }
        else
        {
            Show(result, settings, session);
        }

        int code = Warn(result.FailedPatients, job.TotalPatients, result.FailedCourses, session);
        if (target is not null)
        {
            session.Error.WriteLine($"results: {target.Path}");
        }

        return code;
    }

    /// <summary>Warns of failed patients, the first of them by name, and gives the exit code.</summary>
    internal static int Warn(int failed, int of, IReadOnlyList<FailedCourse> courses, Session session)
    {
        if (failed == 0)
        {
            return ExitCode.Ok;
        }

        session.Error.WriteLine($"warning: {failed} of {of} patients failed numerically; they are in no estimate");
        foreach (FailedCourse course in courses)
        {
            session.Error.WriteLine(Printable.Text($"  {course.Subject}, {course.Arm}: {course.Status} on day {FailureCount.Number(course.Day)}; {FailureCount.State(course.State)}"));
        }

        if (failed > courses.Count)
        {
            session.Error.WriteLine($"  … and {failed - courses.Count} more; SIMSTAT of subjects.csv has them all");
        }

        return ExitCode.NotConverged;
    }

    internal static TrialJob Read(TrialSettings settings, Session session)
    {
        SourceText? source = settings.Study is null ? null : SourceText.Load(settings.Study).OrThrow();
        Checked<TrialJob> job = TrialJob.Create(source, new TrialOverrides
        {
            Patients = settings.Patients,
            Seed = settings.Seed,
            With = settings.With,
            Without = settings.Without,
            Library = Library(settings),
            Tolerances = settings.Tolerances,
            Solver = settings.Solver,
            Calibration = settings.Population is { } file ? CalibratedValues.Read(SourceText.Load(file).OrThrow()).OrThrow() : null,
        });
        TrialJob ready = job.OrThrow();
        IssueText.Write(job.Issues, session.Error);
        return ready;
    }

    static Library Library(TrialSettings settings) => settings.Library is { } folder ? Documents.Library.With(folder).OrThrow() : Documents.Library.Shipped;

    /// <summary>Refused before hours are spent rather than after.</summary>
    internal static ResultTarget? Target(TrialSettings settings, TrialJob job, string suffix)
    {
        string? folder = settings.Out ?? (settings.Json ? null : Path.Combine("nadir-out", DefaultName(job, settings) + suffix));
        ReplacePolicy policy = settings.Force ? ReplacePolicy.Anything : ReplacePolicy.SameStudy;
        return folder is null ? null : ResultTarget.Check(folder, job.Study.Name, policy).OrThrow();
    }

    /// <summary>A run with or without a mechanism does not take the place of the whole model's.</summary>
    static string DefaultName(TrialJob job, TrialSettings settings) =>
        string.Join('-', [job.Study.Name, $"{job.Plan.Seed}", .. settings.Population is null ? Array.Empty<string>() : ["calibrated"], .. job.With.Select(w => $"with-{w}"), .. job.Without.Select(w => $"without-{w}"), .. settings.Power is null ? Array.Empty<string>() : ["power"]]);

    static void Show(TrialResult result, TrialSettings settings, Session session)
    {
        session.Output.WriteLine($"{result.Study}\n{result.PatientsPerArm} patients an arm, {result.Design}, seed {result.Seed}. Research use only.");
        if (result.Provenance.With.Count > 0)
        {
            session.Output.WriteLine($"Switched on: {string.Join(", ", result.Provenance.With)}.");
        }

        if (result.Provenance.Without.Count > 0)
        {
            session.Output.WriteLine($"Switched off: {string.Join(", ", result.Provenance.Without)}.");
        }

        session.Output.WriteLine(result.Provenance.Calibration is { } calibration ? $"Population {calibration.Words}." : "Population not calibrated: the numbers of the model's own files.");

        session.Output.WriteLine();
        if (result.Mix is { } mix)
        {
            ResultTable.From(MixTable.Of(mix)).Write(session);
        }

        foreach (TrialTable table in settings.Details ? result.Contrasts.Count > 0 ? [TrialTable.Results(result), ContrastTables.Of(result)] : [TrialTable.Results(result)] : new[] { ExecutiveTable.Of(result), CurveTable.Of(result) })
        {
            ResultTable.From(table).Write(session);
        }

        string[] reasons = settings.Details ? [.. ContrastTables.Reasons(result).Select(Printable.Text)] : [];
        if (reasons.Length > 0)
        {
            session.Output.WriteLine(string.Join('\n', reasons) + "\n");
        }

        foreach (TransplantEffect effect in result.TransplantEffects)
        {
            ResultTable.From(TransplantTables.Of(effect)).Write(session);
            ResultTable.From(TransplantTables.Gaps(effect)).Write(session);
        }

        if (result.Conducted is { } conducted)
        {
            ResultTable.From(ConductTables.Looks(conducted)).Write(session);
            session.Output.WriteLine(Printable.Text(ConductTables.Verdict(conducted)) + "\n");
            ResultTable.From(ConductTables.Flow(conducted)).Write(session);
        }

        if (result.Published.Count > 0)
        {
            ResultTable.From(TrialTable.Published(result)).Write(session);
        }

        if (result.Published.Any(p => p.IntervalDerived))
        {
            session.Output.WriteLine("† Wilson interval, derived here from the published counts.");
        }

        TrialAnalyses.Show(result, session);
    }
}
