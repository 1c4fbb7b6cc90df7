using Nadir.Endpoints;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes <c>events.csv</c>, one row a patient, arm and endpoint, with CDISC ADTTE names: STUDYID, USUBJID, TRT01P, PARAMCD, PARAM, AVAL
/// in days, CNSR (0 event, 1 censored, 2 competing event), EVNTDESC, and CAUSE, the mechanism behind a relapse.
/// </summary>
public sealed class EventsCsv
{
    readonly TextWriter _writer;
    readonly string _study;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="study">STUDYID.</param>
    public EventsCsv(TextWriter writer, string study)
    {
        (_writer, _study) = (writer, CsvField.Quote(study));
        writer.Write("STUDYID,USUBJID,TRT01P,PARAMCD,PARAM,AVAL,CNSR,EVNTDESC,CAUSE\n");
    }

    /// <summary>Writes the endpoints of one patient, the relapse with its cause; none for a patient whose simulation failed.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="outcome">What happened.</param>
    public void Write(string arm, PatientOutcome outcome)
    {
        foreach (TimeToEvent t in TimeToEvent.Of(outcome))
        {
            (string code, string name) = NameOf(t.Endpoint);
            _writer.Write($"{_study},{Subjects.Identifier(outcome.Patient)},{CsvField.Quote(arm)},{code},{name},{CsvField.Number(t.Days)},{t.Censor},{CsvField.Quote(t.Description)},{(IsRelapse(t, outcome) ? outcome.RelapseCause?.Mechanism : "")}\n");
        }
    }

    static bool IsRelapse(TimeToEvent t, PatientOutcome outcome) =>
        t.Censor == 0 && t.Endpoint != Endpoint.Overall && outcome.RelapseDay is not null;

    static (string Code, string Name) NameOf(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Overall => ("OS", "Overall survival (days)"),
        Endpoint.EventFree => ("EFS", "Event-free survival (days)"),
        Endpoint.RelapseFree => ("RFS", "Relapse-free survival (days)"),
        Endpoint.DurationOfResponse => ("DOR", "Duration of response (days)"),
        Endpoint.Relapse => ("RELAPSE", "Time to relapse (days)"),
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint, "expected an endpoint"),
    };
}
