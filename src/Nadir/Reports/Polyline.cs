namespace Nadir.Reports;

/// <summary>A point in pixels.</summary>
readonly record struct Pixel(double X, double Y);

/// <summary>Thins a line of many points (Douglas &amp; Peucker 1973), so that eight patients with daily values stay a small file.</summary>
static class Polyline
{
    /// <summary>Keeps the ends and every point that the kept ones would miss by more than <paramref name="tolerance"/> pixels.</summary>
    public static IReadOnlyList<Pixel> Simplify(IReadOnlyList<Pixel> points, double tolerance)
    {
        if (points.Count < 3)
        {
            return points;
        }

        bool[] kept = new bool[points.Count];
        (kept[0], kept[^1]) = (true, true);
        Stack<(int From, int To)> open = new([(0, points.Count - 1)]);
        while (open.TryPop(out (int From, int To) span))
        {
            (int farthest, double distance) = Farthest(points, span.From, span.To);
            if (distance > tolerance)
            {
                kept[farthest] = true;
                open.Push((span.From, farthest));
                open.Push((farthest, span.To));
            }
        }

        return [.. points.Where((_, i) => kept[i])];
    }

    static (int Index, double Distance) Farthest(IReadOnlyList<Pixel> points, int from, int to)
    {
        (int index, double distance) = (from, 0);
        for (int i = from + 1; i < to; i++)
        {
            double d = Distance(points[i], points[from], points[to]);
            (index, distance) = d > distance ? (i, d) : (index, distance);
        }

        return (index, distance);
    }

    static double Distance(Pixel p, Pixel a, Pixel b)
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        return length > 0
            ? Math.Abs((dx * (a.Y - p.Y)) - (dy * (a.X - p.X))) / length
            : Math.Sqrt(((p.X - a.X) * (p.X - a.X)) + ((p.Y - a.Y) * (p.Y - a.Y)));
    }
}
