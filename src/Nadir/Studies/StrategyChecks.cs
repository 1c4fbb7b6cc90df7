using System.Globalization;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What is wrong with the strategies of an arm: a strategy whose trigger can never fire is a mistake of the study, not a strategy without effect.</summary>
sealed class StrategyChecks(Study study, ModelPackage package, AssaySet assays, IssueList issues)
{
    public void Check(StudyArm arm, IReadOnlyList<Strategy> strategies, Population population)
    {
        foreach (Strategy strategy in strategies)
        {
            SourceLocation at = Place(arm, strategy);
            string of = $"\"{strategy.Name}\" of the arm \"{arm.Name}\"";
            issues.AddRange(strategy.Check(package));
            if (strategy.NotApplicable is { } reason)
            {
                issues.Error("ND0519", at, $"{of} does not apply to CD19", strategy.Name, "a strategy that the models can have", reason);
            }

            foreach (StrategyRule rule in strategy.Rules)
            {
                CheckTiming(rule, of, at);
                CheckObserved(rule, of, at);
                CheckTogetherPossible(rule, of, at);
                CheckAgainstStatus(rule, of, at);
                CheckPatient(rule, of, at, population);
            }
        }

        CheckSecondRemission(arm, strategies);
        CheckTogether(arm, strategies);
    }

    /// <summary>Nobody comes into second remission where nothing is done after relapse or non-response.</summary>
    void CheckSecondRemission(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        if (strategies.Any(s => s.Rules.Any(r => r.Trigger.Moment == StrategyMoment.Failure)))
        {
            return;
        }

        foreach (Strategy strategy in strategies.Where(s => s.Rules.Any(r => r.Trigger.Moment == StrategyMoment.SecondRemission)))
        {
            issues.Error("ND0512", Place(arm, strategy), $"\"{strategy.Name}\" of the arm \"{arm.Name}\" waits for a second remission, and nothing in the arm treats relapse or non-response", "no rule at: failure", "a strategy with a rule at: failure beside it");
        }
    }

    static SourceLocation Place(StudyArm arm, Strategy strategy) => arm.StrategiesAt[Math.Max(0, arm.Strategies.ToList().IndexOf(strategy.Name))];

    void CheckTiming(StrategyRule rule, string of, SourceLocation at)
    {
        StrategyTrigger trigger = rule.Trigger;
        if (trigger.Moment != StrategyMoment.Visit)
        {
            if (rule.Still != trigger.Status)
            {
                issues.Error("ND0512", at, $"{of} is decided after relapse or non-response, and done only in a state that is over by then", rule.Still.ToString(), "still: failed at failure, still: second-remission in second remission");
            }

            return;
        }

        double[] visits = [.. study.VisitDays.Prepend(0).Where(trigger.IsAt)];
        if (visits.Length == 0)
        {
            string when = trigger.LastVisitDay is { } last ? $"from day {Text(trigger.VisitDay)} to {Text(last)}" : $"on day {Text(trigger.VisitDay)}";
            issues.Error("ND0512", at, $"{of} is decided at a visit {when}, which the study does not have",
                $"visits on days {string.Join(", ", study.VisitDays.Select(Text))}", $"a visit {when}", "add the day to visits");
            return;
        }

        if (rule.DoneOn(visits[0]) >= study.HorizonDays)
        {
            issues.Error("ND0513", at, $"{of} is done on day {Text(rule.DoneOn(visits[0]))}, after the study has ended",
                $"a horizon of {Text(study.HorizonDays)} days", $"a horizon beyond day {Text(rule.DoneOn(visits[0]))}");
        }

        CheckStatus(rule, of, at, visits);
        if (trigger.Observed.Any(o => o.Comparison == ObservedComparison.RisesBy) && visits[^1] <= (rule.Trigger.IsAt(0) ? 0 : study.VisitDays[0]))
        {
            issues.Error("ND0517", at, $"{of} waits for a rise at the first visit, which has none before it", $"a visit on day {Text(visits[^1])}", "a later visit");
        }
    }

