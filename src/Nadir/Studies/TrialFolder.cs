using System.Text;
using System.Text.Json.Nodes;
using Nadir.Documents;
using Nadir.Formats;
using Nadir.Reports;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>
/// Writes a trial's result folder: <c>subjects.csv</c>, <c>events.csv</c> and <c>visits.csv</c> while patients come in, then
/// <c>summary.json</c>, <c>report.html</c>, <c>overview.svg</c> and <c>run.json</c>. The folder appears whole at the end or not at all.
/// </summary>
public sealed class TrialFolder : IDisposable
{
    readonly TrialJob _job;
    readonly ResultFolder _folder;
    readonly StreamWriter _subjectsText;
    readonly StreamWriter _eventsText;
    readonly StreamWriter _visitsText;
    readonly SubjectsCsv _subjects;
    readonly EventsCsv _events;
    readonly VisitsCsv _visits;

    /// <summary>Starts the folder.</summary>
    /// <param name="job">The trial.</param>
    /// <param name="target">Where the folder goes.</param>
    public TrialFolder(TrialJob job, ResultTarget target)
    {
        _job = job;
        _folder = target.Open();
        _subjectsText = Text("subjects.csv");
        _eventsText = Text("events.csv");
        _visitsText = Text("visits.csv");
        _subjects = new SubjectsCsv(_subjectsText, job.Study.Name, job.Covariates);
        _events = new EventsCsv(_eventsText, job.Study.Name);
        _visits = new VisitsCsv(_visitsText);
    }

    /// <summary>Writes one patient.</summary>
    public void Add(PatientRecord record)
    {
        string arm = _job.Plan.Arms[record.Arm].Name;
        _subjects.Write(arm, record.Outcome);
        _events.Write(arm, record.Outcome);
        _visits.Write(arm, record);
    }

    /// <summary>Writes summary and report and puts the folder in its place.</summary>
    public void Complete(TrialResult result)
    {
        CloseTables();
        _folder.WriteText("summary.json", SummaryJson.Write(result));
        _folder.WriteText("report.html", ReportHtml.Write(result));
        _folder.WriteText("overview.svg", OverviewSvg.Write(result));
        _folder.Commit(result.Provenance.Version, new JsonObject
        {
            ["seed"] = result.Seed,
            ["patientsPerArm"] = result.PatientsPerArm,
            ["failedPatients"] = result.FailedPatients,
            ["without"] = new JsonArray([.. result.Provenance.Without.Select(w => (JsonNode?)w)]),
            ["studyHash"] = result.Provenance.StudyHash,
            ["modelHash"] = result.Provenance.ModelHash,
            ["platform"] = result.Provenance.Platform,
        });
    }

    /// <summary>Removes what was written, unless it was completed.</summary>
    public void Dispose()
    {
        CloseTables();
        _folder.Dispose();
    }

    void CloseTables()
    {
        _subjectsText.Dispose();
        _eventsText.Dispose();
        _visitsText.Dispose();
    }

    StreamWriter Text(string name) => new(_folder.Create(name), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
