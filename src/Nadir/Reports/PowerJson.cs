using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nadir.Designs;

namespace Nadir.Reports;

/// <summary>The operating characteristics of a design for a program: what <c>nadir trial --power --json</c> prints.</summary>
public static class PowerJson
{
    static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    /// <param name="study">The study's title.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="power">What was found.</param>
    public static string Write(string study, ulong seed, PowerResult power)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, _options))
        {
            json.WriteStartObject();
            json.WriteString("study", study);
            json.WriteNumber("seed", seed);
            json.WriteString("arm", power.Compared.Arm);
            json.WriteString("reference", power.Compared.Reference);
            json.WriteString("analysis", PowerTables.Describe(power.Design.Analysis));
            json.WriteNumber("poolPatients", power.Pool.Patients);
            json.WriteNumber("poolFailed", power.Pool.Failed);
            json.WritePropertyName("planned");
            WriteRow(json, power.AsPlanned);
            json.WritePropertyName("null");
            WriteCharacteristics(json, power.Null, poolError: null);
            json.WriteStartArray("sizes");
            foreach (PowerRow row in power.Sizes)
            {
                WriteRow(json, row);
            }

            json.WriteEndArray();
            WriteNeeded(json, power);
            WriteAssurance(json, power);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    static void WriteAssurance(Utf8JsonWriter json, PowerResult power)
    {
        if (!power.Assurance.TryGet(out Assurance? assurance))
        {
            json.WriteNull("assurance");
            json.WriteString("assuranceReason", power.Assurance.Reason);
            return;
        }

        Average(json, "assurance", assurance.Power);
        json.WriteNumber("assuranceDraws", assurance.Draws);
        json.WriteNumber("assuranceNumbers", assurance.Numbers);
        SummaryContrasts.Number(json, "assuranceTenth", assurance.Tenth);
        SummaryContrasts.Number(json, "assuranceNineTenths", assurance.NineTenths);
    }

    static void WriteNeeded(Utf8JsonWriter json, PowerResult power)
    {
        if (power.Needed is not { } needed)
        {
            return;
        }

        json.WriteNumber("targetPower", power.Design.Analysis.TargetPower!.Value);
        if (needed.TryGet(out NeededSize? size))
        {
            json.WriteNumber("patientsNeeded", size.Patients);
            json.WriteStartObject("patientsNeededOfTrials");
            SummaryContrasts.Members(json, size.Trials);
            json.WriteEndObject();
            SummaryContrasts.Number(json, "patientsNeededPoolError", size.PoolError.TryGet(out double error) ? error : double.NaN);
        }
        else
        {
            json.WriteNull("patientsNeeded");
            json.WriteString("patientsNeededReason", needed.Reason);
        }
    }

    static void WriteRow(Utf8JsonWriter json, PowerRow row) =>
        WriteCharacteristics(json, row.Characteristics, row.PoolError.TryGet(out double error) ? error : double.NaN);

    static void WriteCharacteristics(Utf8JsonWriter json, OperatingCharacteristics c, double? poolError)
    {
        json.WriteStartObject();
        json.WriteNumber("patients", c.Patients);
        json.WriteNumber("trials", c.Trials);
        if (c.Events is { } events)
        {
            json.WriteNumber("eventsPlanned", events);
        }

        Average(json, "benefit", c.Benefit);
        if (poolError is { } error)
        {
            SummaryContrasts.Number(json, "poolError", error);
        }

        Average(json, "harm", c.Harm);
        Average(json, "rejects", c.Rejects);
        Average(json, "futility", c.Futility);
        Average(json, "notEstimable", c.NotEstimable);
        json.WriteStartArray("endsAtLook");
        foreach (Simulated look in c.EndAtLook)
        {
            json.WriteNumberValue(look.Value);
        }

        json.WriteEndArray();
        Average(json, "events", c.EventsSeen);
        Average(json, "patientsEnrolled", c.PatientsEnrolled);
        Average(json, "durationDays", c.Days);
        json.WriteEndObject();
    }

    static void Average(Utf8JsonWriter json, string name, Simulated s)
    {
        json.WriteStartObject(name);
        SummaryContrasts.Number(json, "estimate", s.Value);
        SummaryContrasts.Number(json, "standardError", s.StandardError);
        json.WriteEndObject();
    }
}
