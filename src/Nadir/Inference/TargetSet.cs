using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;

namespace Nadir.Inference;

/// <summary>The published results that a simulation is held against, with the virtual cohorts that give them.</summary>
public sealed class TargetSet
{
    TargetSet(IReadOnlyList<TargetCohort> cohorts, IReadOnlyList<Target> targets) => (Cohorts, Targets) = (cohorts, targets);

    /// <summary>The cohorts; studies of the same design share one.</summary>
    public IReadOnlyList<TargetCohort> Cohorts { get; }

    /// <summary>The targets, by study and in the order of the files.</summary>
    public IReadOnlyList<Target> Targets { get; }

    /// <summary>The targets a population is fitted to, and their cohorts only.</summary>
    public TargetSet Calibration => Only(t => t.Result.Role == TargetRole.Calibration);

    /// <summary>What a calibration weighs: the targets a population is fitted to, and the bounds of structural results.</summary>
    public TargetSet Fitted => Only(t => t.Result.Role != TargetRole.Validation);

    /// <summary>Some of the targets, those with bounds last, and their cohorts.</summary>
    public TargetSet Only(Func<Target, bool> keep)
    {
        Target[] kept = [.. Targets.Where(keep).OrderBy(t => t.IsBound)];
        int[] cohorts = [.. kept.Select(t => t.Cohort).Distinct().Order()];
        return new TargetSet([.. cohorts.Select(c => Cohorts[c])], [.. kept.Select(t => t with { Cohort = Array.IndexOf(cohorts, t.Cohort) })]);
    }

    /// <summary>The shipped studies with a design.</summary>
    public static Checked<TargetSet> Shipped(Library library) =>
        Create([.. library.Names("library/trials").Select(n => PublishedTrial.Load(library, n))], library);

    /// <summary>
    /// Makes the targets of studies. Issues beside those of the files: a result with a role but no design to simulate (ND0433), a quantity that no virtual cohort
    /// gives or that lies beyond its follow-up (ND0434), two results of one cohort that contradict each other (ND0435).
    /// </summary>
    /// <param name="trials">The studies as read.</param>
    /// <param name="library">The library whose names the designs use.</param>
    public static Checked<TargetSet> Create(IReadOnlyList<Checked<PublishedTrial>> trials, Library library)
    {
        IssueList issues = new();
        List<TargetCohort> cohorts = [];
        Dictionary<string, int> byDesign = [];
        List<Target> targets = [];
        foreach (Checked<PublishedTrial> read in trials)
        {
            issues.AddRange(read.Issues);
            if (read.Value is { } trial)
            {
                Add(trial, library, issues, cohorts, byDesign, targets);
            }
        }

        CheckAgreement(targets, issues);
        return Checked<TargetSet>.From(new TargetSet(cohorts, targets), issues);
    }

    static void Add(PublishedTrial trial, Library library, IssueList issues, List<TargetCohort> cohorts, Dictionary<string, int> byDesign, List<Target> targets)
    {
        PublishedResult[] used = [.. trial.Results.Where(r => r.Role != TargetRole.Validation || r.IsComparable)];
        if (trial.Design is not { } design)
        {
            foreach (PublishedResult result in used.Where(r => r.Role != TargetRole.Validation))
            {
                issues.Error("ND0433", result.At, $"\"{result.Id}\" of \"{trial.Name}\" has a role, but no design says how to simulate it", expected: "design: {product: …} at the top of the file");
            }

            return;
        }

        used = [.. used.Where(r => Producible(r, issues))];
        string key = $"{trial.Population}|{design.Key}";
        if (used.Length == 0)
        {
            return;
        }

        if (!byDesign.TryGetValue(key, out int cohort))
        {
            if (TargetCohort.Create(trial, library, issues) is not { } made)
            {
                return;
            }

            cohort = cohorts.Count;
            cohorts.Add(made);
            byDesign.Add(key, cohort);
        }

        targets.AddRange(used.Select(r => new Target { Trial = trial.Name, Result = r, Cohort = cohort }));
    }

    static bool Producible(PublishedResult result, IssueList issues)
    {
        bool known = CohortStatistics.Knows(result.Quantity) && !(result.Month > TargetCohort.HorizonMonths);
        if (!known && result.Role != TargetRole.Validation)
        {
            issues.Error("ND0434", result.At, $"no virtual cohort gives \"{result.Id}\"", result.Id, FormattableString.Invariant($"a quantity within {TargetCohort.HorizonMonths} months of follow-up"));
        }

        return known;
    }

    /// <summary>Two results of one study and quantity, both to be fitted, whose intervals do not meet.</summary>
    static void CheckAgreement(List<Target> targets, IssueList issues)
    {
        foreach (IGrouping<(string, string), Target> same in targets.Where(t => t.Result.Role == TargetRole.Calibration).GroupBy(t => (t.Trial, t.Result.Id)))
        {
            Target first = same.First();
            foreach (Target other in same.Skip(1).Where(t => t.Interval.Lower > first.Interval.Upper || t.Interval.Upper < first.Interval.Lower))
            {
                issues.Error("ND0435", other.Result.At, $"two results of \"{first.Trial}\" for \"{first.Result.Id}\" contradict each other", FormattableString.Invariant($"{other.Result.Estimate} and {first.Result.Estimate}"), "intervals that meet, or one of the two without a role");
            }
        }
    }
}
