using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>A bar a number: from the endpoint at the lower end of its prior (hatched) to that at the upper end (plain), around the endpoint at present values.</summary>
/// <param name="Result">The analysis.</param>
sealed record TornadoChart(Sensitivity Result)
{
    const double FigureWidth = 720;
    const double PlotLeft = 330;
    const double PlotRight = 690;
    const double RowHeight = 44;
    const double FontSize = 12;
    const double Small = 10.5;
    const int Most = 20;

    public Markup Draw()
    {
        TornadoBar[] bars = [.. Result.Bars.Take(Most)];
        Svg svg = new(FigureWidth, "Tornado", bars.Length == 0 ? "No numbers." : $"The widest bar is {bars[0].Title}.");
        svg.Content.Open("defs").Open("pattern", ("id", "tornado-low"), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"))
            .Leaf("path", ("d", "M-1 1l2-2M0 6l6-6M5 7l2-2"), ("stroke", "#ffffff"), ("stroke-width", 1.4), ("fill", "none")).CloseLine().CloseLine();
        DrawBar(svg, 8, 30, 12, isLow: true);
        svg.Text(36, 16, "number at the 5% quantile of its prior", TextStyle.Start(FontSize));
        DrawBar(svg, 290, 312, 12, isLow: false);
        svg.Text(318, 16, "at the 95% quantile", TextStyle.Start(FontSize));
        svg.Line(460, 12, 482, 12, new(Palette.Ink, "4 3"), 1.4).Text(488, 16, "at present values", TextStyle.Start(FontSize));
        const double top = 34;
        double bottom = top + (bars.Length * RowHeight);
        double present = Result.Present.Value * 100;
        double[] ends = [.. bars.SelectMany(b => new[] { b.AtLow, b.AtHigh }).Where(double.IsFinite).Select(e => e * 100), .. double.IsFinite(present) ? new[] { present } : []];
        (double least, double most) = ends.Length == 0 ? (0, 100) : (ends.Min(), ends.Max());
        double room = Math.Max(1, (most - least) * 0.03);
        Axis x = LinearAxis.Of(least - room, most + room, PlotLeft, PlotRight);
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), top, x.At(tick.Value), bottom, new(Palette.Grid, "")).Text(x.At(tick.Value), bottom + 17, tick.Label, TextStyle.Middle(FontSize));
        }

        foreach ((int i, TornadoBar bar) in bars.Index())
        {
            DrawRow(svg, bar, x, present, top + (i * RowHeight) + (RowHeight / 2));
        }

        if (double.IsFinite(present))
        {
            svg.Line(x.At(present), top - 4, x.At(present), bottom, new(Palette.Ink, "4 3"), 1.4);
        }

        svg.Line(PlotLeft, bottom, PlotRight, bottom, new(Palette.Ink, ""));
        IReadOnlyList<string> title = TextWidth.Wrap($"{SensitivityTables.Title(Result)}, {(Result.Reference is null ? "%" : "percentage points")}", FontSize, FigureWidth - 40);
        foreach ((int i, string line) in title.Index())
        {
            svg.Text(FigureWidth / 2, bottom + 37 + (i * 16), line, TextStyle.Middle(FontSize));
        }

        return svg.Finish(bottom + 44 + (title.Count * 16));
    }

    public TableData Data() => new(
        "tornado",
        SensitivityTables.Title(Result),
        ["number", "unit", "value", "low", "high", "at_low", "at_high"],
        [.. Result.Bars.Select(b => (IReadOnlyList<string>)[b.Name, b.Unit, .. new[] { b.Value, b.Low, b.High, b.AtLow, b.AtHigh }.Select(Formats.CsvField.Number)])]);

    static void DrawRow(Svg svg, TornadoBar bar, Axis x, double present, double y)
    {
        IReadOnlyList<string> title = TextWidth.Wrap(bar.Title, FontSize, PlotLeft - 16, most: 2);
        double line = y - (title.Count == 1 ? 1 : 8);
        foreach (string text in title)
        {
            svg.Text(PlotLeft - 10, line, text, TextStyle.End(FontSize));
            line += 13;
        }

        svg.Text(PlotLeft - 10, line, SensitivityTables.Range(bar), TextStyle.End(Small, Palette.Muted));

        // Where both ends lie on one side, the longer bar is drawn first and the shorter stays visible over it.
        (double End, bool IsLow)[] ends = [(bar.AtLow * 100, true), (bar.AtHigh * 100, false)];
        foreach ((double end, bool isLow) in ends.Where(e => double.IsFinite(e.End) && double.IsFinite(present)).OrderByDescending(e => Math.Abs(e.End - present)))
        {
            DrawBar(svg, x.At(present), x.At(end), y, isLow);
        }
    }

    static void DrawBar(Svg svg, double from, double to, double middle, bool isLow)
    {
        double height = isLow ? 14 : 9;
        string path = $"M{StepPath.Pixel(from)} {StepPath.Pixel(middle - (height / 2))}H{StepPath.Pixel(to)}v{StepPath.Pixel(height)}H{StepPath.Pixel(from)}z";
        svg.Fill(path, isLow ? Palette.Vermillion : Palette.Blue, 0.9);
        if (isLow)
        {
            svg.Fill(path, "url(#tornado-low)", 1);
        }

        svg.Stroke(path, new(Palette.Ink, ""), 0.6);
    }
}
