using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>One sample patient: leukaemia by clone, CAR-T and normal B cells in stacked panels on a log scale, with what was done and what was seen.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Scales">Scales and styles shared with the other patients.</param>
sealed record TrajectoryChart(SamplePatient Patient, TrajectoryScales Scales)
{
    const double FigureWidth = 360;
    const double Left = 46;
    const double Right = FigureWidth - 12;
    const double FontSize = 11;
    const double LineHeight = 15;

    // Room for the marks above the first panel.
    const double Strip = 26;
    const double PanelGap = 24;

    public Markup Draw()
    {
        Svg svg = new(FigureWidth, $"Patient {Patient.Subject}: {Patient.Outcome}", Description());
        double y = DrawHeading(svg) + Strip;
        Axis x = Axis.Months(Scales.LastDay, Left, Right);

        // Marks lie below the panels, so that no line of theirs hides a curve or a title.
        double bottom = y + Scales.Present.Sum(p => p.Height + PanelGap) - 6;
        TrajectoryMarks.Draw(svg, Patient, x, y, bottom);
        foreach ((string panel, string title, double height) in Scales.Present)
        {
            DrawPanel(svg, new TrajectoryPanel(Patient, Scales, panel, x, y + PanelGap - 6), title, height);
            y += height + PanelGap;
        }

        DrawTimeAxis(svg, x, bottom);
        return svg.Finish(bottom + 42);
    }

    double DrawHeading(Svg svg)
    {
        double y = LineHeight;
        svg.Text(4, y, $"Patient {Patient.Subject}", TextStyle.Start(FontSize + 1) with { Bold = true });

        // Two lines for everybody keep the panels of neighbours level.
        foreach ((int i, string line) in TextWidth.Wrap(Patient.Outcome, FontSize, FigureWidth - 8, most: 2).Index())
        {
            svg.Text(4, y + ((i + 1) * LineHeight), line, TextStyle.Start(FontSize, Palette.Muted));
        }

        return y + (2 * LineHeight);
    }

    static void DrawPanel(Svg svg, TrajectoryPanel panel, string title, double height)
    {
        svg.TextOverLines(Left, panel.Top - 5, title, TextStyle.Start(FontSize) with { Bold = true });
        panel.Draw(svg, height);
    }

    static void DrawTimeAxis(Svg svg, Axis x, double y)
    {
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), y, x.At(tick.Value), y + 4, new(Palette.Ink, "")).Text(x.At(tick.Value), y + 16, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Text((x.From + x.To) / 2, y + 32, "Months from infusion", TextStyle.Middle(FontSize));
    }

    string Description()
    {
        IEnumerable<string> last = Patient.Series.Select(s => $"{s.Name} {NumberText.Significant(s.Cells.LastOrDefault(double.NaN))}");
        string relapse = Patient.Relapse is { } r ? $" Relapse on day {NumberText.Significant(r)}." : "";
        string transplant = Patient.Transplant is { } t ? $" Transplant on day {NumberText.Significant(t)}." : "";
        return $"Cells over time on a log scale.{relapse}{transplant} Cells on the last day: {string.Join("; ", last)}.";
    }
}
