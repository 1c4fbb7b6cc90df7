using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The primary endpoint as the trial saw it on the day of its last analysis.</summary>
static class ConductFigure
{
    public static void Write(Markup body, ConductedTrial trial, double horizonDays)
    {
        if (trial.Curves.All(c => c.Patients == 0))
        {
            body.Element("p", "No patient had come to the origin of the endpoint by the last analysis, so that there is no curve.", ("class", "note"));
            return;
        }

        bool isIncidence = trial.Design.Analysis.Endpoint.Endpoint == Endpoint.Relapse;
        string title = $"{Name(trial.Design.Analysis.Endpoint)} as the trial saw it";
        KaplanMeierChart chart = new(title, Origin(trial.Design), horizonDays, [.. trial.Flow.Zip(trial.Curves, (f, c) => (f.Arm, c))]);
        chart = isIncidence ? chart with { Events = "Relapses so far", YTitle = "Cumulative incidence, %", Estimator = "Cumulative incidence (Aalen-Johansen)" } : chart;
        body.Open("div", ("class", "figures"));
        Figure.Add(body, title, chart.Draw(), chart.Data());
        body.CloseLine();
        body.Element("p", $"{(isIncidence ? "Aalen-Johansen estimates, with death in remission as a competing event" : "Kaplan-Meier curves")}, with pointwise 95% intervals, of {ConductText.Who(trial.Design.Analysis)}, as known on the day of the last analysis; short upright strokes mark patients who were lost or not followed longer by then.", ("class", "note"));
    }

    static string Name(ProtocolEndpoint endpoint)
    {
        string name = endpoint.Endpoint switch
        {
            Endpoint.Overall => "Overall survival",
            Endpoint.EventFree => "Event-free survival",
            Endpoint.RelapseFree => "Relapse-free survival",
            Endpoint.DurationOfResponse => "Duration of response",
            Endpoint.Relapse => "Relapse",
            _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint.Endpoint, "expected a known endpoint"),
        };
        return endpoint.CensorsAtTransplant ? $"{name}, censored at transplant," : name;
    }

    static string Origin(RandomisedDesign design) => design.Analysis.Endpoint.IsFromRemission ? "remission"
        : design.Analysis.OnlyInfused || design.Conduct.BeforeInfusion is null ? "infusion"
        : "enrolment";
}
