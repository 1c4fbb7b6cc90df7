using Nadir.Designs;
using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>Power against size: the sizes that a search tried with 95% intervals, the line through them, the power aimed at, and the size that it needs with its interval.</summary>
/// <param name="Power">What was found.</param>
sealed record PowerChart(PowerResult Power)
{
    const double Top = 62;
    const double Bottom = 302;
    const double FontSize = Frame.FontSize;

    // Two-sided 95%.
    static readonly double _z = ProbabilityInterval.Quantile(0.95);

    static readonly string[] _columns = ["patients", "power", "monte_carlo_error", "error_of_the_pool", "lower", "upper", "planned"];

    /// <summary>Whether there is a curve to draw: a power was aimed at and more than one size tried.</summary>
    public bool HasSizes => Power.Design.Analysis.TargetPower is not null && Power.Sizes.Count > 1;

    public Markup Draw()
    {
        PowerRow[] rows = [.. Power.Sizes];
        double target = Power.Design.Analysis.TargetPower!.Value;
        NeededSize? needed = Needed();
        double least = Math.Min(rows[0].Characteristics.Patients, needed?.Trials.Lower ?? double.PositiveInfinity);
        double most = Math.Max(rows[^1].Characteristics.Patients, needed?.Trials.Upper ?? 0);
        double room = Math.Max(1, (most - least) * 0.05);
        Axis x = LinearAxis.Of(Math.Max(0, least - room), most + room, Frame.Left, Frame.FigureWidth - 18);
        Frame frame = new(x, Axis.Percent(Bottom, Top));
        Svg svg = new(Frame.FigureWidth, "Power by size", Description(target));
        DrawLegend(svg, target);
        frame.DrawGrid(svg, "Power, %");
        svg.Line(x.From, frame.Y.At(target), x.To, frame.Y.At(target), new(Palette.Vermillion, "7 3"), 1.6);
        DrawLine(svg, frame, least, most);
        foreach (PowerRow row in rows)
        {
            double at = x.At(row.Characteristics.Patients);
            (double lower, double upper) = Interval(row);
            Marks.WhiskerUpright(svg, at, frame.Y.At(lower), frame.Y.At(upper), Colour(row));
            svg.Fill(IsPlanned(row) ? Marks.Square(at, frame.Y.At(row.Characteristics.Benefit.Value), 4.5) : Marks.Disc(at, frame.Y.At(row.Characteristics.Benefit.Value), 4), Colour(row), 1);
        }

        if (needed is not null)
        {
            svg.Line(x.At(needed.Trials.Value), frame.Y.From, x.At(needed.Trials.Value), frame.Y.At(target), new(Palette.Vermillion, "2 2.5"), 1.6);
            Marks.Whisker(svg, x.At(needed.Trials.Lower), x.At(needed.Trials.Upper), frame.Y.At(target), Palette.Vermillion, cap: 6);
        }

        frame.DrawAxes(svg, "Patients over all arms");
        return svg.Finish(Bottom + 46);
    }

    public TableData Data() => new(
        "power-by-size",
        "Power by size",
        _columns,
        [.. Power.Sizes.Select(r => (IReadOnlyList<string>)[.. Numbers(r).Select(Formats.CsvField.Number), IsPlanned(r) ? "Y" : "N"])]);

    static double[] Numbers(PowerRow row)
    {
        (double lower, double upper) = Interval(row);
        return [row.Characteristics.Patients, row.Characteristics.Benefit.Value, row.Characteristics.Benefit.StandardError, row.PoolError.TryGet(out double pool) ? pool : double.NaN, lower, upper];
    }

    /// <summary>95% over trials and pool together; of the trials alone where the error of the pool is not known.</summary>
    static (double Lower, double Upper) Interval(PowerRow row)
    {
        Simulated power = row.Characteristics.Benefit;
        double pool = row.PoolError.TryGet(out double found) ? found : 0;
        double half = _z * Math.Sqrt((power.StandardError * power.StandardError) + (pool * pool));
        return (Math.Max(0, power.Value - half), Math.Min(1, power.Value + half));
    }

    NeededSize? Needed() => Power.Needed is { } needed && needed.TryGet(out NeededSize? size) ? size : null;

    /// <summary>The line through all sizes tried; nothing where there is none.</summary>
    void DrawLine(Svg svg, Frame frame, double least, double most)
    {
        const int steps = 48;
        PowerPoint[] points = [.. Power.Sizes.Select(r => r.Characteristics).Select(c => new PowerPoint(c.PatientsPerRound, c.Trials, (int)Math.Round(c.Benefit.Value * c.Trials)))];
        if (PowerCurve.Fit(points).TryGet(out PowerCurve? line))
        {
            double perRound = Power.Design.Total(1);
            IEnumerable<string> path = Enumerable.Range(0, steps + 1).Select(i => least + ((most - least) * i / steps))
                .Select(n => $"{StepPath.Pixel(frame.X.At(n))} {StepPath.Pixel(frame.Y.At(NormalDistribution.Cdf(line.Intercept + (line.Slope * Math.Sqrt(n / perRound)))))}");
            svg.Stroke($"M{string.Join('L', path)}", new(Palette.Blue, ""), 1.2);
        }
    }

    bool IsPlanned(PowerRow row) => row.Characteristics.Patients == Power.AsPlanned.Characteristics.Patients;

    string Colour(PowerRow row) => IsPlanned(row) ? Palette.Ink : Palette.Blue;

    void DrawLegend(Svg svg, double target)
    {
        svg.Fill(Marks.Square(16, 12, 4.5), Palette.Ink, 1).Text(28, 16, "size of the study", TextStyle.Start(FontSize));
        svg.Fill(Marks.Disc(150, 12, 4), Palette.Blue, 1).Text(162, 16, "size tried; 95% intervals of trials and pool", TextStyle.Start(FontSize));
        svg.Line(8, 30, 26, 30, new(Palette.Vermillion, "7 3"), 1.6).Text(32, 34, $"power aimed at, {NumberText.Percent(target)}", TextStyle.Start(FontSize));
        if (Needed() is { } needed)
        {
            Marks.Whisker(svg, 202, 222, 30, Palette.Vermillion, cap: 6);
            svg.Text(230, 34, $"size it needs, {NumberText.Count(needed.Patients)} patients", TextStyle.Start(FontSize));
        }
    }

    string Description(double target) =>
        $"Power of the sizes tried: {string.Join("; ", Power.Sizes.Select(r => $"{NumberText.Count(r.Characteristics.Patients)} patients {NumberText.Percent(r.Characteristics.Benefit.Value)}"))}. Aimed at: {NumberText.Percent(target)}.";
}
