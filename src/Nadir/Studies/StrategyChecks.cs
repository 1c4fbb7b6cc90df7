using System.Globalization;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What is wrong with the strategies of an arm: a strategy whose trigger can never fire is a mistake of the study, not a strategy without effect.</summary>
sealed class StrategyChecks(Study study, ModelPackage package, AssaySet assays, IssueList issues)
{
    /// <summary>The parameter of the models that is the leukaemia a patient is drawn with.</summary>
    const string Burden = "leukaemia_at_infusion";

    readonly ObservedChecks _observed = new(study, assays, issues);

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
                _observed.Check(rule, of, at);
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
        double[] done = [.. visits.Select(rule.DoneOn).Where(d => d < study.HorizonDays)];
        string assessed = $"remission is first assessed on day {Text(first)}";
        if (rule.Trigger.Status == PatientStatus.Remission && visits[^1] < first)
        {
            issues.Error("ND0512", at, $"{of} waits for a remission on day {Text(visits[^1])}, before any is assessed", assessed, $"a visit on day {Text(first)} or later");
        }
        else if (rule.Still == PatientStatus.Remission && done.Length > 0 && done.All(d => d < first))
        {
            issues.Error("ND0512", at, $"{of} is done only in remission, on day {Text(done[^1])}, before any is assessed", assessed, $"day {Text(first)} or later, or still: without-relapse");
        }
    }

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
        CheckCourses(arm, strategies);
    }

    /// <summary>
    /// A course before the infusion that changes the burden every patient is drawn with says what is left at the infusion; a second one would be multiplied with it as if leukaemia
    /// that survived the first were as sensitive. Drugs and radiotherapy that act on cells of their own are no such course.
    /// </summary>
    void CheckCourses(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        Strategy[] courses = [.. strategies.Where(s => s.Needs?.DaysBeforeInfusion is not null && s.Changes.Any(c => c.Target == Burden))];
        if (courses.Length > 1)
        {
            issues.Error("ND0518", Place(arm, courses[1]), $"{string.Join(" and ", courses.Select(s => $"\"{s.Name}\""))} of the arm \"{arm.Name}\" contradict each other: each says what burden is left at the infusion",
                string.Join(" and ", courses.Select(s => string.Join(", ", s.Changes.Where(c => c.Target == Burden).Select(c => $"{(c.Kind == ChangeKind.Set ? "set to" : "times")} {Text(c.Value)}")))), "one course that lowers the burden of every patient",
                "a policy of the study can say what two courses leave together; bridging with an antibody or radiotherapy goes with either");
        }
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
