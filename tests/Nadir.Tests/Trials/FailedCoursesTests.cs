using Nadir.Solvers;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class FailedCoursesTests
{
    [Fact]
    public void The_first_failed_patients_are_named_with_day_and_state()
    {
        TrialPlan plan = Trial.Job(Trial.Small, 30).Plan;
        TrialPlan limited = plan with { Tolerances = new Tolerances { MaxSteps = 100 } };
        IReadOnlyList<ArmTally> tallies = TrialRun.Run(limited, PatientBlock.All(limited), 2, null, null, default);

        IReadOnlyList<FailedCourse> courses = FailedCourses.Of(limited, tallies);

        courses.Count.ShouldBe(ArmTally.FailedKept);
        courses.ShouldAllBe(c => c.Status == LaneStatus.StepLimit && c.Arm == "CAR-T, alone" && c.Day > 0 && c.Day < 365);
        courses.ShouldAllBe(c => c.State.All(s => double.IsFinite(s.Amount)) && c.State.Any(s => s.Amount > 1e6));
        courses.Select(c => c.Subject).ShouldBe(courses.Select(c => c.Subject).Order());
    }

    [Fact]
    public void Without_failures_there_is_nothing_to_tell() =>
        FailedCourses.Of(TinyTrial.Plan(), [Trial.Tally(TinyTrial.Plan().Outcome())]).ShouldBeEmpty();
}
