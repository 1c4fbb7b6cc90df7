using Nadir.Survival;

namespace Nadir.Designs;

/// <summary>An enrolled patient.</summary>
/// <param name="Arm">Index of the arm.</param>
/// <param name="EnrolmentDay">Day from the opening of the trial.</param>
/// <param name="DropOutDays">Days from enrolment after which the patient is lost; positive infinity for never.</param>
/// <param name="Candidate">What would be seen of the patient.</param>
public readonly record struct EnrolledPatient(int Arm, double EnrolmentDay, double DropOutDays, Candidate Candidate)
{
    /// <summary>What is known of the endpoint on a day of the trial; null where the patient has not come to its origin.</summary>
    /// <param name="trialDay">Day from the opening of the trial.</param>
    public FollowUp? KnownOn(double trialDay)
    {
        if (Candidate.Time is not { } time || Origin(time) > trialDay || time.StartDay > DropOutDays)
        {
            return null;
        }

        // The sums of EventDay to the last bit: an analysis on the day of an event holds the event.
        bool seen = Origin(time) + time.Days <= trialDay && time.StartDay + time.Days <= DropOutDays;
        double followed = Math.Min(trialDay - Origin(time), DropOutDays - time.StartDay);
        return seen ? FollowUp.FromOrigin(time.Days, time.Cause) : FollowUp.FromOrigin(Math.Min(followed, time.Days), 0);
    }

    /// <summary>Whether the patient was infused, as it is known on a day of the trial; null where it is not yet, or never, because the patient is lost before.</summary>
    /// <param name="trialDay">Day from the opening of the trial.</param>
    public InfusionFate? FateOn(double trialDay) =>
        EnrolmentDay + Candidate.FateDays <= trialDay && Candidate.FateDays <= DropOutDays ? Candidate.Fate : null;

    /// <summary>The day of the trial on which the event is seen; null where it never is.</summary>
    public double? EventDay => Candidate.Time is { Cause: 1 } t && t.StartDay + t.Days <= DropOutDays ? Origin(t) + t.Days : null;

    double Origin(EndpointTime time) => EnrolmentDay + time.StartDay;

    /// <summary>The day of the trial on which nothing more is to be seen of the patient.</summary>
    public double LastDay => EnrolmentDay + (Candidate.Time is { } t ? Math.Min(t.StartDay + t.Days, DropOutDays) : 0);
}

/// <summary>The primary comparison of two arms on what is known of their patients.</summary>
public static class ArmComparison
{
    /// <summary>The standardised statistic: positive where the arm does better than its reference, standard normal where nothing differs.</summary>
    /// <param name="analysis">What is compared, and how.</param>
    /// <param name="strata">Number of strata.</param>
    /// <param name="known">Arm, stratum and follow-up of each patient of the two arms.</param>
    /// <returns>Not estimable where the test is not.</returns>
    public static Estimable<double> Statistic(PrimaryAnalysis analysis, int strata, IReadOnlyList<(int Arm, int Stratum, FollowUp Time)> known)
    {
        // Compared by cause, a competing event ends the time of the event of interest.
        bool competing = analysis.Test is PrimaryTest.Gray || (analysis.Test is PrimaryTest.Milestone && analysis.Endpoint.Endpoint == Endpoints.Endpoint.Relapse);
        int kept = analysis.Test == PrimaryTest.Milestone ? 1 : strata;
        List<FollowUp>[,] groups = new List<FollowUp>[kept, 2];
        for (int s = 0; s < kept; s++)
        {
            (groups[s, 0], groups[s, 1]) = ([], []);
        }

        foreach ((int arm, int stratum, FollowUp time) in known)
        {
            groups[kept == 1 ? 0 : stratum, arm == analysis.Arm ? 1 : 0].Add(!competing && time.Cause > 1 ? time with { Cause = 0 } : time);
        }

        RiskTable[][] tables = [.. Enumerable.Range(0, kept).Select(s => new[] { Table(groups[s, 0], competing), Table(groups[s, 1], competing) })];
        return analysis.Test switch
        {
            PrimaryTest.LogRank => LogRank.Test(tables).Then(t => Estimable<double>.Of(Math.Sign(t.Expected[1] - t.Observed[1]) * Math.Sqrt(t.Test.Statistic))),
            PrimaryTest.Gray => GrayTest.Compare(tables, cause: 1).Then(t => Estimable<double>.Of(-Math.Sign(t.Scores[1]) * Math.Sqrt(t.Test.Statistic))),
            PrimaryTest.Milestone => Difference(analysis, tables[0]).Then(c => Estimable<double>.Of(c.Difference.Value / c.StandardError)),
            _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis.Test, "expected a known test"),
        };
    }

    static RiskTable Table(List<FollowUp> group, bool competing) => RiskTable.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group), competing ? 2 : 1);

    static Estimable<Contrast> Difference(PrimaryAnalysis analysis, RiskTable[] tables) => analysis.Endpoint.Endpoint == Endpoints.Endpoint.Relapse
        ? Milestone.Difference(AalenJohansen.Estimate(tables[0])[0], AalenJohansen.Estimate(tables[1])[0], analysis.MilestoneDay)
        : Milestone.Difference(KaplanMeier.Estimate(tables[1]), KaplanMeier.Estimate(tables[0]), analysis.MilestoneDay);
}
