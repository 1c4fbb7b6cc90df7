using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The part of summary.json on differences between arms.</summary>
static class SummaryContrasts
{
    public static void Write(Utf8JsonWriter json, TrialResult trial)
    {
        json.WriteStartArray("contrasts");
        foreach (ArmContrast contrast in trial.Contrasts)
        {
            WriteContrast(json, contrast);
        }

        json.WriteEndArray();
    }

    static void WriteContrast(Utf8JsonWriter json, ArmContrast contrast)
    {
        json.WriteStartObject();
        json.WriteString("arm", contrast.Arm);
        json.WriteString("reference", contrast.Reference);
        json.WriteString("endpoint", contrast.Endpoint);
        json.WriteBoolean("paired", contrast.IsPaired);
        Number(json, "logRankP", contrast.LogRank.TryGet(out LogRankTest? test) ? test.Test.PValue : double.NaN);
        json.WriteStartObject("hazardRatio");
        Members(json, contrast.HazardRatio.TryGet(out Estimate ratio) ? ratio : Missing);
        json.WriteEndObject();
        json.WriteStartObject("restrictedMeanDifference");
        Number(json, "untilDay", contrast.RestrictedMeanDays);
        Members(json, contrast.RestrictedMean.TryGet(out Contrast? mean) ? mean.Difference : Missing);
        json.WriteEndObject();
        json.WriteStartArray("riskDifference");
        foreach (RiskDifference risk in contrast.Risks)
        {
            json.WriteStartObject();
            json.WriteNumber("month", risk.Month);
            Members(json, risk.Difference.TryGet(out Contrast? difference) ? difference.Difference : Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteReasons(json, contrast);
        json.WriteEndObject();
    }

    static void WriteReasons(Utf8JsonWriter json, ArmContrast contrast)
    {
        json.WriteStartArray("notEstimable");
        foreach ((string quantity, string reason) in ContrastTables.NotEstimable(contrast))
        {
            json.WriteStartObject();
            json.WriteString("quantity", quantity);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static Estimate Missing => new(double.NaN, double.NaN, double.NaN);

    internal static void Members(Utf8JsonWriter json, Estimate estimate)
    {
        Number(json, "estimate", estimate.Value);
        Number(json, "lower", estimate.Lower);
        Number(json, "upper", estimate.Upper);
    }

    // JSON has no NaN and no infinity.
    internal static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
