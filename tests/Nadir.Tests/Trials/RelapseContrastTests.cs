using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Relapse in two arms with death in remission competing, where everybody is followed to the horizon.</summary>
public class RelapseContrastTests
{
    const double Horizon = 730.5;

    static EventTable Table(params IReadOnlyList<CompetingTime> times)
    {
        EventTable table = new(causes: 2);
        foreach (CompetingTime time in times)
        {
            table.Add(time);
        }

        return table;
    }

    static ArmContrast Between(EventTable arm, EventTable reference) => RelapseContrast.Between(("arm", arm), ("reference", reference), Horizon);

    /// <summary>Constant hazards of relapse and of death in remission; whole days.</summary>
    static CompetingTime[] Made(int patients, double relapse, double death, ulong seed) =>
    [
        .. Enumerable.Range(0, patients).Select(i =>
        {
            RandomStream stream = new(seed, (ulong)i, RandomStream.Purpose("made-up relapse"));
            double time = Draws.Exponential(ref stream) / (relapse + death);
            int cause = stream.NextUniform() < relapse / (relapse + death) ? 1 : 2;
            return time <= Horizon ? new CompetingTime(Math.Min(Math.Ceiling(time), Horizon), cause) : new CompetingTime(Horizon, 0);
        }),
    ];

    [Fact]
    public void Four_patients_an_arm_give_the_numbers_worked_by_hand()
    {
        ArmContrast contrast = Between(
            Table(new(100, 1), new(200, 2), new(Horizon, 0), new(Horizon, 0)),
            Table(new(50, 2), new(100, 1), new(300, 1), new(Horizon, 0)));

        // By month 12: one of four against two of four. Without relapse: 100 and three times the horizon, against 100, 300 and twice the horizon.
        contrast.Risks[0].Difference.Value.Difference.Value.ShouldBe(-0.25, 1e-12);
        contrast.Risks[0].Difference.Value.StandardError.ShouldBe(Math.Sqrt((0.25 * 0.75 / 4) + (0.5 * 0.5 / 4)), 1e-12);
        contrast.RestrictedMean.Value.Difference.Value.ShouldBe((Horizon - 300) / 4, 1e-9);
        (contrast.Endpoint, contrast.HasCompetingEvent, contrast.IsPaired).ShouldBe(("relapse", true, false));
    }

    [Fact]
    public void The_ratio_is_Fine_and_Grays_and_the_test_Grays()
    {
        CompetingTime[] arm = Made(400, 1 / 900.0, 1 / 1500.0, 1);
        CompetingTime[] reference = Made(300, 1 / 500.0, 1 / 2500.0, 2);

        ArmContrast contrast = Between(Table(arm), Table(reference));

        CompetingRow[] rows = [.. arm.Select(t => Row(t, 1)), .. reference.Select(t => Row(t, 0))];
        Estimate expected = FineGray.Fit(rows, cause: 1).Value.HazardRatio(0);
        contrast.HazardRatio.Value.Value.ShouldBe(expected.Value, 1e-9);
        contrast.HazardRatio.Value.Lower.ShouldBe(expected.Lower, 1e-9);
        contrast.HazardRatio.Value.Upper.ShouldBe(expected.Upper, 1e-9);
        contrast.Test.Value.ShouldBe(GrayTest.Test([RiskTable.Of(Table(reference)), RiskTable.Of(Table(arm))], 1).Value);
        contrast.HazardRatio.Value.Upper.ShouldBeLessThan(1);

        static CompetingRow Row(CompetingTime time, double arm) => new(FollowUp.FromOrigin(time.Time, time.Cause), [arm]);
    }

    /// <summary>So that the log-rank test of pairs, whose dead in remission stay free of relapse to the horizon, is Gray's with the variance of the pairs.</summary>
    [Fact]
    public void Grays_score_is_that_of_the_log_rank_test_of_those_who_die_kept_to_the_horizon()
    {
        CompetingTime[] arm = Made(200, 1 / 900.0, 1 / 500.0, 3);
        CompetingTime[] reference = Made(200, 1 / 400.0, 1 / 800.0, 4);
        RiskTable Kept(CompetingTime[] times) => RiskTable.Of([.. times.Select(t => t.Cause == 1 ? FollowUp.FromOrigin(t.Time, 1) : FollowUp.FromOrigin(Horizon, 0))]);

        GrayComparison gray = GrayTest.Compare([[RiskTable.Of(Table(reference)), RiskTable.Of(Table(arm))]], 1).Value;
        LogRankTest kept = LogRank.Test([Kept(reference), Kept(arm)]).Value;

        gray.Scores[1].ShouldBe(kept.Observed[1] - kept.Expected[1], 1e-9);
    }

