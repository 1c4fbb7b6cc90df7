using Nadir.Documents;
using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class PatientAllocationTests
{
    static readonly TargetSet _fitted = TargetSet.Shipped(Library.Shipped).OrThrow().Fitted;

    /// <summary>A bound tolerates 0.2 on its scale, a target as much as is published and differs between studies.</summary>
    [Fact]
    public void A_target_needs_patients_by_the_square_of_its_error()
    {
        Target bound = _fitted.Targets.First(t => t.IsBound);
        Target target = _fitted.Targets[0];

        PatientAllocation.Share(bound, 0.16, 0.1).ShouldBe(4, 1e-12);
        PatientAllocation.Share(target, 2 * ((target.Sd * target.Sd) + 0.01), 0.1).ShouldBe(2, 1e-12);
        PatientAllocation.Share(target, 1000, 0.1).ShouldBe(6);
        PatientAllocation.Share(target, double.NaN, 0.1).ShouldBe(6);
    }

    [Fact]
    public void The_cohort_with_ratios_by_burden_gets_thousands_and_small_trials_hundreds()
    {
        PopulationSimulator simulator = new(_fitted) { Patients = 500, Threads = 2 };

        IReadOnlyList<int> patients = PatientAllocation.Of(_fitted, simulator, Calibration.DefaultHeterogeneity, default);

        patients[_fitted.Targets.First(t => t.Name == "structure-burden/hrCd19NegativeHighBurden").Cohort].ShouldBe(3000);
        patients[_fitted.Targets.First(t => t.Trial == "park-2018").Cohort].ShouldBeLessThanOrEqualTo(500);
        patients.ShouldAllBe(p => p >= 250 && p % 250 == 0);
        simulator.With(patients).Screen().PatientsOf(0).ShouldBe(Math.Max(100, patients[0] / 4));
    }
}
