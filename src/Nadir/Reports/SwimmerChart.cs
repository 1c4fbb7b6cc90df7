using System.Globalization;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The first patients of an arm as bars from infusion on, those longest free of an event above.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="HorizonDays">Follow-up, the length of the axis.</param>
/// <param name="Id">Name of the files that are saved.</param>
sealed record SwimmerChart(ArmResult Arm, double HorizonDays, string Id)
{
    const double RowHeight = 11;
    const double BarHeight = 7;
    const double Left = 70;
    const double Right = Frame.FigureWidth - 24;
    const double LegendLine = 17;
    const double Small = 9;

    const string Before = "#c9c9c9";
    const string InRemission = Palette.Sky;
    const string After = "#f2b98d";

    IReadOnlyList<SwimmerPatient> Rows => [.. Arm.Swimmers.OrderByDescending(FirstEvent).ThenByDescending(End).ThenBy(p => p.Subject, StringComparer.Ordinal)];

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, $"Patients one by one: {Arm.Name}", Description());
        double top = DrawLegend(svg) + 16;
        Axis x = Axis.Months(HorizonDays, Left, Right);
        double bottom = top + (Rows.Count * RowHeight);
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), top, x.At(tick.Value), bottom, new(Palette.Grid, ""));
        }

        foreach ((int i, SwimmerPatient patient) in Rows.Index())
        {
            DrawRow(svg, patient, x, top + (i * RowHeight));
        }

        return svg.Finish(DrawAxis(svg, x, bottom));
    }

    /// <summary>The patients as a table.</summary>
    public TableData Data() => new(
        Id,
        $"Patients one by one: {Arm.Name}",
        ["subject", "remission_day", "no_response_day", "mrd_again_day", "relapse_day", "phenotype", "transplant_day", "b_cells_back_day", "death_day"],
        [.. Rows.Select(p => (IReadOnlyList<string>)[p.Subject, Day(p.Remission), Day(p.NonResponse), Day(p.MrdRelapse), Day(p.Relapse), p.Phenotype ?? "", Day(p.Transplant), Day(p.BCellRecovery), Day(p.Death)])]);

    static string Day(double? day) => day?.ToString("0.#", CultureInfo.InvariantCulture) ?? "";

    double End(SwimmerPatient p) => Math.Min(p.Death ?? HorizonDays, HorizonDays);

    double FirstEvent(SwimmerPatient p) => p.NonResponse is not null ? -1 : Math.Min(p.Relapse ?? End(p), End(p));

    void DrawRow(Svg svg, SwimmerPatient p, Axis x, double top)
    {
        double y = top + (RowHeight / 2);
        svg.Text(Left - 5, y + 3, p.Subject, TextStyle.End(Small, Palette.Muted));
        double end = End(p);
        double remission = Math.Min(p.Remission ?? p.NonResponse ?? end, end);
        double lost = Math.Min(p.Relapse ?? (p.NonResponse is null ? end : remission), end);
        Bar(0, remission, Before);
        Bar(remission, lost, InRemission);
        Bar(Math.Max(lost, remission), end, After);
        foreach ((double? day, Mark mark) in Marks(p))
        {
            if (day is { } d && d <= HorizonDays)
            {
                mark.Draw(svg, x.At(d), y);
            }
        }

        if (p.Death is null || p.Death > HorizonDays)
        {
            svg.Stroke($"M{StepPath.Pixel(x.At(end) + 2)} {StepPath.Pixel(y)}h7m-3-3l3 3l-3 3", new(Palette.Ink, ""), 1);
        }

        void Bar(double from, double to, string colour)
        {
            if (to > from)
            {
                svg.Fill($"M{StepPath.Pixel(x.At(from))} {StepPath.Pixel(y - (BarHeight / 2))}H{StepPath.Pixel(x.At(to))}v{BarHeight}H{StepPath.Pixel(x.At(from))}z", colour, 1);
            }
        }
    }

    static (double? Day, Mark Mark)[] Marks(SwimmerPatient p) =>
    [
        (p.Transplant, Transplant), (p.BCellRecovery, BCells), (p.MrdRelapse, Mrd), (p.Relapse, Relapse), (p.Death, Death),
    ];

    static double DrawAxis(Svg svg, Axis x, double bottom)
    {
        LineStyle ink = new(Palette.Ink, "");
        svg.Line(x.From, bottom, x.To, bottom, ink);
        foreach (Tick tick in x.Ticks)
        {
            svg.Line(x.At(tick.Value), bottom, x.At(tick.Value), bottom + 5, ink).Text(x.At(tick.Value), bottom + 18, tick.Label, TextStyle.Middle(Frame.FontSize));
        }

        svg.Text((x.From + x.To) / 2, bottom + 36, "Months from infusion", TextStyle.Middle(Frame.FontSize));
        return bottom + 44;
    }

    static double DrawLegend(Svg svg)
    {
        (double x, double y) = (8, 14);
        foreach ((string name, Action<double, double> draw) in Entries(svg))
        {
            double width = 20 + TextWidth.Of(name, Frame.FontSize) + 14;
            if (x > 8 && x + width > Frame.FigureWidth)
            {
                (x, y) = (8, y + LegendLine);
            }

            draw(x, y - 4);
            svg.Text(x + 20, y, name, TextStyle.Start(Frame.FontSize));
            x += width;
        }

        return y;
    }

    static IEnumerable<(string Name, Action<double, double> Draw)> Entries(Svg svg) =>
    [
        ("before remission", Box(svg, Before)), ("in remission", Box(svg, InRemission)), ("after relapse or non-response", Box(svg, After)),
        .. new[] { ("relapse", Relapse), ("death", Death), ("transplant", Transplant), ("MRD again", Mrd), ("B cells back", BCells) }
            .Select(m => (m.Item1, (Action<double, double>)((x, y) => m.Item2.Draw(svg, x + 7, y)))),
        ("followed on", (x, y) => svg.Stroke($"M{StepPath.Pixel(x + 3)} {StepPath.Pixel(y)}h9m-3-3l3 3l-3 3", new(Palette.Ink, ""), 1)),
    ];

    static Action<double, double> Box(Svg svg, string colour) => (x, y) => svg.Fill($"M{StepPath.Pixel(x)} {StepPath.Pixel(y - 4)}h14v8h-14z", colour, 1);

    string Description()
    {
        int relapses = Rows.Count(p => p.Relapse <= HorizonDays);
        int deaths = Rows.Count(p => p.Death <= HorizonDays);
        return $"The first {Rows.Count} patients of the arm as bars from infusion on: {Rows.Count(p => p.Remission is not null)} came into remission, {relapses} relapsed and {deaths} died within the follow-up.";
    }

    static readonly Mark Relapse = new("M0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z", Palette.Vermillion, IsFilled: true);
    static readonly Mark Death = new("M-3.5-3.5l7 7m0-7l-7 7", Palette.Ink, IsFilled: false);
    static readonly Mark Transplant = new("M-3.5-3.5h7v7h-7z", "#8a4a75", IsFilled: true);
    static readonly Mark Mrd = new("M-4 3.5h8l-4-7.5z", Palette.Ink, IsFilled: false);
    static readonly Mark BCells = new("M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", Palette.Blue, IsFilled: true);

    /// <summary>A mark around the point 0, 0.</summary>
    sealed record Mark(string Path, string Colour, bool IsFilled)
    {
        public void Draw(Svg svg, double x, double y)
        {
            svg.Content.Leaf(
                "path", ("d", Path), ("transform", $"translate({Markup.Number(x)} {Markup.Number(y)})"), ("fill", IsFilled ? Colour : "#ffffff"), ("fill-opacity", IsFilled ? 1 : 0.01),
                ("stroke", IsFilled ? "#ffffff" : Colour), ("stroke-width", IsFilled ? 0.7 : 1.4));
        }
    }
}
