using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Analyses an arm by transplant received, as a registry would, and compares the transplanted with themselves, which only a simulation can.</summary>
static class TransplantEffects
{
    const string ChangesGroups = "patients change groups at the transplant, so that no group has a curve of its own";

    /// <summary>One entry for each arm that has a counterpart without its transplant and in which somebody was transplanted.</summary>
    public static IReadOnlyList<TransplantEffect> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies) =>
        [.. from arm in Enumerable.Range(0, plan.Arms.Count)
            where plan.Arms[arm].WithoutTransplant is not null && tallies[arm].Transplants.Counts.Any(c => c.Key.Transplant > 0)
            select Of(plan.Arms[arm].Name, plan.Arms[plan.Arms[arm].WithoutTransplant!.Value].Name, tallies[arm].Transplants, plan.HorizonDays, plan.Seed)];

    internal static TransplantEffect Of(string arm, string reference, TransplantTally tally, double horizonDays, ulong seed = 1)
    {
        TransplantCourse[] courses = [.. tally.Counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value))];
        int[] days = [.. courses.Where(c => c.Transplant > 0).Select(c => c.Transplant).Order()];
        TransplantGroups groups = new(horizonDays, days[(days.Length - 1) / 2]);
        return new TransplantEffect
        {
            Arm = arm,
            Reference = reference,
            LandmarkDay = groups.LandmarkDay,
            RestrictedMeanDays = groups.MeanDays,
            Comparisons =
            [
                Compare(TransplantAnalysis.Naive, groups, courses),
                Compare(TransplantAnalysis.Landmark, groups, courses),
                TimeDependent(groups, courses),
                Compare(TransplantAnalysis.Selection, groups, courses),
                True(groups, [.. courses.Where(c => c.Transplant > 0)]),
            ],
            Gaps = new TransplantGaps(groups, courses).Of(seed),
        };
    }

    static TransplantComparison Compare(TransplantAnalysis analysis, TransplantGroups groups, TransplantCourse[] courses)
    {
        (FollowUp[] transplanted, FollowUp[] others) = groups.Of(analysis, courses);
        (RiskTable with, RiskTable without) = (RiskTable.Of(transplanted), RiskTable.Of(others));
        (SurvivalCurve mine, SurvivalCurve theirs) = (KaplanMeier.Estimate(with), KaplanMeier.Estimate(without));
        return new TransplantComparison(analysis, transplanted.Length, others.Length)
        {
            HazardRatio = Ratio(without, with),
            RestrictedMean = RestrictedMean.Difference(with, without, groups.MeanDays),
            Risks = [.. groups.Months.Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    static TransplantComparison TimeDependent(TransplantGroups groups, TransplantCourse[] courses)
    {
        (FollowUp[] after, FollowUp[] before) = groups.Of(TransplantAnalysis.TimeDependent, courses);
        return new TransplantComparison(TransplantAnalysis.TimeDependent, after.Length, before.Length)
        {
            HazardRatio = Ratio(RiskTable.Of(before), RiskTable.Of(after)),
            RestrictedMean = Estimable<Contrast>.Not(ChangesGroups),
            Risks = [.. groups.Months.Select(m => new RiskDifference(m, Estimable<Contrast>.Not(ChangesGroups)))],
        };
    }

    /// <summary>All are followed to the horizon with and without the transplant, so that a patient's own difference needs no curve.</summary>
    static TransplantComparison True(TransplantGroups groups, TransplantCourse[] transplanted)
    {
        double[] differences = [.. transplanted.Select(c => groups.FreeTime(c.Event) - groups.FreeTime(c.EventWithout))];
        return new TransplantComparison(TransplantAnalysis.True, transplanted.Length, transplanted.Length)
        {
            HazardRatio = PairedRatio(groups, transplanted),
            RestrictedMean = PairedDifference.OfMeans(differences.Sum(), differences.Sum(d => d * d), transplanted.Length),
            Risks = [.. groups.Months.Select(m => new RiskDifference(m, PairedDifference.OfShares(
                transplanted.Count(c => groups.HadEvent(c.Event, m) && !groups.HadEvent(c.EventWithout, m)),
                transplanted.Count(c => groups.HadEvent(c.EventWithout, m) && !groups.HadEvent(c.Event, m)),
                transplanted.Length)))],
        };
    }

    /// <summary>
    /// Each patient is in both groups: the variance is that of the patients' own contributions (Lin &amp; Wei 1989, clustered by patient), so that what a patient would have had
    /// either way drops out.
    /// </summary>
    static Estimable<Estimate> PairedRatio(TransplantGroups groups, TransplantCourse[] transplanted)
    {
        if (transplanted.All(c => c.Event == c.EventWithout))
        {
            return Estimable<Estimate>.Not("no patient fared differently with the transplant, so that the variance has no estimate");
        }

        CoxRow[] rows = [.. transplanted.SelectMany((c, i) => new[] { Row(c, c.Event, 1, i), Row(c, c.EventWithout, 0, i) })];
        return Cox.Fit(rows).Then(fit => SandwichVariance.Of(rows, fit)).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));

        CoxRow Row(TransplantCourse course, int ended, double with, int patient)
        {
            FollowUp time = groups.Follow(course.Transplant, ended);
            return new CoxRow(time.Entry, time.Exit, time.Cause > 0, [with]) { Cluster = patient };
        }
    }

    static Estimable<Estimate> Ratio(RiskTable others, RiskTable transplanted) =>
        Cox.Compare([others, transplanted]).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));
}
