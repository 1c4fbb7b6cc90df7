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
    public static Estimable<double> Statistic(PrimaryAnalysis analysis, int strata, IReadOnlyList<(int Arm, int Stratum, FollowUp Time)> known) => analysis.Test switch
    {
        PrimaryTest.LogRank => LogRank.Test(Tables(analysis, strata, known)).Then(t => Estimable<double>.Of(Math.Sign(t.Expected[1] - t.Observed[1]) * Math.Sqrt(t.Test.Statistic))),
        PrimaryTest.Gray => GrayTest.Compare(Tables(analysis, strata, known), cause: 1).Then(t => Estimable<double>.Of(-Math.Sign(t.Scores[1]) * Math.Sqrt(t.Test.Statistic))),
        PrimaryTest.Milestone => RiskDifference(analysis, known).Then(c => Estimable<double>.Of(-c.Difference.Value / c.StandardError)),
        _ => throw new ArgumentOutOfRangeException(nameof(analysis), analysis.Test, "expected a known test"),
    };

    /// <summary>The difference of the event's probability at the milestone, arm less reference, without strata: Aalen-Johansen for the incidence of relapse, else Kaplan-Meier.</summary>
    /// <param name="analysis">What is compared, with a milestone.</param>
    /// <param name="known">Arm, stratum and follow-up of each patient of the two arms.</param>
    /// <returns>Not estimable where an arm was not followed until then, or where none or all of it had the event.</returns>
    public static Estimable<Contrast> RiskDifference(PrimaryAnalysis analysis, IReadOnlyList<(int Arm, int Stratum, FollowUp Time)> known)
    {
        RiskTable[] tables = Tables(analysis, 1, known)[0];

        // Survival of the reference less that of the arm is the arm's risk less the reference's.
        return Competes(analysis)
            ? Milestone.Difference(AalenJohansen.Estimate(tables[1])[0], AalenJohansen.Estimate(tables[0])[0], analysis.MilestoneDay)
            : Milestone.Difference(KaplanMeier.Estimate(tables[0]), KaplanMeier.Estimate(tables[1]), analysis.MilestoneDay);
    }

    /// <summary>The ratio of subdistribution hazards of the event, arm to reference, within strata (Fine &amp; Gray 1999), with the robust variance.</summary>
    /// <param name="analysis">What is compared.</param>
    /// <param name="strata">Number of strata.</param>
    /// <param name="known">Arm, stratum and follow-up of each patient of the two arms.</param>
    /// <returns>Not estimable where an arm has no event.</returns>
    public static Estimable<Estimate> SubdistributionHazardRatio(PrimaryAnalysis analysis, int strata, IReadOnlyList<(int Arm, int Stratum, FollowUp Time)> known)
    {
        ILookup<int, CompetingRow> rows = known.ToLookup(k => k.Stratum, k => new CompetingRow(k.Time, [k.Arm == analysis.Arm ? 1 : 0]));
        return FineGray.FitWithin([.. Enumerable.Range(0, strata).Select(s => rows[s].ToArray())], cause: 1).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));
    }

    /// <summary>Whether a competing event ends the time to the event, as it does where arms are compared by its incidence; else it censors.</summary>
    static bool Competes(PrimaryAnalysis analysis) =>
        analysis.Test is PrimaryTest.Gray || (analysis.Test is PrimaryTest.Milestone && analysis.Endpoint.Endpoint == Endpoints.Endpoint.Relapse);

    /// <summary>Counts of reference and arm in each stratum.</summary>
    static RiskTable[][] Tables(PrimaryAnalysis analysis, int strata, IReadOnlyList<(int Arm, int Stratum, FollowUp Time)> known)
    {
        bool competing = Competes(analysis);
        List<FollowUp>[,] groups = new List<FollowUp>[strata, 2];
        for (int s = 0; s < strata; s++)
        {
            (groups[s, 0], groups[s, 1]) = ([], []);
        }

        foreach ((int arm, int stratum, FollowUp time) in known)
        {
            groups[strata == 1 ? 0 : stratum, arm == analysis.Arm ? 1 : 0].Add(!competing && time.Cause > 1 ? time with { Cause = 0 } : time);
        }

        return [.. Enumerable.Range(0, strata).Select(s => new[] { Table(groups[s, 0], competing), Table(groups[s, 1], competing) })];
    }

    static RiskTable Table(List<FollowUp> group, bool competing) => RiskTable.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group), competing ? 2 : 1);
}
