using Nadir.Protocols;

namespace Nadir.Trials;

/// <summary>Decides on the strategies of an arm for one patient: on what is known of the patient and what the visits showed.</summary>
sealed class Decisions
{
    readonly ArmPlan _arm;
    readonly AssaySet _assays;
    readonly IReadOnlyList<double> _covariates;
    readonly Dictionary<StrategyRule, int> _times = new(ReferenceEqualityComparer.Instance);
    readonly List<Decision> _open = [];

    public Decisions(TrialPlan plan, ArmPlan arm, IReadOnlyList<double> covariates) => (_arm, _assays, _covariates) = (arm, plan.Assays, covariates);

    /// <summary>Day of the next thing to do; positive infinity where nothing is decided.</summary>
    public double NextDay
    {
        get
        {
            double next = double.PositiveInfinity;
            foreach (Decision decision in _open)
            {
                next = Math.Min(next, decision.Day);
            }

            return next;
        }
    }

    /// <summary>Day of the visit at which a transplant was first decided, done or not; null without one.</summary>
    public double? GraftDecided { get; private set; }

    /// <summary>True where a rule looks at the examination before the infusion.</summary>
    public static bool StartsBeforeInfusion(ArmPlan arm) => arm.Strategies.Any(s => s.Rules.Any(r => r.Trigger.IsAt(0)));

    /// <summary>Decides at a visit.</summary>
    /// <param name="visit">The visit: its planned day says what is decided at it.</param>
    /// <param name="seen">What every assay showed.</param>
    /// <param name="before">Every observation so far, those of this visit among them.</param>
    /// <param name="holds">Whether the patient is in a state.</param>
    public void Decide(KeptVisit visit, Observation[] seen, IReadOnlyList<Observation> before, Func<PatientStatus, bool> holds)
    {
        foreach (Strategy strategy in _arm.Strategies)
        {
            foreach (StrategyRule rule in strategy.Rules)
            {
                StrategyTrigger trigger = rule.Trigger;
                int times = _times.GetValueOrDefault(rule);
                if (trigger.IsAt(visit.Planned) && times < rule.Times && holds(trigger.Status) && trigger.Patient.All(Is) && trigger.Observed.All(o => Shown(o, visit.Day, seen, before)))
                {
                    _times[rule] = times + 1;
                    Decision decision = new(strategy, rule, rule.DoneOn(visit.Day), times);
                    GraftDecided ??= decision.IsGraft ? visit.Day : null;
                    _open.Add(decision);
                }
            }
        }
    }

    /// <summary>True where a rule decides at relapse or non-response.</summary>
    public bool ActsAfterFailure => _arm.Strategies.Any(s => s.Rules.Any(r => r.Trigger.Moment == StrategyMoment.Failure));

    /// <summary>Decides after relapse or non-response.</summary>
    /// <param name="moment">Failure or second remission.</param>
    /// <param name="day">Its day.</param>
    /// <param name="seen">What every assay showed.</param>
    /// <param name="before">Every observation so far.</param>
    public void DecideAt(StrategyMoment moment, double day, Observation[] seen, IReadOnlyList<Observation> before)
    {
        foreach ((Strategy strategy, StrategyRule rule) in _arm.Strategies.SelectMany(s => s.Rules.Select(r => (s, r))))
        {
            if (rule.Trigger.Moment == moment && rule.Trigger.Patient.All(Is) && rule.Trigger.Observed.All(o => Shown(o, day, seen, before)))
            {
                _open.Add(new Decision(strategy, rule, rule.DoneOn(day), 0));
            }
        }
    }

    /// <summary>Takes what is to be done by a day, in the order it was decided.</summary>
    public IReadOnlyList<Decision> Take(double day)
    {
        if (_open.Count == 0)
        {
            return [];
        }

        Decision[] due = [.. _open.Where(d => d.Day <= day)];
        _open.RemoveAll(d => d.Day <= day);
        return due;
    }

    bool Is(PatientCondition condition)
    {
        int i = _arm.Population.Covariates.Index().First(c => c.Item.Name == condition.Covariate).Index;
        return _covariates[i] >= condition.AtLeast && _covariates[i] < condition.Below;
    }

    bool Shown(ObservedCondition condition, double day, Observation[] seen, IReadOnlyList<Observation> before)
    {
        Observation now = seen.First(s => s.Assay == condition.Assay);
        return condition.Comparison switch
        {
            ObservedComparison.BelowLimit => now.BelowLimit,
            ObservedComparison.Detected => !now.BelowLimit,
            ObservedComparison.AtLeast => !now.BelowLimit && now.Value >= Cut(condition),
            ObservedComparison.Below => now.BelowLimit || now.Value < Cut(condition),
            ObservedComparison.RisesBy => !now.BelowLimit && now.Value >= condition.Value * (Last(condition.Assay, day, before)?.Value ?? double.PositiveInfinity),
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Comparison, "expected a known comparison"),
        };
    }

    double Cut(ObservedCondition condition) => condition.Threshold is { } name ? _assays.Find(condition.Assay)!.Threshold(name) : condition.Value;

    /// <summary>The observation of an assay before a day; below the limit it stands at the limit.</summary>
    static Observation? Last(string assay, double day, IReadOnlyList<Observation> observations)
    {
        for (int i = observations.Count - 1; i >= 0; i--)
        {
            if (observations[i].Day < day && observations[i].Assay == assay)
            {
                return observations[i];
            }
        }

        return null;
    }
}

/// <summary>Something decided for a patient.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Rule">Its rule.</param>
/// <param name="Day">Day on which it is to be done.</param>
/// <param name="Before">How often this rule was decided for the patient before.</param>
readonly record struct Decision(Strategy Strategy, StrategyRule Rule, double Day, int Before)
{
    /// <summary>True for the transplant itself, not for cells that the same strategy gives before it.</summary>
    public bool IsGraft => Strategy.IsTransplant && !Rule.Infuses;
}
