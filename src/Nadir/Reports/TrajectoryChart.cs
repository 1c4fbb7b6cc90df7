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

    /// <summary>The cells at about 150 days, early days denser.</summary>
    public CurveData Data()
    {
        const int most = 150;
        int step = Math.Max(1, (Patient.Days.Count + most - 1) / most);
        int[] kept = [.. Enumerable.Range(0, Patient.Days.Count).Where(i => i % step == 0 || i == Patient.Days.Count - 1)];
        double y = (3 * LineHeight) + Strip;
        List<ChartPanel> panels = [];
        foreach ((string panel, string title, double height) in Scales.Present)
        {
            IEnumerable<ChartSeries> series = Patient.Series.Where(s => s.Panel == panel)
                .Select(s => new ChartSeries(s.Name, [.. kept.Select(i => Patient.Days[i])], [.. kept.Select(i => s.Cells[i])]) { Shape = SeriesShape.Line });
            panels.Add(new ChartPanel(title, y + PanelGap - 6, y + PanelGap - 6 + height, [.. series]) { IsProbability = false });
            y += height + PanelGap;
        }

        return new CurveData($"patient-{FileName.Of(Patient.Subject)}", $"Patient {Patient.Subject}", Axis.Months(Scales.LastDay, Left, Right), "month", panels);
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
        svg.Open("ticks axis");
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), y, x.At(tick.Value), y + 4, new(Palette.Ink, "")).Text(x.At(tick.Value), y + 16, tick.Label, TextStyle.Middle(FontSize));
        }

        svg.Close().Text((x.From + x.To) / 2, y + 32, "Months from infusion", TextStyle.Middle(FontSize));
    }

    string Description()
    {
        IEnumerable<string> last = Patient.Series.Select(s => $"{s.Name} {NumberText.Significant(s.Cells.LastOrDefault(double.NaN))}");
        string relapse = Patient.Relapse is { } r ? $" Relapse on day {NumberText.Significant(r)}." : "";
        string transplant = Patient.Transplant is { } t ? $" Transplant on day {NumberText.Significant(t)}." : "";
        return $"Cells over time on a log scale.{relapse}{transplant} Cells on the last day: {string.Join("; ", last)}.";
    }
}
