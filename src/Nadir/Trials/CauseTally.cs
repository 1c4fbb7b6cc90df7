using Nadir.Endpoints;
using Nadir.Models;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>Counts relapses of an arm by phenotype and cause, and how often the observations point to the cause. Its size does not depend on the number of patients.</summary>
sealed class CauseTally
{
    readonly SortedDictionary<CauseKey, int> _causes = [];
    readonly SortedDictionary<string, EventTable> _times = new(StringComparer.Ordinal);
    readonly int[] _guesses = new int[CauseNames.Groups.Count * CauseNames.Groups.Count];

    /// <summary>Relapses by phenotype and cause.</summary>
    public IReadOnlyDictionary<CauseKey, int> Causes => _causes;

    /// <summary>By mechanism the days from remission to relapse.</summary>
    public IReadOnlyDictionary<string, EventTable> Times => _times;

    /// <summary>Relapses by true group, then guessed group, row by row.</summary>
    public IReadOnlyList<int> Guesses => _guesses;

    public void Add(PatientOutcome o)
    {
        if (o is { RelapseCause: { } cause, RelapsePhenotype: { } phenotype, GuessedCause: { } guess })
        {
            Add(new CauseKey(PhenotypeNames.NameOf(phenotype), cause.Mechanism, LeukaemiaClone.NameOf(cause.Seed), CauseNames.NameOf(cause.CarT)), 1);
            AddGuess(((int)cause.Group * CauseNames.Groups.Count) + (int)guess, 1);
        }
    }

    /// <summary>Counts a relapse on its day from remission.</summary>
    public void AddTime(string mechanism, double days) => Table(mechanism).Add(new CompetingTime(days, 1));

    /// <summary>Counts the relapses of one day.</summary>
    public void AddTimes(string mechanism, EventRow row) => Table(mechanism).Add(row);

    EventTable Table(string mechanism)
    {
        if (!_times.TryGetValue(mechanism, out EventTable? table))
        {
            _times.Add(mechanism, table = new EventTable(causes: 1));
        }

        return table;
    }

    /// <summary>
    /// Time from remission with the mechanisms, in the order of their names, as causes and death in remission as the last; null where a relapse has no known cause.
    /// </summary>
    /// <param name="relapse">Relapse by phenotype, with death in remission as the last cause.</param>
    public EventTable? ByMechanism(EventTable relapse)
    {
        EventTable all = new(_times.Count + 1);
        foreach (EventRow row in relapse.Rows)
        {
            int[] counts = new int[_times.Count + 2];
            (counts[0], counts[^1]) = (row.Counts[0], row.Counts[^1]);
            foreach ((int i, EventTable table) in _times.Values.Index())
            {
                counts[1 + i] = table.On(row.Days);
            }

            if (counts.Sum() != row.Counts.Sum())
            {
                return null;
            }

            all.Add(new EventRow(row.Days, counts));
        }

        return all;
    }

    public void Add(CauseTally other)
    {
        foreach ((string mechanism, EventTable table) in other._times)
        {
            Table(mechanism).Add(table);
        }

        foreach ((CauseKey key, int count) in other._causes)
        {
            Add(key, count);
        }

        for (int i = 0; i < _guesses.Length; i++)
        {
            _guesses[i] += other._guesses[i];
        }
    }

    public void Add(CauseKey key, int count) => _causes[key] = _causes.GetValueOrDefault(key) + count;

    public void AddGuess(int cell, int count) => _guesses[cell] += count;

    /// <summary>Relapses by true group, one row each, with the guesses in the same order.</summary>
    public IReadOnlyList<CauseGuesses> Confusion() =>
        [.. CauseNames.Groups.Select((g, i) => new CauseGuesses(CauseNames.NameOf(g), [.. CauseNames.Groups.Select((_, j) => _guesses[(i * CauseNames.Groups.Count) + j])]))];
}

/// <summary>A phenotype and a cause, as files name them.</summary>
readonly record struct CauseKey(string Phenotype, string Mechanism, string Seed, string CarT) : IComparable<CauseKey>
{
    public int CompareTo(CauseKey other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Phenotype}|{Mechanism}|{Seed}|{CarT}";
}
