using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>A bar a number: from the endpoint at the lower end of its prior (hatched) to that at the upper end (plain), around the endpoint at present values.</summary>
/// <param name="Result">The analysis.</param>
sealed record TornadoChart(Sensitivity Result)
{
    const double RowHeight = 44;
    const double FontSize = RowFrame.FontSize;
    const double Small = 10.5;
    const int Most = 20;

    public Markup Draw()
    {
        TornadoBar[] bars = [.. Result.Bars.Take(Most)];
        Svg svg = new(RowFrame.FigureWidth, "Tornado", bars.Length == 0 ? "No numbers." : $"The widest bar is {bars[0].Title}.");
        svg.Content.Open("defs").Open("pattern", ("id", "tornado-low"), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"))
            .Leaf("path", ("d", "M-1 1l2-2M0 6l6-6M5 7l2-2"), ("stroke", "#ffffff"), ("stroke-width", 1.4), ("fill", "none")).CloseLine().CloseLine();
        DrawBar(svg, 8, 30, 12, isLow: true);
        svg.Text(36, 16, "number at the 5% quantile of its prior", TextStyle.Start(FontSize));
        DrawBar(svg, 290, 312, 12, isLow: false);
        svg.Text(318, 16, "at the 95% quantile", TextStyle.Start(FontSize));
        svg.Line(460, 12, 482, 12, new(Palette.Ink, "4 3"), 1.4).Text(488, 16, "at present values", TextStyle.Start(FontSize));
        double present = Result.Present.Value * 100;
        double[] ends = [.. bars.SelectMany(b => new[] { b.AtLow, b.AtHigh }).Where(double.IsFinite).Select(e => e * 100), .. double.IsFinite(present) ? new[] { present } : []];
        (double least, double most) = ends.Length == 0 ? (0, 100) : (ends.Min(), ends.Max());
        double room = Math.Max(1, (most - least) * 0.03);
        RowFrame frame = new(LinearAxis.Of(least - room, most + room, RowFrame.PlotLeft, RowFrame.PlotRight), 34, RowHeight, bars.Length);
        frame.DrawGrid(svg);
        foreach ((int i, TornadoBar bar) in bars.Index())
        {
            DrawRow(svg, bar, frame, present, i);
        }

        if (double.IsFinite(present))
        {
            frame.DrawValue(svg, present, "4 3", 1.4);
        }

        return svg.Finish(frame.DrawAxis(svg, $"{SensitivityTables.Title(Result)}, {(Result.Reference is null ? "%" : "percentage points")}"));
    }

    public TableData Data() => new(
        "tornado",
        SensitivityTables.Title(Result),
        ["number", "unit", "value", "low", "high", "at_low", "at_high"],
        [.. Result.Bars.Select(b => (IReadOnlyList<string>)[b.Name, b.Unit, .. new[] { b.Value, b.Low, b.High, b.AtLow, b.AtHigh }.Select(Formats.CsvField.Number)])]);

    static void DrawRow(Svg svg, TornadoBar bar, RowFrame frame, double present, int row)
    {
        double line = frame.DrawName(svg, row, bar.Title, below: 1);
        svg.Text(frame.X.From - 10, line, SensitivityTables.Range(bar), TextStyle.End(Small, Palette.Muted));

        // Where both ends lie on one side, the longer bar is drawn first and the shorter stays visible over it.
        (double End, bool IsLow)[] ends = [(bar.AtLow * 100, true), (bar.AtHigh * 100, false)];
        foreach ((double end, bool isLow) in ends.Where(e => double.IsFinite(e.End) && double.IsFinite(present)).OrderByDescending(e => Math.Abs(e.End - present)))
        {
            DrawBar(svg, frame.X.At(present), frame.X.At(end), frame.Middle(row), isLow);
        }
    }

    static void DrawBar(Svg svg, double from, double to, double middle, bool isLow)
    {
        string path = Marks.Bar(from, to, middle, isLow ? 14 : 9);
        svg.Fill(path, isLow ? Palette.Vermillion : Palette.Blue, 0.9);
        if (isLow)
        {
            svg.Fill(path, "url(#tornado-low)", 1);
        }

        svg.Stroke(path, new(Palette.Ink, ""), 0.6);
    }
}
