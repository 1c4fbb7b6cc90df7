namespace Nadir.Reports;

/// <summary>A drawing with its caption and its numbers. Without the script the drawing is all there is, and complete.</summary>
static class Figure
{
    /// <summary>Adds a figure.</summary>
    /// <param name="body">Where it goes.</param>
    /// <param name="caption">What stands above; null for nothing, where the drawing says it.</param>
    /// <param name="drawing">The drawing.</param>
    /// <param name="data">Its numbers, for the script.</param>
    /// <param name="style">Class of the figure; empty for none.</param>
    public static void Add(Markup body, string? caption, Markup drawing, ChartData data, string style = "")
    {
        body.Open("figure", ("class", style.Length == 0 ? "chart" : $"chart {style}"));
        if (caption is not null)
        {
            body.Element("figcaption", caption);
        }

        body.Add(drawing).Data(ChartDataJson.Write(data)).CloseLine();
    }
}
