using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The times by which a quarter, half and three quarters of an arm have had the event (Kaplan-Meier; intervals after Brookmeyer and Crowley 1982).</summary>
static class EventQuantiles
{
    static readonly (double Share, string Label)[] _shares = [(0.25, "a quarter"), (0.5, "half (median)"), (0.75, "three quarters")];

    /// <summary>The endpoints, in words, in the order of <see cref="ArmResult.SurvivalCurves"/>.</summary>
    static readonly string[] _titles = ["event-free survival", "relapse-free survival from remission", "overall survival", "duration of response from remission"];

    /// <summary>The medians, one row an endpoint.</summary>
    public static IEnumerable<TrialTableRow> Medians(TrialResult trial) =>
        _titles.Select((title, i) => new TrialTableRow("", $"Median {title}, months", [.. trial.Arms.Select(a => Text(a.SurvivalCurves[i].Curve, 0.5))]));

    /// <summary>All quantiles, grouped by endpoint.</summary>
    public static IEnumerable<TrialTableRow> Rows(TrialResult trial) =>
        _titles.SelectMany((title, i) => _shares.Select(s => new TrialTableRow($"Months until the event, {title}", $"of {s.Label}", [.. trial.Arms.Select(a => Text(a.SurvivalCurves[i].Curve, s.Share))])));

    /// <summary>The quantiles of an arm for a program, in months; null for what is not reached.</summary>
    public static void Write(Utf8JsonWriter json, ArmResult arm)
    {
        foreach ((string endpoint, SurvivalCurve curve) in arm.SurvivalCurves)
        {
            json.WriteStartArray($"{endpoint}Quantiles");
            foreach ((double share, _) in _shares)
            {
                Estimate days = SurvivalQuantile.Of(curve, share);
                json.WriteStartObject();
                json.WriteNumber("share", share);
                json.Members(new Estimate(days.Value / Duration.DaysPerMonth, days.Lower / Duration.DaysPerMonth, days.Upper / Duration.DaysPerMonth));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    static string Text(SurvivalCurve curve, double share) => curve.Patients == 0 ? NumberText.NotEstimable : NumberText.Months(SurvivalQuantile.Of(curve, share));
}
