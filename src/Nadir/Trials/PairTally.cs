using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>
/// How the same patients fared in an arm and in the first one, counted, for the contrasts of a counterfactual design. Days are whole, so that tallies of parts add up
/// to the tally of the whole, bit for bit.
/// </summary>
sealed class PairTally
{
    /// <summary>The months by which events are compared.</summary>
    public static readonly IReadOnlyList<int> Months = [12, 24];

    /// <summary>Patients whose simulation ended well in both arms.</summary>
    public int Patients { get; private set; }

    /// <summary>Event-free survival.</summary>
    public PairedDays EventFree { get; } = new();

    /// <summary>Overall survival.</summary>
    public PairedDays Overall { get; } = new();

    /// <summary>Relapse-free survival from remission; a patient may be in remission in one of the arms only.</summary>
    public PairedDays RelapseFree { get; } = new();

    /// <summary>Relapse from remission; who dies in remission has none within the horizon.</summary>
    public PairedDays Relapse { get; } = new();

    public void AddPatients(int patients) => Patients = checked(Patients + patients);

    public void Add(PairTally other)
    {
        AddPatients(other.Patients);
        EventFree.Add(other.EventFree);
        Overall.Add(other.Overall);
        RelapseFree.Add(other.RelapseFree);
        Relapse.Add(other.Relapse);
    }
}

/// <summary>One endpoint: how many patients had which day in the arm and which in the first arm.</summary>
sealed class PairedDays
{
    /// <summary>No event within the horizon.</summary>
    public const ushort NoEvent = ushort.MaxValue;

    /// <summary>The patient does not come to the endpoint's origin.</summary>
    public const ushort Absent = ushort.MaxValue - 1;

    /// <summary>The latest day of an event.</summary>
    public const ushort LastDay = ushort.MaxValue - 2;

    readonly Dictionary<(ushort Arm, ushort First), int> _counts = [];

    /// <summary>Day in the arm, day in the first arm, and how many patients have both, in the order of the days.</summary>
    public IReadOnlyList<(ushort Arm, ushort First, int Count)> Counts =>
        [.. _counts.OrderBy(c => c.Key.Arm).ThenBy(c => c.Key.First).Select(c => (c.Key.Arm, c.Key.First, c.Value))];

    /// <summary>Counts patients. Those who come to the origin in neither arm are in no comparison.</summary>
    public void Add(ushort arm, ushort first, int count)
    {
        if (count < 1)
        {
            throw new ArgumentException($"Found {count} patients; expected at least one.", nameof(count));
        }

        if (arm != Absent || first != Absent)
        {
            _counts[(arm, first)] = checked(_counts.GetValueOrDefault((arm, first)) + count);
        }
    }

    public void Add(PairedDays other)
    {
        foreach (((ushort arm, ushort first), int count) in other._counts)
        {
            Add(arm, first, count);
        }
    }

    /// <summary>The days as times; all are followed to the horizon.</summary>
    /// <param name="horizonDays">Follow-up in days.</param>
    public IReadOnlyList<PairedTimes> Times(double horizonDays)
    {
        return [.. Counts.Select(c => new PairedTimes(Time(c.Arm), Time(c.First), c.Count))];

        // A horizon within a day is the day of the events of that day.
        CompetingTime? Time(ushort code) => code switch
        {
            Absent => null,
            NoEvent => new CompetingTime(horizonDays, 0),
            _ => new CompetingTime(Math.Min(code, horizonDays), 1),
        };
    }
}
