using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class KaplanMeierTests
{
    [Theory]
    [InlineData("aml-maintained")]
    [InlineData("aml")]
    [InlineData("ovarian")]
    [InlineData("veteran")]
    [InlineData("lung")]
    public void Estimates_and_log_log_intervals_equal_those_of_R(string dataSet)
    {
        ReferenceTable data = ReferenceTable.Read($"{dataSet}.data.csv");
        SurvivalTime[] times = [.. data.Column("time").Zip(data.Column("cause"), (t, c) => new SurvivalTime(t, c == 1))];

        KaplanMeier.Estimate(times).ShouldEqualReference($"{dataSet}.curve.csv");
    }

    [Theory]
    [InlineData(IntervalScale.Plain, 0.95, "lung.plain.csv")]
    [InlineData(IntervalScale.Log, 0.9, "lung.log90.csv")]
    public void Intervals_on_other_scales_and_standard_errors_equal_those_of_R(IntervalScale scale, double level, string file)
    {
        SurvivalCurve curve = KaplanMeier.Estimate(RiskTable.Of(ReferenceTable.Read("lung.data.csv").FollowUps(null, "time", "cause")), level, scale);

        curve.ShouldEqualReference(file);
        CurveAgreement.ShouldAgree(curve.StandardErrors, ReferenceTable.Read(file).Column("error"), "standard error");
        curve.StandardErrorAt(365).ShouldBe(curve.StandardErrors[curve.Times.ToList().FindLastIndex(t => t <= 365)]);
    }

    [Fact]
    public void Late_entry_is_estimated_as_in_R()
    {
        SurvivalCurve curve = KaplanMeier.Estimate(RiskTable.Of(ReferenceTable.Read("aged.data.csv").FollowUps("entry", "exit", "cause"), causes: 2));

        curve.ShouldEqualReference("aged.curve.csv");
    }

    [Fact]
    public void A_small_example_with_ties_equals_the_hand_calculation()
    {
        // Six patients; the patient censored on day 4 is at risk of the event on day 4.
        SurvivalTime[] times = [new(4, false), new(2, true), new(4, true), new(2, true), new(7, true), new(9, false)];

        SurvivalCurve curve = KaplanMeier.Estimate(times);

        curve.Times.ShouldBe([2.0, 4, 7, 9]);
        curve.AtRisk.ShouldBe([6, 4, 2, 1]);
        curve.Events.ShouldBe([2, 1, 1, 0]);
        curve.Censored.ShouldBe([0, 1, 0, 1]);
        CurveAgreement.ShouldAgree(curve.Values, [4.0 / 6, 4.0 / 6 * 3 / 4, 4.0 / 6 * 3 / 4 / 2, 4.0 / 6 * 3 / 4 / 2], "survival");

        // Greenwood's sum on day 4 is 2/(6·4) + 1/(4·3) = 1/6; log-log bounds are S^exp(±z·sqrt(1/6)/log S) with S = 1/2.
        double halfWidth = 1.959963984540054 * Math.Sqrt(1.0 / 6) / Math.Log(2);
        curve.Lower[1].ShouldBe(Math.Pow(0.5, Math.Exp(halfWidth)), 1e-12);
        curve.Upper[1].ShouldBe(Math.Pow(0.5, Math.Exp(-halfWidth)), 1e-12);
    }

    [Fact]
    public void Without_censoring_the_estimate_is_the_share_still_free_of_the_event()
    {
        SurvivalTime[] times = CurveAgreement.AnyEvent(CurveAgreement.Patients(200, causes: 1, censoring: false, seed: 1));

        SurvivalCurve curve = KaplanMeier.Estimate(times);

        for (int i = 0; i < curve.Times.Count; i++)
        {
            curve.Values[i].ShouldBe(times.Count(t => t.Time > curve.Times[i]) / 200.0, 1e-12);
        }

        curve.Values[^1].ShouldBe(0);
    }

    [Fact]
    public void The_order_of_patients_changes_nothing()
    {
        SurvivalTime[] times = CurveAgreement.AnyEvent(CurveAgreement.Patients(300, causes: 1, censoring: true, seed: 2));

        SurvivalCurve one = KaplanMeier.Estimate(times);
        SurvivalCurve other = KaplanMeier.Estimate(times.Reversed());

        other.Values.ShouldBe(one.Values);
        other.Lower.ShouldBe(one.Lower);
        other.Upper.ShouldBe(one.Upper);
        other.AtRisk.ShouldBe(one.AtRisk);
    }

    [Fact]
    public void A_narrower_level_gives_bounds_inside_the_wider_ones()
    {
        SurvivalTime[] times = CurveAgreement.AnyEvent(CurveAgreement.Patients(50, causes: 1, censoring: true, seed: 3));

        SurvivalCurve wide = KaplanMeier.Estimate(times, 0.95);
        SurvivalCurve narrow = KaplanMeier.Estimate(times, 0.5);

        for (int i = 0; i < wide.Times.Count; i++)
        {
            if (wide.Values[i] is > 0 and < 1)
            {
                narrow.Lower[i].ShouldBeInRange(wide.Lower[i], wide.Values[i]);
                narrow.Upper[i].ShouldBeInRange(wide.Values[i], wide.Upper[i]);
            }
        }
    }

    [Fact]
    public void Nobody_followed_that_long_gives_no_estimate_but_a_curve_that_ended_at_zero_stays_there()
    {
        SurvivalCurve open = KaplanMeier.Estimate([new(5, true), new(10, false)]);
        SurvivalCurve ended = KaplanMeier.Estimate([new(5, true), new(10, true)]);

        open.At(10).Value.ShouldBe(0.5);
        open.At(10.5).Value.ShouldBe(double.NaN);
        ended.At(10.5).ShouldBe(new Estimate(0, double.NaN, double.NaN));
        ended.At(0).ShouldBe(new Estimate(1, 1, 1));
        ended.At(4.9).ShouldBe(new Estimate(1, double.NaN, double.NaN));
        KaplanMeier.Estimate([]).At(1).Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Numbers_at_risk_count_who_has_an_event_or_is_censored_on_that_day_or_later()
    {
        SurvivalTime[] times = CurveAgreement.AnyEvent(CurveAgreement.Patients(100, causes: 1, censoring: true, seed: 4));
        SurvivalCurve curve = KaplanMeier.Estimate(times);

        foreach (double day in new[] { 0, 3, 3.5, 20, 39, 40 })
        {
            curve.AtRiskAt(day).ShouldBe(times.Count(t => t.Time >= day));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_time_that_is_none_is_refused_with_its_entry(double time) =>
        Should.Throw<ArgumentException>(() => KaplanMeier.Estimate([new(1, true), new(time, true)])).Message.ShouldContain("Entry 1");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    [InlineData(double.NaN)]
    public void A_level_that_is_none_is_refused(double level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => KaplanMeier.Estimate([new(1, true)], level)).Message.ShouldContain("between 0 and 1");
}
