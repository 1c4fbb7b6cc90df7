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
        svg.Open("ticks axis");
        foreach (Tick tick in X.Ticks)
        {
            svg.Line(X.At(tick.Value), Y.From, X.At(tick.Value), Y.From + 5, ink);
            svg.Text(X.At(tick.Value), Y.From + 18, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Close();
        svg.Text((X.From + X.To) / 2, Y.From + 36, xTitle, TextStyle.Middle(FontSize));
    }

    /// <summary>Numbers at risk and events up to each tick, one row a curve with its line as the key; gives the lower edge of the figure.</summary>
    public double DrawAtRisk(Svg svg, IReadOnlyList<AtRiskRow> rows, string events)
    {
        double y = DrawRows(svg, Y.From + 60, "Patients at risk", rows, (row, day) => row.Curve.AtRiskAt(day));
        return DrawRows(svg, y + RowHeight + 4, events, rows, (row, day) => EventsUntil(row, day)) + 10;
    }

    double DrawRows(Svg svg, double y, string heading, IReadOnlyList<AtRiskRow> rows, Func<AtRiskRow, double, int> number)
    {
        svg.Text(8, y, heading, TextStyle.Start(FontSize, Palette.Muted));
        foreach ((int i, AtRiskRow row) in rows.Index())
        {
            y += RowHeight;
            svg.Open("row", row.Key.Length > 0 ? i : -1);
            if (row.Key.Length > 0)
            {
                svg.Line(8, y - 4, 32, y - 4, row.Style, 2.2).Text(38, y, row.Key, TextStyle.Start(FontSize));
            }

            svg.Open("ticks");
            foreach (Tick tick in X.Ticks)
            {
                svg.Text(X.At(tick.Value), y, NumberText.ShortCount(number(row, tick.Value)), TextStyle.Middle(FontSize));
            }

            svg.Close().Close();
        }

        return y;
    }

    static int EventsUntil(AtRiskRow row, double day)
    {
        int sum = 0;
        foreach (SurvivalCurve curve in row.Events)
        {
            for (int i = 0; i < curve.Times.Count && curve.Times[i] <= day; i++)
            {
                sum += curve.Events[i];
            }
        }

        return sum;
    }
}

/// <summary>A row of numbers under a time axis.</summary>
/// <param name="Style">The line that is its key.</param>
/// <param name="Key">The key in words; empty where there is one row only.</param>
/// <param name="Curve">Whose patients are at risk.</param>
/// <param name="Events">Curves whose events count.</param>
readonly record struct AtRiskRow(LineStyle Style, string Key, SurvivalCurve Curve, IReadOnlyList<SurvivalCurve> Events);
