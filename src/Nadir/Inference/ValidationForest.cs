using System.Globalization;
using Nadir.Evidence;
using Nadir.Reports;

namespace Nadir.Inference;

/// <summary>Every simulated result relative to the published one, on one axis: distances in published standard errors.</summary>
public static class ValidationForest
{
    const double Width = 900;
    const double LabelLeft = 8;
    const double PlotLeft = 330;
    const double PlotRight = 760;
    const double RowHeight = 19;
    const double FontSize = 12;
    const double Farthest = 6;
    const double Z95 = 1.959963984540054;

    /// <summary>Writes the figure; structural results, which have no interval, are left out.</summary>
    public static string Write(Validation validation)
    {
        Svg svg = new(Width, "Simulated results relative to the published ones", ValidationMarkdown.Summary(validation));
        double y = Legend(svg) + 12;
        double top = y;
        foreach ((TargetRole role, string title) in new[] { (TargetRole.Calibration, "Calibration targets"), (TargetRole.Validation, "Validation targets"), (TargetRole.Adjusted, "Adjusted by hand") })
        {
            IReadOnlyList<ValidationRow> rows = validation.Of(role);
            if (role == TargetRole.Adjusted && rows.Count == 0)
            {
                continue;
            }

            svg.Text(LabelLeft, y + 15, $"{title}: {rows.Count(r => r.Inside)} of {rows.Count} inside", TextStyle.Start(FontSize) with { Bold = true });
            y += RowHeight + 4;
            foreach (ValidationRow row in rows)
            {
                Row(svg, row, y);
                y += RowHeight;
            }

            y += 6;
        }

        Axis(svg, top, y);
        Markup drawing = svg.Finish(y + 52);
        string text = drawing.ToString();
        return text.Insert(text.IndexOf('>', StringComparison.Ordinal), " xmlns=\"http://www.w3.org/2000/svg\" style=\"background:#ffffff\"");
    }

    static double At(double z) => PlotLeft + ((Math.Clamp(z, -Farthest, Farthest) + Farthest) / (2 * Farthest) * (PlotRight - PlotLeft));

    static double Legend(Svg svg)
    {
        const double y = 18;
        svg.Rectangle(LabelLeft, y - 9, 26, 12, "#e4e4e4").Text(LabelLeft + 34, y + 1, "published 95% interval", TextStyle.Start(FontSize));
        svg.Line(200, y - 4, 232, y - 4, new(Palette.Blue, ""), 2).Fill(Dot(216, y - 4), Palette.Blue, 1).Text(240, y + 1, "simulated median, inside; 90% predictive interval", TextStyle.Start(FontSize));
        svg.Line(530, y - 4, 562, y - 4, new(Palette.Vermillion, ""), 2).Fill(Square(546, y - 4), Palette.Vermillion, 1).Text(570, y + 1, "outside", TextStyle.Start(FontSize));
        return y;
    }

    static void Axis(Svg svg, double top, double bottom)
    {
        for (int z = -(int)Farthest; z <= Farthest; z += 2)
        {
            svg.Line(At(z), top, At(z), bottom, new(z == 0 ? Palette.Ink : Palette.Grid, z == 0 ? "3 3" : ""));
            string end = Math.Abs(z) == (int)Farthest ? (z < 0 ? "≤ " : "≥ ") : "";
            svg.Text(At(z), bottom + 17, end + z.ToString(CultureInfo.InvariantCulture).Replace('-', '−'), TextStyle.Middle(FontSize));
        }

        svg.Line(PlotLeft, bottom, PlotRight, bottom, new(Palette.Ink, ""));
        svg.Text(LabelLeft, bottom + 17, "† Wilson  ‡ derived  § assumed interval", TextStyle.Start(FontSize));
        svg.Text((PlotLeft + PlotRight) / 2, bottom + 38, "simulated less published, published standard errors (log odds or log scale)", TextStyle.Middle(FontSize));
    }

    static void Row(Svg svg, ValidationRow row, double top)
    {
        double y = top + (RowHeight / 2);
        double Z(double value) => double.IsNaN(value) ? 0 : (TargetScales.On(row.Target.Scale, value) - row.Target.Place) / row.Target.Sd;
        (double lower, double upper) = row.Target.Interval;
        svg.Text(LabelLeft, y + 4, $"{row.Target.Trial}  {row.Target.Result.Id}{IntervalMarks.Of(row.Target.Result.Origin)}", TextStyle.Start(FontSize));
        double left = lower > 0 ? At(Z(lower)) : At(-Z95);
        double right = row.Target.Scale == TargetScale.Logit && upper >= 1 ? At(Z95) : At(Z(upper));
        svg.Fill(FormattableString.Invariant($"M{left:0.##} {y - 7:0.##}H{right:0.##}V{y + 7:0.##}H{left:0.##}z"), "#e4e4e4", 1);
        string numbers = $"{Short(row.Target.Result.Estimate)} / {Short(row.Median)}";
        svg.Text(PlotRight + 12, y + 4, numbers, TextStyle.Start(FontSize));
        if (double.IsNaN(row.Median))
        {
            return;
        }

        string colour = row.Inside ? Palette.Blue : Palette.Vermillion;
        svg.Line(At(Z(row.Lower)), y, At(Z(row.Upper)), y, new(colour, ""), 2).Fill(row.Inside ? Dot(At(Z(row.Median)), y) : Square(At(Z(row.Median)), y), colour, 1);
    }

    static string Dot(double x, double y) => FormattableString.Invariant($"M{x - 4.5:0.##} {y:0.##}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z");

    static string Square(double x, double y) => FormattableString.Invariant($"M{x - 4.5:0.##} {y - 4.5:0.##}h9v9h-9z");

    static string Short(double value) => value.ToString(Math.Abs(value) >= 1000 ? "0" : "G3", CultureInfo.InvariantCulture);
}
