using System.Globalization;
using Nadir.Designs;
using Nadir.Documents;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Studies;

/// <summary>Reads <c>analysis</c> of a study file: the comparison that decides the trial, its looks and its error.</summary>
sealed class AnalysisReader(IReadOnlyList<StudyArm> arms, double horizonDays, int patientsPerArm)
{
    static readonly string[] _tests = ["log-rank", "gray", "milestone"];

    static readonly string[] _spending = ["obrien-fleming", "pocock"];

    public (PrimaryAnalysis Analysis, AnalysisPlaces At) Read(MappingReader map) =>
        (ReadAnalysis(map), new AnalysisPlaces(map.Optional("at-transplant")?.At, map.Optional("patients")?.At, map.Optional("month")?.At, map.Optional("events")?.At));

    PrimaryAnalysis ReadAnalysis(MappingReader map)
    {
        string[] names = [.. arms.Select(a => a.Name)];
        int reference = map.Optional("reference") is { } r ? Math.Max(0, Array.IndexOf(names, r.OneOf("arm", names))) : 0;
        int arm = ReadArm(map, names, reference);
        ProtocolEndpoint endpoint = new((Endpoints.Endpoint)Math.Max(0, ProtocolEndpoint.Codes.ToList().IndexOf(map.Required("endpoint").OneOf("endpoint", ProtocolEndpoint.Codes))), Censors(map));
        double alpha = map.Optional("alpha") is { } a ? ReadShare(a, "a type I error") : 0.05;
        int? events = map.Optional("events") is { } e ? ReadEvents(e, arm == reference ? [arm] : [arm, reference]) : null;
        ValueReader? test = map.Optional("test");
        PrimaryTest kind = test is null ? PrimaryTest.LogRank : (PrimaryTest)Math.Max(0, Array.IndexOf(_tests, test.OneOf("test", _tests)));
        IReadOnlyList<double> looks = map.Optional("looks") is { } l ? ReadLooks(l, events) : [];
        double month = ReadMonth(map, test, kind, endpoint);
        if (looks.Count > 0 && month <= horizonDays)
        {
            // The information about a month is not the share of events: before patients have reached the month there is none.
            map.Issues.Error("ND0554", map.Optional("looks")!.At, "the analysis compares a month and has interim looks", "looks with test: milestone", "test: log-rank or gray, or no looks", "looks are taken at shares of the events, which say nothing about a month that nobody has reached");
        }

        if (events is not null && kind == PrimaryTest.Milestone && looks.Count == 0)
        {
            map.Issues.Error("ND0554", map.Optional("events")!.At, "the analysis compares a month and waits for a number of events", "events with test: milestone", "no events, or test: log-rank", "the events may have come before anybody has reached the month");
        }

        return new PrimaryAnalysis
        {
            Arm = arm,
            Reference = reference,
            Endpoint = endpoint,
            OnlyInfused = map.Optional("patients")?.OneOf("patients", ["enrolled", "infused"]) == "infused",
            Test = kind,
            MilestoneDay = month,
            Alpha = alpha,
            Sides = map.Optional("sides")?.WholeNumber(1, 2) == 1 ? BoundarySides.One : BoundarySides.Two,
            Events = events,
            Looks = looks,
            Spending = NeedsLooks(map.Optional("spending"), looks)?.OneOf("spending", _spending) == _spending[1] ? SpendingFunction.Pocock : SpendingFunction.OBrienFleming,
            FutilityConditionalPower = NeedsLooks(map.Optional("futility"), looks) is { } f ? ReadShare(f, "a conditional power") : 0,
            TargetPower = map.Optional("power") is { } p ? ReadPower(p, alpha) : null,
        };
    }

    static int ReadArm(MappingReader map, string[] names, int reference)
    {
        ValueReader? value = map.Optional("arm");
        if (value is null && names.Length > 2)
        {
            map.Issues.Error("ND0545", map.At, "the analysis does not say which arm is tested", $"{names.Length} arms", "arm: the name of one", "the others are run beside it");
        }

        int arm = value is null ? reference == 0 ? 1 : 0 : Math.Max(0, Array.IndexOf(names, value.OneOf("arm", names)));
        if (arm == reference && names.Length > 1)
        {
            value?.Error("ND0545", "the arm is compared with itself", names[arm], "another arm than the reference");
        }

        if (names.Length == 1)
        {
            map.Issues.Error("ND0545", map.At, "there is no other arm to compare with", "one arm", "two arms or more");
        }

        return arm;
    }

