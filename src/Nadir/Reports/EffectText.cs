using System.Globalization;
using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The effect that decides a randomised trial, in words.</summary>
static class EffectText
{
    /// <summary>What holds of every effect estimated at the last analysis.</summary>
    public const string NotCorrected = "not corrected for the looks";

    /// <summary>The effects at the last analysis: that of the deciding test with its probability, and the hazard ratio where that is another.</summary>
    public static string AtTheEnd(ConductedTrial trial)
    {
        string primary = $"{Value(trial.Effect, Name(trial), IsStratified(trial) ? Strata(trial.Design.Conduct) : "")}{Probability(trial)}";
        return trial.Effect.Measure == EffectMeasure.HazardRatio ? $"{primary}, {NotCorrected}" : $"{primary}; {HazardRatio(trial)}; {NotCorrected}";
    }

    /// <summary>The effect of the deciding test as a heading, with its unit.</summary>
    public static string Heading(ConductedTrial trial) => $"{Name(trial)}{(trial.Effect.Measure == EffectMeasure.RiskDifference ? ", % points" : "")}";

    /// <summary>The effect with its probability and what the trial showed, short enough for a cell.</summary>
    public static string Short(ConductedTrial trial) => trial.Effect.Estimate.TryGet(out Estimate e)
        ? $"{Number(trial.Effect.Measure, e)}{Probability(trial)}: {Outcome(trial.Decision.Verdict)}"
        : $"{NumberText.NotEstimable}{Probability(trial)}: {Outcome(trial.Decision.Verdict)}";

    /// <summary>How the effects are estimated.</summary>
    public static string Method(RandomisedDesign design)
    {
        string primary = design.Analysis.Test switch
        {
            PrimaryTest.Gray => $"The subdistribution hazard ratio is that of Fine and Gray (1999){(design.Conduct.Strata.Count > 0 ? " within the same strata, with the censoring of each stratum (Zhou et al. 2011)," : "")} and has the robust variance. ",
            PrimaryTest.Milestone => $"The difference is that of the {(IsRelapse(design) ? "Aalen-Johansen" : "Kaplan-Meier")} estimates with a normal interval (Klein et al. 2007), without strata. ",
            _ => "",
        };
        string strata = design.Conduct.Strata.Count > 0 ? $" within the strata of the randomisation ({string.Join(", ", design.Conduct.Strata.Select(s => s.Name))})" : "";
        string cause = IsRelapse(design) ? "; it is cause-specific, deaths in remission end the follow-up" : "";
        return $"{primary}The hazard ratio is that of a Cox model with ties after Efron{strata}{cause}.";
    }

    /// <summary>The hazard ratio with its interval, or why there is none.</summary>
    static string HazardRatio(ConductedTrial trial) =>
        Value(new PrimaryEffect(EffectMeasure.HazardRatio, trial.HazardRatio, double.NaN), IsRelapse(trial.Design) ? "cause-specific hazard ratio" : "hazard ratio", Strata(trial.Design.Conduct));

    static string Value(PrimaryEffect effect, string name, string strata) => effect.Estimate.TryGet(out Estimate e)
        ? effect.Measure == EffectMeasure.RiskDifference ? $"{name} of {Number(effect.Measure, e)} percentage points{strata}" : $"{name} {Number(effect.Measure, e)}{strata}"
        : $"{name} not estimable: {effect.Estimate.Reason}";

    static string Number(EffectMeasure measure, Estimate e) => measure == EffectMeasure.RiskDifference ? ContrastTables.Points(e) : ContrastTables.Interval(e, "0.00");

    static string Name(ConductedTrial trial) => trial.Effect.Measure switch
    {
        EffectMeasure.HazardRatio => IsRelapse(trial.Design) ? "cause-specific hazard ratio" : "hazard ratio",
        EffectMeasure.SubdistributionHazardRatio => "subdistribution hazard ratio",
        EffectMeasure.RiskDifference => string.Create(CultureInfo.InvariantCulture, $"difference in {Event(trial.Design.Analysis.Endpoint.Endpoint)} by month {trial.Design.Analysis.MilestoneDay / Duration.DaysPerMonth:0.##}"),
        _ => throw new ArgumentOutOfRangeException(nameof(trial), trial.Effect.Measure, "expected a known measure"),
    };

    static string Event(Endpoint endpoint) => endpoint switch
    {
        Endpoint.Overall => "deaths",
        Endpoint.Relapse => "relapse",
        Endpoint.DurationOfResponse => "loss of response",
        _ => "events",
    };

    static string Probability(ConductedTrial trial) =>
        double.IsNaN(trial.Effect.PValue) ? "" : $", {(trial.Design.Analysis.Sides == BoundarySides.Two ? "" : "one-sided ")}p {ContrastTables.Probability(trial.Effect.PValue)}";

    static string Outcome(TrialVerdict verdict) => verdict switch
    {
        TrialVerdict.Benefit => "benefit shown",
        TrialVerdict.Harm => "harm shown",
        TrialVerdict.Futility => "stopped for futility",
        TrialVerdict.NotShown => "no difference shown",
        TrialVerdict.NotEstimable => "test not estimable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "expected a known verdict"),
    };

    static bool IsStratified(ConductedTrial trial) => trial.Effect.Measure != EffectMeasure.RiskDifference;

    static bool IsRelapse(RandomisedDesign design) => design.Analysis.Endpoint.Endpoint == Endpoint.Relapse;

    static string Strata(TrialConduct conduct) => conduct.Strata.Count == 0 ? "" : $", stratified by {string.Join(" and ", conduct.Strata.Select(s => s.Name))}";
}
