using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>Analyses an arm by transplant received, as a registry would, and compares the transplanted with themselves, which only a simulation can.</summary>
static class TransplantEffects
{
    const string ChangesGroups = "patients change groups at the transplant, so that no group has a curve of its own";

    /// <summary>One entry for each arm that has a counterpart without its transplant and in which somebody was transplanted.</summary>
    /// <param name="plan">The trial.</param>
    /// <param name="tallies">One an arm.</param>
    /// <param name="progress">Told the share done, 0 to 1; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<TransplantEffect> Of(TrialPlan plan, IReadOnlyList<ArmTally> tallies, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int[] arms = [.. Enumerable.Range(0, plan.Arms.Count).Where(a => plan.Arms[a].WithoutTransplant is not null && tallies[a].Transplants.Counts.Any(c => c.Key.Transplant > 0))];
        return [.. arms.Select((arm, i) => Of(
            (plan.Arms[arm].Name, plan.Arms[plan.Arms[arm].WithoutTransplant!.Value].Name),
            tallies[arm].Transplants,
            plan.HorizonDays,
            plan.Seed,
            progress is null ? null : new PartOf(progress, i, arms.Length),
            cancellation))];
    }

    internal static TransplantEffect Of((string Arm, string Reference) names, TransplantTally tally, double horizonDays, ulong seed = 1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        TransplantCourse[] courses = [.. tally.Counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value))];
        int[] days = [.. courses.Where(c => c.Transplant > 0).Select(c => c.Transplant).Order()];
        TransplantGroups groups = new(horizonDays, days[(days.Length - 1) / 2]);
        return new TransplantEffect
        {
            Arm = names.Arm,
            Reference = names.Reference,
            LandmarkDay = groups.LandmarkDay,
            RestrictedMeanDays = groups.MeanDays,
            Comparisons =
            [
                Compare(TransplantAnalysis.Naive, groups, courses),
                Compare(TransplantAnalysis.Landmark, groups, courses),
                Compare(TransplantAnalysis.LandmarkEligible, groups, courses),
                TimeDependent(groups, courses),
                Compare(TransplantAnalysis.Selection, groups, courses),
                Compare(TransplantAnalysis.SelectionEligible, groups, courses),
                True(groups, [.. courses.Where(c => c.Transplant > 0)]),
            ],
            Gaps = new TransplantGaps(groups, courses).Of(seed, progress, cancellation),
        };
    }

    static TransplantComparison Compare(TransplantAnalysis analysis, TransplantGroups groups, TransplantCourse[] courses)
    {
        (FollowUp[] transplanted, FollowUp[] others) = groups.Of(analysis, courses);
        if (transplanted.Length == 0 || others.Length == 0)
        {
            return Nobody(analysis, groups, (transplanted.Length, others.Length));
        }

        (RiskTable with, RiskTable without) = (RiskTable.Of(transplanted), RiskTable.Of(others));
        (SurvivalCurve mine, SurvivalCurve theirs) = (KaplanMeier.Estimate(with), KaplanMeier.Estimate(without));
        return new TransplantComparison(analysis, transplanted.Length, others.Length)
        {
            HazardRatio = Ratio(without, with),
            RestrictedMean = RestrictedMean.Difference(with, without, groups.MeanDays),
            Risks = [.. groups.Months.Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
        };
    }

    static TransplantComparison Nobody(TransplantAnalysis analysis, TransplantGroups groups, (int Transplanted, int Others) sizes)
    {
        string reason = sizes.Others > 0 ? "nobody is in the group with a transplant"
            : analysis is TransplantAnalysis.LandmarkEligible or TransplantAnalysis.SelectionEligible ? "all who met the rule and were free of an event had been transplanted by the landmark, so that there is nobody to compare them with"
            : "all were transplanted, so that there is nobody to compare them with";
        return new TransplantComparison(analysis, sizes.Transplanted, sizes.Others)
        {
            HazardRatio = Estimable<Estimate>.Not(reason),
            RestrictedMean = Estimable<Contrast>.Not(reason),
            Risks = [.. groups.Months.Select(m => new RiskDifference(m, Estimable<Contrast>.Not(reason)))],
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

    sealed class PartOf(IProgress<double> progress, int before, int all) : IProgress<double>
    {
        public void Report(double value) => progress.Report((before + value) / all);
    }
}
