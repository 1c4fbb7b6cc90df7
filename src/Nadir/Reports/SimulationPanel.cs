using Nadir.Numerics;

namespace Nadir.Reports;

/// <summary>One variable of a simulation against time. On a log axis a row at the bottom holds zeros and what lies below the axis.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Times">Times, ascending.</param>
/// <param name="Lines">For each replicate its values.</param>
/// <param name="Median">The median of the replicates.</param>
/// <param name="Scale">Axis of the values.</param>
sealed record SimulationPanel(string Name, IReadOnlyList<double> Times, IReadOnlyList<double[]> Lines, IReadOnlyList<double> Median, ValueScale Scale)
{
    const double FigureWidth = 360;
    const double Left = 54;
    const double Right = FigureWidth - 14;
    const double Top = 30;
    const double Bottom = 210;
    const double FontSize = 11;

    // From the bottom of a log axis down to the row of zeros.
    const double FloorDepth = 14;

    // What an ODE leaves of a population that died out long ago is no part of the picture.
    const int MostDecades = 15;
    const double Tolerance = 0.3;
    const int MostThinLines = 60;

    public Markup Draw()
    {
        Axis x = LinearAxis.Of(Times[0], Times[^1], Left, Right);
        Axis y = Vertical(out bool logarithmic);
        Svg svg = new(FigureWidth, Name, Description());
        svg.Text(4, 16, Name, TextStyle.Start(FontSize + 1) with { Bold = true });
        DrawGrid(svg, x, y, logarithmic);
        double floor = logarithmic ? y.From + FloorDepth : y.From;
        Func<double, double> place = logarithmic ? v => Decade(v) >= y.Least ? y.At(Decade(v)) : floor : y.At;
        foreach (double[] line in Lines.Count == 1 ? [] : Lines.Take(MostThinLines))
        {
            DrawLine(svg, x, place, line, Palette.Sky, 0.6);
        }

        DrawLine(svg, x, place, Median, Palette.Blue, 2);
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(Left, Top, Left, floor + 4, ink).Line(Left, floor + 4, Right, floor + 4, ink);
        return svg.Finish(Bottom + 56);
    }

    static double Decade(double value) => value > 0 ? Elementary.Log10(value) : double.NegativeInfinity;

    static void DrawGrid(Svg svg, Axis x, Axis y, bool logarithmic)
    {
        double bottom = logarithmic ? y.From + FloorDepth + 4 : y.From + 4;
        foreach (Tick tick in y.Ticks)
        {
            svg.Line(Left, y.At(tick.Value), Right, y.At(tick.Value), new(Palette.Grid, ""));
            svg.Text(Left - 5, y.At(tick.Value) + 4, tick.Label, TextStyle.End(FontSize));
        }

        if (logarithmic)
        {
            svg.Text(Left - 5, y.From + FloorDepth + 4, "0", TextStyle.End(FontSize));
        }

        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), bottom, x.At(tick.Value), bottom + 4, new(Palette.Ink, ""));
            svg.Text(x.At(tick.Value), bottom + 17, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Text((Left + Right) / 2, bottom + 33, "time", TextStyle.Middle(FontSize));
    }

    void DrawLine(Svg svg, Axis x, Func<double, double> place, IReadOnlyList<double> values, string colour, double width)
    {
        List<Pixel> run = [];
        for (int i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && double.IsFinite(values[i]))
            {
                run.Add(new Pixel(x.At(Times[i]), place(values[i])));
            }
            else if (run.Count > 0)
            {
                IEnumerable<string> points = Polyline.Simplify(run, Tolerance).Select(p => $"{StepPath.Pixel(p.X)} {StepPath.Pixel(p.Y)}");
                svg.Stroke("M" + string.Join('L', points) + (run.Count == 1 ? "h0.1" : ""), new(colour, ""), width);
                run.Clear();
            }
        }
    }

    Axis Vertical(out bool logarithmic)
    {
        double[] values = [.. Lines.SelectMany(l => l).Where(double.IsFinite)];
        double least = values.DefaultIfEmpty(0).Min();
        double most = values.DefaultIfEmpty(1).Max();
        logarithmic = Scale == ValueScale.Logarithmic && least >= 0;
        return logarithmic
            ? LogAxis.Of(values.Where(v => v > 0).DefaultIfEmpty(1).Min(), most, MostDecades, Bottom - FloorDepth, Top)
            : LinearAxis.Of(least, most, Bottom, Top);
    }

    string Description()
    {
        double last = Median.LastOrDefault(double.IsFinite, double.NaN);
        string end = double.IsNaN(last) ? "no value" : last.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
        return $"{Name} against time, {Lines.Count} lines; the median ends at {end}.";
    }
}
