namespace Nadir.Reports;

/// <summary>The key to the sample patients, as text with small line samples that wraps with the page.</summary>
static class TrajectoryKey
{
    public static Markup Draw(TrajectoryScales scales)
    {
        Markup key = new();
        foreach ((string panel, string title, _) in scales.Present)
        {
            Heading(key, title.Split(',')[0]);
            foreach ((int i, string name) in scales.Names(panel).Index())
            {
                Item(key, name, svg => svg.Line(0, 6, 30, 6, Palette.Line(i), 2.2));
            }

            key.CloseLine();
        }

        Heading(key, "Marks");
        Item(key, "infusion", svg => svg.Fill(TrajectoryMarks.Triangle(15, 10), Palette.Ink, 1));
        Item(key, "visit", svg => svg.Line(15, 2, 15, 10, new(Palette.Muted, ""), 1.2));
        Item(key, "T transplant", svg => svg.Line(15, 0, 15, 12, TrajectoryMarks.Transplant, 1.5));
        Item(key, "R relapse", svg => svg.Line(15, 0, 15, 12, TrajectoryMarks.Relapse, 1.5));
        Item(key, "detection limit", svg => svg.Line(0, 6, 30, 6, new(Palette.Muted, "4 3"), 1));
        Item(key, "died out; the row <1 holds less than one cell", svg => svg.Stroke("M12 3l6 6m0-6l-6 6", new(Palette.Ink, ""), 1.5));
        return key.CloseLine();
    }

    static void Heading(Markup key, string text) => key.Open("ul", ("class", "key")).Open("li").Element("strong", text).CloseLine();

    static void Item(Markup key, string name, Action<Svg> draw)
    {
        Svg svg = new(30, name, $"Sample of the mark for {name}");
        draw(svg);
        key.Open("li").Add(svg.Finish(12)).Text($" {name}").CloseLine();
    }
}
