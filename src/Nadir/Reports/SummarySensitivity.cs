using System.Text.Json;
using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The part of summary.json on a sensitivity analysis.</summary>
static class SummarySensitivity
{
    public static void Write(Utf8JsonWriter json, Sensitivity s)
    {
        json.WriteStartObject("sensitivity");
        json.WriteString("endpoint", s.Target.Endpoint.Name);
        json.WriteString("arm", s.Arm);
        json.WriteString("reference", s.Reference);
        json.WriteNumber("tornadoPatients", s.TornadoPatients);
        json.WriteStartObject("present");
        SummaryAnalyses.Members(json, s.Present);
        json.WriteEndObject();
        json.WriteStartArray("tornado");
        foreach (TornadoBar bar in s.Bars)
        {
            Bar(json, bar);
        }

        json.WriteEndArray();
        Shares(json, s.Shares);
        json.WriteEndObject();
    }

    static void Bar(Utf8JsonWriter json, TornadoBar bar)
    {
        json.WriteStartObject();
        json.WriteString("name", bar.Name);
        json.WriteString("title", bar.Title);
        json.WriteString("unit", bar.Unit);
        SummaryAnalyses.Number(json, "value", bar.Value);
        SummaryAnalyses.Number(json, "low", bar.Low);
        SummaryAnalyses.Number(json, "high", bar.High);
        SummaryAnalyses.Number(json, "atLow", bar.AtLow);
        SummaryAnalyses.Number(json, "atHigh", bar.AtHigh);
        json.WriteStartObject("difference");
        SummaryAnalyses.Members(json, bar.Difference.TryGet(out Contrast? c) ? c.Difference : new Estimate(double.NaN, double.NaN, double.NaN));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Shares(Utf8JsonWriter json, VarianceShares v)
    {
        json.WriteStartObject("varianceShares");
        json.WriteNumber("rows", v.Rows);
        json.WriteNumber("patientsPerSetting", v.PatientsPerSetting);
        json.WriteNumber("refusedRows", v.Refused);
        json.WriteNumber("notEstimableRows", v.NotEstimable);
        json.WriteNumber("failedPatients", v.FailedPatients);
        json.WriteStartObject("mean");
        SummaryAnalyses.Members(json, v.Mean);
        json.WriteEndObject();
        Index(json, "variance", v.Variance);
        SummaryAnalyses.Number(json, "noise", v.Noise);
        json.WriteString("reason", v.Reason);
        json.WriteStartArray("factors");
        foreach (FactorShare factor in v.Factors)
        {
            json.WriteStartObject();
            json.WriteString("name", factor.Name);
            json.WriteString("title", factor.Title);
            Index(json, "first", factor.First);
            Index(json, "total", factor.Total);
            SummaryAnalyses.Number(json, "totalWithNoise", factor.TotalWithNoise);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Index(Utf8JsonWriter json, string name, SobolIndex index)
    {
        json.WriteStartObject(name);
        SummaryAnalyses.Members(json, new Estimate(index.Value, index.Lower, index.Upper));
        json.WriteEndObject();
    }
}