    [Fact]
    public void The_difference_of_incidences_is_that_of_constant_hazards()
    {
        ArmContrast contrast = Between(Table(Made(20_000, 1 / 900.0, 1 / 600.0, 5)), Table(Made(20_000, 1 / 500.0, 1 / 3000.0, 6)));

        foreach (RiskDifference risk in contrast.Risks)
        {
            double day = risk.Month * 30.4375;
            risk.Difference.Value.Difference.Value.ShouldBe(Incidence(1 / 900.0, 1 / 600.0, day) - Incidence(1 / 500.0, 1 / 3000.0, day), 3 * risk.Difference.Value.StandardError);
            risk.Difference.Value.StandardError.ShouldBeLessThan(0.006);
        }

        // A day of 365.25 holds the relapses of whole days only.
        static double Incidence(double relapse, double death, double day) => relapse / (relapse + death) * (1 - Math.Exp(-(relapse + death) * Math.Floor(day)));
    }

    [Fact]
    public void Where_nobody_dies_in_remission_relapse_is_relapse_free_survival()
    {
        CompetingTime[] arm = [.. Made(300, 1 / 900.0, 1e-12, 7)];
        CompetingTime[] reference = [.. Made(300, 1 / 500.0, 1e-12, 8)];

        ArmContrast relapse = Between(Table(arm), Table(reference));
        ArmContrast survival = ArmContrasts.Between("relapseFreeSurvival", ("arm", RiskTable.Of(Table(arm))), ("reference", RiskTable.Of(Table(reference))), Horizon);

        relapse.HazardRatio.Value.Value.ShouldBe(survival.HazardRatio.Value.Value, 1e-9);
        relapse.RestrictedMean.Value.Difference.Value.ShouldBe(survival.RestrictedMean.Value.Difference.Value, 1e-9);
        relapse.Risks.Zip(survival.Risks, (a, b) => a.Difference.Value.Difference.Value - b.Difference.Value.Difference.Value).ShouldAllBe(d => Math.Abs(d) < 1e-9);
    }

    [Fact]
    public void A_treatment_that_only_kills_lowers_relapse_and_not_relapse_free_survival()
    {
        CompetingTime[] arm = Made(4_000, 1 / 500.0, 1 / 500.0, 9);
        CompetingTime[] reference = Made(4_000, 1 / 500.0, 1e-12, 10);

        Between(Table(arm), Table(reference)).Risks[1].Difference.Value.Difference.Upper.ShouldBeLessThan(-0.05);
        ArmContrasts.Between("relapseFreeSurvival", ("arm", RiskTable.Of(Table(arm))), ("reference", RiskTable.Of(Table(reference))), Horizon).Risks[1].Difference.Value.Difference.Lower.ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Exchanging_the_arms_turns_the_differences_around()
    {
        EventTable arm = Table(Made(200, 1 / 900.0, 1 / 600.0, 11));
        EventTable reference = Table(Made(200, 1 / 500.0, 1 / 900.0, 12));

        Between(reference, arm).HazardRatio.Value.Value.ShouldBe(1 / Between(arm, reference).HazardRatio.Value.Value, 1e-9);
        Between(reference, arm).Risks[1].Difference.Value.Difference.Value.ShouldBe(-Between(arm, reference).Risks[1].Difference.Value.Difference.Value, 1e-12);
        Between(reference, arm).Test.Value.Statistic.ShouldBe(Between(arm, reference).Test.Value.Statistic, 1e-9);
    }

    [Fact]
    public void Patients_lost_before_the_horizon_leave_what_needs_no_weights()
    {
        ArmContrast contrast = Between(Table([.. Made(100, 1 / 900.0, 1 / 600.0, 13), new(40, 0)]), Table(Made(100, 1 / 500.0, 1 / 900.0, 14)));

        contrast.HazardRatio.Reason.ShouldNotBeNull().ShouldContain("before the horizon");
        contrast.RestrictedMean.IsEstimable.ShouldBeFalse();
        contrast.Test.IsEstimable.ShouldBeTrue();
        contrast.Risks.ShouldAllBe(r => r.Difference.IsEstimable);
    }

    [Fact]
    public void An_arm_without_a_relapse_gives_reasons_and_no_numbers()
    {
        ArmContrast contrast = Between(Table(new(50, 2), new(Horizon, 0)), Table(Made(100, 1 / 500.0, 1 / 900.0, 15)));

        contrast.HazardRatio.IsEstimable.ShouldBeFalse();
        contrast.RestrictedMean.IsEstimable.ShouldBeFalse();
        contrast.Risks.ShouldAllBe(r => !r.Difference.IsEstimable);
    }
}
