using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Tests.Endpoints;

public class TimeToEventTests
{
    const double Horizon = 730.5;

    static readonly PatientOutcome _alive = new() { Patient = 0, Status = LaneStatus.Completed, HorizonDays = Horizon };

    static readonly PatientOutcome _inRemission = _alive with { RemissionDay = 28 };

    static readonly PatientOutcome _relapsed = _inRemission with { RelapseDay = 200, RelapsePhenotype = Phenotype.LineageSwitch };

    static (Endpoint, double, int)[] Of(PatientOutcome o) => [.. TimeToEvent.Of(o).Select(t => (t.Endpoint, t.Days, t.Censor))];

    [Fact]
    public void In_remission_to_the_end_everything_is_censored_at_the_horizon_from_its_own_origin() =>
        TimeToEvent.Of(_inRemission).ShouldAllBe(t => t.Days == Horizon && t.Censor == 1 && t.Description == "end of follow-up");

    [Fact]
    public void Without_remission_there_are_only_the_endpoints_from_infusion() =>
        Of(_alive with { NonResponseDay = 90, DeathDay = 300, DeathCause = DeathCause.Disease })
            .ShouldBe([(Endpoint.Overall, 300, 0), (Endpoint.EventFree, 90, 0)]);

    [Fact]
    public void Non_response_is_the_event_even_for_a_patient_who_lives() =>
        TimeToEvent.EventFree(_alive with { NonResponseDay = 121 }).ShouldBe(new TimeToEvent(Endpoint.EventFree, 121, 0, "no remission by the last assessment for it"));

    [Fact]
    public void Relapse_is_an_event_of_all_but_survival()
    {
        Of(_relapsed).ShouldBe([(Endpoint.Overall, Horizon, 1), (Endpoint.EventFree, 200, 0), (Endpoint.RelapseFree, 172, 0), (Endpoint.DurationOfResponse, 172, 0), (Endpoint.Relapse, 172, 0)]);
        TimeToEvent.Relapse(_relapsed, 28).Description.ShouldBe("relapse, lineage-switch");
    }

    [Fact]
    public void Death_after_relapse_moves_only_survival() =>
        Of(_relapsed with { DeathDay = 400, DeathCause = DeathCause.Disease })[0].ShouldBe((Endpoint.Overall, 400, 0));

    [Theory]
    [InlineData(DeathCause.NonRelapse, "death in remission")]
    [InlineData(DeathCause.Transplant, "death of the transplant")]
    public void Death_in_remission_is_an_event_of_rfs_a_censoring_of_dor_and_competes_with_relapse(DeathCause cause, string text)
    {
        PatientOutcome o = _inRemission with { DeathDay = 100, DeathCause = cause };

        Of(o).ShouldBe([(Endpoint.Overall, 100, 0), (Endpoint.EventFree, 100, 0), (Endpoint.RelapseFree, 72, 0), (Endpoint.DurationOfResponse, 72, 1), (Endpoint.Relapse, 72, 2)]);
        TimeToEvent.Of(o).ShouldAllBe(t => t.Description == text);
    }

    [Fact]
    public void Relapse_after_the_horizon_from_infusion_still_counts_from_remission()
    {
        PatientOutcome o = _relapsed with { RelapseDay = 740 };

        Of(o)[1..3].ShouldBe([(Endpoint.EventFree, Horizon, 1), (Endpoint.RelapseFree, 712, 0)]);
    }

    [Fact]
    public void An_event_on_the_last_day_counts() =>
        Of(_relapsed with { RelapseDay = 28 + Horizon })[2].ShouldBe((Endpoint.RelapseFree, Horizon, 0));

    [Fact]
    public void A_failed_patient_has_no_endpoints() =>
        TimeToEvent.Of(_relapsed with { Status = LaneStatus.StepLimit }).ShouldBeEmpty();

    [Fact]
    public void Endpoints_keep_their_order_for_any_course()
    {
        RandomStream stream = new(1, 2, RandomStream.Purpose("courses"));
        for (int i = 0; i < 2000; i++)
        {
            PatientOutcome o = Course(ref stream);
            TimeToEvent os = TimeToEvent.Overall(o);
            TimeToEvent efs = TimeToEvent.EventFree(o);
            efs.Days.ShouldBeLessThanOrEqualTo(os.Days);
            if (o.RemissionDay is { } remission)
            {
                TimeToEvent rfs = TimeToEvent.RelapseFree(o, remission);
                TimeToEvent relapse = TimeToEvent.Relapse(o, remission);
                TimeToEvent dor = TimeToEvent.DurationOfResponse(o, remission);
                dor.Days.ShouldBeGreaterThanOrEqualTo(rfs.Days);
                (relapse.Days, relapse.Censor == 1).ShouldBe((rfs.Days, rfs.Censor == 1));
                (relapse.Censor == 0).ShouldBe(dor.Censor == 0);
            }
        }
    }

    static PatientOutcome Course(ref RandomStream stream)
    {
        double Days(ref RandomStream s, double mean) => mean * Draws.Exponential(ref s);
        if (stream.NextUniform() < 0.2)
        {
            double death = 90 + Days(ref stream, 300);
            return _alive with { NonResponseDay = 90, DeathDay = death <= Horizon ? death : null, DeathCause = DeathCause.Disease };
        }

        double remission = stream.NextUniform() < 0.5 ? 28 : 90;
        double end = remission + Horizon;
        double relapse = remission + Days(ref stream, 600);
        double nonRelapse = remission + Days(ref stream, 1500);
        bool relapses = relapse < Math.Min(nonRelapse, end);
        double died = relapses ? relapse + Days(ref stream, 400) : nonRelapse;
        return _alive with
        {
            RemissionDay = remission,
            RelapseDay = relapses ? relapse : null,
            RelapsePhenotype = relapses ? Phenotype.Cd19Positive : null,
            DeathDay = died <= end ? died : null,
            DeathCause = died <= end ? (relapses ? DeathCause.Disease : DeathCause.NonRelapse) : null,
        };
    }
}
