using Nadir.Numerics;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>A tick of an axis: the value and its label.</summary>
readonly record struct Tick(double Value, string Label);

/// <summary>Maps values to pixels.</summary>
/// <param name="Least">Value at <paramref name="From"/>.</param>
/// <param name="Most">Value at <paramref name="To"/>.</param>
/// <param name="From">Pixel of the least value.</param>
/// <param name="To">Pixel of the greatest value; less than <paramref name="From"/> on an axis that goes up.</param>
/// <param name="Ticks">Ticks in ascending order.</param>
sealed record Axis(double Least, double Most, double From, double To, IReadOnlyList<Tick> Ticks)
{
    static readonly int[] MonthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

    public double At(double value) => From + ((value - Least) / (Most - Least) * (To - From));

    /// <summary>Days, labelled in months; at most nine ticks.</summary>
    public static Axis Months(double horizonDays, double from, double to)
    {
        double months = horizonDays / Duration.DaysPerMonth;
        int step = MonthSteps.FirstOrDefault(s => months / s <= 8, MonthSteps[^1]);
        IEnumerable<int> ticks = Enumerable.Range(0, (int)(months / step) + 1).Select(i => i * step);
        return new Axis(0, horizonDays, from, to, [.. ticks.Select(m => new Tick(m * Duration.DaysPerMonth, Markup.Number(m)))]);
    }

    /// <summary>Probabilities from 0 to 1, labelled in per cent.</summary>
    public static Axis Percent(double from, double to) =>
        new(0, 1, from, to, [.. Enumerable.Range(0, 6).Select(i => new Tick(i / 5.0, Markup.Number(i * 20)))]);

    /// <summary>Powers of ten from 1 to 10^<paramref name="decades"/>; values are given as their logarithm to base 10.</summary>
    public static Axis Decades(int decades, double from, double to)
    {
        const double labelHeight = 16;
        double height = Math.Abs(to - from);
        int step = Math.Max(1, (int)Math.Ceiling(decades * labelHeight / height));
        IEnumerable<int> ticks = Enumerable.Range(0, (decades / step) + 1).Select(i => i * step);
        return new Axis(0, decades, from, to, [.. ticks.Select(d => new Tick(d, "10" + Superscript(d)))]);
    }

    /// <summary>How many decades above 1 hold the value; at least 1.</summary>
    public static int DecadesFor(double most) => most > 1 ? Math.Max(1, (int)Math.Ceiling(Elementary.Log10(most))) : 1;

    static string Superscript(int n) => string.Concat(Markup.Number(n).Select(c => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
