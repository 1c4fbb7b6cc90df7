namespace Nadir.Endpoints;

/// <summary>The time-to-event endpoints.</summary>
public enum Endpoint
{
    /// <summary>From infusion to death of any cause.</summary>
    Overall,

    /// <summary>From infusion to non-response, relapse or death.</summary>
    EventFree,

    /// <summary>From remission to relapse or death; patients in remission only.</summary>
    RelapseFree,

    /// <summary>From remission to relapse or death of the disease; death in remission censors. Patients in remission only.</summary>
    DurationOfResponse,

    /// <summary>From remission to relapse, with death in remission as the competing event. Patients in remission only.</summary>
    Relapse,
}

/// <summary>One patient's time of one endpoint.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Days">Days from the endpoint's origin, a whole number unless it is the horizon.</param>
/// <param name="Censor">0 for an event, 1 for censoring, 2 for a competing event.</param>
/// <param name="Description">What ended the time, in words.</param>
public readonly record struct TimeToEvent(Endpoint Endpoint, double Days, int Censor, string Description)
{
    /// <summary>What ends a time without any event.</summary>
    internal const string EndOfFollowUp = "end of follow-up";

    /// <summary>What ends a time that a transplant censors.</summary>
    internal const string Transplant = "transplant";

    /// <summary>Whether a transplant ends the follow-up; false (the default) where patients are followed through it.</summary>
    public bool CensorsAtTransplant { get; init; }

    /// <summary>The endpoints of a patient; those from remission are missing without one. None for a patient that failed.</summary>
    public static IReadOnlyList<TimeToEvent> Of(PatientOutcome patient) =>
        !patient.IsEvaluable ? []
        : patient.RemissionDay is not { } remission ? [Overall(patient), EventFree(patient)]
        : [Overall(patient), EventFree(patient), RelapseFree(patient, remission), DurationOfResponse(patient, remission), Relapse(patient, remission)];

    /// <summary>The same endpoints with the follow-up ended by a transplant, but for overall survival, which no transplant ends. None for a patient that failed.</summary>
    public static IReadOnlyList<TimeToEvent> OfCensoredAtTransplant(PatientOutcome patient) =>
        [.. Of(patient).Where(t => t.Endpoint != Endpoint.Overall).Select(t => t.CensoredAtTransplant(patient, t.Endpoint == Endpoint.EventFree ? 0 : patient.RemissionDay!.Value))];

    /// <summary>This time, ended by a transplant before its event. What is done on a day is done at its start, so that the days before it count.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="origin">The day of the endpoint's origin, from infusion.</param>
    public TimeToEvent CensoredAtTransplant(PatientOutcome patient, double origin) =>
        patient.TransplantDay is { } day && day - origin < Days
            ? this with { Days = Math.Max(0, Math.Floor(day - origin)), Censor = 1, Description = Transplant, CensorsAtTransplant = true }
            : this with { CensorsAtTransplant = true };

    /// <summary>Overall survival.</summary>
    public static TimeToEvent Overall(PatientOutcome p) =>
        Ended(Endpoint.Overall, p, 0, p.DeathDay is { } day ? new(Endpoint.Overall, day, 0, DeathText(p)) : null);

    /// <summary>Event-free survival.</summary>
    public static TimeToEvent EventFree(PatientOutcome p) => Ended(Endpoint.EventFree, p, 0, First(p));

    /// <summary>Relapse-free survival.</summary>
    /// <param name="p">The patient.</param>
    /// <param name="remission">Day of remission.</param>
    public static TimeToEvent RelapseFree(PatientOutcome p, double remission) => FromRemission(Endpoint.RelapseFree, p, remission, 0);

    /// <summary>Duration of response.</summary>
    /// <param name="p">The patient.</param>
    /// <param name="remission">Day of remission.</param>
    public static TimeToEvent DurationOfResponse(PatientOutcome p, double remission) => FromRemission(Endpoint.DurationOfResponse, p, remission, 1);

    /// <summary>Time to relapse.</summary>
    /// <param name="p">The patient.</param>
    /// <param name="remission">Day of remission.</param>
    public static TimeToEvent Relapse(PatientOutcome p, double remission) => FromRemission(Endpoint.Relapse, p, remission, 2);

    /// <summary>Relapse is the event; a death in remission is whatever <paramref name="death"/> says.</summary>
    static TimeToEvent FromRemission(Endpoint endpoint, PatientOutcome p, double remission, int death) => Ended(
        endpoint, p, remission,
        p.RelapseDay is { } relapse ? new(endpoint, relapse, 0, RelapseText(p))
        : p.DeathDay is { } day ? new(endpoint, day, death, DeathText(p))
        : null);

    /// <summary>
    /// A moment as a date: trials count days, and what happens on a day is known at its end. Follow-up ends with the horizon, whatever the time of day.
    /// </summary>
    /// <param name="days">Days from the endpoint's origin.</param>
    /// <param name="horizonDays">Follow-up in days.</param>
    internal static double WholeDays(double days, double horizonDays) => Math.Min(Math.Ceiling(days), horizonDays);

    /// <summary>Counts the days from the endpoint's origin, and no further than its follow-up.</summary>
    static TimeToEvent Ended(Endpoint endpoint, PatientOutcome p, double origin, TimeToEvent? end) =>
        end is { } e && e.Days - origin <= p.HorizonDays
            ? e with { Days = WholeDays(e.Days - origin, p.HorizonDays) }
            : new(endpoint, p.HorizonDays, 1, EndOfFollowUp);

    static TimeToEvent? First(PatientOutcome p) =>
        p.NonResponseDay is { } none ? new(Endpoint.EventFree, none, 0, "no remission by the last assessment for it")
        : p.RelapseDay is { } relapse ? new(Endpoint.EventFree, relapse, 0, RelapseText(p))
        : p.DeathDay is { } death ? new(Endpoint.EventFree, death, 0, DeathText(p))
        : null;

    static string RelapseText(PatientOutcome p) => $"relapse, {PhenotypeNames.NameOf(p.RelapsePhenotype!.Value)}";

    static string DeathText(PatientOutcome p) => p.DeathCause switch
    {
        Endpoints.DeathCause.Transplant => "death of the transplant",
        Endpoints.DeathCause.NonRelapse => "death in remission",
        _ => "death after relapse or non-response",
    };
}
