using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class RiskTableTests
{
    [Fact]
    public void Who_enters_on_a_day_is_not_at_risk_of_its_events_and_who_leaves_on_it_is()
    {
        // Days observed: (0, 3], (2, 5], (3, 4] and (1, 6].
        RiskTable table = RiskTable.Of([new(0, 3, 1), new(2, 5, 1), new(3, 4, 0), new(1, 6, 0)]);

        table.Rows.Select(r => r.AtRisk).ShouldBe([3, 3, 2, 1]);
        new[] { 0, 1, 2, 2.5, 3, 4, 5, 6, 7 }.Select(table.AtRiskAt).ShouldBe([0, 1, 2, 3, 3, 3, 2, 1, 0]);
        table.HasLateEntry.ShouldBeTrue();
    }

    [Fact]
    public void Counts_at_any_time_equal_a_count_of_the_patients()
    {
        FollowUp[] patients = [.. CurveAgreement.Patients(200, causes: 2, censoring: true, seed: 3).Select((t, i) => new FollowUp(t.Time - 1 - (i % 17), t.Time, t.Cause))];
        RiskTable table = RiskTable.Of(patients, causes: 2);

        for (double day = -0.5; day < 42; day += 0.5)
        {
            table.AtRiskAt(day).ShouldBe(patients.Count(p => p.Entry < day && day <= p.Exit), $"day {day}");
            (table.At(day)?.Events[1] ?? 0).ShouldBe(patients.Count(p => p.Exit == day && p.Cause == 2));
        }
    }

    [Fact]
    public void Entering_at_the_origin_changes_nothing()
    {
        CompetingTime[] times = [.. CurveAgreement.Patients(50, causes: 1, censoring: true, seed: 4).Select(t => t with { Time = t.Time + 1 })];

        SurvivalCurve entered = KaplanMeier.Estimate(RiskTable.Of([.. times.Select(t => new FollowUp(0, t.Time, t.Cause))]));

        entered.Values.ShouldBe(KaplanMeier.Estimate(CurveAgreement.AnyEvent(times)).Values);
    }

    [Theory]
    [InlineData(5, 5, 1)]
    [InlineData(5, 4, 1)]
    [InlineData(-2, -1, 1)]
    [InlineData(0, double.PositiveInfinity, 1)]
    [InlineData(0, double.NaN, 1)]
    [InlineData(0, 1, 2)]
    [InlineData(0, 1, -1)]
    public void What_is_no_follow_up_is_refused(double entry, double exit, int cause) =>
        Should.Throw<ArgumentException>(() => RiskTable.Of([new FollowUp(entry, exit, cause)]));
}
