using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>What files call the quantities of a difference between arms that depend on the endpoint.</summary>
static class ContrastKeys
{
    /// <summary>The test's p-value.</summary>
    public static string Test(ArmContrast contrast) => contrast.HasCompetingEvent ? "grayP" : "logRankP";

    /// <summary>The hazard ratio.</summary>
    public static string Ratio(ArmContrast contrast) => contrast.HasCompetingEvent ? "subdistributionHazardRatio" : "hazardRatio";
}
