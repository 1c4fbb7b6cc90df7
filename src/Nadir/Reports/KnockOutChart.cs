using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>
/// A bar a mechanism, stacked by what it leads to: to the right what the mechanism makes more frequent, to the left what it makes rarer. A dot with a line is the sum, its share of patients
/// with any event, with the 95% interval.
/// </summary>
/// <param name="Table">The whole table.</param>
/// <param name="Arm">The arm shown.</param>
/// <param name="Id">Distinguishes this drawing's patterns from those of others in the same document.</param>
sealed record KnockOutChart(KnockOut Table, KnockOutArm Arm, string Id)
{
    const double FigureWidth = 720;
    const double PlotLeft = 256;
    const double PlotRight = 592;
    const double RowHeight = 30;
    const double BarHeight = 16;
    const double FontSize = 12;

    // The colours and hatches of the phenotypes are those of the stacked incidence chart.
    static readonly (string Colour, string Hatch)[] _styles =
    [
        (Palette.Purple, "M0 3h6"), (Palette.Blue, ""), (Palette.Vermillion, "M-1 1l2-2M0 6l6-6M5 7l2-2"), (Palette.Green, "M3 0v6"), (Palette.Grey, "M2 2h1.6v1.6h-1.6z"),
    ];

    static readonly string[] _bounds = ["", "_lower", "_upper"];

    public Markup Draw()
    {
        Svg svg = new(FigureWidth, $"What each mechanism contributes: {Arm.Arm}", Description());
        DrawPatterns(svg);
        double top = DrawLegend(svg) + 16;
        double bottom = top + (Arm.Rows.Count * RowHeight);
        (double least, double most) = Range();
        Axis x = LinearAxis.Of(least, most, PlotLeft, PlotRight);
        RowFrame.DrawGrid(svg, x, top, bottom);
        foreach ((int i, KnockOutRow row) in Arm.Rows.Index())
        {
            DrawRow(svg, row, x, top + (i * RowHeight) + (RowHeight / 2));
        }

        svg.Line(x.At(0), top - 4, x.At(0), bottom, new(Palette.Ink, ""), 1.2);
        svg.Text((PlotLeft + PlotRight) / 2, bottom + 36, $"Contribution to events by month {Markup.Number(Table.Month)}, percentage points of infused patients", TextStyle.Middle(FontSize));
        return svg.Finish(bottom + 46);
    }

    public TableData Data() => new(
        $"mechanisms-{Id}",
        KnockOutTables.Title(Table, Arm),
        ["mechanism", .. Enum.GetValues<FirstEvent>().SelectMany(e => _bounds.Select(bound => $"{SummaryAnalyses.Key(e)}{bound}"))],
        [.. Arm.Rows.Select(r => (IReadOnlyList<string>)[r.Mechanism, .. r.Fates.SelectMany(f => new[] { f.Value, f.Lower, f.Upper }).Select(Formats.CsvField.Number)])]);

    string Description() => Arm.Rows.Count == 0
        ? "No mechanism is on."
        : $"{Arm.Rows[0].Title} contributes most: {KnockOutTables.Points(KnockOutTables.Any(Arm.Rows[0].Fates, 0))} percentage points of patients with an event.";

    void DrawPatterns(Svg svg)
    {
        svg.Content.Open("defs");
        for (int i = 0; i < _styles.Length; i++)
        {
            svg.Content.Open("pattern", ("id", PatternId(i)), ("width", 6), ("height", 6), ("patternUnits", "userSpaceOnUse"))
                .Leaf("path", ("d", _styles[i].Hatch), ("stroke", "#ffffff"), ("stroke-width", 1), ("fill", "#ffffff")).CloseLine();
        }

        svg.Content.CloseLine();
    }

    double DrawLegend(Svg svg)
    {
        double y = 16;
        double left = 8;
        foreach ((int i, (FirstEvent _, string heading)) in KnockOutTables.Events.Index())
        {
            double width = 22 + TextWidth.Of(heading, FontSize) + 18;
            if (left + width > FigureWidth)
            {
                (left, y) = (8, y + 20);
            }

            DrawBar(svg, left, left + 16, y - 4, i, 11);
            svg.Text(left + 22, y, heading, TextStyle.Start(FontSize));
            left += width;
        }

        y += 20;
        DrawInterval(svg, new Estimate(0.5, 0, 1), new Axis(0, 1, 8, 36, []), y - 4);
        svg.Text(44, y, "any event, with 95% interval (patient sampling, paired)", TextStyle.Start(FontSize));
        return y;
    }

    void DrawRow(Svg svg, KnockOutRow row, Axis x, double y)
    {
        svg.Text(PlotLeft - 8, y + 4, TextWidth.Wrap(row.Title, FontSize, PlotLeft - 14, most: 1)[0], TextStyle.End(FontSize));
        (double left, double right) = (0, 0);
        foreach ((int i, (FirstEvent what, string _)) in KnockOutTables.Events.Index())
        {
            double points = row.Fates[(int)what].Value * 100;
            if (points > 0)
            {
                DrawBar(svg, x.At(right), x.At(right + points), y, i, BarHeight);
                right += points;
            }
            else if (points < 0)
            {
                DrawBar(svg, x.At(left + points), x.At(left), y, i, BarHeight);
                left += points;
            }
        }

        Estimate any = KnockOutTables.Any(row.Fates, 0);
        if (double.IsFinite(any.Value))
        {
            DrawInterval(svg, new Estimate(any.Value * 100, any.Lower * 100, any.Upper * 100), x, y);
        }

        svg.Text(PlotRight + 12, y + 4, KnockOutTables.Points(any), TextStyle.Start(FontSize));
    }

    void DrawBar(Svg svg, double from, double to, double middle, int style, double height)
    {
        string path = Marks.Bar(from, to, middle, height);
        svg.Fill(path, _styles[style].Colour, 0.85).Fill(path, $"url(#{PatternId(style)})", 1).Stroke(path, new(Palette.Ink, ""), 0.6);
    }

    static void DrawInterval(Svg svg, Estimate e, Axis x, double y)
    {
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(x.At(e.Lower), y, x.At(e.Upper), y, new("#ffffff", ""), 4).Line(x.At(e.Lower), y, x.At(e.Upper), y, ink, 1.6);
        svg.Line(x.At(e.Lower), y - 4, x.At(e.Lower), y + 4, ink, 1.4).Line(x.At(e.Upper), y - 4, x.At(e.Upper), y + 4, ink, 1.4);
        svg.Fill(Marks.Disc(x.At(e.Value), y, 4), Palette.Ink, 1);
    }

    (double Least, double Most) Range()
    {
        double[] ends = [0, .. Arm.Rows.SelectMany(Ends).Where(double.IsFinite).Select(e => e * 100)];
        return (Math.Min(ends.Min() * 1.05, -1), Math.Max(ends.Max() * 1.05, 1));
    }

    static IEnumerable<double> Ends(KnockOutRow row)
    {
        double[] events = [.. KnockOutTables.Events.Select(e => row.Fates[(int)e.Event].Value)];
        Estimate any = KnockOutTables.Any(row.Fates, 0);
        return [events.Where(e => e > 0).Sum(), events.Where(e => e < 0).Sum(), any.Lower, any.Upper];
    }

    string PatternId(int style) => $"{Id}-k{Markup.Number(style)}";
}
