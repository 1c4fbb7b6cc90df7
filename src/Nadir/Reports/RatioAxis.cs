using Nadir.Numerics;

namespace Nadir.Reports;

/// <summary>An axis of ratios; values are given as their logarithm to base 10.</summary>
static class RatioAxis
{
    static readonly double[] _ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.3, 1.5, 2, 3, 5, 10, 20, 50, 100];

    /// <summary>Ticks at familiar ratios, as many as have room beside each other.</summary>
    public static Axis Of(double least, double most, double from, double to)
    {
        const double room = 26;
        List<Tick> kept = [];

        // 1 is there in any case; others give way to it.
        foreach (double ratio in _ticks.OrderBy(t => Math.Abs(Elementary.Log(t))))
        {
            double at = Elementary.Log10(ratio);
            if (at >= least && at <= most && kept.All(k => Math.Abs(k.Value - at) / (most - least) * (to - from) >= room))
            {
                kept.Add(new Tick(at, Markup.Number(ratio)));
            }
        }

        return new Axis(least, most, from, to, [.. kept.OrderBy(t => t.Value)]);
    }
}
