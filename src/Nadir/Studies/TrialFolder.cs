using System.Globalization;
using System.Text.Json.Nodes;
using Nadir.Documents;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>
/// Writes a trial's result folder: <c>subjects.csv</c>, <c>events.csv</c> and <c>visits.csv</c> while patients come in, then
/// <c>summary.json</c>, <c>result.json</c>, <c>report.html</c>, <c>overview.svg</c> and <c>run.json</c>, or for a part of a trial <c>shard.json</c> and
/// <c>run.json</c>. The folder appears whole at the end or not at all.
/// </summary>
public sealed class TrialFolder : IDisposable
{
    /// <summary>The data of a randomised trial's last analysis.</summary>
    public const string AnalysisFile = "analysis.csv";

    readonly TrialJob _job;
    readonly ResultFolder _folder;
    readonly TrialTables _tables;

    /// <summary>Starts the folder.</summary>
    /// <param name="job">The trial.</param>
    /// <param name="target">Where the folder goes.</param>
    public TrialFolder(TrialJob job, ResultTarget target)
    {
        _job = job;
        _folder = target.Open();
        _tables = new TrialTables(job, _folder);
    }

    /// <summary>Writes one patient.</summary>
    public void Add(PatientRecord record) => _tables.Add(record);

    /// <summary>Writes summary and report and puts the folder in its place.</summary>
    public void Complete(TrialResult result)
    {
        _tables.Dispose();
        if (result.Conducted is { } conducted)
        {
            using StringWriter analysis = new(CultureInfo.InvariantCulture);
            AnalysisCsv.Write(analysis, _job.Study.Name, conducted);
            _folder.WriteText(AnalysisFile, analysis.ToString());
        }

        Complete(_folder, result);
    }

    /// <summary>Writes the tallies of a part of the trial, which <see cref="ShardJoin"/> adds up, and puts the folder in its place.</summary>
    /// <param name="shard">Which part.</param>
    /// <param name="tallies">One tally an arm.</param>
    public void Complete(Shard shard, IReadOnlyList<ArmTally> tallies)
    {
        _tables.Dispose();
        ShardDocument document = ShardDocument.From(_job, shard, _tables.Starts, tallies);
        _folder.WriteText(ShardDocument.FileName, document.Write());
        _folder.Commit(NadirVersion.Text, new JsonObject
        {
            ["seed"] = _job.Plan.Seed,
            ["patientsPerArm"] = _job.Plan.PatientsPerArm,
            ["shard"] = shard.ToString(),
            ["studyHash"] = _job.Study.SourceHash,
            ["modelHash"] = _job.Plan.Package.Hash,
            ["solver"] = Solver(TrialMethods.Of(_job.Plan)),
        });
    }

    /// <summary>Removes what was written, unless it was completed.</summary>
    public void Dispose()
    {
        _tables.Dispose();
        _folder.Dispose();
    }

    /// <summary>Writes all but the tables and puts the folder in its place.</summary>
    internal static void Complete(ResultFolder folder, TrialResult result)
    {
        folder.WriteText("summary.json", SummaryJson.Write(result));
        folder.WriteText(TrialRunFolder.ResultFile, TrialResultJson.Write(result));
        folder.WriteText(TrialRunFolder.ReportFile, ReportHtml.Write(result));
        folder.WriteText("overview.svg", OverviewSvg.Write(result));
        foreach (ResultTable table in ResultTables.Analyses(result))
        {
            folder.WriteText($"{table.Name.Replace('_', '-')}.csv", table.Csv());
        }

        folder.Commit(result.Provenance.Version, new JsonObject
        {
            ["seed"] = result.Seed,
            ["patientsPerArm"] = result.PatientsPerArm,
            ["failedPatients"] = result.FailedPatients,
            ["with"] = new JsonArray([.. result.Provenance.With.Select(w => (JsonNode?)w)]),
            ["without"] = new JsonArray([.. result.Provenance.Without.Select(w => (JsonNode?)w)]),
            ["studyHash"] = result.Provenance.StudyHash,
            ["modelHash"] = result.Provenance.ModelHash,
            ["calibration"] = result.Provenance.Calibration is { } c ? new JsonObject { ["file"] = c.File, ["sha256"] = c.Hash, ["targets"] = c.Targets } : null,
            ["libraryHash"] = result.Provenance.LibraryHash,
            ["solver"] = result.Methods is { } m ? Solver(m) : null,
            ["platform"] = result.Provenance.Platform,
        });
    }

    static JsonObject Solver(TrialMethods m) => new() { ["name"] = m.Solver, ["rtol"] = m.RelativeTolerance, ["atol"] = m.AbsoluteTolerance, ["maxSteps"] = m.MaxSteps };
}
