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
            Targets.AddRange(used.Where(r => IsProducible(r, trial.Name, Cohorts[cohort])).Select(r => new Target { Trial = trial.Name, Result = r, Cohort = cohort }));
        }
    }

    void WithoutCohort(PublishedTrial trial, IReadOnlyList<PublishedResult> results)
    {
        foreach (PublishedResult result in results)
        {
            if (result.Role == TargetRole.Validation)
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

    bool IsProducible(PublishedResult result, string trial, TargetCohort cohort)
    {
        bool known = CohortStatistics.Knows(result.Quantity);
        bool followed = !(result.Month > cohort.HorizonMonths);
        if (known && followed)
        {
            return true;
        }

        if (result.Role == TargetRole.Validation)
        {
            Listed.Add(new ListedResult(trial, result, known ? FormattableString.Invariant($"beyond the {cohort.HorizonMonths:0.#} months of the virtual cohort") : "no virtual cohort gives this quantity"));
        }
        else
        {
            Issues.Error("ND0434", result.At, $"no virtual cohort gives \"{result.Id}\"", result.Id, FormattableString.Invariant($"a quantity within {cohort.HorizonMonths:0.#} months of follow-up"));
        }

        return false;
    }
}
