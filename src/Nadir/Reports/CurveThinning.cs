using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>
/// Leaves out the steps of a curve that no eye sees: between the points kept neither the curve nor its bounds move by more than a third of a pixel. A figure is then as large for a million
/// patients as for a thousand.
/// </summary>
static class CurveThinning
{
    const double Tolerance = 0.35;

    /// <summary>The curve with fewer points, cut at the end of the axis; censored patients of points left out count at the next point kept.</summary>
    public static SurvivalCurve Of(SurvivalCurve curve, Axis x, Axis y)
    {
        List<int> kept = [];
        int count = curve.Times.TakeWhile(t => t <= x.Most).Count();
        double pixel = Math.Abs(y.At(1) - y.At(0));
        for (int i = 0; i < count; i++)
        {
            if (kept.Count == 0 || i == count - 1 || Moved(curve, kept[^1], i, pixel))
            {
                kept.Add(i);
            }
        }

        return kept.Count == curve.Times.Count ? curve : Pick(curve, kept);
    }

    /// <summary>The same for curves that are stacked: the times between which no edge moves by more than the tolerance.</summary>
    public static double[] Times(IReadOnlyList<double> times, Func<double, IReadOnlyList<double>> edges, Axis y)
    {
        List<double> kept = [];
        IReadOnlyList<double> last = [];
        double pixel = Math.Abs(y.At(1) - y.At(0));
        foreach ((int i, double time) in times.Index())
        {
            IReadOnlyList<double> now = edges(time);
            if (last.Count == 0 || i == times.Count - 1 || now.Zip(last).Any(e => Math.Abs(e.First - e.Second) * pixel >= Tolerance))
            {
                kept.Add(time);
                last = now;
            }
        }

        return [.. kept];
    }

    static bool Moved(SurvivalCurve curve, int from, int to, double pixel) =>
        Moved(curve.Values, from, to, pixel) || Moved(curve.Lower, from, to, pixel) || Moved(curve.Upper, from, to, pixel);

    static bool Moved(IReadOnlyList<double> values, int from, int to, double pixel) =>
        double.IsFinite(values[from]) != double.IsFinite(values[to]) || Math.Abs(values[to] - values[from]) * pixel >= Tolerance;

    static SurvivalCurve Pick(SurvivalCurve curve, List<int> kept)
    {
        return curve with
        {
            Times = Each(curve.Times),
            Values = Each(curve.Values),
            Lower = Each(curve.Lower),
            Upper = Each(curve.Upper),
            StandardErrors = Each(curve.StandardErrors),
            AtRisk = Each(curve.AtRisk),
            Events = Sums(curve.Events),
            Censored = Sums(curve.Censored),
        };

        T[] Each<T>(IReadOnlyList<T> values) => [.. kept.Select(i => values[i])];

        int[] Sums(IReadOnlyList<int> counts) =>
            [.. kept.Select((to, k) => Enumerable.Range(k == 0 ? 0 : kept[k - 1] + 1, to - (k == 0 ? -1 : kept[k - 1])).Sum(i => counts[i]))];
    }
}
