using Nadir.Numerics;

namespace Nadir.Reports;

/// <summary>Axes in powers of ten for values of any size; values are given as their logarithm to base 10.</summary>
static class LogAxis
{
    const double LabelHeight = 16;

    /// <summary>Whole decades that hold the values, at least one and at most <paramref name="mostDecades"/> below the highest.</summary>
    public static Axis Of(double least, double most, int mostDecades, double from, double to)
    {
        int top = most > 0 ? (int)Math.Ceiling(Elementary.Log10(most) - 1e-9) : 1;
        int bottom = Math.Clamp((int)Math.Floor(Elementary.Log10(least) + 1e-9), top - mostDecades, top - 1);
        int step = Math.Max(1, (int)Math.Ceiling((top - bottom) * LabelHeight / Math.Abs(to - from)));
        IEnumerable<int> ticks = Enumerable.Range(0, ((top - bottom) / step) + 1).Select(i => bottom + (i * step));
        return new Axis(bottom, top, from, to, [.. ticks.Select(d => new Tick(d, "10" + Superscript(d)))]);
    }

    static string Superscript(int n) =>
        (n < 0 ? "⁻" : "") + string.Concat(Markup.Number(Math.Abs(n)).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
