using System.Globalization;
using Nadir.Faults;
using Nadir.Monitoring;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What is wrong with what a rule waits to see: conditions that no assay can ever meet, alone, together, or in the state in which the rule waits.</summary>
sealed class ObservedChecks(Study study, AssaySet assays, IssueList issues)
{
    const string Remission = "remission";

    readonly ObservedBounds? _remission = ObservedBounds.Of(new ObservedCondition(assays.RemissionAssay.Name, ObservedComparison.Below) { Threshold = Remission }, assays.RemissionAssay);

    public void Check(StrategyRule rule, string of, SourceLocation at)
    {
        CheckObserved(rule, of, at);
        CheckTogetherPossible(rule, of, at);
        CheckAgainstStatus(rule, of, at);
    }

    void CheckObserved(StrategyRule rule, string of, SourceLocation at)
    {
        foreach (ObservedCondition condition in rule.Trigger.Observed)
        {
            if (assays.Find(condition.Assay) is not { } assay)
            {
                bool ships = Assay.ShippedNames.Contains(condition.Assay);
                issues.Error("ND0516", at, $"{of} looks at \"{condition.Assay}\", which no assay of the study measures", $"assays {string.Join(", ", assays.All.Select(a => a.Name))}", condition.Assay,
                    ships ? $"write assays: [{condition.Assay}] in the study" : NearestName.Hint(condition.Assay, Assay.ShippedNames));
                continue;
            }

            if (condition.Threshold is { } cut && !assay.Thresholds.ContainsKey(cut))
            {
                issues.Error("ND0517", at, $"{of} looks for the cut \"{cut}\", which the assay \"{assay.Name}\" does not have", cut, "a cut of the assay, or a number", NearestName.Hint(cut, [.. assay.Thresholds.Keys]));
            }

            CheckRange(condition, assay, of, at);
        }
    }

    /// <summary>No assay shows less than nothing, more than its highest value, or a rise beyond that from its limit.</summary>
    void CheckRange(ObservedCondition condition, Assay assay, string of, SourceLocation at)
    {
        double value = condition.Value;
        string highest = assay.HighestBasis is { Note: { } why } ? $"the highest value of \"{assay.Name}\" is {Text(assay.Highest)}: {why}" : $"\"{assay.Name}\" is a fraction";
        if (condition.Comparison == ObservedComparison.AtLeast && value > assay.Highest)
        {
            string what = assay.NoiseScale == NoiseScale.Logit ? "it is a fraction" : "nobody shows as much";
            issues.Error("ND0517", at, $"{of} waits for a value of \"{assay.Name}\" of at least {Text(value)}, and {what}", Text(value), $"a number up to {Text(assay.Highest)}", highest);
        }

        if (condition.Comparison == ObservedComparison.RisesBy && value > assay.Highest / assay.Limit)
        {
            issues.Error("ND0517", at, $"{of} waits for \"{assay.Name}\" to rise {Text(value)} times, and it cannot", Text(value), $"a number up to {Text(assay.Highest / assay.Limit)}",
                $"a rise counts from the limit, {Text(assay.Limit)}, at the least; {highest}");
        }

        if (condition.Comparison == ObservedComparison.Below && value <= 0)
        {
            issues.Error("ND0517", at, $"{of} waits for a value of \"{assay.Name}\" below {Text(value)}, which cannot be", Text(value), "a number above 0");
        }
    }

    /// <summary>Conditions all hold at one visit, so two that exclude each other never fire.</summary>
    void CheckTogetherPossible(StrategyRule rule, string of, SourceLocation at)
    {
        foreach (IGrouping<string, ObservedCondition> same in rule.Trigger.Observed.GroupBy(c => c.Assay).Where(g => g.Count() > 1))
        {
            double least = Cuts(same, ObservedComparison.AtLeast).DefaultIfEmpty(double.NegativeInfinity).Max();
            double below = Cuts(same, ObservedComparison.Below).DefaultIfEmpty(double.PositiveInfinity).Min();
            if (least >= below)
            {
                issues.Error("ND0517", at, $"{of} asks for a value of \"{same.Key}\" that cannot be", $"from {Text(least)} to below {Text(below)}", "the smaller number as at-least, or one of the two conditions");
            }

            if (same.Any(c => c.Comparison == ObservedComparison.BelowLimit) && same.Any(c => c.Comparison is ObservedComparison.Detected or ObservedComparison.AtLeast or ObservedComparison.RisesBy))
            {
                issues.Error("ND0517", at, $"{of} asks for a value of \"{same.Key}\" that cannot be", "below the limit and detected at one visit", "one of the two conditions");
            }
        }

        ObservedBounds[] bounds = [.. rule.Trigger.Observed.Select(c => assays.Find(c.Assay) is { } assay ? ObservedBounds.Of(c, assay) : null).OfType<ObservedBounds>()];
        foreach ((ObservedBounds high, ObservedBounds low) in bounds.SelectMany(a => bounds.Where(a.Excludes).Select(b => (a, b))))
        {
            issues.Error("ND0517", at, $"{of} asks at one visit for a value of \"{high.Assay.Name}\" and one of \"{low.Assay.Name}\" that exclude each other",
                string.Create(CultureInfo.InvariantCulture, $"a quantity of {high.Least:G3} or more and of {low.Most:G3} or less, noise allowed for"), "one of the two conditions, or cuts that meet");
        }
    }

