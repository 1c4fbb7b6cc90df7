using System.Globalization;
using Nadir.Numerics;

namespace Nadir.Reports;

/// <summary>Axes for values of any range, with round ticks.</summary>
static class LinearAxis
{
    static readonly int[] _multiples = [1, 2, 5, 10];

    /// <summary>An axis from <paramref name="least"/> to <paramref name="most"/> with ticks at multiples of 1, 2 or 5 times a power of ten.</summary>
    public static Axis Of(double least, double most, double from, double to, int mostTicks = 6)
    {
        if (!(most > least))
        {
            // A value that never changes lies in the middle.
            double room = least == 0 ? 1 : Math.Abs(least) / 2;
            (least, most) = (least - room, least + room);
        }

        double step = Step((most - least) / mostTicks);
        int first = (int)Math.Ceiling((least / step) - 1e-9);
        int last = (int)Math.Floor((most / step) + 1e-9);
        return new Axis(least, most, from, to, [.. Enumerable.Range(first, last - first + 1).Select(i => new Tick(i * step, Label(i * step)))]);
    }

    /// <summary>The smallest round number that is no less.</summary>
    static double Step(double least)
    {
        double power = Elementary.Pow(10, Math.Floor(Elementary.Log10(least)));
        return _multiples.Select(m => m * power).First(s => s >= least * (1 - 1e-9));
    }

    static string Label(double value) => ((float)value).ToString("G4", CultureInfo.InvariantCulture);
}
