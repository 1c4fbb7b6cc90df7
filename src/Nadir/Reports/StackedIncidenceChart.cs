using System.Text;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>Cumulative incidence of relapse by phenotype, stacked, with death in remission on top; what remains is remission without relapse.</summary>
/// <param name="Arm">The arm shown.</param>
/// <param name="HorizonDays">Follow-up, the length of the axis.</param>
/// <param name="Id">Distinguishes this drawing's patterns from those of others in the same document.</param>
sealed record StackedIncidenceChart(ArmResult Arm, double HorizonDays, string Id)
{
    const double LegendLine = 18;

    // White hatching over the colour tells the areas apart in grey print.
    static readonly (string Colour, string Hatch)[] Styles =
    [
        (Palette.Blue, ""), (Palette.Vermillion, "M-1 1l2-2M0 6l6-6M5 7l2-2"), (Palette.Green, "M3 0v6"), (Palette.Purple, "M0 3h6"), (Palette.Orange, "M0 0l6 6"), (Palette.Sky, "M0 3h6M3 0v6"),
    ];

    static readonly (string Colour, string Hatch) DeathStyle = (Palette.Grey, "M2 2h1.6v1.6h-1.6z");

    public Markup Draw()
    {
        IReadOnlyList<Layer> layers = Layers();
        Svg svg = new(Frame.FigureWidth, $"Relapse by phenotype: {Arm.Name}", Description(layers));
        DrawPatterns(svg, layers);
        Frame frame = Frame.At(DrawLegend(svg, layers) + 20, HorizonDays);
        frame.DrawGrid(svg, "Cumulative incidence, %");
        double[] times = [.. layers.SelectMany(l => l.Curve.Times).Where(t => t <= HorizonDays).Distinct().Order()];
        for (int i = 0; i < layers.Count; i++)
        {
            string area = Area(layers, i, times, frame);
            svg.Fill(area, layers[i].Colour, 0.85).Fill(area, $"url(#{PatternId(i)})", 1);
            svg.Stroke(area, new(Palette.Ink, ""), 0.6);
        }

        DrawRemainder(svg, frame, layers);
        frame.DrawAxes(svg, "Months from remission");
        return svg.Finish(frame.DrawAtRisk(svg, [(default, "", Arm.DeathInRemission)]));
    }

    List<Layer> Layers() =>
    [
        .. Arm.Relapse.Select((r, i) => new Layer($"{PhenotypeLabel.Of(r.Phenotype)} relapse", r.Curve, Styles[i % Styles.Length].Colour, Styles[i % Styles.Length].Hatch)),
        new("death in remission", Arm.DeathInRemission, DeathStyle.Colour, DeathStyle.Hatch),
    ];

    void DrawPatterns(Svg svg, IReadOnlyList<Layer> layers)
    {
        svg.Content.Open("defs");
        for (int i = 0; i < layers.Count; i++)
        {
            svg.Content.Open("pattern", ("id", PatternId(i)), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"))
                .Leaf("path", ("d", layers[i].Hatch), ("stroke", "#ffffff"), ("stroke-width", 1), ("fill", "#ffffff")).CloseLine();
        }

        svg.Content.CloseLine();
    }

    double DrawLegend(Svg svg, IReadOnlyList<Layer> layers)
    {
        double x = 8;
        double y = 16;
        for (int i = 0; i <= layers.Count; i++)
        {
            string name = i < layers.Count ? layers[i].Name : "in remission, no relapse";
            double width = 24 + TextWidth.Of(name, Frame.FontSize) + 14;
            if (x > 8 && x + width > Frame.FigureWidth)
            {
                (x, y) = (8, y + LegendLine);
            }

            svg.Rectangle(x, y - 10, 18, 12, i < layers.Count ? layers[i].Colour : "#ffffff");
            if (i < layers.Count)
            {
                svg.Rectangle(x, y - 10, 18, 12, $"url(#{PatternId(i)})");
            }

            svg.Text(x + 24, y, name, TextStyle.Start(Frame.FontSize));
            x += width;
        }

        return y;
    }

    static string Area(IReadOnlyList<Layer> layers, int layer, double[] times, Frame frame)
    {
        double end = times.Length == 0 ? 0 : times[^1];
        string lower = Edge([.. layers.Take(layer)], times, frame, end);
        string upper = Edge([.. layers.Take(layer + 1)], times, frame, end);

        // The lower edge is walked back, so that both edges bound one closed area.
        return $"M{upper}L{string.Join('L', lower.Split('L').Reverse())}Z";
    }

    static string Edge(IReadOnlyList<Layer> below, double[] times, Frame frame, double end)
    {
        StringBuilder points = new();
        double height = below.Sum(l => l.Curve.Start);
        points.Append(Point(frame, 0, height));
        foreach (double time in times)
        {
            double next = below.Sum(l => ValueAt(l.Curve, time));
            if (next != height)
            {
                points.Append('L').Append(Point(frame, time, height)).Append('L').Append(Point(frame, time, next));
                height = next;
            }
        }

        return points.Append('L').Append(Point(frame, end, height)).ToString();
    }

    static double ValueAt(SurvivalCurve curve, double time) => double.IsNaN(curve.At(time).Value) ? curve.Values.LastOrDefault(curve.Start) : curve.At(time).Value;

    static string Point(Frame frame, double time, double value) => $"{StepPath.Pixel(frame.X.At(time))} {StepPath.Pixel(frame.Y.At(value))}";

    static void DrawRemainder(Svg svg, Frame frame, IReadOnlyList<Layer> layers)
    {
        const double room = 0.12;
        double end = layers.Max(l => StepPath.End(l.Curve, frame.X));
        double top = layers.Sum(l => ValueAt(l.Curve, end));
        if (1 - top > room && end > 0)
        {
            string text = $"in remission, no relapse: {NumberText.Percent(1 - top)}";
            svg.TextOverLines(frame.X.At(end) - 8, frame.Y.At((1 + top) / 2) + 4, text, TextStyle.End(Frame.FontSize));
        }
    }

    string Description(IReadOnlyList<Layer> layers)
    {
        int month = Landmarks.ForIncidence(HorizonDays).LastOrDefault();
        IEnumerable<string> values = layers.Select(l => $"{l.Name} {NumberText.PercentInterval(l.Curve.AtMonth(month))}");
        return $"Stacked cumulative incidence with death as a competing event, among patients in remission. At month {Markup.Number(month)}: {string.Join("; ", values)}.";
    }

    string PatternId(int layer) => $"{Id}-hatch-{Markup.Number(layer)}";

    readonly record struct Layer(string Name, SurvivalCurve Curve, string Colour, string Hatch);
}
