using Nadir.Protocols;

namespace Nadir.Evidence;

/// <summary>Says in words what a strategy does.</summary>
static class StrategyPages
{
    public static EvidencePage Of(Strategy s) => EvidencePages.Page(s.Name, "strategy", s.Title,
    [
        new("Not applicable", EvidencePages.Note(s.NotApplicable)),
        new("Needs", [.. EvidencePages.Lines([.. Needs(s.Needs)]), .. Days(s.Needs)]),
        new("Counters", EvidencePages.Lines(s.Counters)),
        new("Changes of the model", [.. s.Changes.Select(EvidencePages.Change)]),
        new("Given instead of the arm's product", EvidencePages.Lines(s.Instead is null ? [] : [s.Instead + (s.InPlaceOf.Count == 0 ? "" : $", in place of {string.Join(" or ", s.InPlaceOf)}")])),
        new("Given on day 0 beside it", EvidencePages.Lines(s.Products)),
        .. s.Rules.Select((r, i) => new EvidenceSection(s.Rules.Count == 1 ? "Rule" : FormattableString.Invariant($"Rule {i + 1}"), Rule(r))),
        new("Published", EvidencePages.Facts(s.Facts)),
        new("Costs", Costs(s.Costs)),
        new("Evidence", [.. s.Evidence.Select(e => new EvidenceLine(e.Key) { Citations = [e.Key] })]),
        new("Note", EvidencePages.Note(s.Note)),
    ]);

    public static IReadOnlyList<EvidenceLine> Costs(IEnumerable<StrategyCost> costs) => [.. costs.Select(c => EvidenceLine.Of(c.Text, c.Basis))];

    static IEnumerable<string> Needs(StrategyNeeds? needs)
    {
        if (needs?.Target is { } target)
        {
            yield return $"a product that binds {target}";
        }

        if (needs?.Cells is { } cells)
        {
            yield return $"products of {cells.ToUpperInvariant()} cells";
        }

        if (needs?.Mechanisms.Count > 0)
        {
            yield return $"patients with {string.Join(" or ", needs.Mechanisms)}";
        }

        if (needs?.Lymphodepletions.Count > 0)
        {
            yield return $"lymphodepletion with {string.Join(" or ", needs.Lymphodepletions)}";
        }
    }

    static IEnumerable<EvidenceLine> Days(StrategyNeeds? needs) =>
        needs?.DaysBeforeInfusion is { } days ? [EvidenceLine.Of($"{Text(days)} days before the infusion", needs.DaysBasis!)] : [];

    static IReadOnlyList<EvidenceLine> Rule(StrategyRule rule) => [EvidenceLine.Of($"{When(rule.Trigger)}; {Then(rule)}", rule.TimingBasis), .. rule.Actions.Select(Action)];

    static string When(StrategyTrigger t)
    {
        string visit = t.Moment == StrategyMoment.Failure ? "at relapse or non-response" : t.Moment == StrategyMoment.SecondRemission ? "when second remission is seen" : t.LastVisitDay is { } last ? $"at visits from day {Text(t.VisitDay)} to {Text(last)}" : t.VisitDay == 0 ? "before the infusion" : $"at the visit on day {Text(t.VisitDay)}";
        IEnumerable<string> conditions = t.Patient.Select(Condition).Concat(t.Observed.Select(Condition)).Prepend(Status(t.Status));
        return $"{visit}: {string.Join(", ", conditions)}";
    }

    static string Then(StrategyRule r) =>
        (r.Day is { } day ? $"done on day {Text(day)}" : r.DelayDays == 0 ? "done at once" : $"done {Text(r.DelayDays)} days later") + $" if {Status(r.Still)} still" + (r.Times > 1 ? $", up to {r.Times} times" : "");

    static string Status(PatientStatus status) => status switch
    {
        PatientStatus.Remission => "in remission",
        PatientStatus.Failed => "not in remission again",
        PatientStatus.SecondRemission => "in second remission",
        _ => "without relapse",
    };

    static string Condition(PatientCondition c) => (c.AtLeast, c.Below) switch
    {
        (0.5, double.PositiveInfinity) => c.Covariate,
        (double.NegativeInfinity, 0.5) => $"not {c.Covariate}",
        (double.NegativeInfinity, _) => $"{c.Covariate} below {Text(c.Below)}",
        (_, double.PositiveInfinity) => $"{c.Covariate} at least {Text(c.AtLeast)}",
        _ => $"{c.Covariate} from {Text(c.AtLeast)} to below {Text(c.Below)}",
    };

    static string Condition(ObservedCondition c)
    {
        string cut = c.Threshold ?? Text(c.Value);
        return c.Comparison switch
        {
            ObservedComparison.BelowLimit => $"{c.Assay} below its limit",
            ObservedComparison.Detected => $"{c.Assay} detected",
            ObservedComparison.AtLeast => $"{c.Assay} at least {cut}",
            ObservedComparison.Below => $"{c.Assay} below {cut}",
            _ => $"{c.Assay} at least {cut} times the visit before",
        };
    }

    static EvidenceLine Action(StrategyAction action) => EvidenceLine.Of(action switch
    {
        StrategyAction.ScaleSpecies s => $"{s.Species} times {Text(s.Factor)}",
        StrategyAction.SetParameter p => $"{p.Parameter} set to {Text(p.Value)}",
        StrategyAction.MultiplyParameter { ForDays: { } days } p => $"{p.Parameter} times {Text(p.Factor)} for {Text(days)} days",
        StrategyAction.MultiplyParameter p => $"{p.Parameter} times {Text(p.Factor)}",
        StrategyAction.AddToParameter p => $"{p.Parameter} plus {Text(p.Amount)} for {Text(p.ForDays)} days",
        StrategyAction.GiveCells g => $"{Text(g.Cells)} cells to {g.Species}",
        StrategyAction.Infuse i => $"infuse {i.Product ?? "the same product"}, {Text(i.Share)} of its dose" + (i.Fails is { } fails ? $"; it cannot be made with probability {Text(fails)}" : ""),
        StrategyAction.Toxicity t => $"{t.Name} with probability {Text(t.Probability)}",
        StrategyAction.Mortality m => $"death from the treatment: {string.Join(", ", m.Points.Select(p => $"{Text(p.Probability)} by day {Text(p.Day)}"))}",
        _ => action.ToString()!,
    }, action.Basis);

    static string Text(double value) => EvidenceLine.Number(value);
}
