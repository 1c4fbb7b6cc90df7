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
        json.Interval("present", s.Present);
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
        json.Number("value", bar.Value);
        json.Number("low", bar.Low);
        json.Number("high", bar.High);
        json.Number("atLow", bar.AtLow);
        json.Number("atHigh", bar.AtHigh);
        json.Interval("difference", SummaryEffects.Of(bar.Difference));
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
        json.Interval("mean", v.Mean);
        Index(json, "variance", v.Variance);
        json.Number("noise", v.Noise);
        json.WriteString("reason", v.Reason);
        json.WriteStartArray("factors");
        foreach (FactorShare factor in v.Factors)
        {
            json.WriteStartObject();
            json.WriteString("name", factor.Name);
            json.WriteString("title", factor.Title);
            Index(json, "first", factor.First);
            Index(json, "total", factor.Total);
            json.Number("totalWithNoise", factor.TotalWithNoise);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Index(Utf8JsonWriter json, string name, SobolIndex index)
    {
        json.Interval(name, new Estimate(index.Value, index.Lower, index.Upper));
    }
}
