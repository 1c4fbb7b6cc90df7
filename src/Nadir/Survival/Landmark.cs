namespace Nadir.Survival;

/// <summary>
/// Landmark analysis (Anderson, Cain &amp; Gelber 1983): only patients still under observation and without an event at a day chosen beforehand are compared, from that
/// day on, by what was known of them on it. A group that patients join later (responders, the transplanted) is thus not credited with the time they needed to join it.
/// </summary>
public static class Landmark
{
    /// <summary>The patients at risk after a day, entering on it; times keep their origin.</summary>
    /// <param name="patients">One entry a patient.</param>
    /// <param name="day">The landmark, days.</param>
    /// <returns>Not estimable where nobody is left.</returns>
    /// <exception cref="ArgumentException">A follow-up ends before it begins or at no finite time of at least 0.</exception>
    public static Estimable<LandmarkSet> At(IReadOnlyList<FollowUp> patients, double day)
    {
        List<int> indices = [];
        List<FollowUp> kept = [];
        foreach ((int i, FollowUp p) in patients.Index())
        {
            p.Check(i, int.MaxValue);

            // Who enters after the landmark was unknown on it.
            if (p.Entry <= day && p.Exit > day)
            {
                indices.Add(i);
                kept.Add(p with { Entry = day });
            }
        }

        int ended = patients.Count(p => p.Exit <= day && p.Cause > 0);
        int censored = patients.Count(p => p.Exit <= day && p.Cause == 0);
        return kept.Count == 0
            ? Estimable<LandmarkSet>.Not($"no patient is at risk after day {day:0.##}")
            : Estimable<LandmarkSet>.Of(new LandmarkSet(day, indices, kept, ended, censored));
    }
}

/// <summary>The patients of a landmark analysis.</summary>
/// <param name="Day">The landmark.</param>
/// <param name="Indices">Their places in the data given.</param>
/// <param name="Patients">Their follow-up from the landmark on.</param>
/// <param name="EventsBefore">Patients left out because their event came by the landmark.</param>
/// <param name="CensoredBefore">Patients left out because they were censored by the landmark.</param>
public sealed record LandmarkSet(double Day, IReadOnlyList<int> Indices, IReadOnlyList<FollowUp> Patients, int EventsBefore, int CensoredBefore);
