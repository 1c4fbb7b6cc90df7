namespace Nadir.Survival;

/// <summary>What happened at one distinct time: both estimators walk over these.</summary>
/// <param name="Time">Days.</param>
/// <param name="AtRisk">At risk just before.</param>
/// <param name="Events">Events by cause; index 0 is the first cause.</param>
/// <param name="AllEvents">Events of any cause.</param>
/// <param name="Censored">Censored at this time: they are at risk of its events.</param>
readonly record struct TimeGroup(double Time, int AtRisk, int[] Events, int AllEvents, int Censored)
{
    /// <summary>Counts patients one by one.</summary>
    /// <exception cref="ArgumentException">A time is negative or not finite, or a cause is not from 0 to <paramref name="causes"/>.</exception>
    public static EventTable Count(ReadOnlySpan<CompetingTime> times, int causes)
    {
        Check(times, causes);
        EventTable table = new(causes);
        foreach (CompetingTime time in times)
        {
            table.Add(time);
        }

        return table;
    }

    /// <summary>The rows of a table with the numbers at risk, ascending.</summary>
    public static List<TimeGroup> Of(EventTable table)
    {
        List<TimeGroup> groups = [];
        int atRisk = table.Patients;
        foreach (EventRow row in table.Rows)
        {
            int[] events = [.. row.Counts.Skip(1)];
            int censored = row.Counts[0];
            groups.Add(new TimeGroup(row.Days, atRisk, events, events.Sum(), censored));
            atRisk -= events.Sum() + censored;
        }

        return groups;
    }

    static void Check(ReadOnlySpan<CompetingTime> times, int causes)
    {
        for (int i = 0; i < times.Length; i++)
        {
            if (!(times[i].Time >= 0 && double.IsFinite(times[i].Time)))
            {
                throw new ArgumentException($"Entry {i} has the time {times[i].Time}; a time to event is finite and at least 0 days. Leave failed patients out before estimating.", nameof(times));
            }

            if (times[i].Cause < 0 || times[i].Cause > causes)
            {
                throw new ArgumentException($"Entry {i} has the cause {times[i].Cause}; causes are numbered from 1 to {causes}, and 0 is censoring.", nameof(times));
            }
        }
    }
}
