using Nadir.Faults;
using Nadir.Numerics;

namespace Nadir.Populations;

/// <summary>
/// A cohort with shares of its own, such as those of a clinic, out of a population. A trait whose probability is a number gets the share as its probability. For
/// all other groups patients are drawn and accepted or passed over, with weights from <see cref="Raking"/>: what the population's joint law says beyond the shares stays.
/// </summary>
public sealed class PopulationMix
{
    /// <summary>The most groups of a mix: their sets are counted.</summary>
    public const int MostGroups = 16;

    /// <summary>The smallest share of the population that a group may have where the mix asks for members of it, and the smallest share of patients that may be accepted.</summary>
    public const double LeastShare = 1e-3;

    /// <summary>Draws for one place, so many that none is left empty: at the least acceptance all are passed over with a probability of e^-100.</summary>
    const int MostDraws = 100_000;

    /// <summary>Numbers between the draws for one place; above the number of places of any trial.</summary>
    const long Between = 10_000_000_000_000;

    static readonly uint _purpose = RandomStream.Purpose("mix");

    readonly IReadOnlyList<MixGroup> _groups;
    readonly MixMembership _all;
    readonly MixMembership _selected;
    readonly Raking.Factors[] _factors;
    readonly double _largest;

    PopulationMix(Population population, IReadOnlyList<MixGroup> groups, IReadOnlyList<MixGroup> selected, (Raking.Factors[] Factors, double Largest) weights)
    {
        Population = population;
        (_groups, _factors, _largest) = (groups, weights.Factors, weights.Largest);
        _all = new MixMembership(population.Sampler, groups);
        _selected = new MixMembership(population.Sampler, selected);
    }

    /// <summary>The population that patients are drawn from: with the probabilities of traits that the mix sets.</summary>
    public Population Population { get; }

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<MixShare> Asked => [.. _groups.Select(g => g.Asked)];

    /// <summary>The groups for people, as <see cref="Asked"/>.</summary>
    public IReadOnlyList<string> Labels => [.. _groups.Select(g => g.Label)];

    /// <summary>The groups' shares of the population itself, as <see cref="Asked"/>; those that are counted are known to 0.001.</summary>
    public required IReadOnlyList<double> InPopulation { get; init; }

    /// <summary>The traits whose probability the mix sets, with the shares.</summary>
    public IEnumerable<(string Trait, MixShare Asked)> Set => _groups.Where(g => g.Trait >= 0).Select(g => (Population.Traits[g.Trait].Name, g.Asked));

    /// <summary>The share of drawn patients that is accepted; 1 where nobody is passed over.</summary>
    public double Acceptance => 1 / _largest;

    /// <summary>
    /// The number of the patient in a place of a cohort: the place itself where the patient of this number is accepted, else that of the first accepted one in a sequence
    /// of the place's own. It depends on seed and place only, so that a larger cohort begins with a smaller one.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="place">The place, from 0.</param>
    public long Number(ulong seed, long place)
    {
        if (_factors.Length == 0)
        {
            return place;
        }

        PatientSampler.Workspace room = new(Population.Sampler);
        for (int draw = 0; draw < MostDraws; draw++)
        {
            long number = place + (draw * Between);
            double accepted = Raking.Weight(_selected.Of(seed, number, room), _factors) / _largest;
            if (accepted >= 1 || new RandomStream(seed, (ulong)number, _purpose).NextUniform() < accepted)
            {
                return number;
            }
        }

        throw new ArithmeticException($"found no patient of the mix in {MostDraws} draws; expected one among {1 / LeastShare}");
    }

    /// <summary>How many of some patients each group has.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="numbers">The patients' numbers.</param>
    public IReadOnlyList<int> Members(ulong seed, IEnumerable<long> numbers)
    {
        int[] members = new int[_groups.Count];
        PatientSampler.Workspace room = new(Population.Sampler);
        foreach (long number in numbers)
        {
            uint groups = _all.Of(seed, number, room);
            for (int g = 0; g < members.Length; g++)
            {
                members[g] += (int)(groups >> g & 1);
            }
        }

        return members;
    }

    /// <summary>
    /// Makes a mix. Issues, at the place of the group: a name that is not there (ND0581), a range that does not fit (ND0582), a trait that follows from others (ND0583),
    /// a group twice (ND0584), one that hardly anybody, or almost everybody, of the population is in (ND0585), shares that contradict each other (ND0586), and
    /// shares so far from the population's together that fewer than <see cref="LeastShare"/> of its patients would be accepted (ND0587).
    /// </summary>
    /// <param name="population">The population, before what treatments change.</param>
    /// <param name="shares">The shares, at most <see cref="MostGroups"/>.</param>
    /// <param name="issues">Receives the issues.</param>
    internal static PopulationMix? Create(Population population, IReadOnlyList<MixShare> shares, IssueList issues)
    {
        int before = issues.Count;
        IReadOnlyList<MixGroup> groups = MixGroup.Of(population, shares, issues);
        if (issues.Count > before)
        {
            return null;
        }

        Population mixed = population.WithProbabilities([.. groups.Where(g => g.Trait >= 0).Select(g => (population.Traits[g.Trait].Name, g.Asked.Share))]);
        MixMembership counted = new(mixed.Sampler, [.. groups.Where(g => g.Trait < 0)]);

        // A trait that others depend on comes with their weights and is raked with them.
        MixGroup[] selected = [.. groups.Where(g => g.Trait < 0 || counted.DependsOn(g.Trait))];
        MixCounts? counts = selected.Length == 0 ? null : MixCounts.Of(mixed.Sampler, selected);
        if (counts is not null)
        {
            MixChecks.Check(selected, counts, issues);
        }

        if (issues.Count > before)
        {
            return null;
        }

        Raking.Factors[] factors = counts is null ? [] : Raking.Of(counts.Cells, [.. selected.Select(g => g.Asked.Share)]);
        double largest = counts is null ? 1 : counts.Cells.Max(c => Raking.Weight(c.Groups, factors));
        if (MixChecks.CheckWeights(selected, factors, largest, issues))
        {
            MixCounts? own = selected.Any(g => g.Trait >= 0) ? MixCounts.Of(population.Sampler, selected) : counts;
            return new PopulationMix(mixed, groups, selected, (factors, largest))
            {
                InPopulation = [.. groups.Select(g => g.Trait >= 0 ? population.Sampler.FixedProbability(g.Trait)!.Value : own!.Share(Array.IndexOf(selected, g)))],
            };
        }

        return null;
    }
}
