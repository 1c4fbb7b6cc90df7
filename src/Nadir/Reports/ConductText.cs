using System.Globalization;
using Nadir.Designs;
using Nadir.Survival;
using Nadir.Trials;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>How a randomised trial is enrolled, run and decided, in sentences that could stand in a paper.</summary>
static class ConductText
{
    /// <summary>Accrual, randomisation, the time before the infusion, and until when patients are followed, each with its heading.</summary>
    public static IReadOnlyList<(string Heading, string Text)> Conduct(ConductedTrial trial, double horizonDays) =>
    [
        ("Accrual", Accrual(trial.Design.Conduct.Accrual)), ("Randomisation", Randomisation(trial.Design.Conduct, trial.Design.Allocation)),
        ("Before the infusion", Before(trial.Design.Conduct.BeforeInfusion, [.. trial.Flow.Select(f => f.Arm)])), ("Follow-up in the trial", Followed(trial.Design.Conduct, horizonDays)),
    ];

    /// <summary>The primary analysis, its looks and their boundaries.</summary>
    public static string Analysis(ConductedTrial trial)
    {
        PrimaryAnalysis a = trial.Design.Analysis;
        return $"The primary analysis compared “{trial.Compared.Arm}” with “{trial.Compared.Reference}” in {Endpoint(a.Endpoint)}, among {Who(a)}, by {Test(a, trial.Design.Conduct.Strata.Count > 0)}, with a {Sides(a)} type I error of {Plain(a.Alpha)}. "
            + $"{Looks(trial)} {EffectText.Method(trial.Design)} Effects are taken at the last analysis and are {EffectText.NotCorrected}.";
    }

    /// <summary>When the analyses were planned, with their boundaries.</summary>
    public static string Looks(ConductedTrial trial) => $"{When(trial.Design.Analysis)} {Interim(trial.Design.Analysis, trial.Boundaries)}";

    static string Accrual(Accrual? accrual) => accrual is null ? "All patients came on the day on which the trial opened."
        : double.IsNaN(accrual.PerDay) ? $"Patients came at random at a constant rate that brings all of them within {Months(accrual.OverDays)} months (Poisson process)."
        : $"Patients came at random at a constant rate of {NumberText.Significant(accrual.PerDay * Duration.DaysPerMonth)} a month over all arms (Poisson process).";

    static string Randomisation(TrialConduct conduct, IReadOnlyList<int> allocation)
    {
        string strata = conduct.Strata.Count == 0 ? "" : $", within strata by {string.Join(" and ", conduct.Strata.Select(Factor))}";
        return $"They were randomised {string.Join(':', allocation)} in permuted blocks of {allocation.Sum() * conduct.BlockRepeats}{strata} (Zelen 1974).";
    }

    static string Factor(StratumFactor factor) => factor.IsYesNo ? factor.Name : $"{factor.Name} (cut at {string.Join(", ", factor.Cuts.Select(Plain))})";

    static string Before(BeforeInfusion? before, IReadOnlyList<string> arms) => before is null
        ? "They were enrolled at infusion, so that all were treated."
        : before.Arms.Count > 0 ? Each(before, arms)
        : $"The infusion was planned {Plain(before.Days)} days after enrolment; by then a patient had died or become too ill with probability {Plain(before.Dies)} (constant hazard), or the product could not be made.{TooIll(before)}";

    static string Each(BeforeInfusion before, IReadOnlyList<string> arms)
    {
        string times = string.Join("; ", arms.Zip(before.Arms, (arm, t) => $"in “{arm}” {Plain(t.Days)} {(t.Days == 1 ? "day" : "days")}" + (t.Spread == 0 ? "" : $" in the median (log-normal, standard deviation {Plain(t.Spread)})")));
        return $"The infusion was planned after enrolment {times}. Until then patients died or became too ill at a constant hazard, the same in every arm, of {Plain(before.Dies)} within {Plain(before.Days)} days; on its day the product could turn out not to be made.{TooIll(before)}";
    }

    static string TooIll(BeforeInfusion before) => before.Dies == 0 ? ""
        : before.TooIll == 0 ? " Who became too ill counts as dead from then on, which for overall survival is conservative."
        : $" Of these a share of {Plain(before.TooIll)} were alive and too ill; their survival was that after a failure of treatment.";

