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
        json.WriteStartArray("armSizes");
        foreach (int size in u.ArmSizes)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
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
        json.Interval("mean", parts?.Mean ?? JsonNumbers.Missing);
        json.Interval("samplingInterval", parts?.Sampling ?? JsonNumbers.Missing);
        json.Interval("parameterInterval", parts?.Parameters ?? JsonNumbers.Missing);
        json.Interval("trialInterval", parts?.Trials ?? JsonNumbers.Missing);
        json.Interval("parameterVariance", parts?.ParameterVariance ?? JsonNumbers.Missing);
        json.Number("samplingVariance", parts?.SamplingVariance ?? double.NaN);
        json.WriteEndObject();
    }
}
