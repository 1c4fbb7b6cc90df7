using Nadir.Endpoints;
using Nadir.Inference;
using Nadir.Solvers;

namespace Nadir.Tests.Inference;

/// <summary>Published quantities of cohorts small enough to work out by hand. A proportion k of n has the place logit((k + 1/2)/(n + 1)).</summary>
public class CohortStatisticsTests
{
    static Statistic Of(string quantity, double? month, params IEnumerable<CohortPatient> patients) => new CohortStatistics(patients).Of(MadePatient.Asked(quantity, month));

    static double Logit(double with, double of) => Math.Log((with + 0.5) / (of - with + 0.5));

    static IEnumerable<CohortPatient> Times(int count, PatientOutcome outcome, double blasts = 0.5) => Enumerable.Repeat(MadePatient.Of(outcome, blasts), count);

    static readonly PatientOutcome _failure = MadePatient.Well with { RemissionDay = null, MorphologicRemissionDay = null, NonResponseDay = 90 };

    static readonly PatientOutcome _poisoned = MadePatient.Well with { Status = LaneStatus.StepLimit };

    /// <summary>Of ten patients six are in remission; of those one relapses on day 128 (100 days from remission) and one dies on day 300. One that failed numerically counts nowhere.</summary>
    [Fact]
    public void Remission_survival_and_relapse_are_shares_of_their_denominators()
    {
        CohortPatient[] cohort =
        [
            .. Times(4, MadePatient.Well), .. Times(1, MadePatient.Relapsed(128)), .. Times(1, MadePatient.Well with { DeathDay = 300, DeathCause = DeathCause.NonRelapse }),
            .. Times(3, _failure), .. Times(1, _failure with { MorphologicRemissionDay = 60 }), .. Times(1, _poisoned),
        ];

        Of("remission3Months", null, cohort).Place.ShouldBe(Logit(6, 10), 1e-12);
        Of("morphologicRemission", null, cohort).Place.ShouldBe(Logit(7, 10), 1e-12);
        Of("rfs", 3, cohort).Place.ShouldBe(Logit(6, 6), 1e-12);
        Of("rfs", 4, cohort).Place.ShouldBe(Logit(5, 6), 1e-12);
        Of("rfs", 12, cohort).ShouldSatisfyAllConditions(s => s.Place.ShouldBe(Logit(4, 6), 1e-12), s => s.Size.ShouldBe(6), s => s.Share.ShouldBe(0.6, 1e-12));
        Of("cir", 12, cohort).Place.ShouldBe(Logit(1, 6), 1e-12);
        Of("efs", 2, cohort).Place.ShouldBe(Logit(10, 10), 1e-12);
        Of("efs", 12, cohort).Place.ShouldBe(Logit(4, 10), 1e-12);
        Of("os", 12, cohort).Place.ShouldBe(Logit(9, 10), 1e-12);
    }

    [Fact]
    public void Shares_of_relapses_count_relapses()
    {
        CohortPatient[] cohort =
        [
            .. Times(9, MadePatient.Well), .. Times(3, MadePatient.Relapsed(100)), .. Times(2, MadePatient.Relapsed(100, Phenotype.Cd19NegativeOrLow)), .. Times(1, MadePatient.Relapsed(100, Phenotype.LineageSwitch)),
            .. Times(1, MadePatient.Relapsed(100) with { BCellRecoveryDay = 60 }),
        ];

        Of("relapseShareCd19Positive", null, cohort).Place.ShouldBe(Logit(4, 7), 1e-12);
        Of("relapseShareCd19Negative", null, cohort).Place.ShouldBe(Logit(2, 7), 1e-12);
        Of("relapseShareLineageSwitch", null, cohort).Place.ShouldBe(Logit(1, 7), 1e-12);
        Of("cd19NegativeInAplasia", null, cohort).Place.ShouldBe(Logit(2, 5), 1e-12);
        Of("relapseShareCd19Positive", null, [.. Times(3, MadePatient.Well)]).Place.ShouldBe(double.NaN);
    }

