using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>What an effect's estimate is worth.</summary>
enum EffectKind
{
    /// <summary>Estimated as in a trial.</summary>
    Estimated,

    /// <summary>Known, because each virtual patient went through both treatments.</summary>
    True,

    /// <summary>What an analysis that overlooks something would report.</summary>
    Naive,
}

/// <summary>One effect.</summary>
/// <param name="Group">The endpoint; a heading of its own above its rows.</param>
/// <param name="Label">The arm or method.</param>
/// <param name="Effect">The estimate, or why there is none.</param>
/// <param name="Kind">What it is worth.</param>
sealed record EffectRow(string Group, string Label, Estimable<Estimate> Effect, EffectKind Kind = EffectKind.Estimated);

/// <summary>Effects with 95% intervals around the line of no effect.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="XTitle">The effect with its unit and direction.</param>
/// <param name="IsRatio">A ratio, on a log axis around 1; otherwise a difference around 0.</param>
/// <param name="Rows">The effects in reading order.</param>
sealed record EffectForestChart(string Title, string XTitle, bool IsRatio, IReadOnlyList<EffectRow> Rows)
{
    const double LabelWidth = 148;
    const double PlotLeft = 160;
    const double PlotRight = 304;
    const double NumbersLeft = 316;
    const double FontSize = 12;
    const double Small = 10.5;
    const double LineHeight = 14;

    /// <summary>Whether there is anything to draw.</summary>
    public bool HasRows => Rows.Any(r => r.Effect.IsEstimable);

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, Title, Description());
        double top = DrawLegend(svg);
        Axis x = X();
        double bottom = top + Rows.GroupBy(r => r.Group).Sum(g => 24 + g.Sum(Height)) + 4;
        RowFrame.DrawLabels(svg, x, bottom);
        double y = top;
        foreach (IGrouping<string, EffectRow> group in Rows.GroupBy(r => r.Group))
        {
            // A heading runs across the plot, so that its lines begin under it.
            svg.Text(4, y + 17, group.Key, TextStyle.Start(FontSize) with { Bold = true });
            y += 24;
            double end = y + group.Sum(Height);
            RowFrame.DrawLines(svg, x, y, end);
            svg.Line(x.At(0), y, x.At(0), end, new(Palette.Ink, "4 3"));
            foreach (EffectRow row in group)
            {
                DrawRow(svg, row, x, y);
                y += Height(row);
            }
        }

        svg.Line(x.From, bottom, x.To, bottom, new(Palette.Ink, "")).Text((x.From + x.To) / 2, bottom + 35, XTitle, TextStyle.Middle(FontSize));
        return svg.Finish(bottom + 44);
    }

    /// <summary>The effects as a table.</summary>
    public TableData Data() => new(
        FileName.Of(Title),
        Title,
        ["endpoint", "comparison", "kind", "estimate", "lower", "upper", "not_estimable"],
        [.. Rows.Select(r => (IReadOnlyList<string>)[r.Group, r.Label, r.Kind.ToString().ToLowerInvariant(), .. Texts(r.Effect), r.Effect.Reason ?? ""])]);

    static IEnumerable<string> Texts(Estimable<Estimate> effect) => effect.TryGet(out Estimate e)
        ? new[] { e.Value, e.Lower, e.Upper }.Select(Formats.CsvField.Number)
        : ["", "", ""];

    static double Height(EffectRow row) => Math.Max(1, TextWidth.Wrap(row.Label, Small, LabelWidth, most: 3).Count) * LineHeight + 7;

    double DrawLegend(Svg svg)
    {
        EffectKind[] kinds = [.. Rows.Select(r => r.Kind).Distinct().Order()];
        if (kinds.Length < 2)
        {
            return 4;
        }

        double left = 8;
        foreach (EffectKind kind in kinds)
        {
            string name = kind switch { EffectKind.True => "true effect (same patients)", EffectKind.Naive => "naive analysis", _ => "estimate" };
            DrawMark(svg, kind, left + 7, 12);
            svg.Text(left + 20, 16, name, TextStyle.Start(FontSize));
            left += 20 + TextWidth.Of(name, FontSize) + 18;
        }

        return 26;
    }

    void DrawRow(Svg svg, EffectRow row, Axis x, double top)
    {
        double y = top + 9;
        foreach ((int i, string line) in TextWidth.Wrap(row.Label, Small, LabelWidth, most: 3).Index())
        {
            svg.Text(8, y + 3 + (i * LineHeight), line, TextStyle.Start(Small));
        }

        if (!row.Effect.TryGet(out Estimate e))
        {
            svg.Text(NumbersLeft, y + 4, "not estimable", TextStyle.Start(Small, Palette.Muted));
            return;
        }

        (double value, double lower, double upper) = (x.At(Place(e.Value)), x.At(Place(e.Lower)), x.At(Place(e.Upper)));
        Marks.Whisker(svg, lower, upper, y, Colour(row.Kind));
        DrawMark(svg, row.Kind, value, y);
        svg.Text(NumbersLeft, y + 4, Text(e), TextStyle.Start(Small));
    }

    static void DrawMark(Svg svg, EffectKind kind, double x, double y)
    {
        string path = kind switch
        {
            EffectKind.True => $"M{StepPath.Pixel(x)} {StepPath.Pixel(y - 6)}l6 6l-6 6l-6-6z",
            EffectKind.Naive => $"M{StepPath.Pixel(x - 5)} {StepPath.Pixel(y + 4.5)}h10l-5-9z",
            _ => Marks.Square(x, y, 4.5),
        };
        svg.Fill(path, Colour(kind), 1);
    }

    static string Colour(EffectKind kind) => kind switch { EffectKind.True => Palette.Green, EffectKind.Naive => Palette.Vermillion, _ => Palette.Blue };

    double Place(double value) => IsRatio ? Elementary.Log10(value) : value;

    Axis X()
    {
        double[] ends = [.. Rows.Where(r => r.Effect.IsEstimable).Select(r => r.Effect.Value).SelectMany(e => new[] { e.Value, e.Lower, e.Upper }).Select(Place).Where(double.IsFinite), 0];
        (double least, double most) = (ends.Min(), ends.Max());
        double room = Math.Max((most - least) * 0.05, 1e-3);
        return IsRatio ? RatioAxis.Of(least - room, most + room, PlotLeft, PlotRight) : LinearAxis.Of(least - room, most + room, PlotLeft, PlotRight, mostTicks: 4);
    }

    string Text(Estimate e)
    {
        string format = IsRatio ? "0.00" : "0.0";
        return $"{ContrastTables.Number(e.Value, format)} ({ContrastTables.Number(e.Lower, format)} to {ContrastTables.Number(e.Upper, format)})";
    }

    string Description() => string.Join("; ", Rows.Where(r => r.Effect.IsEstimable).Select(r => $"{r.Group}, {r.Label}: {Text(r.Effect.Value)}")) + ".";
}
