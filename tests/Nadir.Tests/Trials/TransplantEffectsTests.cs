using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Tests.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class TransplantEffectsTests
{
    const double Horizon = 730.5;

    static TransplantTally Tally(params IReadOnlyList<TransplantCourse> courses)
    {
        TransplantTally tally = new();
        foreach (TransplantCourse course in courses)
        {
            tally.Add(course, 1);
        }

        return tally;
    }

    static TransplantComparison Row(TransplantTally tally, TransplantAnalysis analysis) =>
        TransplantEffects.Of(("with", "without"), tally, Horizon).Comparisons.Single(c => c.Analysis == analysis);

    /// <summary>Hazards 1/400 a day without and 1/800 with a transplant on day 69 or 75, for those who get there and have a donor.</summary>
    static TransplantCourse[] Made(int patients, double factor = 2, ulong seed = 4)
    {
        List<TransplantCourse> courses = [];
        for (int i = 0; i < patients; i++)
        {
            RandomStream stream = new(seed, (ulong)i, RandomStream.Purpose("made-up course"));
            int remission = stream.NextUniform() < 0.7 ? 28 : 60;
            double without = remission + (400 * Draws.Exponential(ref stream));
            int day = stream.NextUniform() < 0.5 ? 69 : 75;
            bool transplanted = stream.NextUniform() < 0.6 && without > day;
            double with = transplanted ? day + (factor * (without - day)) : without;
            courses.Add(new TransplantCourse(remission, without > 60 ? 60 : 0, transplanted ? day : 0, Day(with), Day(without)));
        }

        return [.. courses];

        static int Day(double x) => x <= Horizon ? (int)Math.Ceiling(x) : 0;
    }

    [Fact]
    public void Groups_that_patients_change_give_the_Cox_model_of_start_stop_rows()
    {
        TransplantCourse[] courses = Made(400);
        CoxRow[] rows =
        [
            .. courses.SelectMany(c =>
            {
                double exit = c.Event > 0 ? c.Event : Horizon;
                return c.Transplant == 0
                    ? [new CoxRow(c.Remission, exit, c.Event > 0, [0])]
                    : new CoxRow[] { new(c.Remission, c.Transplant, false, [0]), new(c.Transplant, exit, c.Event > 0, [1]) };
            }),
        ];

        Estimate found = Row(Tally(courses), TransplantAnalysis.TimeDependent).HazardRatio.Value;
        Estimate expected = Cox.Fit(rows).Value.HazardRatio(0);

        found.Value.ShouldBe(expected.Value, 1e-9);
        found.Lower.ShouldBe(expected.Lower, 1e-9);
        found.Upper.ShouldBe(expected.Upper, 1e-9);
    }

    [Fact]
    public void The_true_effect_is_that_of_the_transplanted_beside_themselves()
    {
        // Two gain, one is lost, one dies earlier, and one who is not transplanted does not count.
        TransplantComparison row = Row(Tally(new(28, 60, 69, 0, 200), new(28, 60, 69, 500, 300), new(60, 60, 69, 100, 0), new(28, 60, 69, 80, 90), new(28, 60, 0, 100, 100)), TransplantAnalysis.True);

        (row.Transplanted, row.Others).ShouldBe((4, 4));
        row.RestrictedMean.Value.Difference.Value.ShouldBe((Horizon - 200 + (500 - 300) + (100 - Horizon) + (80 - 90)) / 4, 1e-9);

        // By month 12: without 200, 300 and 90, with 100 and 80.
        row.Risks[0].Difference.Value.Difference.Value.ShouldBe((2.0 - 3) / 4, 1e-12);
    }

    [Fact]
    public void The_true_hazard_ratio_has_the_interval_of_a_Cox_model_clustered_by_patient_in_R()
    {
        ReferenceTable data = ReferenceTable.Read("paired.data.csv");
        (double[] transplant, double[] with, double[] without) = (data.Column("transplant"), data.Column("event"), data.Column("without"));
        TransplantCourse[] courses = [.. transplant.Select((t, i) => new TransplantCourse(28, (int)t, (int)t, (int)with[i], (int)without[i]))];
        Estimate found = Row(Tally(courses), TransplantAnalysis.True).HazardRatio.Value;
        Dictionary<string, double> expected = ReferenceTable.Numbers("paired.cox.csv");

        found.Value.ShouldBe(expected["ratio"], 1e-6 * expected["ratio"]);
        found.Lower.ShouldBe(expected["lower"], 1e-6 * expected["lower"]);
        found.Upper.ShouldBe(expected["upper"], 1e-6 * expected["upper"]);
    }

    [Fact]
    public void Patients_who_fare_the_same_either_way_make_no_interval_of_no_width() =>
        Row(Tally(new(28, 60, 69, 100, 100), new(28, 60, 69, 0, 0), new(28, 60, 69, 300, 300)), TransplantAnalysis.True).HazardRatio.Reason.ShouldNotBeNull().ShouldContain("no patient fared differently");

    [Fact]
    public void Without_an_effect_and_without_selection_only_the_naive_analysis_finds_one()
    {
        TransplantTally tally = Tally(Made(20_000, factor: 1));

        Row(tally, TransplantAnalysis.Naive).HazardRatio.Value.Upper.ShouldBeLessThan(0.95);
        Holds(Row(tally, TransplantAnalysis.Landmark).HazardRatio.Value);
        Holds(Row(tally, TransplantAnalysis.TimeDependent).HazardRatio.Value);
        Holds(Row(tally, TransplantAnalysis.Selection).HazardRatio.Value);
        Row(tally, TransplantAnalysis.True).Risks[0].Difference.Value.Difference.Value.ShouldBe(0);

        static void Holds(Estimate ratio) => (ratio.Lower <= 1.02 && ratio.Upper >= 0.98).ShouldBeTrue($"{ratio}");
    }

    [Fact]
    public void Without_an_effect_and_without_selection_the_landmark_is_nearer_to_the_truth_with_an_error_that_says_so()
    {
        TransplantEffect effect = TransplantEffects.Of(("with", "without"), Tally(Made(4_000, factor: 1)), Horizon);
        TransplantGap Gap(TransplantAnalysis analysis) => effect.Gaps.Single(g => g.Analysis == analysis);

        Gap(TransplantAnalysis.Naive).FromTruth.HazardRatio.Value.Upper.ShouldBeLessThan(0.95);
        Gap(TransplantAnalysis.Naive).Nearer.ShouldBeNull();
        foreach (TransplantAnalysis fair in new[] { TransplantAnalysis.Landmark, TransplantAnalysis.TimeDependent })
        {
            Gap(fair).Nearer.ShouldNotBeNull().HazardRatio.Value.Lower.ShouldBeGreaterThan(1);
            Gap(fair).FromTruth.HazardRatio.Value.Lower.ShouldBeLessThan(1.05);
            Gap(fair).FromTruth.HazardRatio.Value.Upper.ShouldBeGreaterThan(0.95);
        }

        Gap(TransplantAnalysis.Landmark).Nearer!.Risks[1].Difference.Value.Difference.Lower.ShouldBeGreaterThan(0);
        Gap(TransplantAnalysis.TimeDependent).FromTruth.RestrictedMean.Reason.ShouldNotBeNull();
    }

    /// <summary>The spread of the gap over independent samples of patients is the error that one sample gives it.</summary>
    [Fact]
    public void The_error_of_a_gap_is_its_spread_over_samples()
    {
        const int samples = 400;
        TransplantGroups groups = new(Horizon, 69);
        double[][] gaps = [.. Enumerable.Range(0, samples).Select(s =>
        {
            IReadOnlyDictionary<TransplantAnalysis, double[]> e = new TransplantGaps(groups, []).Estimates(Made(300, seed: (ulong)s));
            return new[] { e[TransplantAnalysis.Naive][0] - e[TransplantAnalysis.True][0], e[TransplantAnalysis.Landmark][3] - e[TransplantAnalysis.True][3] };
        })];
        IReadOnlyList<TransplantGap>[] found = [.. Enumerable.Range(0, 8).Select(s => new TransplantGaps(groups, Made(300, seed: (ulong)(9_000 + s))).Of(seed: 5))];

        // Each spread has a standard error of 3.5% (400 samples), the mean of eight bootstrap errors about 3%; three of both together.
        double ratio = found.Average(g => Math.Log(g[0].FromTruth.HazardRatio.Value.Upper / g[0].FromTruth.HazardRatio.Value.Lower)) / (2 * 1.96);
        (ratio / Spread(0)).ShouldBe(1, 0.15);
        (found.Average(g => g[1].FromTruth.Risks[1].Difference.Value.StandardError) / Spread(1)).ShouldBe(1, 0.15);

        double Spread(int i)
        {
            double mean = gaps.Average(g => g[i]);
            return Math.Sqrt(gaps.Sum(g => (g[i] - mean) * (g[i] - mean)) / (samples - 1));
        }
    }

    const double Good = 800;

    const double Poor = 200;

    /// <summary>
    /// Six in ten are MRD-negative on day 60 and would lose remission at a hazard of 1/800 a day, the others at 1/200. The rule is met by the MRD-negative who are free of an event on day 60; those of them with a donor who still are on day 69
    /// are transplanted, which divides their hazard by a factor.
    /// </summary>
    static TransplantCourse[] Selected(int patients, double factor, double share, ulong seed = 6)
    {
        return [.. Enumerable.Range(0, patients).Select(i =>
        {
            RandomStream stream = new(seed, (ulong)i, RandomStream.Purpose("selected course"));
            bool negative = stream.NextUniform() < 0.6;
            double without = 28 + ((negative ? Good : Poor) * Draws.Exponential(ref stream));
            bool eligible = negative && without > 60;
            bool transplanted = eligible && stream.NextUniform() < share && without > 69;
            double with = transplanted ? 69 + (factor * (without - 69)) : without;
            return new TransplantCourse(28, eligible ? 60 : 0, transplanted ? 69 : 0, Day(with), Day(without));
        })];

        static int Day(double x) => x <= Horizon ? (int)Math.Ceiling(x) : 0;
    }

    [Fact]
    public void Those_who_met_the_rule_by_the_landmark_are_compared_if_they_are_free_of_an_event_then()
    {
        // By day 69 one had relapsed, one met the rule later, one never did.
        TransplantTally tally = Tally(new(28, 60, 69, 100, 90), new(28, 60, 69, 0, 0), new(28, 60, 0, 200, 200), new(28, 60, 0, 65, 65), new(28, 90, 0, 400, 400), new(28, 0, 0, 300, 300));

        Sizes(TransplantAnalysis.Landmark).ShouldBe((2, 3));
        Sizes(TransplantAnalysis.LandmarkEligible).ShouldBe((2, 1));
        Sizes(TransplantAnalysis.SelectionEligible).ShouldBe((2, 1));

        // By month 12 one of two with a transplant and the one without.
        Row(tally, TransplantAnalysis.LandmarkEligible).Risks[0].Difference.Reason.ShouldNotBeNull().ShouldContain("none or all");
        Row(tally, TransplantAnalysis.Landmark).Risks[0].Difference.Value.Difference.Value.ShouldBe((1 / 2.0) - (2 / 3.0), 1e-12);

        (int, int) Sizes(TransplantAnalysis analysis) => (Row(tally, analysis).Transplanted, Row(tally, analysis).Others);
    }

    [Fact]
    public void Without_an_effect_only_those_who_met_the_rule_show_none()
    {
        TransplantTally tally = Tally(Selected(20_000, factor: 1, share: 0.5));

        Row(tally, TransplantAnalysis.Landmark).HazardRatio.Value.Upper.ShouldBeLessThan(0.8);
        ShouldHoldOne(Row(tally, TransplantAnalysis.LandmarkEligible).HazardRatio.Value);
        ShouldHoldOne(Row(tally, TransplantAnalysis.SelectionEligible).HazardRatio.Value);
        Row(tally, TransplantAnalysis.True).Risks[1].Difference.Value.Difference.Value.ShouldBe(0);

        static void ShouldHoldOne(Estimate ratio)
        {
            double error = Math.Log(ratio.Upper / ratio.Lower) / (2 * 1.959964);
            Math.Abs(Math.Log(ratio.Value)).ShouldBeLessThan(3 * error, $"{ratio}");
            error.ShouldBeLessThan(0.04);
        }
    }

    /// <summary>Among the eligible hazards are constant, so that the effect has a closed form.</summary>
    [Fact]
    public void Those_who_met_the_rule_show_the_true_effect()
    {
        const double factor = 3;
        TransplantEffect effect = TransplantEffects.Of(("with", "without"), Tally(Selected(6_000, factor, share: 0.5)), Horizon);
        Nadir.Survival.Contrast found = effect.Comparisons.Single(c => c.Analysis == TransplantAnalysis.LandmarkEligible).Risks[1].Difference.Value;
        TransplantGap Gap(TransplantAnalysis analysis) => effect.Gaps.Single(g => g.Analysis == analysis);
        Nadir.Survival.Contrast Distance(TransplantAnalysis analysis) => Gap(analysis).FromTruth.Risks[1].Difference.Value;

        double closed = Math.Exp(-(Horizon - 69) / Good) - Math.Exp(-(Horizon - 69) / (factor * Good));
        found.Difference.Value.ShouldBe(closed, 3 * found.StandardError);
        found.StandardError.ShouldBeLessThan(0.02);

        Math.Abs(Distance(TransplantAnalysis.LandmarkEligible).Difference.Value).ShouldBeLessThan(3 * Distance(TransplantAnalysis.LandmarkEligible).StandardError);
        Distance(TransplantAnalysis.Landmark).Difference.Upper.ShouldBeLessThan(-0.05);
        Gap(TransplantAnalysis.LandmarkEligible).Nearer.ShouldNotBeNull().Risks[1].Difference.Value.Difference.Lower.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Where_all_who_met_the_rule_are_transplanted_there_is_nobody_to_compare_them_with()
    {
        TransplantEffect effect = TransplantEffects.Of(("with", "without"), Tally(Selected(400, factor: 2, share: 1)), Horizon);
        TransplantComparison row = effect.Comparisons.Single(c => c.Analysis == TransplantAnalysis.LandmarkEligible);

        row.Others.ShouldBe(0);
        row.Transplanted.ShouldBeGreaterThan(100);
        row.HazardRatio.Reason.ShouldNotBeNull().ShouldContain("nobody to compare them with");
        row.Risks.ShouldAllBe(r => !r.Difference.IsEstimable);
        effect.Gaps.Single(g => g.Analysis == TransplantAnalysis.LandmarkEligible).FromTruth.HazardRatio.IsEstimable.ShouldBeFalse();
        effect.Gaps.Single(g => g.Analysis == TransplantAnalysis.LandmarkEligible).FromTruth.Risks.ShouldAllBe(r => !r.Difference.IsEstimable);
        effect.Comparisons.Single(c => c.Analysis == TransplantAnalysis.Landmark).HazardRatio.IsEstimable.ShouldBeTrue();
    }

    [Fact]
    public void Patients_in_another_order_are_the_same_patients()
    {
        TransplantCourse[] courses = Selected(300, factor: 2, share: 0.5);
        TransplantEffect one = TransplantEffects.Of(("with", "without"), Tally(courses), Horizon);
        TransplantEffect other = TransplantEffects.Of(("with", "without"), Tally([.. courses.Reverse()]), Horizon);

        foreach ((TransplantComparison a, TransplantComparison b) in one.Comparisons.Zip(other.Comparisons))
        {
            (a.Transplanted, a.Others, a.HazardRatio).ShouldBe((b.Transplanted, b.Others, b.HazardRatio));
        }

        one.Gaps.Select(g => g.FromTruth.HazardRatio).ShouldBe(other.Gaps.Select(g => g.FromTruth.HazardRatio));
    }

    /// <summary>A patient drawn twice is two patients of the same course, with curves and models of every patient's follow-up.</summary>
    [Fact]
    public void Patients_counted_by_day_are_the_patients_one_by_one()
    {
        TransplantCourse[] courses = [.. Selected(200, factor: 2, share: 0.5), .. Made(200)];
        TransplantGroups groups = new(Horizon, 69);
        TransplantAnalysis[] analyses = Enum.GetValues<TransplantAnalysis>();
        int[] times = [.. courses.Select((_, i) => i % 4)];
        TransplantCourse[] copies = [.. courses.SelectMany((c, i) => Enumerable.Repeat(c, times[i]))];
        TransplantSample sample = new(groups, courses, analyses);

        foreach (TransplantAnalysis analysis in analyses)
        {
            (FollowUp[] transplanted, FollowUp[] others) = groups.Of(analysis, copies);
            (RiskTable with, RiskTable without) = sample.Tables(analysis, times);
            ShouldBeThose(with, transplanted);
            ShouldBeThose(without, others);
        }

        sample.MeanOfTransplanted(c => c.Event, times).ShouldBe(copies.Where(c => c.Transplant > 0).Average(c => c.Event), 1e-9);

        static void ShouldBeThose(RiskTable counted, FollowUp[] patients)
        {
            RiskTable one = RiskTable.Of(patients);
            counted.Patients.ShouldBe(patients.Length);
            counted.Rows.Select(r => (r.Days, r.AtRisk, r.AllEvents, r.Censored)).ShouldBe(one.Rows.Select(r => (r.Days, r.AtRisk, r.AllEvents, r.Censored)));
            counted.HasLateEntry.ShouldBe(one.HasLateEntry);
            new[] { 0.0, 28, 28.5, 60, 69, 70, 400, Horizon }.ShouldAllBe(day => counted.AtRiskAt(day) == one.AtRiskAt(day));
        }
    }

    [Fact]
    public void Nobody_is_transplanted_before_the_rule_is_met()
    {
        Should.Throw<ArgumentException>(() => Tally(new TransplantCourse(28, 0, 69, 0, 0)));
        Should.Throw<ArgumentException>(() => Tally(new TransplantCourse(28, 70, 69, 0, 0)));
    }

    [Fact]
    public void Drawing_the_patients_again_tells_how_far_it_is_and_stops_when_asked()
    {
        using CancellationTokenSource stop = new();
        List<double> told = [];
        Reports progress = new(share =>
        {
            told.Add(share);
            if (told.Count == 3)
            {
                stop.Cancel();
            }
        });
        TransplantTally tally = Tally(Selected(50, factor: 2, share: 0.5));

        Should.Throw<OperationCanceledException>(() => TransplantEffects.Of(("with", "without"), tally, Horizon, 1, progress, stop.Token));
        told.ShouldBe([0.005, 0.01, 0.015], 1e-12);

        told.Clear();
        TransplantEffects.Of(("with", "without"), tally, Horizon, 1, new Reports(told.Add));
        told.Count.ShouldBe(TransplantGaps.Draws);
        told.ShouldBe(told.Order());
        told[^1].ShouldBe(1);
    }

    sealed class Reports(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    [Fact]
    public void Nobody_without_a_transplant_makes_reasons_and_no_numbers()
    {
        TransplantEffect effect = TransplantEffects.Of(("with", "without"), Tally(new(28, 60, 69, 100, 90), new(28, 60, 69, 0, 200)), Horizon);
        TransplantComparison naive = effect.Comparisons[0];

        naive.HazardRatio.Reason.ShouldNotBeNull();
        naive.RestrictedMean.Reason.ShouldNotBeNull();
        naive.Risks.ShouldAllBe(r => r.Difference.Reason != null);
    }
}
