using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class KeptVisitsTests
{
    static TrialPlan Plan(double window, double missed, int patients = 400) =>
        TinyTrial.Plan() with { VisitWindowDays = window, MissedVisits = missed, PatientsPerArm = patients };

    [Fact]
    public void Visits_come_within_their_window_and_are_missed_as_often_as_planned()
    {
        KeptVisit[] kept = [.. Enumerable.Range(0, 4_000).SelectMany(i => KeptVisits.Of(Plan(7, 0.2), i))];

        kept.ShouldAllBe(v => Math.Abs(v.Day - v.Planned) <= 7 && v.Day <= 730.5);
        (kept.Length / (12.0 * 4_000)).ShouldBe(0.8, 4 * Math.Sqrt(0.16 / 48_000));
        kept.Where(v => v.Planned < 700).Average(v => v.Day - v.Planned).ShouldBe(0, 4 * 7 / Math.Sqrt(3 * kept.Length));
        KeptVisits.Of(Plan(0, 0), 5).ShouldAllBe(v => v.Day == v.Planned);
    }

    [Fact]
    public void Remission_is_dated_on_the_day_a_patient_comes_and_later_where_the_visit_was_missed()
    {
        PatientRecord[] records = [.. Plan(5, 0.3).Records()];

        // The clone of everybody is gone by day 28; a third has to wait for the next assessment.
        double first = records.Count(r => r.Outcome.RemissionDay <= 33) / (double)records.Length;
        first.ShouldBe(0.7, 4 * Math.Sqrt(0.21 / records.Length));
        records.Where(r => r.Outcome.RemissionDay is null).ShouldAllBe(r => r.Outcome.NonResponseDay != null);
        records.Count(r => r.Outcome.RemissionDay is null).ShouldBeInRange(1, 30);
        records.Where(r => r.Outcome.RemissionDay is not null).ShouldAllBe(r => r.Observations.Any(o => o.Day == r.Outcome.RemissionDay));
        records.Where(r => r.Outcome.NonResponseDay is { } day && r.Observations.Any(o => o.Day is > 84 and < 96)).ShouldAllBe(r => r.Outcome.NonResponseDay >= r.Observations.Last(o => o.Day < 96).Day);
    }

    [Fact]
    public void A_strategy_is_decided_at_its_visit_on_whatever_day_that_is_kept_and_not_at_one_that_is_missed()
    {
        PatientRecord[] records = [.. (Plan(5, 0.3).WithTransplant() with { PatientsPerArm = 200 }).Records()];

        foreach (PatientRecord r in records)
        {
            bool came = r.Observations.Any(o => o.Day is > 22 and < 34);
            r.Outcome.TransplantDay.ShouldBe(came ? 69 : null);
        }
    }
}
