using System.Text.Json;
using Nadir.Designs;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The part of summary.json on the trial as it would have been run; null where the study has no analysis.</summary>
static class SummaryConduct
{
    public static void Write(Utf8JsonWriter json, ConductedTrial? trial)
    {
        if (trial is null)
        {
            json.WriteNull("conducted");
            return;
        }

        json.WriteStartObject("conducted");
        json.WriteString("arm", trial.Compared.Arm);
        json.WriteString("reference", trial.Compared.Reference);
        json.WriteString("analysis", PowerTables.Describe(trial.Design.Analysis));
        json.WriteString("verdict", NameOf(trial.Decision.Verdict));
        json.WriteStartArray("stratifiedBy");
        foreach (StratumFactor factor in trial.Design.Conduct.Strata)
        {
            json.WriteStringValue(factor.Name);
        }

        json.WriteEndArray();
        Effect(json, trial.Effect);
        json.Interval("hazardRatio", trial.HazardRatio.TryGet(out Estimate ratio) ? ratio : JsonNumbers.Missing);
        json.Interval("followedHazardRatio", trial.FollowedHazardRatio.TryGet(out Estimate followed) ? followed : JsonNumbers.Missing);
        json.WriteStartArray("looks");
        foreach (LookResult look in trial.Decision.Looks)
        {
            json.WriteStartObject();
            json.Number("trialDay", look.TrialDay);
            json.WriteNumber("patients", look.Patients);
            json.WriteNumber("events", look.Events);
            json.Number("statistic", look.Statistic.TryGet(out double z) ? z : double.NaN);
            json.Number("boundary", look.Bound);
            json.Number("conditionalPower", look.ConditionalPower);
            if (look.Statistic.Reason is { } reason)
            {
                json.WriteString("notEstimable", reason);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("flow");
        foreach (ArmFlow flow in trial.Flow)
        {
            json.WriteStartObject();
            json.WriteString("arm", flow.Arm);
            json.WriteNumber("enrolled", flow.Enrolled);
            json.WriteNumber("notMade", flow.NotMade);
            json.WriteNumber("diedBefore", flow.DiedBefore);
            json.WriteNumber("failed", flow.Failed);
            json.WriteNumber("analysed", flow.Analysed);
            json.WriteNumber("events", flow.Events);
            json.WriteNumber("competing", flow.Competing);
            json.WriteNumber("lost", flow.LostBefore);
            json.WriteNumber("withoutEvent", flow.StillFollowed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Effect(Utf8JsonWriter json, PrimaryEffect effect)
    {
        json.WriteStartObject("effect");
        json.WriteString("measure", NameOf(effect.Measure));
        json.Members(effect.Estimate.TryGet(out Estimate e) ? e : JsonNumbers.Missing);
        json.Number("pValue", effect.PValue);
        if (effect.Estimate.Reason is { } reason)
        {
            json.WriteString("notEstimable", reason);
        }

        json.WriteEndObject();
    }

    static string NameOf(EffectMeasure measure) => measure switch
    {
        EffectMeasure.HazardRatio => "hazardRatio",
        EffectMeasure.SubdistributionHazardRatio => "subdistributionHazardRatio",
        EffectMeasure.RiskDifference => "riskDifference",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "expected a known measure"),
    };

    static string NameOf(TrialVerdict verdict) => verdict switch
    {
        TrialVerdict.Benefit => "benefit",
        TrialVerdict.Harm => "harm",
        TrialVerdict.Futility => "futility",
        TrialVerdict.NotShown => "notShown",
        TrialVerdict.NotEstimable => "notEstimable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "expected a known verdict"),
    };
}
