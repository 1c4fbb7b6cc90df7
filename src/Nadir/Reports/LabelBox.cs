namespace Nadir.Reports;

/// <summary>The place of a detection limit's name beside its line.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Width">Width of the text.</param>
/// <param name="Baseline">Baseline of the text.</param>
readonly record struct LabelBox(double Left, double Width, double Baseline)
{
    public const double FontSize = 10;

    /// <summary>Above or below the line, at the right, in the middle or at the left: where the fewest points of curves lie, and no other name.</summary>
    public static LabelBox Freest(double width, double line, Axis x, IReadOnlyList<Pixel> curves, IReadOnlyList<LabelBox> taken)
    {
        double[] lefts = [x.To - 2 - width, ((x.From + x.To) / 2) - (width / 2), x.From + 30];
        double[] baselines = [line - 3, line + FontSize + 1];
        IEnumerable<LabelBox> places = lefts.SelectMany(_ => baselines, (left, baseline) => new LabelBox(left, width, baseline));

        // The order of places decides between equals.
        return places.MinBy(p => (taken.Count(p.Touches) * curves.Count * 2) + curves.Count(p.Holds));
    }

    bool Touches(LabelBox other) => Left < other.Left + other.Width && other.Left < Left + Width && Math.Abs(Baseline - other.Baseline) < FontSize;

    bool Holds(Pixel point) => point.X >= Left - 2 && point.X <= Left + Width + 2 && point.Y >= Baseline - FontSize && point.Y <= Baseline + 3;
}
