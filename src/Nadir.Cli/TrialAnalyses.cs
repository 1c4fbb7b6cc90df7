using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>What a caller of <c>nadir trial</c> asked for beyond the trial itself: checked before hours are spent, run after it.</summary>
sealed class TrialAnalyses
{
    readonly TrialJob _job;
    readonly TrialSettings _settings;
    readonly KnockOutRun? _knockOut;
    readonly SensitivityTarget? _sensitivity;

    TrialAnalyses(TrialJob job, TrialSettings settings)
    {
        (_job, _settings) = (job, settings);
        _knockOut = settings.KnockOut ? KnockOutRun.Create(job).OrThrow() : null;
        _sensitivity = settings.Sensitivity is { } text ? SensitivityRequest.Read(text, job).OrThrow() : null;
        if (settings.Replicates > UncertaintyAnalysis.MostReplicates(job.Plan))
        {
            throw new UsageException("nadir trial", [new UsageProblem("--replicates asks for more patients than a study can have") { Found = $"{settings.Replicates}", Expected = $"at most {UncertaintyAnalysis.MostReplicates(job.Plan)} replicates of {job.Plan.PatientsPerArm} patients an arm" }]);
        }
    }

    /// <summary>Receives the trial's patients; null where nobody needs them.</summary>
    public Action<PatientRecord>? Add => _knockOut is { } run ? run.Study.Add : null;

    public static TrialAnalyses Of(TrialJob job, TrialSettings settings) => new(job, settings);

    /// <summary>Adds the analyses to the trial's result.</summary>
    public TrialResult Run(TrialResult result, Session session)
    {
        if (_knockOut is { } run)
        {
            result = result with { KnockOut = ProgressBar.Show(session, $"without each of {run.Mechanisms} mechanisms", progress => run.Run(_settings.Threads, progress, session.Cancellation)) };
        }

        if (_sensitivity is { } target)
        {
            result = result with { Sensitivity = ProgressBar.Show(session, $"sensitivity of {target.Endpoint.Name}", progress => SensitivityAnalysis.Run(_job.Plan, target, _settings.SensitivityOptions, _settings.Threads, progress, session.Cancellation)) };
        }

        if (_settings.Replicates is { } replicates)
        {
            result = result with { Uncertainty = ProgressBar.Show(session, $"{replicates} replicates", progress => UncertaintyAnalysis.Run(_job.Plan, replicates, _settings.Threads, progress, session.Cancellation)) };
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

        if (result.Sensitivity is { } sensitivity)
        {
            ResultTable.From(SensitivityTables.Tornado(sensitivity)).Write(session);
            session.Output.WriteLine($"{SensitivityTables.TornadoReading(sensitivity)}\n");
            if (sensitivity.Shares.Factors.Count > 0)
            {
                ResultTable.From(SensitivityTables.Shares(sensitivity)).Write(session);
            }

            session.Output.WriteLine(SensitivityTables.SharesReading(sensitivity));
        }

        if (result.Uncertainty is { } uncertainty)
        {
            ResultTable.From(UncertaintyTables.Of(uncertainty)).Write(session);
            session.Output.WriteLine(UncertaintyTables.Reading(uncertainty));
        }
    }
}
