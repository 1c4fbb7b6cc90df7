using Nadir.Numerics;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The CAR transgene of the arms over time: geometric mean, the band of 5 to 95% of patients, and the assay's limit.</summary>
/// <param name="Title">What the figure shows.</param>
/// <param name="LastDay">The end of the time axis.</param>
/// <param name="Arms">Names and points.</param>
/// <param name="Limit">The assay's limit of quantification, copies/µg DNA; NaN where it is not known.</param>
sealed record KineticsChart(string Title, double LastDay, IReadOnlyList<(string Name, IReadOnlyList<TransgenePoint> Points)> Arms, double Limit)
{
    const double PlotHeight = 220;
    const double RowHeight = 17;
    const double Right = Frame.FigureWidth - 18;
    const int DayTicksUntil = 60;
    const string YTitle = "CAR transgene, copies/µg DNA";

    IReadOnlyList<string> Names => [.. Arms.Select(a => a.Name)];

    double Top => ArmLegend.Height(Names) + 20;

    bool InDays => LastDay <= DayTicksUntil;

    Axis X => InDays
        ? new Axis(0, LastDay, Frame.Left, Right, [.. Enumerable.Range(0, (int)(LastDay / 7) + 1).Select(w => new Tick(w * 7, Markup.Number(w * 7)))])
        : Axis.Months(LastDay, Frame.Left, Right);

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, Title, Description());
        ArmLegend.Draw(svg, Names);
        Axis x = X;
        Axis y = Y();
        DrawGrid(svg, x, y);
        svg.Open("plot");
        foreach ((int i, (_, IReadOnlyList<TransgenePoint> points)) in Arms.Index())
        {
            svg.Open("series", i);
            TransgenePoint[] shown = Shown(points);
            if (shown.Length > 0)
            {
                svg.Fill($"M{Line(shown, p => p.Upper, x, y)}L{Line([.. shown.Reverse()], p => p.Lower, x, y)}Z", Palette.Line(i).Colour, 0.13);
                svg.Stroke($"M{Line(shown, p => p.GeometricMean, x, y)}", Palette.Line(i), 2);
            }

            svg.Close();
        }

        svg.Close();
        DrawLimit(svg, x, y);
        DrawAxes(svg, x, y);
        return svg.Finish(DrawPatients(svg, x, y.From + 60) + 10);
    }

    /// <summary>The curves as drawn.</summary>
    public CurveData Data()
    {
        Axis y = Y();
        IEnumerable<ChartSeries> series = Arms.Select(a => (a.Name, Points: Shown(a.Points))).Select(a =>
            new ChartSeries(a.Name, [.. a.Points.Select(p => p.Day)], [.. a.Points.Select(p => p.GeometricMean)])
            {
                Lower = [.. a.Points.Select(p => p.Lower)],
                Upper = [.. a.Points.Select(p => p.Upper)],
                Patients = [.. a.Points.Select(p => p.Patients)],
                Shape = SeriesShape.Line,
            });
        return new CurveData(FileName.Of(Title), Title, X, InDays ? "day" : "month", [new ChartPanel(YTitle, y.To, y.From, [.. series]) { IsProbability = false }]);
    }

    Axis Y()
    {
        double[] values = [.. Arms.SelectMany(a => Shown(a.Points)).SelectMany(p => new[] { p.Lower, p.Upper }).Where(v => v > 0)];
        return values.Length == 0 ? LogAxis.Of(1, 10, 1, Top + PlotHeight, Top) : LogAxis.Of(values.Min(), values.Max(), 12, Top + PlotHeight, Top);
    }

    TransgenePoint[] Shown(IReadOnlyList<TransgenePoint> points) => [.. points.Where(p => p.Day <= LastDay && p.GeometricMean > 0)];

    static string Line(TransgenePoint[] points, Func<TransgenePoint, double> value, Axis x, Axis y) =>
        string.Join('L', points.Select(p => $"{StepPath.Pixel(x.At(p.Day))} {StepPath.Pixel(y.At(Elementary.Log10(value(p))))}"));

    static void DrawGrid(Svg svg, Axis x, Axis y)
    {
        foreach (Tick tick in y.Ticks)
        {
            svg.Line(x.From, y.At(tick.Value), x.To, y.At(tick.Value), new(Palette.Grid, ""));
            svg.Text(x.From - 7, y.At(tick.Value) + 4, tick.Label, TextStyle.End(Frame.FontSize));
        }

        svg.TextUpwards(16, (y.From + y.To) / 2, YTitle, Frame.FontSize);
    }

    void DrawLimit(Svg svg, Axis x, Axis y)
    {
        double at = Limit > 0 ? y.At(Elementary.Log10(Limit)) : double.NaN;
        if (at <= y.From && at >= y.To)
        {
            svg.Line(x.From, at, x.To, at, new(Palette.Ink, "4 3"), 1);
            svg.Open("unzoomed").TextOverLines(x.To - 4, at - 4, $"limit of quantification, {NumberText.Significant(Limit)}", TextStyle.End(Frame.FontSize - 1, Palette.Muted)).Close();
        }
    }

    void DrawAxes(Svg svg, Axis x, Axis y)
    {
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(x.From, y.To, x.From, y.From, ink).Line(x.From, y.From, x.To, y.From, ink).Open("ticks axis");
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), y.From, x.At(tick.Value), y.From + 5, ink).Text(x.At(tick.Value), y.From + 18, tick.Label, TextStyle.Middle(Frame.FontSize));
        }

        svg.Close().Text((x.From + x.To) / 2, y.From + 36, InDays ? "Days from infusion" : "Months from infusion", TextStyle.Middle(Frame.FontSize));
    }

    double DrawPatients(Svg svg, Axis x, double y)
    {
        svg.Text(8, y, "Patients whose cells are followed", TextStyle.Start(Frame.FontSize, Palette.Muted));
        foreach ((int i, (_, IReadOnlyList<TransgenePoint> points)) in Arms.Index())
        {
            y += RowHeight;
            svg.Open("row", i).Line(8, y - 4, 32, y - 4, Palette.Line(i), 2.2).Text(38, y, ArmLegend.Key(i), TextStyle.Start(Frame.FontSize)).Open("ticks");
            foreach (Tick tick in x.Ticks)
            {
                // The days of the curve are as close as matters: the last one up to the tick stands for it.
                TransgenePoint at = points.LastOrDefault(p => p.Day <= Math.Max(tick.Value, 1));
                svg.Text(x.At(tick.Value), y, NumberText.ShortCount(at.Patients), TextStyle.Middle(Frame.FontSize));
            }

            svg.Close().Close();
        }

        return y;
    }

    string Description()
    {
        IEnumerable<string> peaks = Arms.Where(a => a.Points.Count > 0).Select(a => (a.Name, Top: a.Points.MaxBy(p => p.GeometricMean)))
            .Select(a => $"{a.Name}: highest on day {NumberText.Significant(a.Top.Day)}, {NumberText.Significant(a.Top.GeometricMean)} copies/µg");
        return $"Geometric mean of the CAR transgene with the band of 5 to 95% of patients on a log scale. {string.Join("; ", peaks)}.";
    }
}
