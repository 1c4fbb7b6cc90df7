using System.Globalization;
using System.Xml.Linq;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class DrawingTests
{
    static readonly TrialResult Trial = SampleResult.Create(500);

    public static TheoryData<string> Drawings => [.. All(Trial).Keys];

    [Theory]
    [MemberData(nameof(Drawings))]
    public void No_text_overlaps_another_and_none_leaves_the_drawing(string name)
    {
        XElement drawing = All(Trial)[name];
        double[] box = [.. drawing.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        (string Text, double Left, double Right, double Top, double Bottom)[] texts = [.. drawing.Descendants("text").Where(t => t.Attribute("transform") is null).Select(Box)];

        texts.Length.ShouldBeGreaterThan(5);
        foreach ((int i, (string text, double left, double right, double top, double bottom)) in texts.Index())
        {
            (left >= 0 && right <= box[2] && top >= 0 && bottom <= box[3]).ShouldBeTrue($"\"{text}\" leaves the drawing");
            foreach ((string other, double l, double r, double t, double b) in texts.Skip(i + 1))
            {
                (left < r && l < right && top < b && t < bottom).ShouldBeFalse($"\"{text}\" overlaps \"{other}\"");
            }
        }
    }

    [Fact]
    public void No_heading_of_a_forest_is_crossed_by_a_line()
    {
        foreach (EffectForestChart chart in ContrastFigures.Charts(Trial.Contrasts).Concat(Trial.TransplantEffects.SelectMany(TransplantFigures.Charts)))
        {
            XElement drawing = XElement.Parse(chart.Draw().ToString());
            double[][] lines = [.. drawing.Descendants("line").Where(l => (string?)l.Attribute("x1") == (string?)l.Attribute("x2")).Select(l => new[] { (double)l.Attribute("x1")!, (double)l.Attribute("y1")!, (double)l.Attribute("y2")! })];
            XElement[] headings = [.. drawing.Descendants("text").Where(t => t.Attribute("font-weight")?.Value == "bold")];

            headings.ShouldNotBeEmpty();
            lines.ShouldNotBeEmpty();
            foreach ((_, double left, double right, double top, double bottom) in headings.Select(Box))
            {
                lines.ShouldAllBe(l => l[0] < left || l[0] > right || l[2] <= top || l[1] >= bottom, chart.Title);
            }
        }
    }

    [Fact]
    public void Numbers_at_risk_under_the_axis_are_those_of_the_curves()
    {
        XElement drawing = All(Trial)["overall survival"];
        string[] texts = [.. drawing.Descendants("text").Select(t => t.Value)];
        int heading = Array.IndexOf(texts, "Patients at risk");

        foreach ((int i, ArmResult arm) in Trial.Arms.Index())
        {
            // A row is its key and nine numbers, every three months.
            string[] row = texts[(heading + 1 + (i * 10))..(heading + 1 + ((i + 1) * 10))];
            row[0].ShouldBe($"{i + 1}");
            row[1..].ShouldBe(Enumerable.Range(0, 9).Select(k => $"{arm.OverallSurvival.AtRiskAt(k * 3 * 30.4375)}"));
        }
    }

    [Fact]
    public void Events_under_the_axis_are_counted_up_to_each_tick()
    {
        string[] texts = [.. All(Trial)["overall survival"].Descendants("text").Select(t => t.Value)];
        int heading = Array.IndexOf(texts, "Events so far");

        foreach ((int i, ArmResult arm) in Trial.Arms.Index())
        {
            texts[(heading + 2 + (i * 10))..(heading + 1 + ((i + 1) * 10))].ShouldBe(Enumerable.Range(0, 9)
                .Select(k => $"{arm.OverallSurvival.Times.Zip(arm.OverallSurvival.Events).Where(e => e.First <= k * 3 * 30.4375).Sum(e => e.Second)}"));
        }
    }

    [Fact]
    public void A_thinned_curve_is_nowhere_more_than_a_third_of_a_pixel_off_and_far_smaller()
    {
        SurvivalCurve curve = KaplanMeier.Estimate([.. Enumerable.Range(0, 40_000).Select(i => new SurvivalTime(1 + (i * 0.018), i % 3 > 0))]);
        Axis x = new(0, 600, 0, 350, []);
        Axis y = Axis.Percent(240, 0);

        SurvivalCurve thin = CurveThinning.Of(curve, x, y);

        thin.Times.Count.ShouldBeLessThan(curve.Times.Count / 20);
        foreach (double day in Enumerable.Range(1, 600))
        {
            Estimate full = curve.At(day);
            Estimate kept = thin.At(day);
            (240 * Math.Abs(full.Value - kept.Value)).ShouldBeLessThan(0.36);
            (240 * Math.Abs(full.Lower - kept.Lower)).ShouldBeLessThan(0.36);
        }

        thin.Events.Sum().ShouldBe(curve.Times.Zip(curve.Events).Where(e => e.First <= 600).Sum(e => e.Second));
    }

    [Fact]
    public void A_curve_is_drawn_where_its_values_are()
    {
        SurvivalCurve curve = KaplanMeier.Estimate([new(2, true), new(5, false), new(6, true), new(8, false)]);
        Axis x = new(0, 10, 100, 200, []);
        Axis y = new(0, 1, 80, 0, []);

        StepPath.Curve(curve, x, y).ShouldBe("M100 0H120V20H160V50H180");
        StepPath.Censorings(curve, x, y).ShouldBe("M150 16.5v7M180 46.5v7");
    }

    [Fact]
    public void A_curve_longer_than_the_axis_is_cut_at_its_end()
    {
        SurvivalCurve curve = KaplanMeier.Estimate([new(2, true), new(15, true), new(20, false)]);

        StepPath.Curve(curve, new(0, 10, 0, 100, []), new(0, 1, 90, 0, [])).ShouldBe("M0 0H20V30H100");
    }

    [Fact]
    public void A_band_covers_only_times_with_bounds()
    {
        SurvivalCurve curve = new()
        {
            Times = [1, 2, 3, 4],
            Values = [1, 0.5, 0.4, 0],
            Lower = [double.NaN, 0.2, 0.1, double.NaN],
            Upper = [double.NaN, 0.8, 0.7, double.NaN],
            StandardErrors = [0, 0.2, 0.2, double.NaN],
            AtRisk = [4, 3, 2, 1],
            Events = [0, 1, 1, 1],
            Censored = [1, 0, 0, 0],
            Start = 1,
            Patients = 4,
        };

        StepPath.Band(curve, new(0, 10, 0, 100, []), new(0, 1, 100, 0, [])).ShouldBe("M20 20H30V30H40V90H30V80H20Z");
    }

    [Fact]
    public void Stacked_areas_end_at_the_sum_of_the_incidences()
    {
        ArmResult arm = Trial.Arms[0];
        double last = arm.DeathInRemission.Times[^1];
        double sum = arm.Relapse.Sum(r => r.Curve.At(last).Value) + arm.DeathInRemission.At(last).Value;

        string text = All(Trial)["relapse 1"].Descendants("text").Single(t => t.Value.StartsWith("in remission, no relapse:", StringComparison.Ordinal)).Value;

        text.ShouldBe($"in remission, no relapse: {NumberText.Percent(1 - sum)}");
        (1 - sum).ShouldBe(arm.RelapseFreeSurvival.At(last).Value, 1e-12);
    }

    [Fact]
    public void A_clone_that_dies_out_ends_in_one_cross_and_one_that_was_never_there_is_not_drawn()
    {
        SamplePatient patient = new()
        {
            Subject = "1",
            Outcome = "in remission",
            Days = [0, 10, 20, 30, 40],
            Series = [new("gone", "leukaemia", [1000, 10, 0, 0, 0]), new("never", "leukaemia", [0, 0, 0, 0, 0])],
            Infusions = [],
            Visits = [],
            Limits = [],
        };

        XElement drawing = XElement.Parse(new TrajectoryChart(patient, new TrajectoryScales([patient])).Draw().ToString());

        // A line of two segments and its cross.
        string[] paths = [.. drawing.Descendants("path").Select(p => p.Attribute("d")!.Value)];
        paths.Length.ShouldBe(2);
        paths[1].ShouldEndWith("l6 6m0-6l-6 6");
    }

    [Fact]
    public void Arms_differ_in_dash_as_well_as_in_colour()
    {
        Palette.Line(0).Dash.ShouldNotBe(Palette.Line(1).Dash);
        Enumerable.Range(0, 35).Select(Palette.Line).ShouldBeUnique();
    }

    static Dictionary<string, XElement> All(TrialResult trial)
    {
        Dictionary<string, Markup> drawings = new()
        {
            ["overall survival"] = new KaplanMeierChart("Overall survival", "infusion", trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, a.OverallSurvival))]).Draw(),
            ["long names"] = new KaplanMeierChart("Overall survival", "infusion", 3000, [.. trial.Arms.Select(a => (string.Concat(Enumerable.Repeat(a.Name + " ", 9)), a.OverallSurvival))]).Draw(),
            ["published"] = new ForestChart(trial.Published).Draw(),
            ["published, long"] = new ForestChart([.. trial.Published.Select(p => p with { Quantity = "Share of CD19-negative or low among relapses within 24 months", Citation = p.Citation + p.Citation })]).Draw(),
        };
        foreach ((int i, ArmResult arm) in trial.Arms.Index())
        {
            drawings[$"relapse {i + 1}"] = new StackedIncidenceChart("Relapse", IncidenceLayers.ByPhenotype(arm), trial.HorizonDays, "a").Draw();
            drawings[$"causes {i + 1}"] = new StackedIncidenceChart("Causes", IncidenceLayers.ByCause(arm, trial.Arms), trial.HorizonDays, "b").Draw();
            drawings[$"patients {i + 1}"] = new SwimmerChart(arm, trial.HorizonDays, "c").Draw();
        }

        (string, IReadOnlyList<TransgenePoint>)[] kinetics = [.. trial.Arms.Select(a => (a.Name, a.TransgeneCurve))];
        drawings["transgene, days"] = new KineticsChart("Transgene", 28, kinetics, 50).Draw();
        drawings["transgene, months"] = new KineticsChart("Transgene", trial.HorizonDays, kinetics, 50).Draw();
        foreach (EffectForestChart chart in ContrastFigures.Charts(trial.Contrasts).Concat(trial.TransplantEffects.SelectMany(TransplantFigures.Charts)))
        {
            drawings[chart.Title] = chart.Draw();
        }

        TrajectoryScales scales = new(trial.Samples);
        foreach (SamplePatient patient in trial.Samples)
        {
            drawings[$"patient {patient.Subject}"] = new TrajectoryChart(patient, scales).Draw();
        }

        return drawings.ToDictionary(d => d.Key, d => XElement.Parse(d.Value.ToString()));
    }

    static (string Text, double Left, double Right, double Top, double Bottom) Box(XElement text)
    {
        double size = Number(text.Attribute("font-size")!.Value);
        double x = Number(text.Attribute("x")!.Value);
        double y = Number(text.Attribute("y")!.Value);
        double width = TextWidth.Of(text.Value, size);
        double left = text.Attribute("text-anchor")!.Value switch { "end" => x - width, "middle" => x - (width / 2), _ => x };
        return (text.Value, left, left + width, y - (size * 0.75), y + (size * 0.2));
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
