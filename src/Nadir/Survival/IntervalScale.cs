using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>The scale on which an interval of a probability is symmetric; named as <c>conf.type</c> of R's <c>survfit</c>.</summary>
public enum IntervalScale
{
    /// <summary>log(-log p) (Kalbfleisch &amp; Prentice 1980, section 1.3): the bounds stay between 0 and 1. The default.</summary>
    LogLog,

    /// <summary>log p; an upper bound above 1 is shown as 1.</summary>
    Log,

    /// <summary>p itself; bounds outside 0 to 1 are shown as 0 and 1.</summary>
    Plain,
}

/// <summary>The interval of a probability. It has no value where the estimate is exactly 0 or 1: the bounds are then NaN.</summary>
static class ProbabilityInterval
{
    public static Estimate Of(double p, double standardError, double z, IntervalScale scale)
    {
        if (!(p > 0 && p < 1))
        {
            return new Estimate(p, double.NaN, double.NaN);
        }

        double step = z * standardError;
        return scale switch
        {
            IntervalScale.LogLog => LogLog(p, step),
            IntervalScale.Log => new Estimate(p, p * Elementary.Exp(-step / p), Math.Min(1, p * Elementary.Exp(step / p))),
            IntervalScale.Plain => new Estimate(p, Math.Max(0, p - step), Math.Min(1, p + step)),
            _ => throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scales are those that IntervalScale names."),
        };
    }

    /// <summary>The normal quantile of a two-sided interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public static double Quantile(double level) =>
        level is > 0 and < 1
            ? NormalDistribution.Quantile(1 - ((1 - level) / 2))
            : throw new ArgumentOutOfRangeException(nameof(level), level, "The level of an interval lies between 0 and 1, for example 0.95.");

    /// <summary>The two-sided probability of a standard normal value at least this far from 0.</summary>
    public static double TwoSided(double z) => 2 * NormalDistribution.Cdf(-Math.Abs(z));

    static Estimate LogLog(double p, double step)
    {
        double logP = Elementary.Log(p);
        double halfWidth = step / (p * -logP);
        return new Estimate(p, Elementary.Exp(logP * Elementary.Exp(halfWidth)), Elementary.Exp(logP * Elementary.Exp(-halfWidth)));
    }
}
