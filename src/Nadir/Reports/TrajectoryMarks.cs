using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>Infusions, visits, transplant and relapse of a sample patient, above the panels and through them.</summary>
static class TrajectoryMarks
{
    const double FontSize = 11;
    public static readonly LineStyle Transplant = new("#8a4a75", "6 3");
    public static readonly LineStyle Relapse = new(Palette.Ink, "1.5 2");

    public static void Draw(Svg svg, SamplePatient patient, Axis x, double y, double bottom)
    {
        svg.Open("ticks");
        foreach (double day in patient.Visits)
        {
            svg.Line(x.At(day), y - 7, x.At(day), y, new(Palette.Muted, ""), 1.2);
        }

        svg.Close().Open("unzoomed");
        foreach (double day in patient.Infusions)
        {
            svg.Fill(Triangle(x.At(day), y), Palette.Ink, 1);
        }

        svg.Close().Open("ticks");
        bool close = patient.Transplant is { } t && patient.Relapse is { } r && Math.Abs(x.At(t) - x.At(r)) < 14;
        DrawLine(svg, patient.Transplant, "T", Transplant, close ? "end" : "middle");
        DrawLine(svg, patient.Relapse, "R", Relapse, close ? "start" : "middle");
        svg.Close();

        void DrawLine(Svg into, double? day, string letter, LineStyle style, string anchor)
        {
            if (day is { } d)
            {
                into.Line(x.At(d), y - 9, x.At(d), bottom, style, 1.3);
                into.Text(x.At(d), y - 12, letter, new TextStyle(FontSize, anchor, style.Colour, Bold: true));
            }
        }
    }

    /// <summary>The mark of an infusion: a triangle that stands on its tip.</summary>
    public static string Triangle(double x, double y) => $"M{StepPath.Pixel(x - 5)} {StepPath.Pixel(y - 9)}h10l-5 9z";
}
