namespace Nadir.Survival;

/// <summary>
/// The difference of two curves at one time chosen beforehand (Klein, Logan, Harhoff &amp; Andersen 2007, equation 1), for survival and for cumulative incidence.
/// </summary>
public static class Milestone
{
    /// <summary>The first curve less the second.</summary>
    /// <param name="first">A group's curve.</param>
    /// <param name="second">An independent group's curve of the same kind.</param>
    /// <param name="days">The time.</param>
    /// <param name="level">Level of the two-sided interval (normal, on the scale of the difference); default 0.95.</param>
    /// <returns>Not estimable where a group was not followed that long, or where a curve is 0 or 1 and has no variance.</returns>
    /// <exception cref="ArgumentException">One curve is survival, the other incidence.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not between 0 and 1.</exception>
    public static Estimable<Contrast> Difference(SurvivalCurve first, SurvivalCurve second, double days, double level = 0.95)
    {
        if (first.Start != second.Start)
        {
            throw new ArgumentException($"Found curves that start at {first.Start} and at {second.Start}; compare survival with survival and incidence with incidence.", nameof(second));
        }

        Estimate a = first.At(days);
        Estimate b = second.At(days);
        if (double.IsNaN(a.Value) || double.IsNaN(b.Value))
        {
            return Estimable<Contrast>.Not($"a group was not followed until day {days:0.##}");
        }

        if (a.Value is 0 or 1 || b.Value is 0 or 1)
        {
            return Estimable<Contrast>.Not($"none or all of a group had the event by day {days:0.##}, so that its variance has no estimate");
        }

        double ea = first.StandardErrorAt(days);
        double eb = second.StandardErrorAt(days);
        return Estimable<Contrast>.Of(Contrast.Of(a.Value - b.Value, Math.Sqrt((ea * ea) + (eb * eb)), level));
    }
}
