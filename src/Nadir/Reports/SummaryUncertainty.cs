using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The part of summary.json on the kinds of uncertainty.</summary>
static class SummaryUncertainty
{
    public static void Write(Utf8JsonWriter json, Uncertainty u)
    {
        json.WriteStartObject("uncertainty");
        json.WriteNumber("replicates", u.Replicates);
        json.WriteNumber("patientsPerArm", u.PatientsPerArm);
        json.WriteNumber("numbers", u.Numbers);
        json.WriteNumber("refusedDraws", u.Refused);
        json.WriteNumber("failedPatients", u.FailedPatients);
        json.WriteStartArray("estimates");
        foreach (UncertainEndpoint row in u.Rows)
        {
            Row(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Row(Utf8JsonWriter json, UncertainEndpoint row)
    {
        VarianceParts? parts = row.Parts.TryGet(out VarianceParts? p) ? p : null;
        json.WriteStartObject();
        json.WriteString("endpoint", row.Endpoint.Name);
        json.WriteString("arm", row.Arm);
        json.WriteString("reference", row.Reference);
        json.WriteNumber("missingReplicates", row.Missing);
        json.WriteString("reason", row.Parts.Reason);
        Interval(json, "mean", parts?.Mean);
        Interval(json, "samplingInterval", parts?.Sampling);
        Interval(json, "parameterInterval", parts?.Parameters);
        Interval(json, "trialInterval", parts?.Trials);
        Interval(json, "parameterVariance", parts?.ParameterVariance);
        SummaryAnalyses.Number(json, "samplingVariance", parts?.SamplingVariance ?? double.NaN);
        json.WriteEndObject();
    }

    static void Interval(Utf8JsonWriter json, string name, Estimate? estimate)
    {
        json.WriteStartObject(name);
        SummaryAnalyses.Members(json, estimate ?? new Estimate(double.NaN, double.NaN, double.NaN));
        json.WriteEndObject();
    }
}
