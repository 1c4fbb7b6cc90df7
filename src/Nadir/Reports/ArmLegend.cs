namespace Nadir.Reports;

/// <summary>The legend of a figure with a line an arm: its number, as under the axis, and its name.</summary>
static class ArmLegend
{
    const double LineHeight = 16;
    const double TextLeft = 54;

    /// <summary>What stands for an arm under the axis.</summary>
    public static string Key(int arm) => Markup.Number(arm + 1);

    /// <summary>Lower edge of the legend.</summary>
    public static double Height(IReadOnlyList<string> names) => names.Sum(n => Lines(n).Count) * LineHeight;

    public static void Draw(Svg svg, IReadOnlyList<string> names)
    {
        double y = 0;
        foreach ((int i, string name) in names.Index())
        {
            y += LineHeight;
            svg.Open("legend", i).Line(8, y - 4, 32, y - 4, Palette.Line(i), 2.2).Text(38, y, Key(i), TextStyle.Start(Frame.FontSize));
            IReadOnlyList<string> lines = Lines(name);
            foreach ((int index, string line) in lines.Index())
            {
                svg.Text(TextLeft, y + (index * LineHeight), line, TextStyle.Start(Frame.FontSize));
            }

            svg.Close();
            y += (lines.Count - 1) * LineHeight;
        }
    }

    static IReadOnlyList<string> Lines(string name) => TextWidth.Wrap(name, Frame.FontSize, Frame.FigureWidth - TextLeft - 10, most: 3);
}
