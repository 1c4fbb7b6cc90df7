using System.Globalization;
using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>Reads the rules of strategies: trigger, timing and actions.</summary>
static class StrategyRuleReader
{
    const string ConditionForms = "one of is: below-limit | detected, at-least: …, below: …, rises-by: …";

    static readonly string[] _statuses = ["remission", "without-relapse", "failed", "second-remission"];

    static readonly string[] _moments = ["failure", "second-remission"];

    static readonly string[] _comparisons = ["below-limit", "detected"];

    public static StrategyRule Read(MappingReader map)
    {
        ValueReader? toDay = map.Optional("delay-to-day");
        ValueReader? delay = map.Optional("delay");
        StrategyRule rule = new()
        {
            Trigger = map.Required("trigger").Mapping(Trigger),
            Day = toDay?.Number(NumberRange.NotNegative),
            DelayDays = delay?.Number(NumberRange.NotNegative) ?? 0,
            Still = Status(map.Required("still")),
            Times = map.Optional("times")?.WholeNumber(1, 1000) ?? 1,
            Share = map.Optional("share") is { } share ? Share(share) : 1,
            TimingBasis = map.Required("timing").Mapping(Basis.Read),
            Actions = map.Required("actions").List(a => a.Mapping(StrategyActionReader.Read)),
        };
        if (toDay is null == delay is null)
        {
            map.Issues.Error("ND0407", map.At, "a rule says once when it is done", expected: "delay-to-day: a day after infusion, or delay: days after the decision");
        }

        if (rule.Day is not null && rule.Trigger.Moment != StrategyMoment.Visit)
        {
            toDay!.Error("ND0406", "what is decided at failure has no fixed day", expected: "delay: days after the decision");
        }

        if (rule.Day < (rule.Trigger.LastVisitDay ?? rule.Trigger.VisitDay))
        {
            toDay!.Error("ND0406", "the strategy is done before it is decided", FormattableString.Invariant($"day {rule.Day}"), FormattableString.Invariant($"day {rule.Trigger.LastVisitDay ?? rule.Trigger.VisitDay} or later"));
        }

        return rule;
    }

    static double Share(ValueReader value)
    {
        double share = value.Number(NumberRange.Probability);
        if (share == 0)
        {
            value.Error("ND0406", "the strategy is done to nobody", "a share of 0", "a share above 0, at most 1");
        }

        return share;
    }

    static StrategyTrigger Trigger(MappingReader map)
    {
        ValueReader? one = map.Optional("visit");
        ValueReader? several = map.Optional("visits");
        ValueReader? at = map.Optional("at");
        if (new[] { one, several, at }.Count(v => v is not null) != 1)
        {
            map.Issues.Error("ND0407", map.At, "a trigger says once when it is decided", expected: "visit: 28, visits: {from: 28, to: 180}, or at: failure | second-remission");
        }

        if (at is not null)
        {
            StrategyMoment moment = (StrategyMoment)(1 + Math.Max(0, Array.IndexOf(_moments, at.OneOf("moment", _moments))));
            return new StrategyTrigger(double.NaN, moment == StrategyMoment.Failure ? PatientStatus.Failed : PatientStatus.SecondRemission, Observed(map))
            {
                Moment = moment,
                Patient = map.Optional("patient")?.List(p => p.Mapping(Patient)) ?? [],
            };
        }

        (double from, double to) = several?.Mapping(m => (m.Required("from").Number(NumberRange.NotNegative), m.Required("to").Number(NumberRange.Positive))) ?? (double.NaN, double.NaN);
        if (to < from)
        {
            several!.Error("ND0406", "the last visit lies before the first", FormattableString.Invariant($"from day {from} to day {to}"), "from the smaller day to the larger");
        }

        PatientStatus status = Status(map.Required("status"));
        if (status is PatientStatus.Failed or PatientStatus.SecondRemission)
        {
            map.Issues.Error("ND0407", map.At, "planned visits end with relapse or non-response", _statuses[(int)status], "at: failure, or at: second-remission");
        }

        return new StrategyTrigger(one?.Number(NumberRange.NotNegative) ?? from, status, Observed(map))
        {
            LastVisitDay = several is null ? null : to,
            Patient = map.Optional("patient")?.List(p => p.Mapping(Patient)) ?? [],
        };
    }

    static IReadOnlyList<ObservedCondition> Observed(MappingReader map) => map.Optional("observed")?.List(o => o.Mapping(Condition)) ?? [];

    static ObservedCondition Condition(MappingReader map)
    {
        string assay = map.Required("assay").Text();
        (ValueReader? state, ValueReader? least, ValueReader? below, ValueReader? rise) = (map.Optional("is"), map.Optional("at-least"), map.Optional("below"), map.Optional("rises-by"));
        if (new[] { state, least, below, rise }.Count(v => v is not null) != 1)
        {
            map.Issues.Error("ND0413", map.At, "a condition says once how the value must stand", expected: ConditionForms);
            return new ObservedCondition(assay, ObservedComparison.Detected);
        }

        return state is not null ? new ObservedCondition(assay, (ObservedComparison)Math.Max(0, Array.IndexOf(_comparisons, state.OneOf("comparison", _comparisons))))
            : rise is not null ? new ObservedCondition(assay, ObservedComparison.RisesBy) { Value = rise.Number(NumberRange.Positive) }
            : Cut(assay, least is not null ? ObservedComparison.AtLeast : ObservedComparison.Below, least ?? below!);
    }

    /// <summary>A number, or the name of one of the assay's cuts.</summary>
    static ObservedCondition Cut(string assay, ObservedComparison comparison, ValueReader value) =>
        double.TryParse(value.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? new ObservedCondition(assay, comparison) { Value = number }
            : new ObservedCondition(assay, comparison) { Threshold = value.Text() };

    static PatientCondition Patient(MappingReader map)
    {
        string covariate = map.Required("covariate").Text();
        ValueReader? yesNo = map.Optional("is");
        if (yesNo is not null)
        {
            return yesNo.OneOf("answer", ["yes", "no"]) == "no" ? new PatientCondition(covariate, double.NegativeInfinity, 0.5) : new PatientCondition(covariate, 0.5, double.PositiveInfinity);
        }

        (ValueReader? least, ValueReader? below) = (map.Optional("at-least"), map.Optional("below"));
        if (least is null && below is null)
        {
            map.Issues.Error("ND0413", map.At, "a condition on the patient says how the value must stand", expected: "is: yes | no, at-least: …, below: …");
        }

        return new PatientCondition(covariate, least?.Number() ?? double.NegativeInfinity, below?.Number() ?? double.PositiveInfinity);
    }

    static PatientStatus Status(ValueReader value) => (PatientStatus)Math.Max(0, Array.IndexOf(_statuses, value.OneOf("status", _statuses)));
}
