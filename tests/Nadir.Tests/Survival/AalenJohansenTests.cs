using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class AalenJohansenTests
{
    [Fact]
    public void Incidences_and_intervals_equal_those_of_R()
    {
        ReferenceTable data = ReferenceTable.Read("mgus2.data.csv");
        CompetingTime[] times = [.. data.Column("time").Zip(data.Column("cause"), (t, c) => new CompetingTime(t, (int)c))];

        IReadOnlyList<SurvivalCurve> curves = AalenJohansen.Estimate(times, 2);

        curves[0].ShouldEqualReference("mgus2.cause1.csv");
        curves[1].ShouldEqualReference("mgus2.cause2.csv");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Transplant_and_death_compete_in_each_arm_of_a_trial_as_in_R(int arm)
    {
        RiskTable table = ReferenceTable.Read("pbc.csv").Groups("time", "cause", "trt", causes: 2)[arm];

        IReadOnlyList<SurvivalCurve> curves = AalenJohansen.Estimate(table);

        curves[0].ShouldEqualReference($"pbc.arm{arm}.cause1.csv");
        curves[1].ShouldEqualReference($"pbc.arm{arm}.cause2.csv");
    }

    [Fact]
    public void Late_entry_is_estimated_as_by_the_reference()
    {
        SurvivalCurve curve = AalenJohansen.Estimate(RiskTable.Of(ReferenceTable.Read("aged.data.csv").FollowUps("entry", "exit", "cause"), causes: 2))[1];
        ReferenceTable expected = ReferenceTable.Read("aged.incidence.csv");
        double[] times = expected.Column("time");

        CurveAgreement.ShouldAgree([.. times.Select(t => curve.At(t).Value)], expected.Column("value"), "incidence");
        CurveAgreement.ShouldAgree([.. times.Select(curve.StandardErrorAt)], expected.Column("error"), "standard error");
    }

    [Fact]
    public void A_small_example_with_ties_equals_the_hand_calculation()
    {
        // Five patients: cause 1 on day 1; cause 2 and a censoring on day 2; cause 1 on day 3; the last is censored on day 4.
        CompetingTime[] times = [new(2, 0), new(1, 1), new(2, 2), new(4, 0), new(3, 1)];

        IReadOnlyList<SurvivalCurve> curves = AalenJohansen.Estimate(times, 2);

        // S before day 2 is 4/5, before day 3 is 4/5·3/4 = 3/5.
        CurveAgreement.ShouldAgree(curves[0].Values, [0.2, 0.2, 0.2 + (0.6 / 2), 0.5], "cause 1");
        CurveAgreement.ShouldAgree(curves[1].Values, [0, 0.8 / 4, 0.2, 0.2], "cause 2");
        curves[0].Events.ShouldBe([1, 0, 1, 0]);
        curves[1].Events.ShouldBe([0, 1, 0, 0]);
        curves[0].Lower[0].ShouldBeInRange(0, 0.2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void All_incidences_and_survival_free_of_any_event_sum_to_one(int causes)
    {
        CompetingTime[] times = CurveAgreement.Patients(400, causes, censoring: true, seed: 7);

        IReadOnlyList<SurvivalCurve> curves = AalenJohansen.Estimate(times, causes);
        SurvivalCurve free = KaplanMeier.Estimate(CurveAgreement.AnyEvent(times));

        for (int i = 0; i < free.Times.Count; i++)
        {
            (curves.Sum(c => c.Values[i]) + free.Values[i]).ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void Without_censoring_the_incidence_is_the_share_and_its_variance_the_binomial_one()
    {
        CompetingTime[] times = CurveAgreement.Patients(250, causes: 2, censoring: false, seed: 8);

        SurvivalCurve curve = AalenJohansen.Estimate(times, 2)[1];

        for (int i = 0; i < curve.Times.Count - 1; i++)
        {
            double share = times.Count(t => t.Time <= curve.Times[i] && t.Cause == 2) / 250.0;
            curve.Values[i].ShouldBe(share, 1e-12);
            if (share > 0)
            {
                double halfWidth = 1.959963984540054 * Math.Sqrt(share * (1 - share) / 250) / (share * Math.Log(share));
                curve.Upper[i].ShouldBe(Math.Pow(share, Math.Exp(halfWidth)), 1e-9);
            }
        }
    }

    [Fact]
    public void The_order_of_patients_changes_nothing()
    {
        CompetingTime[] times = CurveAgreement.Patients(300, causes: 3, censoring: true, seed: 9);

        SurvivalCurve one = AalenJohansen.Estimate(times, 3)[2];
        SurvivalCurve other = AalenJohansen.Estimate(times.Reversed(), 3)[2];

        other.Values.ShouldBe(one.Values);
        other.Lower.ShouldBe(one.Lower);
        other.Upper.ShouldBe(one.Upper);
    }

    [Fact]
    public void A_single_cause_mirrors_survival_in_value_and_standard_error()
    {
        CompetingTime[] times = CurveAgreement.Patients(120, causes: 1, censoring: true, seed: 10);

        SurvivalCurve incidence = AalenJohansen.Estimate(times, 1)[0];
        SurvivalCurve survival = KaplanMeier.Estimate(CurveAgreement.AnyEvent(times));

        for (int i = 0; i < survival.Times.Count; i++)
        {
            incidence.Values[i].ShouldBe(1 - survival.Values[i], 1e-12);
            if (survival.Values[i] is > 0 and < 1)
            {
                StandardError(incidence, i).ShouldBe(StandardError(survival, i), 1e-9);
            }
        }
    }

    [Fact]
    public void A_cause_without_events_stays_at_zero_without_bounds()
    {
        SurvivalCurve curve = AalenJohansen.Estimate([new(1, 1), new(2, 0)], 2)[1];

        curve.Values.ShouldBe([0.0, 0.0]);
        curve.Upper.ShouldAllBe(u => double.IsNaN(u));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_cause_that_is_none_is_refused(int cause) =>
        Should.Throw<ArgumentException>(() => AalenJohansen.Estimate([new(1, cause)], 2)).Message.ShouldContain("from 1 to 2");

    // Inverts the log-log bounds: their log-log distance is twice z·se/(p·|log p|).
    static double StandardError(SurvivalCurve curve, int i)
    {
        double p = curve.Values[i];
        double width = Math.Log(-Math.Log(curve.Lower[i])) - Math.Log(-Math.Log(curve.Upper[i]));
        return width / 2 / 1.959963984540054 * p * -Math.Log(p);
    }
}
