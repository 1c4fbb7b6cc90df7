using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// Writes <c>events.csv</c>, one row a patient, arm and endpoint, with CDISC ADTTE names: STUDYID, USUBJID, TRT01P, PARAMCD, PARAM, AVAL
/// in days, CNSR (0 event, 1 censored, 2 competing event), EVNTDESC (the event), CNSDTDSC (what the date of censoring is), CAUSE (the mechanism behind a relapse), the population's covariates, and where there are strata STRATAR and STRATARN, so that
/// a model with covariates or strata needs no other table.
/// </summary>
public sealed class EventsCsv
{
    readonly TextWriter _writer;
    readonly string _study;
    readonly IReadOnlyList<Covariate> _covariates;
    readonly StratumCells _strata;
    readonly bool _transplants;

    /// <summary>Writes the header.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="study">STUDYID.</param>
    /// <param name="covariates">The population's covariates, one column each.</param>
    /// <param name="conduct">How a randomised trial is run; with strata there are columns for them. Default: null, nobody is randomised.</param>
    /// <param name="transplants">Whether an arm has a transplant; endpoints then also have rows censored at it. Default: false.</param>
    public EventsCsv(TextWriter writer, string study, IReadOnlyList<Covariate> covariates, TrialConduct? conduct = null, bool transplants = false)
    {
        (_writer, _study, _covariates, _strata, _transplants) = (writer, CsvField.Quote(study), covariates, new StratumCells(conduct), transplants);
        writer.Write(PatientTables.Events.Header([.. covariates.Select(c => c.Name), .. _strata.Columns]));
    }

    /// <summary>Writes the endpoints of one patient, the relapse with its cause; none for a patient whose simulation failed.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="stratum">The stratum of the randomisation, from 0; default 0.</param>
    public void Write(string arm, PatientOutcome outcome, int stratum = 0)
    {
        string covariates = string.Concat(CovariateCells.Of(_covariates, outcome).Concat(_strata.Of(stratum)).Select(c => "," + c));
        foreach (TimeToEvent t in _transplants ? TimeToEvent.Of(outcome).Concat(TimeToEvent.OfCensoredAtTransplant(outcome)) : TimeToEvent.Of(outcome))
        {
            (string code, string name) = NameOf(t);
            _writer.Write($"{_study},{Subjects.Identifier(outcome.Patient)},{CsvField.Quote(arm)},{code},{name},{CsvField.Number(t.Days)},{t.Censor},{CsvField.Quote(t.Description)},{Censoring(t)},{(IsRelapse(t, outcome) ? outcome.RelapseCause?.Mechanism : "")}{covariates}\n");
        }
    }

    /// <summary>What the date is on which a time ends without its event.</summary>
    static string Censoring(TimeToEvent t) => t.Censor == 0 ? "" : t.Description switch
    {
        TimeToEvent.EndOfFollowUp => "last day of follow-up",
        TimeToEvent.Transplant => "day of transplant",
        _ => "day of death",
    };

    static bool IsRelapse(TimeToEvent t, PatientOutcome outcome) =>
        t.Censor == 0 && t.Endpoint != Endpoint.Overall && outcome.RelapseDay is not null;

    static (string Code, string Name) NameOf(TimeToEvent t)
    {
        (string code, string name) = NameOf(t.Endpoint);
        return t.CensorsAtTransplant ? ($"{code[..3]}HSCT", $"{name.Replace(" (days)", "", StringComparison.Ordinal)}; censored at transplant (days)") : (code, name);
    }

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