    /// <summary>What an assay shows at a visit may decide the patient's state there, so that the two exclude each other.</summary>
    void CheckAgainstStatus(StrategyRule rule, string of, SourceLocation at)
    {
        double[] visits = [.. study.VisitDays.Where(rule.Trigger.IsAt)];
        if (rule.Trigger.Moment != StrategyMoment.Visit || visits.Length == 0)
        {
            return;
        }

        bool inRemission = rule.Trigger.Status == PatientStatus.Remission;
        double first = study.VisitDays.Where(Study.RemissionAssessmentDays.Contains).DefaultIfEmpty(double.PositiveInfinity).Min();
        double last = study.VisitDays.Where(Study.RemissionAssessmentDays.Contains).Append(TrialPlan.UsualNonResponseDay).Max();
        foreach (ObservedCondition condition in rule.Trigger.Observed)
        {
            double least = Least(condition);

            if ((inRemission || (rule.Trigger.Status == PatientStatus.WithoutRelapse && visits[0] > last)) && IsRelapse(condition))
            {
                issues.Error("ND0517", at, $"{of} waits {(inRemission ? "in remission" : "without relapse")} for a value of \"{condition.Assay}\" that {(inRemission ? "ends the remission" : "is the relapse")}",
                    $"\"{condition.Assay}\" of {Text(least)} or more", $"a number with which \"{assays.RemissionAssay.Name}\" may lie below {Text(assays.RemissionAssay.Threshold(Remission))}");
            }

            // Remission begins without MRD, so that at the first assessment nobody has both.
            double positive = assays.Mrd.Threshold("positive");
            if (assays.Response is null && condition.Assay == assays.Mrd.Name && least >= positive && inRemission && visits[^1] <= first)
            {
                issues.Error("ND0517", at, $"{of} waits for a remission with MRD on day {Text(visits[^1])}, where remission begins only without", $"\"{condition.Assay}\" of {Text(least)} or more", $"a number below {Text(positive)}, a later visit, or status: without-relapse");
            }
        }
    }

    /// <summary>A visit in remission with this many blasts is the relapse, and nobody is without relapse and not in remission once non-response has been declared.</summary>
    bool IsRelapse(ObservedCondition condition) => condition.Assay == assays.RemissionAssay.Name
        ? Least(condition) >= assays.RemissionAssay.Threshold(Remission)
        : assays.Find(condition.Assay) is { } assay && ObservedBounds.Of(condition, assay) is { } shown && _remission is { } remission && shown.Excludes(remission);

    /// <summary>The smallest value with which a condition holds; negative infinity where it holds below the limit.</summary>
    double Least(ObservedCondition condition) => (condition.Comparison, assays.Find(condition.Assay)) switch
    {
        (ObservedComparison.AtLeast, { } assay) => Math.Max(Cuts([condition], ObservedComparison.AtLeast).DefaultIfEmpty(double.NegativeInfinity).Max(), assay.Limit),
        (ObservedComparison.RisesBy, { } assay) => assay.Limit * Math.Max(1, condition.Value),
        (ObservedComparison.Detected, { } assay) => assay.Limit,
        _ => double.NegativeInfinity,
    };

    IEnumerable<double> Cuts(IEnumerable<ObservedCondition> conditions, ObservedComparison comparison) => conditions
        .Where(c => c.Comparison == comparison)
        .Select(c => c.Threshold is not { } cut ? c.Value : assays.Find(c.Assay)?.Thresholds.TryGetValue(cut, out double value) == true ? value : double.NaN)
        .Where(v => !double.IsNaN(v));

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
