using Nadir.Endpoints;
using Nadir.Models;

namespace Nadir.Trials;

/// <summary>Counts relapses of an arm by phenotype and cause, and how often the observations point to the cause. Its size does not depend on the number of patients.</summary>
sealed class CauseTally
{
    readonly SortedDictionary<CauseKey, int> _causes = [];
    readonly int[] _guesses = new int[CauseNames.Groups.Count * CauseNames.Groups.Count];

    /// <summary>Relapses by phenotype and cause.</summary>
    public IReadOnlyDictionary<CauseKey, int> Causes => _causes;

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

    public void Add(CauseTally other)
    {
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
