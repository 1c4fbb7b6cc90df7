namespace Nadir.Trials;

/// <summary>A patient in remission of an arm with a transplant, and the same patient without it; whole days from infusion, 0 for never within the horizon.</summary>
/// <param name="Remission">Day of remission.</param>
/// <param name="Eligible">Day on which the rule for the transplant was met, whether or not one followed.</param>
/// <param name="Transplant">Day of the transplant.</param>
/// <param name="Event">Day of relapse or death in the arm.</param>
/// <param name="EventWithout">Day of relapse or death without the transplant.</param>
readonly record struct TransplantCourse(int Remission, int Eligible, int Transplant, int Event, int EventWithout);

/// <summary>
/// The courses of an arm's patients in remission, counted. Days are whole, so that tallies of parts add up to the tally of the whole.
/// </summary>
sealed class TransplantTally
{
    readonly SortedDictionary<TransplantCourse, int> _counts = new(Comparer<TransplantCourse>.Create((a, b) => Key(a).CompareTo(Key(b))));

    public IReadOnlyCollection<KeyValuePair<TransplantCourse, int>> Counts => _counts;

    public void Add(TransplantCourse course, int count)
    {
        if (course.Remission < 1 || count < 1 || course.Eligible < 0 || course.Transplant < 0 || course.Event < 0 || course.EventWithout < 0)
        {
            throw new ArgumentException($"Found {count} patients of the course {course}; expected at least one, in remission, and no day below 0.", nameof(course));
        }

        if (course.Transplant > 0 && (course.Eligible == 0 || course.Eligible > course.Transplant))
        {
            throw new ArgumentException($"Found the course {course}; expected the rule for a transplant to be met by the day of the transplant.", nameof(course));
        }

        _counts[course] = checked(_counts.GetValueOrDefault(course) + count);
    }

    public void Add(TransplantTally other)
    {
        foreach ((TransplantCourse course, int count) in other._counts)
        {
            Add(course, count);
        }
    }

    static (int, int, int, int, int) Key(TransplantCourse c) => (c.Remission, c.Eligible, c.Transplant, c.Event, c.EventWithout);
}
