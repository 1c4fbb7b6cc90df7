using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;
using Nadir.Populations;

namespace Nadir.Inference;

/// <summary>The published results that a simulation is held against, with the virtual cohorts that give them.</summary>
public sealed class TargetSet
{
    TargetSet(IReadOnlyList<TargetCohort> cohorts, IReadOnlyList<Target> targets, IReadOnlyList<ListedResult> listed) => (Cohorts, Targets, Listed) = (cohorts, targets, listed);

    /// <summary>The cohorts; studies of the same design share one.</summary>
    public IReadOnlyList<TargetCohort> Cohorts { get; }

    /// <summary>The targets, by study and in the order of the files.</summary>
    public IReadOnlyList<Target> Targets { get; }

    /// <summary>Results that nothing is held against, with the reason.</summary>
    public IReadOnlyList<ListedResult> Listed { get; }

    /// <summary>The targets a population is fitted to, and their cohorts only.</summary>
    public TargetSet Calibration => Only(t => t.Result.Role == TargetRole.Calibration);

    /// <summary>What a calibration weighs: the targets a population is fitted to, and the bounds of structural results.</summary>
    public TargetSet Fitted => Only(t => t.Result.IsFitted);

    /// <summary>Some of the targets, those with bounds last, and their cohorts.</summary>
    public TargetSet Only(Func<Target, bool> keep)
    {
        Target[] kept = [.. Targets.Where(keep).OrderBy(t => t.IsBound)];
        int[] cohorts = [.. kept.Select(t => t.Cohort).Distinct().Order()];
        return new TargetSet([.. cohorts.Select(c => Cohorts[c])], [.. kept.Select(t => t with { Cohort = Array.IndexOf(cohorts, t.Cohort) })], Listed);
    }

    /// <summary>The shipped studies with a design.</summary>
    public static Checked<TargetSet> Shipped(Library library) =>
        Create([.. library.Names("library/trials").Select(n => PublishedTrial.Load(library, n))], library);

    /// <summary>
    /// Makes the targets of studies. Issues beside those of the files: a result with a role but no design to simulate (ND0433), a quantity that its virtual
    /// cohort does not give or that lies beyond its follow-up (ND0434), an interval without a width (ND0432), results that are fitted together and contradict each other (ND0435).
    /// </summary>
    /// <param name="trials">The studies as read.</param>
    /// <param name="library">The library whose names the designs use.</param>
    public static Checked<TargetSet> Create(IReadOnlyList<Checked<PublishedTrial>> trials, Library library)
    {
        TargetSetBuilder builder = new(library);
        foreach (Checked<PublishedTrial> read in trials)
        {
            builder.Issues.AddRange(read.Issues);
            if (read.Value is { } trial)
            {
                builder.Add(trial);
            }
        }

        TargetAgreement.Check(builder.Targets, builder.Issues);
        return Checked<TargetSet>.From(new TargetSet(builder.Cohorts, builder.Targets, builder.Listed), builder.Issues);
    }

    /// <summary>What is wrong with a calibration for these cohorts: a name that none of their populations has (ND0322), or a value that one cannot have (ND0323), at the point or in a draw.</summary>
    public IReadOnlyList<Issue> Check(CalibratedValues values)
    {
        SourceLocation at = new(values.File, 0, 0);
        string[] known = [.. PopulationSimulator.AllOf(this).Select(h => h.Name)];
        IssueList issues = new();
        foreach (string name in values.Point.Keys.Where(n => !known.Contains(n)))
        {
            issues.Error("ND0322", at, $"no population of the targets has a number \"{name}\" that could be calibrated", name, "a number with a prior", NearestName.Hint(name, known));
        }

        foreach ((IReadOnlyDictionary<string, double> draw, int d) in values.Draws.Prepend(values.Point).Select((v, i) => (v, i)))
        {
            Issue[] wrong = [.. Cohorts.DistinctBy(c => c.Population.Name).SelectMany(c => c.Population.CheckValues(CalibratedValues.KnownTo(c.Population, draw))).DistinctBy(i => i.Message)];
            issues.AddRange(wrong.Select(i => i with { Location = at, Message = $"{(d == 0 ? "point" : $"draw {d}")}: {i.Message}" }));
        }

        return issues;
    }
}
