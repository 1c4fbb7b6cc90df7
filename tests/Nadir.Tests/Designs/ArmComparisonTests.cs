using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;

namespace Nadir.Tests.Designs;

public class ArmComparisonTests
{
    /// <summary>In each stratum fewer patients of the arm relapse, but more of them are in the stratum where most do.</summary>
    [Theory]
    [InlineData(PrimaryTest.Gray)]
    [InlineData(PrimaryTest.LogRank)]
    public void The_direction_is_that_within_strata_also_where_all_patients_together_show_the_other(PrimaryTest test)
    {
        (int Arm, int Stratum, FollowUp Time)[] known =
        [
            .. Patients(arm: 1, stratum: 0, patients: 80, relapses: 48), .. Patients(arm: 0, stratum: 0, patients: 20, relapses: 16),
            .. Patients(arm: 1, stratum: 1, patients: 20, relapses: 1), .. Patients(arm: 0, stratum: 1, patients: 80, relapses: 20),
        ];
        PrimaryAnalysis analysis = new() { Arm = 1, Endpoint = new ProtocolEndpoint(Endpoint.Relapse, false), Test = test };

        double together = ArmComparison.Statistic(analysis, 1, [.. known.Select(k => k with { Stratum = 0 })]).Value;
        double within = ArmComparison.Statistic(analysis, 2, known).Value;

        together.ShouldBeLessThan(-1);
        within.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void The_arm_that_relapses_less_has_the_positive_statistic_of_Grays_test()
    {
        (int Arm, int Stratum, FollowUp Time)[] known = [.. Patients(arm: 1, stratum: 0, patients: 50, relapses: 10), .. Patients(arm: 0, stratum: 0, patients: 50, relapses: 30)];
        PrimaryAnalysis analysis = new() { Arm = 1, Endpoint = new ProtocolEndpoint(Endpoint.Relapse, false), Test = PrimaryTest.Gray };

        ArmComparison.Statistic(analysis, 1, known).Value.ShouldBeGreaterThan(3);
        ArmComparison.Statistic(analysis with { Arm = 0, Reference = 1 }, 1, known).Value.ShouldBeLessThan(-3);
    }

    static IEnumerable<(int Arm, int Stratum, FollowUp Time)> Patients(int arm, int stratum, int patients, int relapses) =>
        Enumerable.Range(0, patients).Select(i => (arm, stratum, i < relapses ? FollowUp.FromOrigin(10 + (i * 600.0 / relapses), 1) : FollowUp.FromOrigin(700, i % 7 == 0 ? 2 : 0)));
}
