using Nadir.Endpoints;

namespace Nadir.Designs;

/// <summary>An endpoint as a trial's protocol defines it.</summary>
/// <param name="Endpoint">What counts as the event, and from when.</param>
/// <param name="CensorsAtTransplant">Whether a transplant ends the follow-up; else patients are followed through it.</param>
public sealed record ProtocolEndpoint(Endpoint Endpoint, bool CensorsAtTransplant)
{
    /// <summary>Whether time counts from remission, so that only patients in remission have it.</summary>
    public bool IsFromRemission => Endpoint is Endpoint.RelapseFree or Endpoint.DurationOfResponse or Endpoint.Relapse;

    /// <summary>The endpoint's code in a study file: <c>OS</c>, <c>EFS</c>, <c>RFS</c>, <c>DOR</c> or <c>CIR</c> (<c>RELAPSE</c> in events.csv).</summary>
    public string Code => Codes[(int)Endpoint];

    /// <summary>The codes, in the order of <see cref="Endpoints.Endpoint"/>.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["OS", "EFS", "RFS", "DOR", "CIR"];

    /// <summary>
    /// A patient's time from the infusion on: where it starts, how long it is and what ends it. Null without remission where the endpoint needs one, and for
    /// a patient whose simulation failed.
    /// </summary>
    /// <param name="patient">What happened, followed to the horizon.</param>
    public EndpointTime? Of(PatientOutcome patient)
    {
        if (!patient.IsEvaluable || (IsFromRemission && patient.RemissionDay is null))
        {
            return null;
        }

        TimeToEvent time = Endpoint switch
        {
            Endpoint.Overall => TimeToEvent.Overall(patient),
            Endpoint.EventFree => TimeToEvent.EventFree(patient),
            Endpoint.RelapseFree => TimeToEvent.RelapseFree(patient, patient.RemissionDay!.Value),
            Endpoint.DurationOfResponse => TimeToEvent.DurationOfResponse(patient, patient.RemissionDay!.Value),
            Endpoint.Relapse => TimeToEvent.Relapse(patient, patient.RemissionDay!.Value),
            _ => throw new InvalidOperationException($"found the endpoint {Endpoint}; expected a known one"),
        };
        double start = IsFromRemission ? patient.RemissionDay!.Value : 0;
        time = CensorsAtTransplant ? time.CensoredAtTransplant(patient, start) : time;
        return new EndpointTime(start, time.Days, time.Censor switch { 0 => 1, 2 => 2, _ => 0 });
    }
}

/// <summary>A time to event of one patient.</summary>
/// <param name="StartDay">Days from the trial's origin of the patient (enrolment or infusion) to the endpoint's origin.</param>
/// <param name="Days">Days from the endpoint's origin.</param>
/// <param name="Cause">1 for the event, 2 for a competing one, 0 for the end of follow-up.</param>
public readonly record struct EndpointTime(double StartDay, double Days, int Cause);
