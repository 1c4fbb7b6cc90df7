using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class MedianTimeTests
{
    [Fact]
    public void Medians_and_their_intervals_equal_those_of_R()
    {
        ReferenceTable expected = ReferenceTable.Read("medians.csv");
        foreach ((string name, int row) in expected.Text("name").Select((n, i) => (n, i)))
        {
            ReferenceTable data = ReferenceTable.Read($"{name}.data.csv");
            SurvivalTime[] times = [.. data.Column("time").Zip(data.Column("cause"), (t, c) => new SurvivalTime(t, c == 1))];

            Estimate median = MedianTime.Of(KaplanMeier.Estimate(times));

            median.ShouldBe(new Estimate(expected.Column("median")[row], expected.Column("lower")[row], expected.Column("upper")[row]), name);
        }
    }

    [Fact]
    public void A_curve_flat_at_one_half_has_its_median_in_the_middle() =>
        MedianTime.Of(KaplanMeier.Estimate([new(1, true), new(2, true), new(3, true), new(4, true)])).Value.ShouldBe(2.5);

    [Fact]
    public void A_median_that_is_not_reached_is_not_a_number() =>
        MedianTime.Of(KaplanMeier.Estimate([new(1, true), new(2, false), new(3, false)])).Value.ShouldBe(double.NaN);

    [Fact]
    public void An_incidence_has_no_median() =>
        Should.Throw<ArgumentException>(() => MedianTime.Of(AalenJohansen.Estimate([new(1, 1)], 1)[0]));
}
