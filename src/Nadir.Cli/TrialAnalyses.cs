using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>What a caller of <c>nadir trial</c> asked for beyond the trial itself: checked before hours are spent, run after it.</summary>
sealed class TrialAnalyses
{
    readonly int _threads;
    readonly KnockOutRun? _knockOut;

    TrialAnalyses(TrialJob job, TrialSettings settings)
    {
        _threads = settings.Threads;
        _knockOut = settings.KnockOut ? KnockOutRun.Create(job).OrThrow() : null;
    }

    /// <summary>Receives the trial's patients; null where nobody needs them.</summary>
    public Action<PatientRecord>? Add => _knockOut is { } run ? run.Study.Add : null;

    public static TrialAnalyses Of(TrialJob job, TrialSettings settings) => new(job, settings);

    /// <summary>Adds the analyses to the trial's result.</summary>
    public TrialResult Run(TrialResult result, Session session)
    {
        if (_knockOut is { } run)
        {
            result = result with { KnockOut = ProgressBar.Show(session, $"without each of {run.Mechanisms} mechanisms", progress => run.Run(_threads, progress, session.Cancellation)) };
        }

        return result;
    }

    public static void Show(TrialResult result, Session session)
    {
        if (result.KnockOut is { } table)
        {
            foreach (KnockOutArm arm in table.Arms)
            {
                ResultTable.From(KnockOutTables.Of(table, arm)).Write(session);
            }

            session.Output.WriteLine($"{KnockOutTables.Reading}\n{KnockOutTables.LeftOut(table)}");
        }
    }
}
