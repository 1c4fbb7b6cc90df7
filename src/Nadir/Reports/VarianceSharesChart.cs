using Nadir.Numerics;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>For each factor its share of the variance by itself (disc) and with interactions (square), with intervals.</summary>
/// <param name="Shares">The shares.</param>
sealed record VarianceSharesChart(VarianceShares Shares)
{
    const double FigureWidth = 720;
    const double PlotLeft = 330;
    const double PlotRight = 690;
    const double RowHeight = 32;
    const double FontSize = 12;

    public Markup Draw()
    {
        Svg svg = new(FigureWidth, "Shares of the variance", Shares.Factors.Count == 0 ? "None." : $"{Shares.Factors[0].Title} has the largest share.");
        Axis legend = new(0, 1, 8, 36, []);
        DrawIndex(svg, new SobolIndex(0.5, 0, 1), legend, 12, isTotal: false);
        svg.Text(44, 16, "by itself (first order)", TextStyle.Start(FontSize));
        DrawIndex(svg, new SobolIndex(0.5, 0, 1), legend with { From = 200, To = 228 }, 12, isTotal: true);
        svg.Text(236, 16, "with interactions (total); 95% bootstrap intervals", TextStyle.Start(FontSize));
        const double top = 34;
        double bottom = top + (Shares.Factors.Count * RowHeight);
        double most = Shares.Factors.SelectMany(f => new[] { f.First.Upper, f.Total.Upper, f.Total.Value }).Where(double.IsFinite).Append(0.1).Max() * 100;
        double least = Shares.Factors.SelectMany(f => new[] { f.First.Lower, f.Total.Lower }).Where(double.IsFinite).Append(0).Min() * 100;
        Axis x = LinearAxis.Of(least, most, PlotLeft, PlotRight);
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), top, x.At(tick.Value), bottom, new(Palette.Grid, "")).Text(x.At(tick.Value), bottom + 17, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Line(x.At(0), top - 4, x.At(0), bottom, new(Palette.Ink, ""), 1.2);
        foreach ((int i, FactorShare factor) in Shares.Factors.Index())
        {
            double y = top + (i * RowHeight) + (RowHeight / 2);
            IReadOnlyList<string> title = TextWidth.Wrap(factor.Title, FontSize, PlotLeft - 16, most: 2);
            foreach ((int part, string line) in title.Index())
            {
                svg.Text(PlotLeft - 10, y + (title.Count == 1 ? 4 : -2) + (part * 13), line, TextStyle.End(FontSize));
            }

            DrawIndex(svg, factor.First, x, y - 6, isTotal: false);
            DrawIndex(svg, factor.Total, x, y + 6, isTotal: true);
        }

        svg.Line(PlotLeft, bottom, PlotRight, bottom, new(Palette.Ink, ""));
        svg.Text((PlotLeft + PlotRight) / 2, bottom + 36, "Share of the endpoint's variance over the priors, %", TextStyle.Middle(FontSize));
        return svg.Finish(bottom + 46);
    }

    public TableData Data() => new(
        "variance-shares",
        "Shares of the variance over the priors",
        ["factor", "first", "first_lower", "first_upper", "total", "total_lower", "total_upper"],
        [.. Shares.Factors.Select(f => (IReadOnlyList<string>)[f.Name, .. new[] { f.First, f.Total }.SelectMany(i => new[] { i.Value, i.Lower, i.Upper }).Select(Formats.CsvField.Number)])]);

    static void DrawIndex(Svg svg, SobolIndex index, Axis x, double y, bool isTotal)
    {
        string colour = isTotal ? Palette.Vermillion : Palette.Blue;
        double scale = x.Ticks.Count == 0 ? 1 : 100;
        if (double.IsFinite(index.Lower) && double.IsFinite(index.Upper))
        {
            (double lower, double upper) = (x.At(index.Lower * scale), x.At(index.Upper * scale));
            svg.Line(lower, y, upper, y, new(colour, ""), 2).Line(lower, y - 3.5, lower, y + 3.5, new(colour, ""), 1.5).Line(upper, y - 3.5, upper, y + 3.5, new(colour, ""), 1.5);
        }

        if (double.IsFinite(index.Value))
        {
            double at = x.At(index.Value * scale);
            svg.Fill(isTotal ? $"M{StepPath.Pixel(at - 4)} {StepPath.Pixel(y - 4)}h8v8h-8z" : $"M{StepPath.Pixel(at - 4.5)} {StepPath.Pixel(y)}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z", colour, 1);
        }
    }
}
