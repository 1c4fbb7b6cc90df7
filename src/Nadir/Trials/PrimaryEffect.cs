using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>What the size of an effect is measured by.</summary>
public enum EffectMeasure
{
    /// <summary>Cox's hazard ratio; below 1 favours the arm.</summary>
    HazardRatio,

    /// <summary>Fine and Gray's ratio of subdistribution hazards; below 1 favours the arm.</summary>
    SubdistributionHazardRatio,

    /// <summary>The difference of the event's probability at the milestone, arm less reference; below 0 favours the arm.</summary>
    RiskDifference,
}

/// <summary>The effect that the deciding test is about, as estimated at the last analysis and not corrected for the looks.</summary>
/// <param name="Measure">What it is measured by: that of the test.</param>
/// <param name="Estimate">The estimate with its 95% interval; a risk difference as a fraction.</param>
/// <param name="PValue">The test's probability, of as many sides as the analysis; NaN where the test is not estimable.</param>
public sealed record PrimaryEffect(EffectMeasure Measure, Estimable<Estimate> Estimate, double PValue);