    /// <summary>Remission begins at an assessment; without one, patients are without relapse until non-response is declared.</summary>
    void CheckStatus(StrategyRule rule, string of, SourceLocation at, double[] visits)
    {
        double first = study.VisitDays.Where(Study.RemissionAssessmentDays.Contains).DefaultIfEmpty(double.PositiveInfinity).Min();
        string assessed = $"remission is first assessed on day {Text(first)}";
        if (rule.Trigger.Status == PatientStatus.Remission && visits[^1] < first)
        {
            issues.Error("ND0512", at, $"{of} waits for a remission on day {Text(visits[^1])}, before any is assessed", assessed, $"a visit on day {Text(first)} or later");
        }
        else if (rule.Still == PatientStatus.Remission && !visits.Any(v => rule.DoneOn(v) >= first && rule.DoneOn(v) < study.HorizonDays))
        {
            issues.Error("ND0512", at, $"{of} is done only in remission, on day {Text(rule.DoneOn(visits[^1]))}, before any is assessed", assessed, $"day {Text(first)} or later, or still: without-relapse");
        }
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

            if (condition.Comparison == ObservedComparison.AtLeast && assay.NoiseScale == NoiseScale.Logit && Cuts([condition], ObservedComparison.AtLeast).Any(c => c > 1))
            {
                issues.Error("ND0517", at, $"{of} waits for a value of \"{assay.Name}\" of at least {Text(condition.Value)}, and it is a fraction", Text(condition.Value), "a number up to 1");
            }

            if (condition.Comparison == ObservedComparison.Below && condition.Value <= 0)
            {
                issues.Error("ND0517", at, $"{of} waits for a value of \"{assay.Name}\" below {Text(condition.Value)}, which cannot be", Text(condition.Value), "a number above 0");
            }
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

            // A visit in remission with this many blasts is the relapse, and nobody is without relapse and not in remission once non-response has been declared.
            double relapse = assays.Marrow.Threshold("remission");
            if (condition.Assay == assays.Marrow.Name && least >= relapse && (inRemission || (rule.Trigger.Status == PatientStatus.WithoutRelapse && visits[0] > last)))
            {
                issues.Error("ND0517", at, $"{of} waits {(inRemission ? "in remission" : "without relapse")} for a value of \"{condition.Assay}\" that {(inRemission ? "ends the remission" : "is the relapse")}", $"blasts of {Text(least)} or more", $"a number below {Text(relapse)}");
            }

            // Remission begins without MRD, so that at the first assessment nobody has both.
            double positive = assays.Mrd.Threshold("positive");
            if (condition.Assay == assays.Mrd.Name && least >= positive && inRemission && visits[^1] <= first)
            {
                issues.Error("ND0517", at, $"{of} waits for a remission with MRD on day {Text(visits[^1])}, where remission begins only without", $"\"{condition.Assay}\" of {Text(least)} or more", $"a number below {Text(positive)}, a later visit, or status: without-relapse");
            }
        }
    }

    /// <summary>The smallest value with which a condition holds; negative infinity where it holds below the limit.</summary>
    double Least(ObservedCondition condition) => (condition.Comparison, assays.Find(condition.Assay)) switch
    {
        (ObservedComparison.AtLeast, { } assay) => Math.Max(Cuts([condition], ObservedComparison.AtLeast).DefaultIfEmpty(double.NegativeInfinity).Max(), assay.Limit),
        (ObservedComparison.Detected or ObservedComparison.RisesBy, { } assay) => assay.Limit,
        _ => double.NegativeInfinity,
    };

    IEnumerable<double> Cuts(IEnumerable<ObservedCondition> conditions, ObservedComparison comparison) => conditions
        .Where(c => c.Comparison == comparison)
        .Select(c => c.Threshold is not { } cut ? c.Value : assays.Find(c.Assay)?.Thresholds.TryGetValue(cut, out double value) == true ? value : double.NaN)
        .Where(v => !double.IsNaN(v));

    void CheckPatient(StrategyRule rule, string of, SourceLocation at, Population population)
    {
        string[] known = [.. population.Covariates.Select(c => c.Name)];
        foreach (PatientCondition condition in rule.Trigger.Patient)
        {
            if (!known.Contains(condition.Covariate))
            {
                issues.Error("ND0528", at, $"{of} asks for \"{condition.Covariate}\", which the population does not have", condition.Covariate, "a covariate of the population", NearestName.Hint(condition.Covariate, known));
            }
            else if (condition.AtLeast >= condition.Below)
            {
                issues.Error("ND0528", at, $"{of} asks for a \"{condition.Covariate}\" that cannot be", $"from {Text(condition.AtLeast)} to below {Text(condition.Below)}", "the smaller number as at-least");
            }
        }
    }

    /// <summary>A graft takes the place of the patient's own cells, so cells given after a transplant on a fixed day are a mistake, as is a second transplant.</summary>
    void CheckTogether(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        Strategy[] transplants = [.. strategies.Where(s => s.IsTransplant && s.Rules.Count > 0)];
        foreach (Strategy transplant in transplants)
        {
            if (transplant.Rules.Any(r => r.Earliest <= 0))
            {
                issues.Error("ND0518", Place(arm, transplant), $"\"{transplant.Name}\" of the arm \"{arm.Name}\" is done before the CAR-T cells are infused", "day 0", "a day after the infusion");
            }

            double last = transplant.Rules.Max(r => r.Day ?? double.PositiveInfinity);
            foreach (Strategy cells in strategies.Where(s => s.Rules.Any(r => r.Infuses && r.Earliest >= last)))
            {
                issues.Error("ND0518", Place(arm, cells), $"\"{transplant.Name}\" and \"{cells.Name}\" of the arm \"{arm.Name}\" contradict each other: the transplant comes before the infusion",
                    $"transplant on day {Text(last)}, infusion on day {Text(cells.Rules.Where(r => r.Infuses).Min(r => r.Earliest))} at the earliest", "the infusion first", "a graft takes the place of the patient's own CAR-T cells");
            }
        }

        CheckTwice(arm, strategies);
    }

    void CheckTwice(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        Strategy[] replacing = [.. strategies.Where(s => s.Instead is not null)];
        if (replacing.Length > 1)
        {
            issues.Error("ND0518", Place(arm, replacing[1]), $"the arm \"{arm.Name}\" cannot replace its product twice", string.Join(" and ", replacing.Select(s => s.Name)), "one strategy that gives another product instead");
        }

        IEnumerable<(string Product, Strategy? By)> given = strategies
            .SelectMany(s => s.Given.Select(p => (p, (Strategy?)s)))
            .Concat(arm.Products.Skip(replacing.Length > 0 ? 1 : 0).Select(p => (p, (Strategy?)null)));
        foreach (IGrouping<string, (string Product, Strategy? By)> same in given.GroupBy(g => g.Product).Where(g => g.Count() > 1 && g.Any(x => x.By is not null)))
        {
            Strategy by = same.Select(g => g.By).OfType<Strategy>().First();
            issues.Error("ND0518", Place(arm, by), $"the arm \"{arm.Name}\" gives the product \"{same.Key}\" twice", string.Join(" and ", same.Select(g => g.By?.Name ?? "product")), "each product once",
                "infuse: same gives the arm's own product again");
        }
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
