using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>
/// One picture of a trial as a file of its own: relapse-free survival of every arm beside the first arm's relapses by phenotype. The
/// report shows the same figures; this one can be put into a page or a slide.
/// </summary>
public static class OverviewSvg
{
    const double Gap = 24;
    const double CaptionHeight = 30;
    const double FontSize = 15;

    /// <summary>Writes the picture.</summary>
    public static string Write(TrialResult trial)
    {
        const string title = "Relapse-free survival";
        ArmResult first = trial.Arms[0];
        Markup survival = new KaplanMeierChart(title, "remission", trial.HorizonDays, [.. trial.Arms.Select(a => (a.Name, a.RelapseFreeSurvival))]).Draw();
        Markup relapse = new StackedIncidenceChart($"Relapse by phenotype: {first.Name}", IncidenceLayers.ByPhenotype(first), trial.HorizonDays, "overview").Draw();
        double width = (2 * Frame.FigureWidth) + Gap;
        double height = CaptionHeight + Math.Max(Height(survival), Height(relapse));
        Markup picture = new();
        picture.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", $"0 0 {Markup.Number(width)} {Markup.Number(height)}"),
            ("width", width), ("height", height), ("font-family", Svg.Font));
        picture.Leaf("rect", ("width", width), ("height", height), ("fill", "#ffffff"));
        Panel(picture, 0, title, survival);
        Panel(picture, Frame.FigureWidth + Gap, $"Relapse by phenotype: {first.Name}", relapse);
        return picture.CloseLine().ToString();
    }

    static void Panel(Markup picture, double x, string caption, Markup drawing) =>
        picture.Element("text", caption, ("x", x + 8), ("y", 20), ("font-size", FontSize), ("font-weight", "bold"), ("fill", Palette.Ink))
            .Open("g", ("transform", $"translate({Markup.Number(x)} {Markup.Number(CaptionHeight)})")).Add(drawing).CloseLine();

    /// <summary>A drawing says its own height in its first tag.</summary>
    static double Height(Markup drawing)
    {
        string text = drawing.ToString();
        int start = text.IndexOf(" height=\"", StringComparison.Ordinal) + " height=\"".Length;
        return double.Parse(text[start..text.IndexOf('"', start)], System.Globalization.CultureInfo.InvariantCulture);
    }
}
