using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>A curve as a line of block characters: full for 1, lowest for 0, blank where nobody was followed.</summary>
static class Sparkline
{
    const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>The curve at the ends of equal parts of the time up to <paramref name="lastDay"/>.</summary>
    public static string Of(SurvivalCurve curve, double lastDay, int columns) =>
        string.Concat(Enumerable.Range(1, columns).Select(c => Block(curve.At(c * lastDay / columns).Value)));

    static char Block(double value) => double.IsFinite(value) ? Blocks[(int)Math.Round(Math.Clamp(value, 0, 1) * (Blocks.Length - 1))] : ' ';
}
