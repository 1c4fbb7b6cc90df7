using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The part of summary.json on transplants: analyses by treatment received beside the true effect.</summary>
static class SummaryTransplants
{
    public static void Write(Utf8JsonWriter json, TrialResult trial)
    {
        json.WriteStartArray("transplantEffects");
        foreach (TransplantEffect effect in trial.TransplantEffects)
        {
            json.WriteStartObject();
            json.WriteString("arm", effect.Arm);
            json.WriteString("reference", effect.Reference);
            SummaryContrasts.Number(json, "landmarkDay", effect.LandmarkDay);
            json.WriteStartArray("analyses");
            foreach (TransplantComparison comparison in effect.Comparisons)
            {
                WriteComparison(json, comparison, effect);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteComparison(Utf8JsonWriter json, TransplantComparison c, TransplantEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("analysis", NameOf(c.Analysis));
        json.WriteNumber("transplanted", c.Transplanted);
        json.WriteNumber("others", c.Others);
        json.WriteStartObject("hazardRatio");
        SummaryContrasts.Members(json, c.HazardRatio.TryGet(out Estimate ratio) ? ratio : SummaryContrasts.Missing);
        json.WriteEndObject();
        json.WriteStartObject("restrictedMeanDifference");
        SummaryContrasts.Number(json, "untilDay", effect.RestrictedMeanDays);
        SummaryContrasts.Members(json, c.RestrictedMean.TryGet(out Contrast? mean) ? mean.Difference : SummaryContrasts.Missing);
        json.WriteEndObject();
        json.WriteStartArray("riskDifference");
        foreach (RiskDifference risk in c.Risks)
        {
            json.WriteStartObject();
            json.WriteNumber("month", risk.Month);
            SummaryContrasts.Members(json, risk.Difference.TryGet(out Contrast? difference) ? difference.Difference : SummaryContrasts.Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notEstimable");
        foreach ((_, string quantity, string reason) in TransplantTables.NotEstimable(effect).Where(n => n.Analysis == c.Analysis))
        {
            json.WriteStartObject();
            json.WriteString("quantity", quantity);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static string NameOf(TransplantAnalysis analysis) => analysis switch
    {
        TransplantAnalysis.Naive => "naive",
        TransplantAnalysis.Landmark => "landmark",
        TransplantAnalysis.TimeDependent => "timeDependent",
        TransplantAnalysis.Selection => "selection",
        TransplantAnalysis.True => "true",
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "expected an analysis"),
    };
}
