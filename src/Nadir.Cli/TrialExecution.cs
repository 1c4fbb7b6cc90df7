using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>Carries out <c>nadir trial</c>.</summary>
static class TrialExecution
{
    public static int Execute(TrialSettings settings, Session session)
    {
        SourceText? source = settings.Study is null ? null : SourceText.Load(settings.Study).OrThrow();
        TrialOverrides overrides = new() { Patients = settings.Patients, Seed = settings.Seed, Without = settings.Without };
        Checked<TrialJob> read = TrialJob.Create(source, overrides);
        TrialJob job = read.OrThrow();
        IssueText.Write(read.Issues, session.Error);
        return Folder(job, settings) is { } path ? RunIntoFolder(job, path, settings, session) : RunAlone(job, settings, session);
    }

    static string? Folder(TrialJob job, TrialSettings settings) =>
        settings.Out ?? (settings.Json ? null : Path.Combine("nadir-out", string.Create(CultureInfo.InvariantCulture, $"{job.Study.Name}-{job.Plan.Seed}")));

    static int RunIntoFolder(TrialJob job, string path, TrialSettings settings, Session session)
    {
        ReplacePolicy policy = settings.Force ? ReplacePolicy.Anything : ReplacePolicy.SameStudy;
        ResultTarget target = ResultTarget.Check(path, job.Study.Name, policy).OrThrow();
        using TrialFolder folder = new(job, target);
        TrialResult result = Run(job, folder.Add, settings, session);
        folder.Complete(result);
        Print(result, settings, session);
        if (!settings.Json)
        {
            session.Output.WriteLine($"Results: {Path.Combine(path, "report.html")} and tables beside it");
        }

        return ExitCode.Ok;
    }

    static int RunAlone(TrialJob job, TrialSettings settings, Session session)
    {
        Print(Run(job, null, settings, session), settings, session);
        return ExitCode.Ok;
    }

    static TrialResult Run(TrialJob job, Action<PatientRecord>? consume, TrialSettings settings, Session session)
    {
        string label = string.Create(CultureInfo.InvariantCulture, $"{job.Plan.Arms.Count} arms of {job.Plan.PatientsPerArm} patients");
        TrialResult result = ProgressBar.Show(session, label, progress => job.Run(settings.Threads, consume, progress, session.Cancellation));
        if (result.FailedPatients > 0)
        {
            session.Error.WriteLine($"warning: {result.FailedPatients} of {job.TotalPatients} patients failed numerically; they are counted and in no estimate");
        }

        return result;
    }

    static void Print(TrialResult result, TrialSettings settings, Session session)
    {
        if (settings.Json)
        {
            session.Output.Write(SummaryJson.Write(result));
            return;
        }

        session.Output.WriteLine(result.Study);
        Write(TrialTable.Results(result), session);
        Write(TrialTable.Published(result), session);
        session.Output.WriteLine("Research use only: not for clinical decisions.");
    }

    static void Write(TrialTable table, Session session)
    {
        List<IReadOnlyList<string>> rows = [];
        string group = "";
        foreach (TrialTableRow row in table.Rows)
        {
            if (row.Group != group && row.Group.Length > 0)
            {
                rows.Add([row.Group, .. table.Columns.Select(_ => "")]);
            }

            group = row.Group;
            rows.Add([group.Length > 0 ? "  " + row.Label : row.Label, .. row.Cells]);
        }

        new ResultTable(["", .. table.Columns], rows) { Title = table.Title }.Write(session);
    }
}
