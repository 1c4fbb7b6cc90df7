using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>Published probabilities with their intervals beside the simulated ones. Quantities in other units are in the table only.</summary>
/// <param name="Comparisons">What is compared.</param>
sealed record ForestChart(IReadOnlyList<PublishedComparison> Comparisons)
{
    const double FigureWidth = 440;
    const double LabelWidth = 150;
    const double PlotLeft = 162;
    const double PlotRight = 304;
    const double NumbersLeft = 318;
    const double RowHeight = 50;
    const double FontSize = 12;
    const double Small = 10.5;

    IReadOnlyList<PublishedComparison> Shown => [.. Comparisons.Where(c => c.Unit.Length == 0)];

    public bool HasRows => Shown.Count > 0;

    public Markup Draw()
    {
        IReadOnlyList<PublishedComparison> rows = Shown;
        string inside = $"{rows.Count(r => r.Inside)} of {rows.Count} simulated estimates lie inside the published interval.";
        Svg svg = new(FigureWidth, "Published and simulated results", inside);
        double top = DrawLegend(svg) + 14;
        double bottom = top + (rows.Count * RowHeight);
        Axis x = Axis.Percent(PlotLeft, PlotRight);
        DrawAxis(svg, x, top, bottom);
        for (int i = 0; i < rows.Count; i++)
        {
            DrawRow(svg, rows[i], x, top + (i * RowHeight));
        }

        return svg.Finish(bottom + 44);
    }

    /// <summary>The estimates as a table.</summary>
    public TableData Data() => new(
        "published-and-simulated",
        "Published and simulated results",
        ["quantity", "citation", "published", "published_lower", "published_upper", "simulated", "simulated_lower", "simulated_upper"],
        [.. Shown.Select(c => (IReadOnlyList<string>)[c.Quantity, c.Citation, .. Texts(c.Published), .. Texts(c.Simulated)])]);

    static IEnumerable<string> Texts(Estimate e) => new[] { e.Value, e.Lower, e.Upper }.Select(Formats.CsvField.Number);

    static double DrawLegend(Svg svg)
    {
        const double y = 16;
        DrawInterval(svg, new Estimate(0.5, 0, 1), new Axis(0, 1, 8, 40, []), y - 4, isPublished: true);
        svg.Text(46, y, "published († interval derived from counts)", TextStyle.Start(FontSize));
        DrawInterval(svg, new Estimate(0.5, 0, 1), new Axis(0, 1, 318, 350, []), y - 4, isPublished: false);
        svg.Text(356, y, "simulated", TextStyle.Start(FontSize));
        return y;
    }

    static void DrawAxis(Svg svg, Axis x, double top, double bottom)
    {
        RowFrame.DrawGrid(svg, x, top, bottom);
        svg.Line(x.From, bottom, x.To, bottom, new(Palette.Ink, "")).Text((x.From + x.To) / 2, bottom + 35, "Patients, %", TextStyle.Middle(FontSize));
    }

    static void DrawRow(Svg svg, PublishedComparison row, Axis x, double top)
    {
        svg.Line(4, top, FigureWidth - 4, top, new(Palette.Grid, ""));
        IReadOnlyList<string> label = TextWidth.Wrap(row.Quantity, FontSize, LabelWidth, most: 2);
        IReadOnlyList<string> citation = TextWidth.Wrap(row.Citation, Small, LabelWidth, most: 3 - label.Count);
        double y = top + 3;
        foreach (string line in label)
        {
            svg.Text(4, y += 14, line, TextStyle.Start(FontSize) with { Bold = true });
        }

        foreach (string line in citation)
        {
            svg.Text(4, y += 13.5, line, TextStyle.Start(Small, Palette.Muted));
        }

        DrawInterval(svg, row.Published, x, top + 17, isPublished: true);
        DrawInterval(svg, row.Simulated, x, top + 35, isPublished: false);
        svg.Text(NumbersLeft, top + 21, NumberText.PercentInterval(row.Published) + (row.IntervalDerived ? "†" : ""), TextStyle.Start(Small));
        svg.Text(NumbersLeft, top + 39, NumberText.PercentInterval(row.Simulated), TextStyle.Start(Small, row.Inside ? Palette.Ink : "#a34700"));
    }

    static void DrawInterval(Svg svg, Estimate e, Axis x, double y, bool isPublished)
    {
        string colour = isPublished ? Palette.Ink : Palette.Blue;
        Marks.Whisker(svg, x.At(e.Lower), x.At(e.Upper), y, colour);
        if (!double.IsFinite(e.Value))
        {
            return;
        }

        string mark = isPublished ? Marks.Square(x.At(e.Value), y, 4.5) : Marks.Disc(x.At(e.Value), y, 5);
        svg.Fill(mark, colour, 1);
    }
}
