namespace Nadir.Survival;

/// <summary>
/// Numbers at risk, events of each cause and censorings at each distinct time: all that curves and the tests between groups need of any number of
/// patients. At a tie the events come before the censorings and entries after both: who is censored on a day was at risk of its events, who enters on it was not.
/// </summary>
public sealed class RiskTable
{
    readonly double[] _entries;
    readonly int[] _enteredBy;
    readonly Dictionary<double, int> _index;

    RiskTable(EventTable exits, (double[] Times, int[] EnteredBy) entries)
    {
        Causes = exits.Causes;
        Patients = exits.Patients;
        (_entries, _enteredBy) = entries;
        List<RiskRow> rows = [];
        int left = 0;
        foreach (EventRow row in exits.Rows)
        {
            int[] events = [.. row.Counts.Skip(1)];
            int all = events.Sum();
            rows.Add(new RiskRow(row.Days, EnteredBefore(row.Days) - left, events, all, row.Counts[0]));
            left += all + row.Counts[0];
        }

        Rows = rows;
        _index = rows.Select((r, i) => (r.Days, i)).ToDictionary(p => p.Days, p => p.i);
    }

    /// <summary>Number of causes of an event.</summary>
    public int Causes { get; }

    /// <summary>Patients, whenever they entered.</summary>
    public int Patients { get; }

    /// <summary>One row for each time at which a patient had an event or was censored, earliest first.</summary>
    public IReadOnlyList<RiskRow> Rows { get; }

    /// <summary>Whether patients entered after the origin.</summary>
    public bool HasLateEntry => _entries.Length > 0 && _entries[^1] > 0;

    /// <summary>The table of patients who are all observed from the origin.</summary>
    public static RiskTable Of(EventTable table) => new(table, ([], []));

    /// <summary>The table of patients who may enter late, from their counts.</summary>
    /// <param name="exits">Events and censorings by time.</param>
    /// <param name="entries">How many patients enter at each distinct time, earliest first; as many as there are in <paramref name="exits"/>.</param>
    internal static RiskTable Of(EventTable exits, IReadOnlyList<(double Days, int Patients)> entries)
    {
        int[] enteredBy = new int[entries.Count];
        for (int i = 0; i < enteredBy.Length; i++)
        {
            enteredBy[i] = entries[i].Patients + (i == 0 ? 0 : enteredBy[i - 1]);
        }

        return new RiskTable(exits, ([.. entries.Select(e => e.Days)], enteredBy));
    }

    /// <summary>The table of patients who may enter late.</summary>
    /// <param name="patients">One entry a patient, in any order.</param>
    /// <param name="causes">How many causes of an event there are, at least 1.</param>
    /// <exception cref="ArgumentException">A follow-up ends before it begins or at no finite time of at least 0, or a cause is not from 0 to <paramref name="causes"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="causes"/> is below 1.</exception>
    public static RiskTable Of(ReadOnlySpan<FollowUp> patients, int causes = 1)
    {
        EventTable exits = new(causes);
        double[] entries = new double[patients.Length];
        for (int i = 0; i < patients.Length; i++)
        {
            patients[i].Check(i, causes);
            exits.Add(new CompetingTime(patients[i].Exit, patients[i].Cause));
            entries[i] = patients[i].Entry;
        }

        Array.Sort(entries);
        return new RiskTable(exits, Cumulate(entries, exits.Patients));
    }

    /// <summary>Patients at risk at a time: entered before it, and their event or censoring at or after it.</summary>
    public int AtRiskAt(double days)
    {
        int next = FirstRowFrom(days);
        int left = next < Rows.Count ? EnteredBefore(Rows[next].Days) - Rows[next].AtRisk : Patients;
        return EnteredBefore(days) - left;
    }

    /// <summary>What happened at exactly a time; null where nothing did.</summary>
    public RiskRow? At(double days) => _index.TryGetValue(days, out int i) ? Rows[i] : null;

    /// <summary>Events of one cause over all times.</summary>
    /// <param name="cause">The cause's number from 1.</param>
    public int Events(int cause) => Rows.Sum(r => r.Events[cause - 1]);

    /// <summary>Events of any cause over all times.</summary>
    public int AllEvents => Rows.Sum(r => r.AllEvents);

    /// <summary>The distinct times at which any of several groups has an event, ascending.</summary>
    internal static double[] EventTimes(IEnumerable<RiskTable> groups) =>
        [.. groups.SelectMany(g => g.Rows).Where(r => r.AllEvents > 0).Select(r => r.Days).Distinct().Order()];

    int EnteredBefore(double days)
    {
        if (_entries.Length == 0)
        {
            return Patients;
        }

        int found = Array.BinarySearch(_entries, days);
        int before = found < 0 ? ~found : found;
        return before == 0 ? 0 : _enteredBy[before - 1];
    }

    int FirstRowFrom(double days)
    {
        int low = 0;
        int high = Rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Rows[middle].Days < days ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    static (double[] Times, int[] Counts) Cumulate(double[] sorted, int patients)
    {
        List<double> times = [];
        List<int> counts = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i + 1 == sorted.Length || sorted[i + 1] != sorted[i])
            {
                times.Add(sorted[i]);
                counts.Add(i + 1);
            }
        }

        // Where nobody enters late there is nothing to look up.
        return times.Count == 1 && double.IsNegativeInfinity(times[0]) && counts[0] == patients ? ([], []) : ([.. times], [.. counts]);
    }
}

/// <summary>What happened at one distinct time.</summary>
/// <param name="Days">Days from the endpoint's origin.</param>
/// <param name="AtRisk">At risk just before.</param>
/// <param name="Events">Events by cause; index 0 is the first cause.</param>
/// <param name="AllEvents">Events of any cause.</param>
/// <param name="Censored">Censored at this time: they are at risk of its events.</param>
public readonly record struct RiskRow(double Days, int AtRisk, IReadOnlyList<int> Events, int AllEvents, int Censored);
