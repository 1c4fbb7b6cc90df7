using Nadir.Tests.Studies;

namespace Nadir.Tests.Trials;

public class PatientSimulatorTests
{
    const string Alone = """
        nadir: 1
        title: One arm
        model: b-all
        patients: {count: 12, population: children-young-adults}
        horizon: 6 months
        visits: [28, 60, 90, 120, 150, 180]
        arms:
          - {name: only, product: cd19-41bb}
        """;

    const string Beside = Alone + """

          - {name: two products, product: [cd19-41bb, cd22-41bb]}
        """;

    [Fact]
    public void A_patient_does_not_depend_on_the_other_arms_of_the_study()
    {
        string[] alone = Bits(Alone);
        string[] beside = Bits(Beside);

        beside.Length.ShouldBe(2 * alone.Length);
        beside[..alone.Length].ShouldBe(alone);
    }

    static string[] Bits(string study) => [.. Trial.Job(study).Plan.Records().Select(r => r.Bits())];
}
