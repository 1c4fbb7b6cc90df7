namespace Nadir.Survival;

/// <summary>What happened at one distinct time: both estimators walk over these.</summary>
/// <param name="Time">Days.</param>
/// <param name="AtRisk">At risk just before.</param>
/// <param name="Events">Events by cause; index 0 is the first cause.</param>
/// <param name="AllEvents">Events of any cause.</param>
/// <param name="Censored">Censored at this time: they are at risk of its events.</param>
readonly record struct TimeGroup(double Time, int AtRisk, int[] Events, int AllEvents, int Censored)
{
    /// <summary>Groups the times, ascending.</summary>
    /// <exception cref="ArgumentException">A time is negative or not finite, or a cause is not from 0 to <paramref name="causes"/>.</exception>
    public static List<TimeGroup> Of(ReadOnlySpan<CompetingTime> times, int causes)
    {
        Check(times, causes);
        CompetingTime[] sorted = times.ToArray();
        Array.Sort(sorted, (a, b) => a.Time.CompareTo(b.Time));
        List<TimeGroup> groups = [];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start;
            int[] counts = new int[causes + 1];
            while (end < sorted.Length && sorted[end].Time == sorted[start].Time)
            {
                counts[sorted[end].Cause]++;
                end++;
            }

            groups.Add(new TimeGroup(sorted[start].Time, sorted.Length - start, counts[1..], end - start - counts[0], counts[0]));
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
