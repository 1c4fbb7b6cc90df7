using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;

namespace Nadir.Inference;

/// <summary>Collects targets study by study; every result becomes a target, is listed with a reason, or is an issue.</summary>
sealed class TargetSetBuilder(Library library)
{
    readonly Dictionary<string, int> _byKey = [];

    public IssueList Issues { get; } = new();

    public List<TargetCohort> Cohorts { get; } = [];

    public List<Target> Targets { get; } = [];

    public List<ListedResult> Listed { get; } = [];

    public void Add(PublishedTrial trial)
    {
        List<PublishedResult> used = [];
        foreach (PublishedResult result in trial.Results)
        {
            if (result.WhyNotCompared is { } reason)
            {
                Listed.Add(new ListedResult(trial.Name, result, reason));
            }
            else
            {
                used.Add(result);
            }
        }

        if (used.Count == 0)
        {
            return;
        }

        if (trial.Study is null && trial.Design is null)
        {
            WithoutCohort(trial, used);
        }
        else if (CohortOf(trial) is { } cohort)
        {
            Targets.AddRange(used.Where(r => IsUsable(r, trial.Name, cohort)).Select(r => new Target { Trial = trial.Name, Result = r, Cohort = cohort }));
        }
    }

    void WithoutCohort(PublishedTrial trial, IReadOnlyList<PublishedResult> results)
    {
        foreach (PublishedResult result in results)
        {
            if (!result.IsFitted)
            {
                Listed.Add(new ListedResult(trial.Name, result, "the study has no virtual version"));
            }
            else
            {
                Issues.Error("ND0433", result.At, $"\"{result.Id}\" of \"{trial.Name}\" has a role, but neither a study file nor a design says how to simulate it", expected: "study: …, or design: {product: …}, at the top of the file");
            }
        }
    }

    int? CohortOf(PublishedTrial trial)
    {
        if (TargetCohort.Create(trial, library, Issues) is not { } made)
        {
            return null;
        }

        if (!_byKey.TryGetValue(made.Key, out int cohort))
        {
            cohort = Cohorts.Count;
            Cohorts.Add(made);
            _byKey.Add(made.Key, cohort);
        }

        return cohort;
    }

    bool IsUsable(PublishedResult result, string trial, int cohort) => IsProducible(result, trial, Cohorts[cohort]) && IsPlaced(new Target { Trial = trial, Result = result, Cohort = cohort });

    bool IsProducible(PublishedResult result, string trial, TargetCohort cohort)
    {
        if (cohort.Lacking(result) is not { } lacking)
        {
            return true;
        }

        if (!result.IsFitted)
        {
            Listed.Add(new ListedResult(trial, result, lacking.Reason));
        }
        else
        {
            Issues.Error("ND0434", result.At, $"the virtual cohort of \"{trial}\" does not give \"{result.Id}\": {lacking.Reason}", result.Id, lacking.Needed, "or leave the role out");
        }

        return false;
    }

    /// <summary>What is fitted to needs a place and a spread on its scale.</summary>
    bool IsPlaced(Target target)
    {
        bool placed = target.Result.Role != TargetRole.Calibration || (double.IsFinite(target.Place) && double.IsFinite(target.Sd) && target.Sd > 0);
        if (!placed)
        {
            Issues.Error("ND0432", target.Result.At, $"nothing can be fitted to \"{target.Result.Id}\": its interval has no width that could be used", FormattableString.Invariant($"{target.Result.Estimate} ({target.Interval.Lower} to {target.Interval.Upper})"), "an interval with a lower and an upper bound apart");
        }

        return placed;
    }
}
