using Nadir.Designs;
using Nadir.Documents;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir trial --power</c>: the operating characteristics of a design, beside one trial of it in the result folder.</summary>
static class PowerRun
{
    public static int Execute(PowerSettings power, TrialSettings settings, Session session)
    {
        TrialJob job = TrialRun.Read(settings, session);
        if (job.Plan.Randomised is null)
        {
            throw new UsageException("nadir trial", [new UsageProblem("--power needs a study with an analysis") { Found = job.Study.FileName, Expected = "design: randomised, and analysis: {endpoint: EFS}; see docs/study-file.md" }]);
        }

        ResultTarget? target = TrialRun.Target(settings, job, "");
        Chromium? browser = settings.Pdf ? Chromium.Find() : null;
        PowerJob study = new(job, power);
        PowerResult result = ProgressBar.Show(session, "virtual patients to draw trials from", progress => study.Run(settings.Threads, progress, session.Cancellation));
        int code = target is null ? ExitCode.Ok : Write(result, job, target, settings, session);
        TrialRun.Add(target, browser, settings, session);
        Tell(result, job, settings, session);
        if (target is not null)
        {
            session.Error.WriteLine($"results: {target.Path}");
        }

        return code;
    }

    /// <summary>One trial as the study plans it, with the design's characteristics in its report.</summary>
    static int Write(PowerResult power, TrialJob job, ResultTarget target, TrialSettings settings, Session session)
    {
        using TrialFolder folder = new(job, target);
        IReadOnlyList<ArmTally> tallies = TrialRun.Simulate(job, PatientBlock.All(job.Plan), folder.Add, settings, session);
        TrialResult trial = job.Result(tallies, null, session.Cancellation) with { Power = power };
        session.Cancellation.ThrowIfCancellationRequested();
        folder.Complete(trial);
        return TrialRun.Warn(trial.FailedPatients, job.TotalPatients, trial.FailedCourses, session);
    }

    static void Tell(PowerResult power, TrialJob job, TrialSettings settings, Session session)
    {
        if (settings.Json)
        {
            session.Output.WriteLine(PowerJson.Write(job.Study.Title, job.Plan.Seed, power).TrimEnd());
            return;
        }

        session.Output.WriteLine($"{job.Study.Title}\nseed {job.Plan.Seed}. Research use only.\n");
        if (CohortMix.Of(job.Plan) is { } mix)
        {
            session.Output.WriteLine(Printable.Text($"Mix of patients: {MixTable.Words(mix)}.\n"));
        }

        ResultTable.From(PowerTables.Planned(power)).Write(session);
        if (power.Sizes.Count > 0)
        {
            ResultTable.From(PowerTables.Sizes(power)).Write(session);
        }

        foreach (string note in PowerTables.Notes(power))
        {
            session.Output.WriteLine(Printable.Text(note));
        }
    }
}
