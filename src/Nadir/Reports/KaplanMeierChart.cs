using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>Survival or incidence curves of the arms with 95% bands, censoring strokes, numbers at risk and events.</summary>
/// <param name="Title">What the figure shows.</param>
/// <param name="Origin">Where time starts, for the axis: <c>infusion</c> or <c>remission</c>.</param>
/// <param name="HorizonDays">Follow-up, the length of the axis.</param>
/// <param name="Arms">Names and curves.</param>
sealed record KaplanMeierChart(string Title, string Origin, double HorizonDays, IReadOnlyList<(string Name, SurvivalCurve Curve)> Arms)
{
    /// <summary>What the rows under the axis call the events.</summary>
    /// <value>Default: events.</value>
    public string Events { get; init; } = "Events so far";

    /// <summary>What the values are.</summary>
    /// <value>Default: probabilities.</value>
    public string YTitle { get; init; } = "Probability, %";

    /// <summary>What the curves are, for a reader who does not see them.</summary>
    /// <value>Default: Kaplan-Meier.</value>
    public string Estimator { get; init; } = "Kaplan-Meier curves";

    Frame Frame => Frame.At(ArmLegend.Height(Names) + 20, HorizonDays);

    IReadOnlyList<string> Names => [.. Arms.Select(a => a.Name)];

    public Markup Draw()
    {
        Svg svg = new(Frame.FigureWidth, Title, Description());
        ArmLegend.Draw(svg, Names);
        Frame frame = Frame;
        frame.DrawGrid(svg, YTitle);
        svg.Open("plot");
        SurvivalCurve[] curves = [.. Thinned(frame)];
        for (int i = 0; i < Arms.Count; i++)
        {
            svg.Open("series", i).Fill(StepPath.Band(curves[i], frame.X, frame.Y), Palette.Line(i).Colour, 0.13).Close();
        }

        for (int i = 0; i < Arms.Count; i++)
        {
            svg.Open("series", i);
            DrawCurve(svg, frame, curves[i], Palette.Line(i));
            svg.Close();
        }

        svg.Close();
        frame.DrawAxes(svg, $"Months from {Origin}");
        return svg.Finish(frame.DrawAtRisk(svg, [.. Arms.Select((a, i) => new AtRiskRow(Palette.Line(i), ArmLegend.Key(i), a.Curve, [a.Curve]))], Events));
    }

    /// <summary>The curves as drawn.</summary>
    public CurveData Data()
    {
        Frame frame = Frame;
        IEnumerable<ChartSeries> series = Arms.Zip(Thinned(frame)).Select(a => Series(a.First.Name, a.Second));
        return new CurveData(FileName.Of(Title), Title, frame.X, "month", [new ChartPanel(YTitle, frame.Y.To, frame.Y.From, [.. series])]);
    }

    static ChartSeries Series(string name, SurvivalCurve curve) =>
        new(name, [0, .. curve.Times], [curve.Start, .. curve.Values])
        {
            Lower = [curve.Start, .. curve.Lower],
            Upper = [curve.Start, .. curve.Upper],
            Patients = [curve.Patients, .. curve.AtRisk],
        };

    IEnumerable<SurvivalCurve> Thinned(Frame frame) => Arms.Select(a => CurveThinning.Of(a.Curve, frame.X, frame.Y));

    static void DrawCurve(Svg svg, Frame frame, SurvivalCurve curve, LineStyle style)
    {
        svg.Stroke(StepPath.Curve(curve, frame.X, frame.Y), style, 2);
        svg.Stroke(StepPath.Censorings(curve, frame.X, frame.Y), style with { Dash = "" }, 1);
    }

    string Description()
    {
        double last = Arms.Count == 0 ? 0 : Landmarks.ForSurvival(HorizonDays).LastOrDefault();
        IEnumerable<string> values = Arms.Select(a => $"{a.Name}: {NumberText.PercentInterval(a.Curve.At(last * Duration.DaysPerMonth))}");
        return $"{Estimator} with 95% intervals; strokes mark censoring. At month {Markup.Number(last)}: {string.Join("; ", values)}.";
    }
}
