using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>The plot area of a survival figure: axes, grid, and the numbers at risk under the ticks of the time axis.</summary>
/// <param name="X">Time in days.</param>
/// <param name="Y">Probability.</param>
sealed record Frame(Axis X, Axis Y)
{
    public const double FigureWidth = 440;
    public const double Left = 70;
    public const double FontSize = 12;
    const double Right = FigureWidth - 18;
    const double PlotHeight = 240;
    const double RowHeight = 17;

    /// <summary>A plot area whose upper edge is at <paramref name="top"/>.</summary>
    public static Frame At(double top, double horizonDays) =>
        new(Axis.Months(horizonDays, Left, Right), Axis.Percent(top + PlotHeight, top));

    public void DrawGrid(Svg svg, string yTitle)
    {
        foreach (Tick tick in Y.Ticks)
        {
            svg.Line(X.From, Y.At(tick.Value), X.To, Y.At(tick.Value), new(Palette.Grid, ""));
            svg.Text(X.From - 7, Y.At(tick.Value) + 4, tick.Label, TextStyle.End(FontSize));
        }

        svg.TextUpwards(16, (Y.From + Y.To) / 2, yTitle, FontSize);
    }

    /// <summary>The axes, drawn over the curves.</summary>
    public void DrawAxes(Svg svg, string xTitle)
    {
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(X.From, Y.To, X.From, Y.From, ink).Line(X.From, Y.From, X.To, Y.From, ink);
        foreach (Tick tick in X.Ticks)
        {
            svg.Line(X.At(tick.Value), Y.From, X.At(tick.Value), Y.From + 5, ink);
            svg.Text(X.At(tick.Value), Y.From + 18, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Text((X.From + X.To) / 2, Y.From + 36, xTitle, TextStyle.Middle(FontSize));
    }

    /// <summary>Numbers at risk, one row a curve with its line as the key; gives the lower edge of the figure.</summary>
    public double DrawAtRisk(Svg svg, IReadOnlyList<(LineStyle Style, string Key, SurvivalCurve Curve)> rows)
    {
        double y = Y.From + 60;
        svg.Text(8, y, "Patients at risk", TextStyle.Start(FontSize, Palette.Muted));
        foreach ((LineStyle style, string key, SurvivalCurve curve) in rows)
        {
            y += RowHeight;
            if (key.Length > 0)
            {
                svg.Line(8, y - 4, 32, y - 4, style, 2.2).Text(38, y, key, TextStyle.Start(FontSize));
            }

            foreach (Tick tick in X.Ticks)
            {
                svg.Text(X.At(tick.Value), y, NumberText.Count(curve.AtRiskAt(tick.Value)), TextStyle.Middle(FontSize));
            }
        }

        return y + 10;
    }
}
