using System.Text;
using Nadir.Documents;
using Nadir.Formats;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>Writes <c>subjects.csv</c>, <c>events.csv</c> and <c>visits.csv</c> while patients come in, and knows where the rows of each arm begin.</summary>
sealed class TrialTables : IDisposable
{
    readonly TrialJob _job;
    readonly StreamWriter[] _texts;
    readonly List<long>[] _starts = [.. Names.Select(_ => new List<long>())];
    readonly SubjectsCsv _subjects;
    readonly EventsCsv _events;
    readonly VisitsCsv _visits;
    int _arms;

    public TrialTables(TrialJob job, ResultFolder folder)
    {
        _job = job;
        _texts = [.. Names.Select(name => new StreamWriter(folder.Create(name), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))];
        _subjects = new SubjectsCsv(_texts[0], job.Study.Name, job.Covariates, job.Plan.Randomised?.Conduct);
        _events = new EventsCsv(_texts[1], job.Study.Name, job.Covariates, job.Plan.Randomised?.Conduct, job.Plan.HasTransplant);
        _visits = new VisitsCsv(_texts[2]);
    }

    public static IReadOnlyList<string> Names { get; } = ["subjects.csv", "events.csv", "visits.csv"];

    /// <summary>For each table the byte at which the rows of each arm begin.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Starts =>
        Names.Select((name, i) => (name, (IReadOnlyList<long>)_starts[i])).ToDictionary();

    /// <summary>Writes one patient; patients come arm by arm.</summary>
    public void Add(PatientRecord record)
    {
        while (_arms <= record.Arm)
        {
            BeginArm();
        }

        string arm = _job.Plan.Arms[record.Arm].Name;
        int stratum = _job.Plan.StratumOf(record.Arm, record.Outcome);
        _subjects.Write(arm, record.Outcome, stratum);
        _events.Write(arm, record.Outcome, stratum);
        _visits.Write(arm, record);
    }

    public void Dispose()
    {
        foreach (StreamWriter text in _texts)
        {
            text.Dispose();
        }
    }

    void BeginArm()
    {
        _arms++;
        for (int i = 0; i < _texts.Length; i++)
        {
            _texts[i].Flush();
            _starts[i].Add(_texts[i].BaseStream.Position);
        }
    }
}
