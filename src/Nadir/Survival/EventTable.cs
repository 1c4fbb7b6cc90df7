namespace Nadir.Survival;

/// <summary>
/// How many patients had an event of each cause, or were censored, at each distinct time: all that the estimators need of any number of patients.
/// Its size is that of the distinct times, and tables of parts of a trial add up to the table of the whole.
/// </summary>
public sealed class EventTable
{
    readonly Dictionary<double, int[]> _counts = [];

    /// <summary>An empty table.</summary>
    /// <param name="causes">How many causes of an event there are, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="causes"/> is below 1.</exception>
    public EventTable(int causes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(causes, 1);
        Causes = causes;
    }

    /// <summary>Number of causes of an event.</summary>
    public int Causes { get; }

    /// <summary>Patients counted.</summary>
    public int Patients { get; private set; }

    /// <summary>The table's rows, earliest first.</summary>
    public IReadOnlyList<EventRow> Rows => [.. _counts.OrderBy(c => c.Key).Select(c => new EventRow(c.Key, c.Value))];

    /// <summary>Counts one patient.</summary>
    /// <param name="time">When the time of this patient ended.</param>
    /// <exception cref="ArgumentException">The time is negative or not finite, or the cause is not one of the table's.</exception>
    public void Add(CompetingTime time)
    {
        if (!(time.Time >= 0 && double.IsFinite(time.Time)))
        {
            throw new ArgumentException($"Found the time {time.Time}; a time to event is finite and at least 0 days. Leave failed patients out before estimating.", nameof(time));
        }

        if (time.Cause < 0 || time.Cause > Causes)
        {
            throw new ArgumentException($"Found the cause {time.Cause}; causes are numbered from 1 to {Causes}, and 0 is censoring.", nameof(time));
        }

        Counts(time.Time)[time.Cause]++;
        Patients++;
    }

    /// <summary>Adds a row of another table.</summary>
    /// <param name="row">The row; it has a count for censoring and for each cause of this table.</param>
    /// <exception cref="ArgumentException">The time is negative or not finite, a count is negative, or there are too many or too few of them.</exception>
    public void Add(EventRow row)
    {
        if (!(row.Days >= 0 && double.IsFinite(row.Days)) || row.Counts.Count != Causes + 1 || row.Counts.Any(c => c < 0))
        {
            throw new ArgumentException($"Found day {row.Days} with the counts {string.Join(", ", row.Counts)}; expected a time of at least 0 days and {Causes + 1} counts.", nameof(row));
        }

        int[] counts = Counts(row.Days);
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = checked(counts[i] + row.Counts[i]);
            Patients = checked(Patients + row.Counts[i]);
        }
    }

    /// <summary>Adds all of another table.</summary>
    /// <param name="other">A table with the same number of causes.</param>
    /// <exception cref="ArgumentException">The tables differ in their causes.</exception>
    public void Add(EventTable other)
    {
        foreach (EventRow row in other.Rows)
        {
            Add(row);
        }
    }

    /// <summary>One cause as the only one; an event of any other ends a time as censoring does.</summary>
    /// <param name="cause">The cause's number from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table has no such cause.</exception>
    public EventTable Only(int cause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cause, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cause, Causes);
        EventTable only = new(causes: 1);
        foreach ((double days, int[] counts) in _counts)
        {
            only.Add(new EventRow(days, [counts.Sum() - counts[cause], counts[cause]]));
        }

        return only;
    }

    /// <summary>Events of one cause at any time.</summary>
    /// <param name="cause">The cause's number from 1; 0 for the censored.</param>
    public int Total(int cause) => _counts.Values.Sum(c => c[cause]);

    /// <summary>Events of any cause at one time.</summary>
    /// <param name="days">Days from the endpoint's origin.</param>
    public int On(double days) => _counts.TryGetValue(days, out int[]? counts) ? counts.Skip(1).Sum() : 0;

    int[] Counts(double days)
    {
        if (!_counts.TryGetValue(days, out int[]? counts))
        {
            counts = new int[Causes + 1];
            _counts.Add(days, counts);
        }

        return counts;
    }
}

/// <summary>What happened at one distinct time.</summary>
/// <param name="Days">Days from the endpoint's origin.</param>
/// <param name="Counts">The censored, then the events of each cause.</param>
public readonly record struct EventRow(double Days, IReadOnlyList<int> Counts);
