using System.Text.Json;
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
            json.Number("landmarkDay", effect.LandmarkDay);
            json.WriteStartArray("analyses");
            foreach (TransplantComparison comparison in effect.Comparisons)
            {
                WriteComparison(json, comparison, effect);
            }

            json.WriteEndArray();
            json.Array("gaps", effect.Gaps, gap => WriteGap(json, gap, effect));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteGap(Utf8JsonWriter json, TransplantGap gap, TransplantEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("analysis", NameOf(gap.Analysis));
        WriteDistance("fromTruth", gap.FromTruth);
        if (gap.Nearer is { } nearer)
        {
            WriteDistance("nearerThanNaive", nearer);
        }
        else
        {
            json.WriteNull("nearerThanNaive");
        }

        json.WriteEndObject();

        void WriteDistance(string name, TransplantDistance distance)
        {
            json.WriteStartObject(name);
            SummaryEffects.Write(json, distance.HazardRatio, (effect.RestrictedMeanDays, distance.RestrictedMean), distance.Risks);
            SummaryEffects.Reasons(json, TransplantTables.Reasons(distance).Where(r => r.Reason is not null).Select(r => (r.Quantity, r.Reason!)));
            json.WriteEndObject();
        }
    }

    static void WriteComparison(Utf8JsonWriter json, TransplantComparison c, TransplantEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("analysis", NameOf(c.Analysis));
        json.WriteNumber("transplanted", c.Transplanted);
        json.WriteNumber("others", c.Others);
        SummaryEffects.Write(json, c.HazardRatio, (effect.RestrictedMeanDays, c.RestrictedMean), c.Risks);
        SummaryEffects.Reasons(json, TransplantTables.NotEstimable(effect).Where(n => n.Analysis == c.Analysis).Select(n => (n.Quantity, n.Reason)));
        json.WriteEndObject();
    }

    static string NameOf(TransplantAnalysis analysis) => analysis switch
    {
        TransplantAnalysis.Naive => "naive",
        TransplantAnalysis.Landmark => "landmark",
        TransplantAnalysis.LandmarkEligible => "landmarkEligible",
        TransplantAnalysis.TimeDependent => "timeDependent",
        TransplantAnalysis.Selection => "selection",
        TransplantAnalysis.SelectionEligible => "selectionEligible",
        TransplantAnalysis.True => "true",
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis, "expected an analysis"),
    };
}
