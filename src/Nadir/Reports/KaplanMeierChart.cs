using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>Survival curves of the arms with 95% bands, censoring strokes and numbers at risk.</summary>
/// <param name="Title">What the figure shows.</param>
/// <param name="Origin">Where time starts, for the axis: <c>infusion</c> or <c>remission</c>.</param>
/// <param name="HorizonDays">Follow-up, the length of the axis.</param>
/// <param name="Arms">Names and curves.</param>
sealed record KaplanMeierChart(string Title, string Origin, double HorizonDays, IReadOnlyList<(string Name, SurvivalCurve Curve)> Arms)
{
    const double LegendLine = 16;

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, Title, Description());
        double top = DrawLegend(svg) + 20;
        Frame frame = Frame.At(top, HorizonDays);
        frame.DrawGrid(svg, "Probability, %");
        for (int i = 0; i < Arms.Count; i++)
        {
            svg.Fill(StepPath.Band(Arms[i].Curve, frame.X, frame.Y), Palette.Line(i).Colour, 0.13);
        }

        for (int i = 0; i < Arms.Count; i++)
        {
            DrawCurve(svg, frame, Arms[i].Curve, Palette.Line(i));
        }

        frame.DrawAxes(svg, $"Months from {Origin}");
        return svg.Finish(frame.DrawAtRisk(svg, [.. Arms.Select((a, i) => (Palette.Line(i), Key(i), a.Curve))]));
    }

    static void DrawCurve(Svg svg, Frame frame, SurvivalCurve curve, LineStyle style)
    {
        svg.Stroke(StepPath.Curve(curve, frame.X, frame.Y), style, 2);
        svg.Stroke(StepPath.Censorings(curve, frame.X, frame.Y), style with { Dash = "" }, 1);
    }

    static string Key(int arm) => Markup.Number(arm + 1);

    double DrawLegend(Svg svg)
    {
        const double textLeft = 54;
        double y = 0;
        for (int i = 0; i < Arms.Count; i++)
        {
            y += LegendLine;
            svg.Line(8, y - 4, 32, y - 4, Palette.Line(i), 2.2).Text(38, y, Key(i), TextStyle.Start(Frame.FontSize));
            IReadOnlyList<string> lines = TextWidth.Wrap(Arms[i].Name, Frame.FontSize, Frame.FigureWidth - textLeft - 10, most: 3);
            foreach ((int index, string line) in lines.Index())
            {
                svg.Text(textLeft, y + (index * LegendLine), line, TextStyle.Start(Frame.FontSize));
            }

            y += (lines.Count - 1) * LegendLine;
        }

        return y;
    }

    string Description()
    {
        double last = Arms.Count == 0 ? 0 : Landmarks.ForSurvival(HorizonDays).LastOrDefault();
        IEnumerable<string> values = Arms.Select(a => $"{a.Name}: {NumberText.PercentInterval(a.Curve.At(last * Duration.DaysPerMonth))}");
        return $"Kaplan-Meier curves with 95% intervals; strokes mark censoring. At month {Markup.Number(last)}: {string.Join("; ", values)}.";
    }
}
