using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class EventTableTests
{
    static EventTable Table(params IEnumerable<CompetingTime> times)
    {
        EventTable table = new(causes: 2);
        foreach (CompetingTime time in times)
        {
            table.Add(time);
        }

        return table;
    }

    [Fact]
    public void Rows_are_the_distinct_times_with_counts_by_cause()
    {
        EventTable table = Table(new(5, 0), new(2, 1), new(5, 2), new(2, 1), new(5, 0));

        table.Rows.Select(r => (r.Days, Counts: string.Join(' ', r.Counts))).ShouldBe([(2.0, "0 2 0"), (5.0, "2 0 1")]);
        (table.Patients, table.Total(0), table.Total(1), table.Total(2)).ShouldBe((5, 2, 2, 1));
    }

    [Fact]
    public void One_cause_alone_keeps_its_events_and_takes_the_others_as_censoring()
    {
        EventTable only = Table(new(5, 0), new(2, 1), new(5, 2), new(2, 2), new(7, 2)).Only(2);

        only.Rows.Select(r => (r.Days, Counts: string.Join(' ', r.Counts))).ShouldBe([(2.0, "1 1"), (5.0, "1 1"), (7.0, "0 1")]);
        Should.Throw<ArgumentOutOfRangeException>(() => only.Only(2));
        Should.Throw<ArgumentOutOfRangeException>(() => only.Only(0));
    }

    [Fact]
    public void Tables_of_parts_give_the_curves_of_the_whole_bit_for_bit()
    {
        CompetingTime[] times = [.. CurveAgreement.Patients(400, causes: 2, censoring: true, seed: 5).Select(t => t with { Time = Math.Ceiling(t.Time) })];
        EventTable joined = Table(times[..7]);
        joined.Add(Table(times[200..]));
        joined.Add(Table(times[7..200]));

        foreach ((SurvivalCurve part, SurvivalCurve whole) in AalenJohansen.Estimate(joined).Zip(AalenJohansen.Estimate(times, causes: 2)))
        {
            part.Times.ShouldBe(whole.Times);
            part.Values.ShouldBe(whole.Values);
            part.Lower.ShouldBe(whole.Lower);
            part.AtRisk.ShouldBe(whole.AtRisk);
            part.Patients.ShouldBe(400);
        }
    }

    [Fact]
    public void Kaplan_Meier_takes_any_cause_as_the_event()
    {
        CompetingTime[] times = CurveAgreement.Patients(100, causes: 2, censoring: true, seed: 6);

        KaplanMeier.Estimate(Table(times)).Values.ShouldBe(KaplanMeier.Estimate([.. times.Select(t => new SurvivalTime(t.Time, t.Cause > 0))]).Values);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(3, 3)]
    [InlineData(3, -1)]
    public void A_time_or_cause_that_cannot_be_is_misuse(double time, int cause) =>
        Should.Throw<ArgumentException>(() => new EventTable(2).Add(new CompetingTime(time, cause)));

    [Fact]
    public void A_row_with_the_wrong_counts_is_misuse()
    {
        Should.Throw<ArgumentException>(() => new EventTable(2).Add(new EventRow(1, [0, 1])));
        Should.Throw<ArgumentException>(() => new EventTable(2).Add(new EventRow(1, [0, 1, -1])));
    }
}
