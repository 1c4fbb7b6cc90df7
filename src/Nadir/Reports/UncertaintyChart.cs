using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>For each endpoint of an arm three intervals under each other: patients only, parameters only, both; and the mean.</summary>
/// <param name="Rows">The rows of one arm or difference.</param>
/// <param name="Id">Distinguishes this drawing from others in the same document.</param>
sealed record UncertaintyChart(IReadOnlyList<UncertainEndpoint> Rows, string Id)
{
    const double FigureWidth = 720;
    const double PlotLeft = 330;
    const double PlotRight = 690;
    const double RowHeight = 40;
    const double FontSize = 12;

    static readonly (string Name, LineStyle Style, Func<VarianceParts, Estimate> Interval)[] _kinds =
    [
        ("patients of one trial", new(Palette.Blue, "2 2.5"), p => p.Sampling), ("parameters", new(Palette.Vermillion, ""), p => p.Parameters), ("both: a trial of this size", new(Palette.Ink, "7 3"), p => p.Trials),
    ];

    public bool HasRows => Rows.Any(r => r.Parts.IsEstimable);

    public Markup Draw()
    {
        UncertainEndpoint[] rows = [.. Rows.Where(r => r.Parts.IsEstimable)];
        string what = rows[0].Reference is { } reference ? $"{rows[0].Arm} less {reference}" : rows[0].Arm;
        Svg svg = new(FigureWidth, $"Uncertainty by kind: {what}", "Middle 95% by kind of uncertainty.");
        double left = 8;
        foreach ((string name, LineStyle style, _) in _kinds)
        {
            svg.Line(left, 12, left + 30, 12, style, 3).Text(left + 36, 16, name, TextStyle.Start(FontSize));
            left += 36 + TextWidth.Of(name, FontSize) + 22;
        }

        svg.Fill($"M{StepPath.Pixel(left)} 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", Palette.Ink, 1).Text(left + 14, 16, "mean; all middle 95%", TextStyle.Start(FontSize));
        const double top = 34;
        double bottom = top + (rows.Length * RowHeight);
        double[] ends = [.. rows.SelectMany(r => _kinds.Select(k => k.Interval(r.Parts.Value))).SelectMany(e => new[] { e.Lower * 100, e.Upper * 100 })];
        Axis x = LinearAxis.Of(ends.Min(), ends.Max(), PlotLeft, PlotRight);
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), top, x.At(tick.Value), bottom, new(Palette.Grid, "")).Text(x.At(tick.Value), bottom + 17, tick.Label, TextStyle.Middle(FontSize));
        }

        if (ends.Min() < 0 && ends.Max() > 0)
        {
            svg.Line(x.At(0), top, x.At(0), bottom, new(Palette.Ink, ""), 1.2);
        }

        foreach ((int i, UncertainEndpoint row) in rows.Index())
        {
            DrawRow(svg, row, x, top + (i * RowHeight));
        }

        svg.Line(PlotLeft, bottom, PlotRight, bottom, new(Palette.Ink, ""));
        svg.Text((PlotLeft + PlotRight) / 2, bottom + 36, rows[0].Reference is null ? "Probability, %" : "Difference, percentage points", TextStyle.Middle(FontSize));
        return svg.Finish(bottom + 46);
    }

    public TableData Data() => new(
        Id,
        "Uncertainty by kind",
        ["endpoint", "mean", "patients_lower", "patients_upper", "parameters_lower", "parameters_upper", "both_lower", "both_upper"],
        [.. Rows.Where(r => r.Parts.IsEstimable).Select(r => (IReadOnlyList<string>)[r.Endpoint.Name, Formats.CsvField.Number(r.Parts.Value.Mean.Value), .. _kinds.Select(k => k.Interval(r.Parts.Value)).SelectMany(e => new[] { e.Lower, e.Upper }).Select(Formats.CsvField.Number)])]);

    static void DrawRow(Svg svg, UncertainEndpoint row, Axis x, double top)
    {
        svg.Text(PlotLeft - 10, top + (RowHeight / 2) + 4, TextWidth.Wrap(row.Endpoint.Title, FontSize, PlotLeft - 16, most: 1)[0], TextStyle.End(FontSize));
        foreach ((int k, (string _, LineStyle style, Func<VarianceParts, Estimate> interval)) in _kinds.Index())
        {
            Estimate e = interval(row.Parts.Value);
            double y = top + 10 + (k * 10);
            svg.Line(x.At(e.Lower * 100), y, x.At(e.Upper * 100), y, style, 3);
        }

        double mean = x.At(row.Parts.Value.Mean.Value * 100);
        svg.Fill($"M{StepPath.Pixel(mean - 4)} {StepPath.Pixel(top + 20)}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", Palette.Ink, 1);
    }
}
