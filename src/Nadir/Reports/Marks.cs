namespace Nadir.Reports;

/// <summary>What stands for a value and its interval in a figure.</summary>
static class Marks
{
    /// <summary>Path of a disc.</summary>
    public static string Disc(double x, double y, double radius) =>
        $"M{StepPath.Pixel(x - radius)} {StepPath.Pixel(y)}a{Markup.Number(radius)} {Markup.Number(radius)} 0 1 0 {Markup.Number(2 * radius)} 0a{Markup.Number(radius)} {Markup.Number(radius)} 0 1 0-{Markup.Number(2 * radius)} 0z";

    /// <summary>Path of a square.</summary>
    public static string Square(double x, double y, double half) =>
        $"M{StepPath.Pixel(x - half)} {StepPath.Pixel(y - half)}h{Markup.Number(2 * half)}v{Markup.Number(2 * half)}h-{Markup.Number(2 * half)}z";

    /// <summary>Path of a horizontal bar.</summary>
    public static string Bar(double from, double to, double middle, double height) =>
        $"M{StepPath.Pixel(from)} {StepPath.Pixel(middle - (height / 2))}H{StepPath.Pixel(to)}v{StepPath.Pixel(height)}H{StepPath.Pixel(from)}z";

    /// <summary>A horizontal interval with strokes at its ends; nothing where a bound is missing.</summary>
    public static void Whisker(Svg svg, double lower, double upper, double y, string colour, double cap = 4)
    {
        if (double.IsFinite(lower) && double.IsFinite(upper))
        {
            svg.Line(lower, y, upper, y, new(colour, ""), 2).Line(lower, y - cap, lower, y + cap, new(colour, ""), 1.5).Line(upper, y - cap, upper, y + cap, new(colour, ""), 1.5);
        }
    }

    /// <summary>A vertical interval with strokes at its ends; nothing where a bound is missing.</summary>
    public static void WhiskerUpright(Svg svg, double x, double lower, double upper, string colour, double cap = 4)
    {
        if (double.IsFinite(lower) && double.IsFinite(upper))
        {
            svg.Line(x, lower, x, upper, new(colour, ""), 2).Line(x - cap, lower, x + cap, lower, new(colour, ""), 1.5).Line(x - cap, upper, x + cap, upper, new(colour, ""), 1.5);
        }
    }
}
