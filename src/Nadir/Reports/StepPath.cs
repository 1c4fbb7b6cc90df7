using System.Globalization;
using System.Text;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>Path data of step functions.</summary>
static class StepPath
{
    /// <summary>The curve from the origin to its last time or the end of the axis, whichever comes first.</summary>
    public static string Curve(SurvivalCurve curve, Axis x, Axis y)
    {
        StringBuilder path = new();
        Append(path, $"M{Pixel(x.At(0))} {Pixel(y.At(curve.Start))}");
        double last = curve.Start;
        foreach ((double time, double value) in Shown(curve, curve.Values, x))
        {
            if (value != last)
            {
                Append(path, $"H{Pixel(x.At(time))}V{Pixel(y.At(value))}");
                last = value;
            }
        }

        Append(path, $"H{Pixel(x.At(End(curve, x)))}");
        return path.ToString();
    }

    /// <summary>The area between the bounds, wherever both are known.</summary>
    public static string Band(SurvivalCurve curve, Axis x, Axis y)
    {
        StringBuilder path = new();
        double end = End(curve, x);
        for (int from = 0, to; from < curve.Times.Count && curve.Times[from] <= end; from = to)
        {
            to = from + 1;
            if (!Bounded(curve, from))
            {
                continue;
            }

            while (to < curve.Times.Count && curve.Times[to] <= end && Bounded(curve, to))
            {
                to++;
            }

            AppendBand(path, curve, from, to, x, y);
        }

        return path.ToString();
    }

    /// <summary>A short upright stroke on the curve at each time somebody was censored; strokes that would touch are drawn once.</summary>
    public static string Censorings(SurvivalCurve curve, Axis x, Axis y)
    {
        StringBuilder path = new();
        double last = double.NegativeInfinity;
        for (int i = 0; i < curve.Times.Count && curve.Times[i] <= x.Most; i++)
        {
            double at = x.At(curve.Times[i]);
            if (curve.Censored[i] > 0 && at - last >= 1)
            {
                Append(path, $"M{Pixel(at)} {Pixel(y.At(curve.Values[i]) - 3.5)}v7");
                last = at;
            }
        }

        return path.ToString();
    }

    /// <summary>Where the curve ends on the axis.</summary>
    public static double End(SurvivalCurve curve, Axis x) => curve.Times.Count == 0 ? 0 : Math.Min(curve.Times[^1], x.Most);

    public static string Pixel(double x) => x.ToString("0.#", CultureInfo.InvariantCulture);

    static void AppendBand(StringBuilder path, SurvivalCurve curve, int from, int to, Axis x, Axis y)
    {
        double end = to < curve.Times.Count ? Math.Min(curve.Times[to], x.Most) : End(curve, x);
        Append(path, $"M{Pixel(x.At(curve.Times[from]))} {Pixel(y.At(curve.Upper[from]))}");
        for (int i = from + 1; i < to; i++)
        {
            Append(path, $"H{Pixel(x.At(curve.Times[i]))}V{Pixel(y.At(curve.Upper[i]))}");
        }

        Append(path, $"H{Pixel(x.At(end))}");
        for (int i = to - 1; i >= from; i--)
        {
            Append(path, $"V{Pixel(y.At(curve.Lower[i]))}H{Pixel(x.At(curve.Times[i]))}");
        }

        path.Append('Z');
    }

    static IEnumerable<(double Time, double Value)> Shown(SurvivalCurve curve, IReadOnlyList<double> values, Axis x) =>
        curve.Times.Zip(values).TakeWhile(p => p.First <= x.Most);

    static bool Bounded(SurvivalCurve curve, int i) => double.IsFinite(curve.Lower[i]) && double.IsFinite(curve.Upper[i]);

    static void Append(StringBuilder path, FormattableString text) => path.Append(FormattableString.Invariant(text));
}
