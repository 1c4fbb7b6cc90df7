using System.Text.Json;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The mix of patients in <c>summary.json</c>.</summary>
static class SummaryMix
{
    public static void Write(Utf8JsonWriter json, CohortMix? mix)
    {
        if (mix is null)
        {
            json.WriteNull("mix");
            return;
        }

        json.WriteStartObject("mix");
        json.WriteNumber("acceptance", mix.Acceptance);
        json.Array("groups", mix.Groups, group => WriteGroup(json, group));
        json.WriteEndObject();
    }

    static void WriteGroup(Utf8JsonWriter json, MixedGroup group)
    {
        json.WriteStartObject();
        json.WriteString(group.IsTrait ? "trait" : "covariate", group.Name);
        WriteBound(json, "atLeast", group.AtLeast);
        WriteBound(json, "below", group.Below);
        json.WriteNumber("asked", group.Asked);
        json.WriteNumber("population", group.InPopulation);
        json.WriteNumber("members", group.Members);
        json.WriteNumber("patients", group.Patients);
        json.WriteEndObject();
    }

    static void WriteBound(Utf8JsonWriter json, string name, double? bound)
    {
        if (bound is { } value)
        {
            json.WriteNumber(name, value);
        }
    }
}
