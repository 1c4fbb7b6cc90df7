using Nadir.Designs;
using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>Power against size: the sizes that a search tried with 95% intervals, the power aimed at, and the size that it needs.</summary>
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
        double room = Math.Max(1, (rows[^1].Characteristics.Patients - rows[0].Characteristics.Patients) * 0.05);
        Axis x = LinearAxis.Of(Math.Max(0, rows[0].Characteristics.Patients - room), rows[^1].Characteristics.Patients + room, Frame.Left, Frame.FigureWidth - 18);
        Frame frame = new(x, Axis.Percent(Bottom, Top));
        Svg svg = new(Frame.FigureWidth, "Power by size", Description(target));
        DrawLegend(svg, target);
        frame.DrawGrid(svg, "Power, %");
        svg.Line(x.From, frame.Y.At(target), x.To, frame.Y.At(target), new(Palette.Vermillion, "7 3"), 1.6);
        foreach (PowerRow row in rows)
        {
            double at = x.At(row.Characteristics.Patients);
            (double lower, double upper) = Interval(row);
            Marks.WhiskerUpright(svg, at, frame.Y.At(lower), frame.Y.At(upper), Colour(row));
            svg.Fill(IsPlanned(row) ? Marks.Square(at, frame.Y.At(row.Characteristics.Benefit.Value), 4.5) : Marks.Disc(at, frame.Y.At(row.Characteristics.Benefit.Value), 4), Colour(row), 1);
        }

        if (PowerTables.PatientsNeeded(Power) is { } needed)
        {
            svg.Line(x.At(needed), frame.Y.From, x.At(needed), frame.Y.At(target), new(Palette.Vermillion, "2 2.5"), 1.6);
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

    bool IsPlanned(PowerRow row) => row.Characteristics.Patients == Power.AsPlanned.Characteristics.Patients;

    string Colour(PowerRow row) => IsPlanned(row) ? Palette.Ink : Palette.Blue;

    void DrawLegend(Svg svg, double target)
    {
        svg.Fill(Marks.Square(16, 12, 4.5), Palette.Ink, 1).Text(28, 16, "size of the study", TextStyle.Start(FontSize));
        svg.Fill(Marks.Disc(150, 12, 4), Palette.Blue, 1).Text(162, 16, "size tried; 95% intervals of trials and pool", TextStyle.Start(FontSize));
        svg.Line(8, 30, 26, 30, new(Palette.Vermillion, "7 3"), 1.6).Text(32, 34, $"power aimed at, {NumberText.Percent(target)}", TextStyle.Start(FontSize));
        if (PowerTables.PatientsNeeded(Power) is { } needed)
        {
            svg.Line(208, 24, 208, 38, new(Palette.Vermillion, "2 2.5"), 1.6).Text(216, 34, $"size it needs, {NumberText.Count(needed)} patients", TextStyle.Start(FontSize));
        }
    }

    string Description(double target) =>
        $"Power of the sizes tried: {string.Join("; ", Power.Sizes.Select(r => $"{NumberText.Count(r.Characteristics.Patients)} patients {NumberText.Percent(r.Characteristics.Benefit.Value)}"))}. Aimed at: {NumberText.Percent(target)}.";
}
