using Nadir.Numerics;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>
/// One panel of a sample patient. The log axis ends at one cell; below it lies a row for amounts under one cell, where a series that dies out
/// ends in a cross and one that is absent is not drawn.
/// </summary>
sealed record TrajectoryPanel(SamplePatient Patient, TrajectoryScales Scales, string Panel, Axis X, double Top)
{
    const double FontSize = 10.5;

    // From one cell down to the row for less.
    const double FloorDepth = 12;
    const double FloorMargin = 4;
    const double Tolerance = 0.3;

    public void Draw(Svg svg, double height)
    {
        Axis y = Axis.Decades(Scales.Decades(Panel), Top + height - FloorDepth - FloorMargin - 14, Top);
        double floor = y.From + FloorDepth;
        DrawGrid(svg, y, floor);
        svg.Open("plot");
        foreach (TrajectorySeries series in Patient.Series.Where(s => s.Panel == Panel))
        {
            DrawSeries(svg, series, y, floor);
        }

        svg.Close();
        DrawLimits(svg, y, floor);
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(X.From, y.To, X.From, floor + FloorMargin, ink).Line(X.From, floor + FloorMargin, X.To, floor + FloorMargin, ink);
    }

    void DrawGrid(Svg svg, Axis y, double floor)
    {
        foreach (Tick tick in y.Ticks)
        {
            svg.Line(X.From, y.At(tick.Value), X.To, y.At(tick.Value), new(Palette.Grid, ""));
            if (tick.Value > 0)
            {
                svg.Text(X.From - 5, y.At(tick.Value) + 4, tick.Label, TextStyle.End(FontSize));
            }
        }

        svg.Text(X.From - 5, floor + 4, "<1", TextStyle.End(FontSize));
    }

    void DrawSeries(Svg svg, TrajectorySeries series, Axis y, double floor)
    {
        LineStyle style = Scales.Style(series);
        List<Pixel> run = [];
        for (int i = 0; i < series.Cells.Count; i++)
        {
            double cells = series.Cells[i];
            Pixel here = At(Patient.Days[i], cells, y, floor);
            bool gone = cells == 0;
            if (double.IsNaN(cells))
            {
                Finish(svg, run, style);
            }
            else if (!gone || run.Count > 0)
            {
                Rise(run, series, i, floor);
                run.Add(here);
            }

            if (gone && run.Count > 0)
            {
                Finish(svg, run, style);
                svg.Stroke($"M{StepPath.Pixel(here.X - 3)} {StepPath.Pixel(here.Y - 3)}l6 6m0-6l-6 6", style with { Dash = "" }, 1.5);
            }
        }

        Finish(svg, run, style);
    }

    /// <summary>A series that arrives was absent at the sample before: its line starts there.</summary>
    void Rise(List<Pixel> run, TrajectorySeries series, int i, double floor)
    {
        if (run.Count == 0 && i > 0 && series.Cells[i - 1] == 0)
        {
            run.Add(new Pixel(X.At(Patient.Days[i - 1]), floor));
        }
    }

    static void Finish(Svg svg, List<Pixel> run, LineStyle style)
    {
        if (run.Count > 0)
        {
            IEnumerable<string> points = Polyline.Simplify(run, Tolerance).Select(p => $"{StepPath.Pixel(p.X)} {StepPath.Pixel(p.Y)}");
            svg.Stroke("M" + string.Join('L', points), style, 1.7);
            run.Clear();
        }
    }

    void DrawLimits(Svg svg, Axis y, double floor)
    {
        List<Pixel> curves = [.. Patient.Series.Where(s => s.Panel == Panel).SelectMany(s => Patient.Days.Select((day, i) => At(day, s.Cells[i], y, floor)))];
        List<LabelBox> taken = [];
        foreach (DetectionLimit limit in Patient.Limits.Where(l => l.Panel == Panel && l.Cells >= 1))
        {
            double at = y.At(Elementary.Log10(limit.Cells));
            svg.Line(X.From, at, X.To, at, new(Palette.Muted, "4 3"), 0.9);
            LabelBox box = LabelBox.Freest(TextWidth.Of(limit.Name, LabelBox.FontSize), at, X, curves, taken);
            svg.Open("unzoomed").TextOverLines(box.Left, box.Baseline, limit.Name, TextStyle.Start(LabelBox.FontSize, Palette.Muted)).Close();
            taken.Add(box);
        }
    }

    Pixel At(double day, double cells, Axis y, double floor) =>
        new(X.At(day), cells >= 1 ? y.At(Elementary.Log10(cells)) : floor);
}
