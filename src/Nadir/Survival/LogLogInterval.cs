using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>
/// The interval on the complementary log-log scale (Kalbfleisch &amp; Prentice 1980, section 1.3), as R's <c>survfit(conf.type = "log-log")</c>:
/// p^exp(±z·se/(p·log p)). It has no value where the estimate is 0 or 1: the bounds are then NaN.
/// </summary>
static class LogLogInterval
{
    public static Estimate Of(double p, double standardError, double z)
    {
        if (!(p > 0 && p < 1))
        {
            return new Estimate(p, double.NaN, double.NaN);
        }

        double logP = Elementary.Log(p);
        double halfWidth = z * standardError / (p * -logP);
        return new Estimate(p, Elementary.Exp(logP * Elementary.Exp(halfWidth)), Elementary.Exp(logP * Elementary.Exp(-halfWidth)));
    }

    /// <summary>The normal quantile of a two-sided interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Quantile(double level) =>
        level is > 0 and < 1
            ? NormalDistribution.Quantile(1 - ((1 - level) / 2))
            : throw new ArgumentOutOfRangeException(nameof(level), level, "The level of an interval lies between 0 and 1, for example 0.95.");
}
