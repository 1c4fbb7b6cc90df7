using System.Text.Json;
using Nadir.Formats;
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
        json.Number(ContrastKeys.Test(contrast), contrast.Test.TryGet(out ChiSquareTest test) ? test.PValue : double.NaN);
        SummaryEffects.Write(json, contrast.HazardRatio, (contrast.RestrictedMeanDays, contrast.RestrictedMean), contrast.Risks, ContrastKeys.Ratio(contrast));
        SummaryEffects.Reasons(json, ContrastTables.NotEstimable(contrast));
        json.WriteEndObject();
    }
}
