using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

public class SoakTests
{
    const int PatientsPerArm = 3_333_334;
    const int WarmUp = 1_000_000;
    const long AllowedGrowth = 64L << 20;

    [Fact]
    [Trait("Category", "Slow")]
    public void Ten_million_patients_need_the_memory_of_one_million_and_every_failed_one_is_reported()
    {
        TrialJob job = TrialJob.Create(null, new TrialOverrides { Patients = PatientsPerArm }).OrThrow();
        long patients = 0;
        long failed = 0;
        long early = 0;
        IReadOnlyList<ArmTally> tallies = TrialRun.Run(
            job.Plan,
            PatientBlock.All(job.Plan),
            Environment.ProcessorCount,
            record =>
            {
                patients++;
                failed += record.Outcome.Status == LaneStatus.Completed ? 0 : 1;
                early = patients == WarmUp ? Environment.WorkingSet : early;
            },
            null,
            TestContext.Current.CancellationToken);
        patients.ShouldBe(tallies.Count * (long)PatientsPerArm);
        tallies.Sum(t => (long)t.FailedPatients).ShouldBe(failed);
        (Environment.WorkingSet - early).ShouldBeLessThan(AllowedGrowth);
    }
}
