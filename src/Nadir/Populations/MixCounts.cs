namespace Nadir.Populations;

/// <summary>
/// How often groups come together in a population: counts of its patients by the set of groups they belong to, bit by bit. The patients belong to no
/// run, so that the same mix of the same population is the same at every seed.
/// </summary>
sealed class MixCounts
{
    /// <summary>Patients that are drawn at least, so that shares are known to 0.001.</summary>
    const int Fewest = 1 << 18;

    /// <summary>Patients that are drawn at most, for groups that are rare.</summary>
    const int Most = 1 << 22;

    /// <summary>Members of a group, and of its complement, that say how often it comes with others.</summary>
    const int Enough = 4000;

    const ulong Seed = 0x4e61_6469_724d_6978;

    readonly int _groups;
    readonly int[] _cells;

    MixCounts(int groups) => (_groups, _cells) = (groups, new int[1 << groups]);

    /// <summary>Patients counted.</summary>
    public int Patients { get; private set; }

    /// <summary>Sets of groups that somebody belongs to, and their shares of the population.</summary>
    public IReadOnlyList<(uint Groups, double Share)> Cells => [.. _cells.Index().Where(c => c.Item > 0).Select(c => ((uint)c.Index, (double)c.Item / Patients))];

    /// <summary>The share of the population in a group.</summary>
    public double Share(int group) => _cells.Index().Where(c => (c.Index >> group & 1) == 1).Sum(c => (long)c.Item) / (double)Patients;

    /// <summary>Whether anybody is, or is not, in one group and in another.</summary>
    public bool Any((int Group, bool In) first, (int Group, bool In) second) => _cells.Index().Any(c => c.Item > 0 && Is(c.Index, first) && Is(c.Index, second));

    /// <summary>Counts patients of a population.</summary>
    /// <param name="sampler">Draws them.</param>
    /// <param name="groups">The groups, at most 16.</param>
    public static MixCounts Of(PatientSampler sampler, IReadOnlyList<MixGroup> groups)
    {
        MixCounts counts = new(groups.Count);
        MixMembership membership = new(sampler, groups);
        PatientSampler.Workspace room = new(sampler);
        for (int until = Fewest; until <= Most && (counts.Patients == 0 || counts.HasTooFew(groups)); until *= 2)
        {
            for (; counts.Patients < until; counts.Patients++)
            {
                counts._cells[membership.Of(Seed, counts.Patients, room)]++;
            }
        }

        return counts;
    }

    /// <summary>Whether a group that the cohort needs has few members; not where it is so rare that it is refused.</summary>
    bool HasTooFew(IReadOnlyList<MixGroup> groups)
    {
        double[] needed = [.. Enumerable.Range(0, _groups).SelectMany(g => Needed(Share(g), groups[g].Asked.Share))];
        return needed.Any(s => s * Patients < Enough) && needed.All(s => s >= PopulationMix.LeastShare);
    }

    /// <summary>The shares of a group and of its complement, those the cohort has none of left out.</summary>
    static IEnumerable<double> Needed(double share, double asked)
    {
        if (asked > 0)
        {
            yield return share;
        }

        if (asked < 1)
        {
            yield return 1 - share;
        }
    }

    static bool Is(int cell, (int Group, bool In) side) => (cell >> side.Group & 1) == 1 == side.In;
}
