using Nadir.Numerics;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>For each factor its share of the variance by itself (disc) and with interactions (square), with intervals.</summary>
/// <param name="Shares">The shares.</param>
sealed record VarianceSharesChart(VarianceShares Shares)
{
    const double RowHeight = 32;
    const double FontSize = RowFrame.FontSize;

    public Markup Draw()
    {
        Svg svg = new(RowFrame.FigureWidth, "Shares of the variance", Shares.Factors.Count == 0 ? "None." : $"{Shares.Factors[0].Title} has the largest share.");
        Axis legend = new(0, 1, 8, 36, []);
        DrawIndex(svg, new SobolIndex(0.5, 0, 1), legend, 12, isTotal: false);
        svg.Text(44, 16, "by itself (first order)", TextStyle.Start(FontSize));
        DrawIndex(svg, new SobolIndex(0.5, 0, 1), legend with { From = 200, To = 228 }, 12, isTotal: true);
        svg.Text(236, 16, "with interactions (total); 95% bootstrap intervals", TextStyle.Start(FontSize));
        double most = Shares.Factors.SelectMany(f => new[] { f.First.Upper, f.Total.Upper, f.Total.Value }).Where(double.IsFinite).Append(0.1).Max() * 100;
        double least = Shares.Factors.SelectMany(f => new[] { f.First.Lower, f.Total.Lower }).Where(double.IsFinite).Append(0).Min() * 100;
        RowFrame frame = new(LinearAxis.Of(least, most, RowFrame.PlotLeft, RowFrame.PlotRight), 34, RowHeight, Shares.Factors.Count);
        frame.DrawGrid(svg);
        frame.DrawValue(svg, 0, "", 1.2);
        foreach ((int i, FactorShare factor) in Shares.Factors.Index())
        {
            frame.DrawName(svg, i, factor.Title);
            DrawIndex(svg, factor.First, frame.X, frame.Middle(i) - 6, isTotal: false);
            DrawIndex(svg, factor.Total, frame.X, frame.Middle(i) + 6, isTotal: true);
        }

        return svg.Finish(frame.DrawAxis(svg, "Share of the endpoint's variance over the priors, %"));
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
        Marks.Whisker(svg, x.At(index.Lower * scale), x.At(index.Upper * scale), y, colour, cap: 3.5);
        if (double.IsFinite(index.Value))
        {
            double at = x.At(index.Value * scale);
            svg.Fill(isTotal ? Marks.Square(at, y, 4) : Marks.Disc(at, y, 4.5), colour, 1);
        }
    }
}