    /// <summary>
    /// Low burden: 1 of 9 relapses CD19-negative, 4 of 9 positive. High: 5 of 19 and 3 of 19. The hazard of k of n is -ln(1 - (k + 1/2)/(n + 1)). A relapse after 18 months does not count.
    /// </summary>
    [Fact]
    public void Ratios_by_burden_compare_hazards_that_the_shares_imply()
    {
        CohortPatient[] cohort =
        [
            .. Times(1, MadePatient.Relapsed(200, Phenotype.Cd19NegativeOrLow), 0.001), .. Times(4, MadePatient.Relapsed(200), 0.001), .. Times(4, MadePatient.Well, 0.001),
            .. Times(5, MadePatient.Relapsed(200, Phenotype.Cd19NegativeOrLow), 0.3), .. Times(3, MadePatient.Relapsed(200), 0.3), .. Times(1, MadePatient.Relapsed(700), 0.3), .. Times(10, MadePatient.Well, 0.3),
        ];
        static double Hazard(double k, double n) => -Math.Log(1 - ((k + 0.5) / (n + 1)));

        Of("hrCd19NegativeHighBurden", null, cohort).Place.ShouldBe(Math.Log(Hazard(5, 19) / Hazard(1, 9)), 1e-12);
        Of("hrCd19PositiveLowBurden", null, cohort).Place.ShouldBe(Math.Log(Hazard(4, 9) / Hazard(3, 19)), 1e-12);
        Of("hrRelapseHighBurden", null, cohort).Place.ShouldBe(Math.Log(Hazard(8, 19) / Hazard(5, 9)), 1e-12);
        double variance = Of("hrRelapseHighBurden", null, cohort).Variance;
        static double Variance(double k, double n) => (k + 0.5) / (n + 1) is var p ? p / ((1 - p) * Hazard(k, n) * Hazard(k, n) * n) : 0;
        variance.ShouldBe(Variance(8, 19) + Variance(5, 9), 1e-12);
        Of("hrRelapseHighBurden", null, [.. Times(5, MadePatient.Well)]).Place.ShouldBe(double.NaN);
    }

    /// <summary>
    /// On day 200 two with B cells back and two without are at risk and one of the former relapses; on day 300 one and two, and one of the latter relapses. The partial likelihood has its maximum where
    /// 1 = 2r/(2r + 2) + r/(r + 2), so r² = 2.
    /// </summary>
    [Fact]
    public void Recovery_is_a_covariate_that_changes_with_time()
    {
        PatientOutcome back = MadePatient.Well with { BCellRecoveryDay = 100 };
        CohortPatient[] cohort =
        [
            MadePatient.Of(back with { RelapseDay = 200, RelapsePhenotype = Phenotype.Cd19Positive }), MadePatient.Of(back),
            MadePatient.Of(MadePatient.Relapsed(300)), MadePatient.Of(MadePatient.Well),
        ];

        Of("hrRelapseBCellRecovery", null, cohort).Place.ShouldBe(Math.Log(2) / 2, 1e-6);
    }

    /// <summary>As published: recovery within the first year counts; for the French cohort, recovery at any time and relapses up to 18 months, 547.9 days.</summary>
    [Fact]
    public void Recovery_counts_within_the_year_and_relapse_within_the_follow_up()
    {
        PatientOutcome late = MadePatient.Well with { BCellRecoveryDay = 400 };
        CohortPatient[] cohort =
        [
            MadePatient.Of(MadePatient.Relapsed(150) with { BCellRecoveryDay = 100 }), MadePatient.Of(MadePatient.Well with { BCellRecoveryDay = 100 }),
            MadePatient.Of(MadePatient.Relapsed(300)), MadePatient.Of(MadePatient.Well), MadePatient.Of(late with { RelapseDay = 500, RelapsePhenotype = Phenotype.Cd19Positive }), MadePatient.Of(late),
        ];
        CohortPatient[] without = [.. cohort.Select(p => p with { Outcome = p.Outcome with { BCellRecoveryDay = p.Outcome.BCellRecoveryDay > 365 ? null : p.Outcome.BCellRecoveryDay } })];
        CohortPatient[] after = [.. cohort.Select(p => p with { Outcome = p.Outcome with { RelapseDay = p.Outcome.RelapseDay ?? 600, RelapsePhenotype = Phenotype.Cd19Positive } })];

        Of("hrRelapseBCellRecovery", null, cohort).Place.ShouldBe(Of("hrRelapseBCellRecovery", null, without).Place, 1e-12);
        Of("hrCd19PositiveAplasiaLost", null, cohort).Place.ShouldBeGreaterThan(Of("hrCd19PositiveAplasiaLost", null, without).Place + 0.1);
        Of("hrCd19PositiveAplasiaLost", null, after).Place.ShouldBe(Of("hrCd19PositiveAplasiaLost", null, cohort).Place, 1e-12);
    }

