using System.Text;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>One area of a stack.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Curves">Cumulative incidences whose sum is the area's height.</param>
sealed record IncidenceLayer(string Name, IReadOnlyList<SurvivalCurve> Curves)
{
    public double At(double day) => Curves.Sum(c => double.IsNaN(c.At(day).Value) ? c.Values.LastOrDefault(c.Start) : c.At(day).Value);
}

/// <summary>Cumulative incidences, stacked, with death in remission on top; what remains is remission without relapse.</summary>
/// <param name="Title">What is shown, with the arm.</param>
/// <param name="Layers">Areas from the bottom; the last one is death in remission.</param>
/// <param name="HorizonDays">Follow-up, the length of the axis.</param>
/// <param name="Id">Distinguishes this drawing's patterns and files from those of others in the same document.</param>
sealed record StackedIncidenceChart(string Title, IReadOnlyList<IncidenceLayer> Layers, double HorizonDays, string Id)
{
    const double LegendLine = 18;

    // White hatching over the colour tells the areas apart in grey print.
    static readonly (string Colour, string Hatch)[] Styles =
    [
        (Palette.Blue, ""), (Palette.Vermillion, "M-1 1l2-2M0 6l6-6M5 7l2-2"), (Palette.Green, "M3 0v6"), (Palette.Purple, "M0 3h6"), (Palette.Orange, "M0 0l6 6"), (Palette.Sky, "M0 3h6M3 0v6"),
    ];

    static readonly (string Colour, string Hatch) DeathStyle = (Palette.Grey, "M2 2h1.6v1.6h-1.6z");

    /// <summary>Areas before one repeats the look of another.</summary>
    public static int MostLayers => Styles.Length;

    double LegendHeight => PlaceLegend().Max(p => p.Y);

    Frame Frame => Frame.At(LegendHeight + 20, HorizonDays);

