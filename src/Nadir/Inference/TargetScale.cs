using Nadir.Numerics;

namespace Nadir.Inference;

/// <summary>The scale on which a target's uncertainty is taken as normal.</summary>
public enum TargetScale
{
    /// <summary>Logarithm of the odds, for proportions.</summary>
    Logit,

    /// <summary>Natural logarithm, for ratios, times and amounts.</summary>
    Log,
}

/// <summary>There and back.</summary>
static class TargetScales
{
    public static double On(TargetScale scale, double value) => scale == TargetScale.Logit ? Elementary.Log(value / (1 - value)) : Elementary.Log(value);

    public static double From(TargetScale scale, double place) => scale == TargetScale.Logit ? 1 / (1 + Elementary.Exp(-place)) : Elementary.Exp(place);
}