    /// <summary>Two transplanted, one of whom relapses on day 200 from remission; four others, of whom one relapses on day 100: at the first event 2 and 4 are at risk, at the second 2 and 3: 1 = 2r/(2r + 4) + 2r/(2r + 3), so r² = 3.</summary>
    [Fact]
    public void The_transplanted_are_compared_as_a_registry_would()
    {
        PatientOutcome transplanted = MadePatient.Well with { TransplantDay = 69 };
        CohortPatient[] cohort =
        [
            MadePatient.Of(transplanted with { RelapseDay = 228, RelapsePhenotype = Phenotype.Cd19Positive }), MadePatient.Of(transplanted),
            MadePatient.Of(MadePatient.Relapsed(128)), .. Times(3, MadePatient.Well), .. Times(5, _failure),
        ];

        Of("hrRelapseTransplant", null, cohort).Place.ShouldBe(Math.Log(3) / 2, 1e-6);
        Of("hrRelapseOrDeathTransplant", null, cohort).Place.ShouldBe(Math.Log(3) / 2, 1e-6);
    }

    /// <summary>Twenty event times of 1 to 20 months below 5% blasts, and ten at half a month above it.</summary>
    [Fact]
    public void Medians_are_of_their_subgroup()
    {
        CohortPatient[] cohort =
        [
            .. Enumerable.Range(1, 20).Select(m => MadePatient.Of(MadePatient.Relapsed(30.4375 * m), 0.01)),
            .. Times(10, MadePatient.Relapsed(29), 0.5),
        ];

        Math.Exp(Of("medianEfsLowBurden", null, cohort).Place).ShouldBe(11, 0.05);
        Math.Exp(Of("medianEfs", null, cohort).Place).ShouldBe(6, 0.05);
        Of("medianOsLowBurden", null, cohort).Place.ShouldBe(Math.Log(36), 1e-9);
        Of("medianEfsLowBurden", null, [.. Times(2, MadePatient.Relapsed(29), 0.01)]).Place.ShouldBe(double.NaN);
    }

    /// <summary>Three of four with MRD found relapse within the year after day 28, one of eight without; who relapsed before day 28 or was not examined is out.</summary>
    [Fact]
    public void Sequencing_is_read_at_a_landmark()
    {
        static CohortPatient With(PatientOutcome outcome, double sequencing) => MadePatient.Of(outcome, 0.5, sequencing);
        CohortPatient[] cohort =
        [
            .. Enumerable.Repeat(With(MadePatient.Relapsed(200), 1e-5), 3), With(MadePatient.Relapsed(500), 1e-5),
            With(MadePatient.Relapsed(200), 0), .. Enumerable.Repeat(With(MadePatient.Well, 0), 7), With(MadePatient.Relapsed(200), double.NaN),
        ];
        static double Hazard(double k, double n) => -Math.Log(1 - ((k + 0.5) / (n + 1)));

        Of("hrRelapseSequencingDay28", null, cohort).Place.ShouldBe(Math.Log(Hazard(3, 4) / Hazard(1, 8)), 1e-12);
    }
}
