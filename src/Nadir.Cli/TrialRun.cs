using Nadir.Documents;
using Nadir.Faults;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir trial</c>.</summary>
static class TrialRun
{
    public static int Execute(TrialSettings settings, Session session)
    {
        TrialJob job = Read(settings, session);
        ResultTarget? target = Target(settings, job);
        TrialResult result = Run(job, target, settings, session);
        if (settings.Json)
        {
            session.Output.WriteLine(SummaryJson.Write(result).TrimEnd());
        }
        else
        {
            Show(result, session);
        }

        if (result.FailedPatients > 0)
        {
            session.Error.WriteLine($"warning: {result.FailedPatients} of {job.TotalPatients} patients failed numerically; they are in no estimate");
        }

        if (target is not null)
        {
            session.Error.WriteLine($"results: {target.Path}");
        }

        return result.FailedPatients > 0 ? ExitCode.NotConverged : ExitCode.Ok;
    }

    static TrialJob Read(TrialSettings settings, Session session)
    {
        SourceText? source = settings.Study is null ? null : SourceText.Load(settings.Study).OrThrow();
        Checked<TrialJob> job = TrialJob.Create(source, new TrialOverrides
        {
            Patients = settings.Patients,
            Seed = settings.Seed,
            Without = settings.Without,
        });
        TrialJob ready = job.OrThrow();
        IssueText.Write(job.Issues, session.Error);
        return ready;
    }

    /// <summary>Refused before hours are spent rather than after.</summary>
    static ResultTarget? Target(TrialSettings settings, TrialJob job)
    {
        string? folder = settings.Out ?? (settings.Json ? null : Path.Combine("nadir-out", DefaultName(job)));
        ReplacePolicy policy = settings.Force ? ReplacePolicy.Anything : ReplacePolicy.SameStudy;
        return folder is null ? null : ResultTarget.Check(folder, job.Study.Name, policy).OrThrow();
    }

    /// <summary>A run without a mechanism does not take the place of the whole model's.</summary>
    static string DefaultName(TrialJob job) =>
        string.Join('-', [job.Study.Name, $"{job.Plan.Seed}", .. job.Without.Select(w => $"without-{w}")]);

    static TrialResult Run(TrialJob job, ResultTarget? target, TrialSettings settings, Session session)
    {
        using TrialFolder? folder = target is null ? null : new TrialFolder(job, target);
        string label = $"{job.TotalPatients} patients";
        TrialResult result = ProgressBar.Show(session, label, progress =>
            job.Run(settings.Threads, folder is null ? null : folder.Add, progress, session.Cancellation));
        folder?.Complete(result);
        return result;
    }

    static void Show(TrialResult result, Session session)
    {
        session.Output.WriteLine($"{result.Study}\n{result.PatientsPerArm} patients an arm, {result.Design}, seed {result.Seed}. Research use only.");
        if (result.Provenance.Without.Count > 0)
        {
            session.Output.WriteLine($"Switched off: {string.Join(", ", result.Provenance.Without)}.");
        }

        session.Output.WriteLine();
        ResultTable.From(TrialTable.Results(result)).Write(session);
        if (result.Published.Count > 0)
        {
            ResultTable.From(TrialTable.Published(result)).Write(session);
        }

        if (result.Published.Any(p => p.IntervalDerived))
        {
            session.Output.WriteLine("† Wilson interval, derived here from the published counts.");
        }
    }
}