    static bool Censors(MappingReader map) => map.Optional("at-transplant")?.OneOf("way", ["follow", "censor"]) == "censor";

    static double ReadShare(ValueReader value, string what)
    {
        double share = value.Number(NumberRange.Above(0, 1));
        if (share == 1)
        {
            value.Error("ND0546", $"{what} lies between 0 and 1", "1", "a number below 1");
        }

        return share;
    }

    static double ReadPower(ValueReader value, double alpha)
    {
        double power = ReadShare(value, "a power");
        if (power <= alpha)
        {
            value.Error("ND0546", "any trial has as much power", power.ToString("R", CultureInfo.InvariantCulture), "more than the type I error, for example 0.8");
        }

        return power;
    }

    int ReadEvents(ValueReader value, int[] compared)
    {
        int events = value.WholeNumber(2, int.MaxValue);
        long patients = compared.Where(a => a < arms.Count).Sum(a => (long)patientsPerArm * arms[a].Allocation);
        if (compared.Length == 2 && events > patients)
        {
            value.Error("ND0547", "there are more events than patients", $"{events} events", $"at most the {patients} patients of the two arms");
        }

        return events;
    }

    /// <summary>Looks are ascending shares of the events below 1, each with an event of its own.</summary>
    static IReadOnlyList<double> ReadLooks(ValueReader value, int? events)
    {
        IReadOnlyList<double> looks = value.List(l => l.Number(NumberRange.Above(0, 1)));
        if (value.IsList && (looks.Count == 0 || looks[^1] >= 1 || looks.Zip(looks.Skip(1)).Any(p => p.First >= p.Second)))
        {
            value.Error("ND0548", "the looks do not follow each other", looks.Count == 0 ? "an empty list" : string.Join(", ", looks.Select(l => l.ToString("R", CultureInfo.InvariantCulture))), "shares of the events in ascending order, below 1", "the final analysis is made in any case");
        }

        if (events is not { } planned)
        {
            value.Error("ND0548", "looks are made at shares of the planned events, and none are planned", expected: "events: a number");
        }
        else if (value.IsList && looks.Append(1).Select(l => Math.Ceiling((l * planned) - 1e-9)).Distinct().Count() <= looks.Count)
        {
            value.Error("ND0548", "there are more looks than events", $"{looks.Count} looks and a final analysis at {planned} events", "an event more at each look");
        }

        return looks;
    }

    /// <summary>Without a look there is nothing to spend or to stop at.</summary>
    static ValueReader? NeedsLooks(ValueReader? value, IReadOnlyList<double> looks)
    {
        if (looks.Count == 0)
        {
            value?.Error("ND0548", $"\"{value.Path}\" changes nothing in a trial without interim looks", expected: "looks: shares of the events", hint: "leave it out");
        }

        return value;
    }

    double ReadMonth(MappingReader map, ValueReader? test, PrimaryTest kind, ProtocolEndpoint endpoint)
    {
        ValueReader? month = map.Optional("month");
        if (kind == PrimaryTest.Gray && endpoint.Endpoint != Endpoints.Endpoint.Relapse)
        {
            test!.Error("ND0549", "Gray's test compares incidences with a competing event", $"the endpoint {endpoint.Code}", "endpoint: CIR", "use log-rank for the others");
        }

        if (kind != PrimaryTest.Milestone)
        {
            month?.Error("ND0549", "a month belongs to the milestone test", expected: "test: milestone", hint: "leave it out");
            return double.NaN;
        }

        if (month is null)
        {
            test!.Error("ND0549", "the milestone test needs a month", expected: "month: 24");
            return double.NaN;
        }

        double days = month.Number(NumberRange.Positive) * Duration.DaysPerMonth;
        if (days > horizonDays)
        {
            month.Error("ND0549", "the milestone lies beyond the horizon", Excerpt.Of(month.Text()), string.Create(CultureInfo.InvariantCulture, $"a month up to {horizonDays / Duration.DaysPerMonth:0.##}"));
        }

        return days;
    }
}
