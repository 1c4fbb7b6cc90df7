using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>For each endpoint of an arm three intervals under each other: patients only, parameters only, both; and the mean.</summary>
/// <param name="Rows">The rows of one arm or difference.</param>
/// <param name="Id">Distinguishes this drawing from others in the same document.</param>
sealed record UncertaintyChart(IReadOnlyList<UncertainEndpoint> Rows, string Id)
{
    const double RowHeight = 40;
    const double FontSize = RowFrame.FontSize;

    static readonly (string Name, LineStyle Style, Func<VarianceParts, Estimate> Interval)[] _kinds =
    [
        ("patients of one trial", new(Palette.Blue, "2 2.5"), p => p.Sampling), ("parameters", new(Palette.Vermillion, ""), p => p.Parameters), ("both: a trial of this size", new(Palette.Ink, "7 3"), p => p.Trials),
    ];

    public bool HasRows => Rows.Any(r => r.Parts.IsEstimable);

    public Markup Draw()
    {
        UncertainEndpoint[] rows = [.. Rows.Where(r => r.Parts.IsEstimable)];
        string what = rows[0].Reference is { } reference ? $"{rows[0].Arm} less {reference}" : rows[0].Arm;
        Svg svg = new(RowFrame.FigureWidth, $"Uncertainty by kind: {what}", "Middle 95% by kind of uncertainty.");
        double left = 8;
        foreach ((string name, LineStyle style, _) in _kinds)
        {
            svg.Line(left, 12, left + 30, 12, style, 3).Text(left + 36, 16, name, TextStyle.Start(FontSize));
            left += 36 + TextWidth.Of(name, FontSize) + 22;
        }

        svg.Fill(Marks.Disc(left + 4, 12, 4), Palette.Ink, 1).Text(left + 14, 16, "mean; all middle 95%", TextStyle.Start(FontSize));
        double[] ends = [.. rows.SelectMany(r => _kinds.Select(k => k.Interval(r.Parts.Value))).SelectMany(e => new[] { e.Lower * 100, e.Upper * 100 })];
        RowFrame frame = new(LinearAxis.Of(ends.Min(), ends.Max(), RowFrame.PlotLeft, RowFrame.PlotRight), 34, RowHeight, rows.Length);
        frame.DrawGrid(svg);
        if (ends.Min() < 0 && ends.Max() > 0)
        {
            frame.DrawValue(svg, 0, "", 1.2);
        }

        foreach ((int i, UncertainEndpoint row) in rows.Index())
        {
            DrawRow(svg, row, frame, i);
        }

        return svg.Finish(frame.DrawAxis(svg, rows[0].Reference is null ? "Probability, %" : "Difference, percentage points"));
    }

    public TableData Data() => new(
        Id,
        "Uncertainty by kind",
        ["endpoint", "mean", "patients_lower", "patients_upper", "parameters_lower", "parameters_upper", "both_lower", "both_upper"],
        [.. Rows.Where(r => r.Parts.IsEstimable).Select(r => (IReadOnlyList<string>)[r.Endpoint.Name, Formats.CsvField.Number(r.Parts.Value.Mean.Value), .. _kinds.Select(k => k.Interval(r.Parts.Value)).SelectMany(e => new[] { e.Lower, e.Upper }).Select(Formats.CsvField.Number)])]);

    static void DrawRow(Svg svg, UncertainEndpoint row, RowFrame frame, int index)
    {
        Axis x = frame.X;
        double y = frame.Middle(index);
        frame.DrawName(svg, index, row.Endpoint.Title);
        foreach ((int k, (string _, LineStyle style, Func<VarianceParts, Estimate> interval)) in _kinds.Index())
        {
            Estimate e = interval(row.Parts.Value);
            double line = y + ((k - 1) * 10);
            svg.Line(x.At(e.Lower * 100), line, x.At(e.Upper * 100), line, style, 3);
        }

        svg.Fill(Marks.Disc(x.At(row.Parts.Value.Mean.Value * 100), y, 4), Palette.Ink, 1);
    }
}
