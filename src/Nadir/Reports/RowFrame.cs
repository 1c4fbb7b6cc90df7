namespace Nadir.Reports;

/// <summary>The plot area of a figure with a row for each of several things: their names on the left, values along one axis under the rows.</summary>
/// <param name="X">The axis of the values.</param>
/// <param name="Top">Upper edge of the first row.</param>
/// <param name="RowHeight">Height of a row.</param>
/// <param name="Rows">How many there are.</param>
sealed record RowFrame(Axis X, double Top, double RowHeight, int Rows)
{
    public const double FigureWidth = 720;
    public const double PlotLeft = 330;
    public const double PlotRight = 690;
    public const double FontSize = 12;
    const double LineHeight = 13;

    /// <summary>Lower edge of the last row.</summary>
    public double Bottom => Top + (Rows * RowHeight);

    /// <summary>Middle of a row.</summary>
    public double Middle(int row) => Top + (row * RowHeight) + (RowHeight / 2);

    /// <summary>Grid lines with their values; they lie under what is drawn later.</summary>
    public void DrawGrid(Svg svg) => DrawGrid(svg, X, Top, Bottom);

    /// <summary>Grid lines with their values between two heights.</summary>
    public static void DrawGrid(Svg svg, Axis x, double top, double bottom)
    {
        DrawLines(svg, x, top, bottom);
        DrawLabels(svg, x, bottom);
    }

    /// <summary>Grid lines between two heights.</summary>
    public static void DrawLines(Svg svg, Axis x, double top, double bottom)
    {
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), top, x.At(tick.Value), bottom, new(Palette.Grid, ""));
        }
    }

    /// <summary>The values under the grid lines.</summary>
    public static void DrawLabels(Svg svg, Axis x, double bottom)
    {
        foreach (Tick tick in x.Ticks)
        {
            svg.Text(x.At(tick.Value), bottom + 17, tick.Label, TextStyle.Middle(FontSize));
        }
    }

    /// <summary>An upright line at a value, such as that of no effect.</summary>
    public void DrawValue(Svg svg, double value, string dash, double width) => svg.Line(X.At(value), Top - 4, X.At(value), Bottom, new(Palette.Ink, dash), width);

    /// <summary>A row's name beside the axis, in at most two lines; gives the height for a line under it.</summary>
    /// <param name="svg">Where it goes.</param>
    /// <param name="row">The row.</param>
    /// <param name="name">The name.</param>
    /// <param name="below">Lines that the caller writes under it.</param>
    public double DrawName(Svg svg, int row, string name, int below = 0)
    {
        IReadOnlyList<string> lines = TextWidth.Wrap(name, FontSize, X.From - 16, most: 2);
        double y = Middle(row) + 4 - ((lines.Count + below - 1) * LineHeight / 2);
        foreach (string line in lines)
        {
            svg.Text(X.From - 10, y, line, TextStyle.End(FontSize));
            y += LineHeight;
        }

        return y;
    }

    /// <summary>The axis with its title, in as many lines as it needs; gives the lower edge of the figure.</summary>
    public double DrawAxis(Svg svg, string title)
    {
        svg.Line(X.From, Bottom, X.To, Bottom, new(Palette.Ink, ""));
        IReadOnlyList<string> lines = TextWidth.Wrap(title, FontSize, FigureWidth - 40);
        double middle = (X.From + X.To) / 2;
        double widest = lines.Max(l => TextWidth.Of(l, FontSize)) / 2;
        double at = Math.Clamp(middle, widest, Math.Max(widest, FigureWidth - widest));
        foreach ((int i, string line) in lines.Index())
        {
            svg.Text(at, Bottom + 37 + (i * 16), line, TextStyle.Middle(FontSize));
        }

        return Bottom + 31 + (lines.Count * 16);
    }
}
