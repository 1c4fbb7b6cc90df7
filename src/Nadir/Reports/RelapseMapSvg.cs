using Nadir.Evidence;
using Nadir.Protocols;

namespace Nadir.Reports;

/// <summary>The relapse map: each mechanism in its class, what reveals it, and the strategies against it, as a picture for print and screen.</summary>
public static class RelapseMapSvg
{
    const double Width = 1120;
    const double FontSize = 12.5;
    const double LineHeight = 16;
    const double Pad = 7;
    const double RowGap = 8;
    static readonly (double X, double Width)[] _columns = [(30, 230), (300, 330), (670, 430)];

    // The class is told by letter and position as well as by colour, so grey print and colour blindness lose nothing.
    static readonly (string Class, string Letter, string Title, string Colour)[] _classes =
    [
        ("cd19-positive", "P", "CD19-positive relapse", Palette.Blue),
        ("cd19-negative-or-low", "N", "CD19-negative or low relapse", Palette.Vermillion),
        ("lineage-switch", "S", "lineage switch", Palette.Green),
        ("non-response", "R", "non-response", Palette.Purple),
    ];

    /// <summary>Writes the picture.</summary>
    public static string Write(Catalogue catalogue)
    {
        Markup body = new();
        double y = 40;
        foreach ((string name, string letter, string title, string colour) in _classes)
        {
            y = Group(body, catalogue, (name, letter, title, colour), y);
        }

        Markup picture = new();
        picture.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Markup.Number(Width)} {Markup.Number(y)}"), ("width", Width), ("height", y), ("role", "img"), ("font-family", Svg.Font));
        picture.Element("title", "Relapse map: from mechanism to signal to strategy").Element("desc", "Each row is a relapse mechanism, the sign that reveals it first, and the strategies meant to counter it, grouped by the relapse they lead to.");
        picture.Leaf("rect", ("width", Width), ("height", y), ("fill", "#ffffff"));
        foreach ((string heading, int column) in new[] { ("Mechanism", 0), ("First signal", 1), ("Strategies against it", 2) })
        {
            Text(picture, _columns[column].X + Pad, 24, heading, FontSize + 2, bold: true);
        }

        return picture.Add(body).CloseLine().ToString();
    }

    static double Group(Markup body, Catalogue catalogue, (string Name, string Letter, string Title, string Colour) group, double y)
    {
        Mechanism[] mechanisms = [.. catalogue.Mechanisms.Where(m => m.RelapseClass == group.Name)];
        double top = y;
        y += LineHeight + 8;
        foreach (Mechanism m in mechanisms)
        {
            y = Row(body, catalogue, m, group.Colour, y) + RowGap;
        }

        Text(body, _columns[0].X, top + LineHeight, $"{group.Letter}  {group.Title}", FontSize + 1, bold: true);
        body.Leaf("rect", ("x", 10), ("y", top + 4), ("width", 8), ("height", y - top - RowGap - 4), ("fill", group.Colour));
        return y + 10;
    }

    static double Row(Markup body, Catalogue catalogue, Mechanism m, string colour, double y)
    {
        string[] strategies = [.. catalogue.Countering(m.Name).Where(s => s.NotApplicable is null).Select(s => s.Name)];
        string[] texts = [m.Title, m.Signals[0], strategies.Length == 0 ? EvidencePages.NoStrategy : string.Join(", ", strategies)];
        IReadOnlyList<string>[] lines = [.. texts.Select((t, i) => TextWidth.Wrap(t, FontSize, _columns[i].Width - (2 * Pad)))];
        double height = (2 * Pad) + (lines.Max(l => l.Count) * LineHeight) - 3;
        for (int i = 0; i < lines.Length; i++)
        {
            body.Leaf("rect", ("x", _columns[i].X), ("y", y), ("width", _columns[i].Width), ("height", height), ("rx", i == 1 ? 0 : 5), ("fill", "#ffffff"), ("stroke", i == 2 ? Palette.Muted : colour), ("stroke-width", i == 0 ? 2 : 1.2), ("stroke-dasharray", i == 1 ? "5 3" : "none"));
            for (int k = 0; k < lines[i].Count; k++)
            {
                Text(body, _columns[i].X + Pad, y + Pad + 10 + (k * LineHeight), lines[i][k], FontSize, bold: i == 0);
            }

            if (i > 0)
            {
                Arrow(body, _columns[i - 1].X + _columns[i - 1].Width, _columns[i].X, y + (height / 2));
            }
        }

        return y + height;
    }

    static void Arrow(Markup body, double from, double to, double y)
    {
        body.Leaf("path", ("d", $"M{Markup.Number(from)} {Markup.Number(y)}H{Markup.Number(to - 7)}"), ("stroke", Palette.Ink), ("stroke-width", 1.4), ("fill", "none"));
        body.Leaf("path", ("d", $"M{Markup.Number(to - 9)} {Markup.Number(y - 4)}L{Markup.Number(to - 1)} {Markup.Number(y)}L{Markup.Number(to - 9)} {Markup.Number(y + 4)}Z"), ("fill", Palette.Ink));
    }

    static void Text(Markup at, double x, double y, string text, double size, bool bold) =>
        at.Element("text", text, ("x", x), ("y", y), ("font-size", size), ("fill", Palette.Ink), ("font-weight", bold ? "bold" : "normal"));
}
