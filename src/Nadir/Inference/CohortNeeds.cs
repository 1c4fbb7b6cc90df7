using Nadir.Evidence;
using Nadir.Trials;

namespace Nadir.Inference;

/// <summary>What a virtual cohort has to have for a published quantity.</summary>
/// <param name="Reason">Why the cohort cannot give the quantity.</param>
/// <param name="Needed">What would let it.</param>
readonly record struct CohortNeeds(string Reason, string Needed)
{
    /// <summary>What a cohort lacks for a result, as far as its design shows; null where nothing speaks against it.</summary>
    /// <param name="result">The published result.</param>
    /// <param name="plan">The cohort's plan.</param>
    /// <param name="covariates">Covariates of its population.</param>
    public static CohortNeeds? Lacking(PublishedResult result, TrialPlan plan, CohortCovariates covariates)
    {
        double months = plan.HorizonDays / Units.Duration.DaysPerMonth;
        if (!CohortStatistics.Knows(result.Quantity))
        {
            return new("no virtual cohort gives this quantity", "a quantity of docs/methods/calibration.md");
        }

        if (result.Month > months)
        {
            return new(FormattableString.Invariant($"beyond the {months:0.#} months of the virtual cohort"), FormattableString.Invariant($"a quantity within {months:0.#} months of follow-up"));
        }

        return result.Quantity switch
        {
            "hrRelapseSequencingDay28" => Sequencing(plan, 28),
            "hrRelapseSequencingMonth3" => Sequencing(plan, 90),
            "hrRelapseTransplant" or "hrRelapseOrDeathTransplant" or "hrDeathTransplant" when !plan.HasTransplant =>
                new("no strategy of the virtual cohort transplants", "a strategy with a transplant"),
            "hrRelapseLowFludarabine" when covariates.Fludarabine < 0 => new("the virtual cohort's population has no exposure to fludarabine", "a population with the covariate FLUAUC"),
            "transgeneHalfLife" => Visits(plan, 14, 28),
            "transgeneDoubling" when plan.VisitDays.Count(d => d <= 12) < 2 => new("the virtual cohort has fewer than two visits up to day 12", "two visits or more from day 1 to 12"),
            _ => null,
        };
    }

    static CohortNeeds? Sequencing(TrialPlan plan, double day) => plan.Assays.Find("ngs-mrd") is null
        ? new("the virtual cohort has no MRD by sequencing", "ngs-mrd among the assays of the study file")
        : Visits(plan, day);

    static CohortNeeds? Visits(TrialPlan plan, params double[] days)
    {
        double[] missing = [.. days.Where(d => !plan.VisitDays.Contains(d))];
        return missing.Length == 0
            ? null
            : new(FormattableString.Invariant($"the virtual cohort has no visit on day {missing[0]}"), $"visits on day {string.Join(" and ", days.Select(d => FormattableString.Invariant($"{d}")))}");
    }
}
