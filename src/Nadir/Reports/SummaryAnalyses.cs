using System.Text.Json;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The parts of summary.json that a caller asked for beyond the trial itself; absent where not.</summary>
static class SummaryAnalyses
{
    public static void Write(Utf8JsonWriter json, TrialResult trial)
    {
        if (trial.KnockOut is { } table)
        {
            KnockOuts(json, table);
        }

        if (trial.Sensitivity is { } sensitivity)
        {
            SummarySensitivity.Write(json, sensitivity);
        }

        if (trial.Uncertainty is { } uncertainty)
        {
            SummaryUncertainty.Write(json, uncertainty);
        }

        if (trial.Power is { } power)
        {
            json.WriteStartObject("power");
            PowerJson.Members(json, power);
            json.WriteEndObject();
        }
    }

    /// <summary>The key of an event in files.</summary>
    public static string Key(FirstEvent e) => e switch
    {
        FirstEvent.None => "eventFree",
        FirstEvent.NoRemission => "noRemission",
        FirstEvent.Cd19PositiveRelapse => "relapseCd19Positive",
        FirstEvent.Cd19NegativeOrLowRelapse => "relapseCd19NegativeOrLow",
        FirstEvent.LineageSwitchRelapse => "relapseLineageSwitch",
        _ => "deathWithoutRelapse",
    };

    static void KnockOuts(Utf8JsonWriter json, KnockOut table)
    {
        json.WriteStartObject("knockOut");
        json.WriteNumber("month", table.Month);
        json.WriteStartArray("knockOutArms");
        foreach (KnockOutArm arm in table.Arms)
        {
            json.WriteStartObject();
            json.WriteString("arm", arm.Arm);
            Fates(json, "fates", arm.Fates);
            json.WriteStartArray("mechanisms");
            foreach (KnockOutRow row in arm.Rows)
            {
                Row(json, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("leftOut");
        foreach (MechanismLeftOut left in table.LeftOut)
        {
            json.WriteStartObject();
            json.WriteString("mechanism", left.Mechanism);
            json.WriteString("reason", left.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Row(Utf8JsonWriter json, KnockOutRow row)
    {
        json.WriteStartObject();
        json.WriteString("mechanism", row.Mechanism);
        json.WriteString("class", row.RelapseClass);
        json.WriteNumber("pairs", row.Patients);
        json.WriteNumber("failedPairs", row.Failed);
        json.WriteNumber("changed", row.Changed);
        Fates(json, "contribution", row.Fates);
        json.WriteStartArray("endpoints");
        foreach (EndpointContribution endpoint in row.Endpoints)
        {
            json.WriteStartObject();
            json.WriteString("endpoint", endpoint.Endpoint.Name);
            json.Members(SummaryEffects.Of(endpoint.Contribution));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Fates(Utf8JsonWriter json, string name, IReadOnlyList<Estimate> fates)
    {
        json.WriteStartObject(name);
        foreach (FirstEvent e in Enum.GetValues<FirstEvent>())
        {
            json.WriteStartObject(Key(e));
            json.Members(fates[(int)e]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
