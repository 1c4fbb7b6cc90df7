using Nadir.Endpoints;

namespace Nadir.Trials;

/// <summary>The first patients of each fate, from whom a report's sample is chosen.</summary>
sealed class FateExamples
{
    /// <summary>Patients kept for each fate, as many as a report shows.</summary>
    public const int Kept = 8;

    /// <summary>Fates: in remission, in remission with B cells back, relapse of each phenotype, no remission.</summary>
    public static readonly int Fates = PhenotypeNames.All.Count + 3;

    readonly SortedSet<int>[] _first = [.. Enumerable.Range(0, Fates).Select(_ => new SortedSet<int>())];

    /// <summary>For each fate the places in the arm of its first patients, ascending.</summary>
    public IReadOnlyList<IReadOnlyCollection<int>> First => _first;

    /// <summary>Considers the patient at a place in the arm; a failed one has no fate.</summary>
    public void Add(int index, PatientOutcome o)
    {
        if (o.IsEvaluable)
        {
            Add(Fate(o), index);
        }
    }

    /// <summary>Considers a patient whose fate is known.</summary>
    public void Add(int fate, int index)
    {
        SortedSet<int> first = _first[fate];
        if (first.Count < Kept || index < first.Max)
        {
            first.Add(index);
        }

        if (first.Count > Kept)
        {
            first.Remove(first.Max);
        }
    }

    public void Add(FateExamples other)
    {
        for (int fate = 0; fate < Fates; fate++)
        {
            foreach (int index in other._first[fate])
            {
                Add(fate, index);
            }
        }
    }

    /// <summary>The first patients of each fate in turn, until there are enough; in the arm's order.</summary>
    public int[] Choose()
    {
        Queue<int>[] fates = [.. _first.Select(f => new Queue<int>(f))];
        List<int> chosen = [];
        while (chosen.Count < Kept && fates.Any(f => f.Count > 0))
        {
            chosen.AddRange(fates.Where(f => f.Count > 0).Select(f => f.Dequeue()).ToArray());
        }

        return [.. chosen.Take(Kept).Order()];
    }

    static int Fate(PatientOutcome o) =>
        o.RelapsePhenotype is { } phenotype ? 2 + (int)phenotype
        : o.NonResponseDay is not null ? Fates - 1
        : o.BCellRecoveryDay is not null ? 1
        : 0;
}