    static string Followed(TrialConduct conduct, double horizonDays)
    {
        string lost = conduct.DropOutPerYear == 0 ? "Nobody was lost to follow-up" : $"{Plain(conduct.DropOutPerYear * 100)}% of patients a year were lost to follow-up, at a constant hazard from enrolment and independently of outcome";
        string cut = double.IsPositiveInfinity(conduct.CutOffDay) ? "there was no data cut-off before that of the analysis" : $"the data were cut off {Months(conduct.CutOffDay)} months after the trial opened";
        return $"{lost}; {cut}. Each patient was followed for at most {Months(horizonDays)} months from the endpoint's origin.";
    }

    static string Endpoint(ProtocolEndpoint endpoint)
    {
        string name = endpoint.Endpoint switch
        {
            Endpoints.Endpoint.Overall => "overall survival",
            Endpoints.Endpoint.EventFree => "event-free survival",
            Endpoints.Endpoint.RelapseFree => "relapse-free survival from remission",
            Endpoints.Endpoint.DurationOfResponse => "duration of response from remission",
            Endpoints.Endpoint.Relapse => "the cumulative incidence of relapse from remission, with death in remission as a competing event",
            _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint.Endpoint, "expected a known endpoint"),
        };
        return $"{name} ({endpoint.Code}; {(endpoint.CensorsAtTransplant ? "a transplant censors" : "patients are followed through a transplant")})";
    }

    /// <summary>Whose endpoint is compared.</summary>
    public static string Who(PrimaryAnalysis a) => (a.OnlyInfused, a.Endpoint.IsFromRemission) switch
    {
        (true, false) => "patients who were infused, from the infusion on",
        (true, true) => "infused patients in remission",
        (false, true) => "enrolled patients in remission",
        _ => "all who were enrolled, from enrolment on (intention to treat)",
    };

    static string Test(PrimaryAnalysis a, bool stratified) => a.Test switch
    {
        PrimaryTest.LogRank => stratified ? "the log-rank test, stratified as the randomisation (Mantel 1966)" : "the log-rank test (Mantel 1966)",
        PrimaryTest.Gray => stratified ? "Gray's test (1988), stratified as the randomisation" : "Gray's test (1988)",
        PrimaryTest.Milestone => $"the difference of the event's probability at month {Months(a.MilestoneDay)}, not stratified ({(a.Endpoint.Endpoint == Endpoints.Endpoint.Relapse ? "Aalen-Johansen" : "Kaplan-Meier")})",
        _ => throw new ArgumentOutOfRangeException(nameof(a), a.Test, "expected a known test"),
    };

    static string Sides(PrimaryAnalysis a) => a.Sides == BoundarySides.Two ? "two-sided" : "one-sided";

    static string When(PrimaryAnalysis a) => a.Events is { } events
        ? $"The final analysis was planned at {NumberText.Count(events)} events in the two arms together, or at the end of follow-up or the data cut-off where that came first."
        : "The analysis was planned at the end of follow-up or the data cut-off, whatever the number of events.";

    static string Interim(PrimaryAnalysis a, IReadOnlyList<GroupSequentialLook> boundaries)
    {
        if (a.Looks.Count == 0)
        {
            return "There was no interim look.";
        }

        string spending = a.Spending == SpendingFunction.Pocock ? "Pocock" : "O'Brien and Fleming";
        string futility = a.FutilityConditionalPower > 0
            ? $" The trial stopped for futility at a look with a conditional power under the current trend below {Plain(a.FutilityConditionalPower)} (Jennison and Turnbull 2000); that is not binding for the boundaries."
            : " There was no stopping for futility.";
        return $"Interim looks were planned at {string.Join(", ", a.Looks.Select(l => $"{Plain(l * 100)}%"))} of these events, with boundaries of Lan and DeMets (1983) whose error is spent after {spending}: "
            + $"{string.Join(", ", boundaries.Select(b => b.Z.ToString("0.000", CultureInfo.InvariantCulture)))} for the standardised statistic, the final one last.{futility}";
    }

    static string Months(double days) => (days / Duration.DaysPerMonth).ToString("0.##", CultureInfo.InvariantCulture);

    static string Plain(double x) => x.ToString("0.######", CultureInfo.InvariantCulture);
}