    SurvivalCurve First => Layers[^1].Curves[0];

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, Title, Description());
        DrawPatterns(svg);
        DrawLegend(svg);
        Frame frame = Frame;
        frame.DrawGrid(svg, "Cumulative incidence, %");
        double[] times = Times(frame);
        svg.Open("plot");
        for (int i = 0; i < Layers.Count; i++)
        {
            string area = Area(i, times, frame);
            svg.Open("series", i).Fill(area, Style(i).Colour, 0.85).Fill(area, $"url(#{PatternId(i)})", 1);
            svg.Stroke(area, new(Palette.Ink, ""), 0.6).Close();
        }

        svg.Close();
        DrawRemainder(svg, frame);
        frame.DrawAxes(svg, "Months from remission");
        return svg.Finish(frame.DrawAtRisk(svg, [new(default, "", First, [.. Layers.SelectMany(l => l.Curves)])], "Relapses and deaths so far"));
    }

    /// <summary>Each area's own incidence, not the edge it is drawn at.</summary>
    public CurveData Data()
    {
        Frame frame = Frame;
        double[] times = [0, .. Times(frame).Where(t => t > 0)];
        int[] atRisk = [.. times.Select(First.AtRiskAt)];
        IEnumerable<ChartSeries> series = Layers.Select(l => new ChartSeries(l.Name, times, [.. times.Select(l.At)]) { Patients = atRisk });
        return new CurveData(Id, Title, frame.X, "month", [new ChartPanel("Cumulative incidence, %", frame.Y.To, frame.Y.From, [.. series])]);
    }

    (string Colour, string Hatch) Style(int layer) => layer == Layers.Count - 1 ? DeathStyle : Styles[layer % Styles.Length];

    double[] Times(Frame frame)
    {
        double[] all = [.. Layers.SelectMany(l => l.Curves).SelectMany(c => c.Times).Where(t => t <= HorizonDays).Distinct().Order()];
        return CurveThinning.Times(all, time => Edges(time), frame.Y);
    }

    double[] Edges(double time)
    {
        double sum = 0;
        return [.. Layers.Select(l => sum += l.At(time))];
    }

    void DrawPatterns(Svg svg)
    {
        svg.Content.Open("defs");
        for (int i = 0; i < Layers.Count; i++)
        {
            svg.Content.Open("pattern", ("id", PatternId(i)), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"))
                .Leaf("path", ("d", Style(i).Hatch), ("stroke", "#ffffff"), ("stroke-width", 1), ("fill", "#ffffff")).CloseLine();
        }

        svg.Content.CloseLine();
    }

    List<(string Name, double X, double Y)> PlaceLegend()
    {
        (double x, double y) = (8, 16);
        List<(string Name, double X, double Y)> places = [];
        foreach (string name in Layers.Select(l => l.Name).Append("in remission, no relapse"))
        {
            double width = 24 + TextWidth.Of(name, Frame.FontSize) + 14;
            if (x > 8 && x + width > Frame.FigureWidth)
            {
                (x, y) = (8, y + LegendLine);
            }

            places.Add((name, x, y));
            x += width;
        }

        return places;
    }

    void DrawLegend(Svg svg)
    {
        foreach ((int i, (string name, double x, double y)) in PlaceLegend().Index())
        {
            bool isLayer = i < Layers.Count;
            svg.Open("legend", isLayer ? i : -1).Rectangle(x, y - 10, 18, 12, isLayer ? Style(i).Colour : "#ffffff");
            if (isLayer)
            {
                svg.Rectangle(x, y - 10, 18, 12, $"url(#{PatternId(i)})");
            }

            svg.Text(x + 24, y, name, TextStyle.Start(Frame.FontSize)).Close();
        }
    }

    string Area(int layer, double[] times, Frame frame)
    {
        double end = times.Length == 0 ? 0 : times[^1];
        string lower = Edge(layer, times, frame, end);
        string upper = Edge(layer + 1, times, frame, end);

        // The lower edge is walked back, so that both edges bound one closed area.
        return $"M{upper}L{string.Join('L', lower.Split('L').Reverse())}Z";
    }

    /// <summary>The upper edge of the first areas.</summary>
    string Edge(int areas, double[] times, Frame frame, double end)
    {
        StringBuilder points = new();
        double height = 0;
        points.Append(Point(frame, 0, height));
        foreach (double time in times)
        {
            double next = Layers.Take(areas).Sum(l => l.At(time));
            if (next != height)
            {
                points.Append('L').Append(Point(frame, time, height)).Append('L').Append(Point(frame, time, next));
                height = next;
            }
        }

        return points.Append('L').Append(Point(frame, end, height)).ToString();
    }

    static string Point(Frame frame, double time, double value) => $"{StepPath.Pixel(frame.X.At(time))} {StepPath.Pixel(frame.Y.At(value))}";

    void DrawRemainder(Svg svg, Frame frame)
    {
        const double room = 0.12;
        double end = Layers.SelectMany(l => l.Curves).Max(c => StepPath.End(c, frame.X));
        double top = Layers.Sum(l => l.At(end));
        if (1 - top > room && end > 0)
        {
            string text = $"in remission, no relapse: {NumberText.Percent(1 - top)}";
            svg.Open("unzoomed").TextOverLines(frame.X.At(end) - 8, frame.Y.At((1 + top) / 2) + 4, text, TextStyle.End(Frame.FontSize)).Close();
        }
    }

    string Description()
    {
        int month = Landmarks.ForIncidence(HorizonDays).LastOrDefault();
        IEnumerable<string> values = Layers.Where(l => l.Curves.Count > 0).Select(l => l.Curves.Count == 1
            ? $"{l.Name} {NumberText.PercentInterval(l.Curves[0].AtMonth(month))}"
            : $"{l.Name} {NumberText.Percent(l.Curves.Sum(c => c.AtMonth(month).Value))}");
        return $"Stacked cumulative incidence with death as a competing event, among patients in remission. At month {Markup.Number(month)}: {string.Join("; ", values)}.";
    }

    string PatternId(int layer) => $"{Id}-hatch-{Markup.Number(layer)}";
}
