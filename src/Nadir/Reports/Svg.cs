namespace Nadir.Reports;

/// <summary>A drawing with a title and a description for those who cannot see it. Coordinates are pixels at the drawing's own size; it scales to the width of its place.</summary>
sealed class Svg
{
    public const string Font = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    readonly Markup _content = new();
    readonly string _title;
    readonly string _description;

    public Svg(double width, string title, string description)
    {
        (Width, _title, _description) = (width, title, description);
    }

    public double Width { get; }

    /// <summary>Shapes are written here; elements opened must be closed.</summary>
    public Markup Content => _content;

    /// <summary>Starts a group that the page's script finds by its class; with a number, a part of that series.</summary>
    /// <param name="kind"><c>plot</c> is scaled by zooming, <c>series</c> and <c>legend</c> belong to a series, what is in <c>ticks</c> moves with the time axis, and <c>unzoomed</c> is hidden while zoomed.</param>
    /// <param name="series">Number of the series from 0; negative for none.</param>
    public Svg Open(string kind, int series = -1)
    {
        if (series < 0)
        {
            _content.Open("g", ("class", kind));
        }
        else
        {
            _content.Open("g", ("class", kind), ("data-series", series));
        }

        return this;
    }

    /// <summary>Ends the group.</summary>
    public Svg Close()
    {
        _content.CloseLine();
        return this;
    }

    public Svg Line(double x1, double y1, double x2, double y2, LineStyle style, double width = 1)
    {
        _content.Leaf("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", style.Colour), ("stroke-width", width), ("stroke-dasharray", Dash(style)));
        return this;
    }

    /// <summary>A curve; <paramref name="path"/> is SVG path data.</summary>
    public Svg Stroke(string path, LineStyle style, double width)
    {
        _content.Leaf(
            "path", ("d", path), ("fill", "none"), ("stroke", style.Colour), ("stroke-width", width), ("stroke-linejoin", "round"), ("stroke-dasharray", Dash(style)));
        return this;
    }

    public Svg Fill(string path, string colour, double opacity)
    {
        _content.Leaf("path", ("d", path), ("fill", colour), ("fill-opacity", opacity), ("stroke", "none"));
        return this;
    }

    public Svg Rectangle(double x, double y, double width, double height, string fill)
    {
        _content.Leaf("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", fill), ("stroke", Palette.Ink), ("stroke-width", 0.8));
        return this;
    }

    public Svg Text(double x, double y, string text, TextStyle style)
    {
        _content.Element(
            "text", text, ("x", x), ("y", y), ("font-size", style.Size), ("text-anchor", style.Anchor), ("fill", style.Colour), ("font-weight", style.Bold ? "bold" : "normal"));
        return this;
    }

    /// <summary>A text over lines, with a white edge so that it stays readable.</summary>
    public Svg TextOverLines(double x, double y, string text, TextStyle style)
    {
        _content.Element(
            "text", text, ("x", x), ("y", y), ("font-size", style.Size), ("text-anchor", style.Anchor), ("fill", style.Colour), ("font-weight", style.Bold ? "bold" : "normal"), ("stroke", "#ffffff"), ("stroke-width", 3), ("paint-order", "stroke"));
        return this;
    }

    /// <summary>A text that reads upwards, centred at its place.</summary>
    public Svg TextUpwards(double x, double y, string text, double size)
    {
        string turn = $"rotate(-90 {Markup.Number(x)} {Markup.Number(y)})";
        _content.Element("text", text, ("x", x), ("y", y), ("font-size", size), ("text-anchor", "middle"), ("fill", Palette.Ink), ("transform", turn));
        return this;
    }

    /// <summary>The drawing, once its height is known.</summary>
    public Markup Finish(double height)
    {
        string box = $"0 0 {Markup.Number(Width)} {Markup.Number(height)}";
        return new Markup()
            .Open("svg", ("viewBox", box), ("width", Width), ("height", height), ("role", "img"), ("aria-label", _title), ("font-family", Font))
            .Element("title", _title).Element("desc", _description).Add(_content).CloseLine();
    }

    static string Dash(LineStyle style) => style.Dash.Length == 0 ? "none" : style.Dash;
}

/// <summary>How a text of a drawing looks.</summary>
readonly record struct TextStyle(double Size, string Anchor, string Colour, bool Bold = false)
{
    public static TextStyle Start(double size, string colour = Palette.Ink) => new(size, "start", colour);

    public static TextStyle Middle(double size, string colour = Palette.Ink) => new(size, "middle", colour);

    public static TextStyle End(double size, string colour = Palette.Ink) => new(size, "end", colour);
}
