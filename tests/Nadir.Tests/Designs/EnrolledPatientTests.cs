using Nadir.Designs;
using Nadir.Numerics;

namespace Nadir.Tests.Designs;

public class EnrolledPatientTests
{
    [Fact]
    public void An_analysis_on_the_day_of_an_event_holds_the_event_whatever_the_day_of_enrolment()
    {
        RandomStream stream = new(1, 0, RandomStream.Purpose("enrolment"));
        for (int i = 0; i < 10_000; i++)
        {
            EndpointTime time = new(40 * stream.NextUniform(), Math.Ceiling(700 * stream.NextUniform()), 1);
            EnrolledPatient patient = new(0, 400 * stream.NextUniform(), double.PositiveInfinity, new Candidate(0, 0, InfusionFate.Infused, time));

            patient.KnownOn(patient.EventDay!.Value)!.Value.Cause.ShouldBe(1);
            patient.KnownOn(Math.BitDecrement(patient.EventDay!.Value))!.Value.Cause.ShouldBe(0);
            patient.KnownOn(patient.EnrolmentDay + time.StartDay - 1e-6).ShouldBeNull();
        }
    }
}
