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
            select Of(plan.Arms[arm].Name, plan.Arms[plan.Arms[arm].WithoutTransplant!.Value].Name, tallies[arm].Transplants, plan.HorizonDays)];

    internal static TransplantEffect Of(string arm, string reference, TransplantTally tally, double horizonDays)
    {
        TransplantCourse[] courses = [.. tally.Counts.SelectMany(c => Enumerable.Repeat(c.Key, c.Value))];
        int[] days = [.. courses.Where(c => c.Transplant > 0).Select(c => c.Transplant).Order()];
        int landmark = days[(days.Length - 1) / 2];
        Analyses analyses = new(horizonDays, ArmContrasts.MeanDays(horizonDays));
        return new TransplantEffect
        {
            Arm = arm,
            Reference = reference,
            LandmarkDay = landmark,
            RestrictedMeanDays = analyses.MeanDays,
            Comparisons =
            [
                analyses.Compare(
                    TransplantAnalysis.Naive,
                    [.. courses.Where(c => c.Transplant > 0).Select(c => analyses.Follow(c.Remission, c.Event))],
                    [.. courses.Where(c => c.Transplant == 0).Select(c => analyses.Follow(c.Remission, c.Event))]),
                AtLandmark(TransplantAnalysis.Landmark, analyses, courses, landmark, c => c.Event),
                analyses.TimeDependent(courses),
                AtLandmark(TransplantAnalysis.Selection, analyses, courses, landmark, c => c.EventWithout),
                analyses.True([.. courses.Where(c => c.Transplant > 0)]),
            ],
        };
    }

    static TransplantComparison AtLandmark(TransplantAnalysis analysis, Analyses analyses, TransplantCourse[] courses, int landmark, Func<TransplantCourse, int> ended)
    {
        TransplantCourse[] atRisk = [.. courses.Where(c => c.Remission <= landmark && (ended(c) == 0 || ended(c) > landmark))];
        return analyses.Compare(
            analysis,
            [.. atRisk.Where(c => c.Transplant > 0 && c.Transplant <= landmark).Select(c => analyses.Follow(landmark, ended(c)))],
            [.. atRisk.Where(c => c.Transplant == 0 || c.Transplant > landmark).Select(c => analyses.Follow(landmark, ended(c)))]);
    }

    sealed record Analyses(double HorizonDays, double MeanDays)
    {
        IEnumerable<int> Months => PairTally.Months.Where(m => m * Duration.DaysPerMonth <= HorizonDays);

        public FollowUp Follow(int entry, int ended) => ended > 0 ? new FollowUp(entry, Days(ended), 1) : new FollowUp(entry, HorizonDays, 0);

        public TransplantComparison Compare(TransplantAnalysis analysis, FollowUp[] transplanted, FollowUp[] others)
        {
            RiskTable with = RiskTable.Of(transplanted);
            RiskTable without = RiskTable.Of(others);
            (SurvivalCurve mine, SurvivalCurve theirs) = (KaplanMeier.Estimate(with), KaplanMeier.Estimate(without));
            return new TransplantComparison(analysis, transplanted.Length, others.Length)
            {
                HazardRatio = Ratio(without, with),
                RestrictedMean = RestrictedMean.Difference(with, without, MeanDays),
                Risks = [.. Months.Select(m => new RiskDifference(m, Milestone.Difference(theirs, mine, m * Duration.DaysPerMonth)))],
            };
        }

        /// <summary>With one covariate that is 0 or 1 the model needs only who is at risk in which group, so that patients are counted in one until the transplant and in the other from it on.</summary>
        public TransplantComparison TimeDependent(TransplantCourse[] courses)
        {
            FollowUp[] after = [.. courses.Where(c => c.Transplant > 0).Select(c => Follow(c.Transplant, c.Event))];
            FollowUp[] before =
            [
                .. courses.Where(c => c.Transplant == 0).Select(c => Follow(c.Remission, c.Event)),
                .. courses.Where(c => c.Transplant > c.Remission).Select(c => new FollowUp(c.Remission, c.Transplant, 0)),
            ];
            return new TransplantComparison(TransplantAnalysis.TimeDependent, after.Length, before.Length)
            {
                HazardRatio = Ratio(RiskTable.Of(before), RiskTable.Of(after)),
                RestrictedMean = Estimable<Contrast>.Not(ChangesGroups),
                Risks = [.. Months.Select(m => new RiskDifference(m, Estimable<Contrast>.Not(ChangesGroups)))],
            };
        }

        /// <summary>All are followed to the horizon with and without the transplant, so that a patient's own difference needs no curve.</summary>
        public TransplantComparison True(TransplantCourse[] transplanted)
        {
            double[] differences = [.. transplanted.Select(c => FreeTime(c.Event) - FreeTime(c.EventWithout))];
            return new TransplantComparison(TransplantAnalysis.True, transplanted.Length, transplanted.Length)
            {
                HazardRatio = PairedRatio(transplanted),
                RestrictedMean = PairedDifference.OfMeans(differences.Sum(), differences.Sum(d => d * d), transplanted.Length),
                Risks = [.. Months.Select(m => new RiskDifference(m, PairedDifference.OfShares(
                    transplanted.Count(c => HadEvent(c.Event, m) && !HadEvent(c.EventWithout, m)),
                    transplanted.Count(c => HadEvent(c.EventWithout, m) && !HadEvent(c.Event, m)),
                    transplanted.Length)))],
            };
        }

        /// <summary>
        /// Each patient is in both groups: the variance is that of the patients' own contributions (Lin &amp; Wei 1989, clustered by patient), so that what a patient would have had
        /// either way drops out.
        /// </summary>
        Estimable<Estimate> PairedRatio(TransplantCourse[] transplanted)
        {
            if (transplanted.All(c => c.Event == c.EventWithout))
            {
                return Estimable<Estimate>.Not("no patient fared differently with the transplant, so that the variance has no estimate");
            }

            CoxRow[] rows = [.. transplanted.SelectMany((c, i) => new[] { Row(c, c.Event, 1, i), Row(c, c.EventWithout, 0, i) })];
            return Cox.Fit(rows).Then(fit => SandwichVariance.Of(rows, fit)).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));
        }

        CoxRow Row(TransplantCourse course, int ended, double with, int patient)
        {
            FollowUp time = Follow(course.Transplant, ended);
            return new CoxRow(time.Entry, time.Exit, time.Cause > 0, [with]) { Cluster = patient };
        }

        static Estimable<Estimate> Ratio(RiskTable others, RiskTable transplanted) =>
            Cox.Compare([others, transplanted]).Then(fit => Estimable<Estimate>.Of(fit.HazardRatio(0)));

        // A horizon within a day is the day of the events of that day.
        double Days(int day) => Math.Min(day, HorizonDays);

        double FreeTime(int ended) => ended == 0 ? MeanDays : Math.Min(Days(ended), MeanDays);

        bool HadEvent(int ended, int month) => ended > 0 && Days(ended) <= month * Duration.DaysPerMonth;
    }
}
