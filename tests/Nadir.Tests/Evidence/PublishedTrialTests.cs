using Nadir.Documents;
using Nadir.Evidence;
using Nadir.Faults;

namespace Nadir.Tests.Evidence;

public class PublishedTrialTests
{
    const string Good = """
        name: a-trial
        title: A trial
        population: children-young-adults
        results:
          - quantity: os
            month: 18
            cohort: infused
            estimate: 0.70
            interval: [0.58, 0.79]
            citation: grupp-2018
            verified: true
          - quantity: remission3Months
            cohort: infused
            estimate: 0.81
            events: 61
            patients: 75
            citation: maude-2018
            verified: true
        """;

    static Checked<PublishedTrial> Read(string yaml) => PublishedTrial.Read(new SourceText("trial.yaml", yaml));

    [Fact]
    public void Results_say_what_their_interval_rests_on()
    {
        PublishedTrial trial = Read(Good).OrThrow();

        trial.Results[0].ShouldSatisfyAllConditions(r => r.Id.ShouldBe("os18"), r => r.Basis.ShouldBe(IntervalBasis.Published), r => r.Upper.ShouldBe(0.79));
        trial.Results[1].ShouldSatisfyAllConditions(r => r.Id.ShouldBe("remission3Months"), r => r.Basis.ShouldBe(IntervalBasis.Counts), r => r.EffectiveEvents.ShouldBe(61));
    }

    [Theory]
    [InlineData("verified: true", "verified: false", false)]
    [InlineData("verified: true", "verified: true\n    primary: false", false)]
    [InlineData("    interval: [0.58, 0.79]\n", "", false)]
    [InlineData("    interval: [0.58, 0.79]\n", "    patients: 75\n", true)]
    public void Only_a_verified_primary_result_with_an_interval_is_compared(string good, string other, bool compared) =>
        Read(Good.Replace(good, other, StringComparison.Ordinal)).OrThrow().Results[0].IsComparable.ShouldBe(compared);

    [Fact]
    public void A_proportion_of_known_patients_gives_effective_events() =>
        Read(Good.Replace("interval: [0.58, 0.79]", "patients: 75", StringComparison.Ordinal)).OrThrow().Results[0].EffectiveEvents.ShouldBe(52.5);

    [Theory]
    [InlineData("interval: [0.58, 0.79]", "interval: [0.75, 0.79]", "ND0403", 5)]
    [InlineData("interval: [0.58, 0.79]", "interval: [0.58]", "ND0403", 9)]
    [InlineData("interval: [0.58, 0.79]", "interval: [58, 79]", "ND0023", 9)]
    [InlineData("estimate: 0.70", "estimate: 70", "ND0023", 8)]
    [InlineData("events: 61", "events: 76", "ND0404", 12)]
    [InlineData("events: 61", "events: 51", "ND0404", 12)]
    [InlineData("    patients: 75\n", "", "ND0404", 12)]
    [InlineData("    month: 18\n", "", "ND0405", 5)]
    [InlineData("quantity: remission3Months", "quantity: remission3Months\n    month: 3", "ND0405", 12)]
    [InlineData("quantity: os", "quantity: oss", "ND0025", 5)]
    [InlineData("    verified: true\n  - ", "  - ", "ND0020", 5)]
    [InlineData("citation: maude-2018", "source: maude-2018", "ND0021", 17)]
    public void A_result_that_contradicts_itself_is_refused(string good, string bad, string code, int line)
    {
        Good.ShouldContain(good);

        Checked<PublishedTrial> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }
}
