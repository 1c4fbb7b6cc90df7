using Nadir.Inference;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Inference;

/// <summary>Four patients reinfused after B cells on day 120: one aplastic on day 180, one not, one aplastic too early to be an effect, one with relapse before. A fifth was not reinfused.</summary>
public class ReinfusionTests
{
    static readonly TrialPlan _plan = TrialJob.Create(Nadir.Documents.ShippedLibrary.Read("studies/blind/reinfusion-at-blood-b-cells.yaml"), new TrialOverrides()).OrThrow().Plan;

    static readonly double _cut = _plan.Assays.BCells.Threshold("aplasia");

    static PatientRecord Patient(double? relapse, bool reinfused, params (double Day, bool Back)[] visits) => new(
        0,
        MadePatient.Well with { RelapseDay = relapse, Happenings = reinfused ? ["reinfusion: triggered", "reinfusion: done"] : ["reinfusion: triggered"] },
        [.. visits.Select(v => new Observation(v.Day, "blood-b-cells", v.Back ? 2 * _cut : _cut / 2, false))]);

    static readonly PatientRecord[] _records =
    [
        Patient(400, true, (60, false), (120, true), (180, false)),
        Patient(500, true, (60, false), (120, true), (180, true)),
        Patient(null, true, (60, false), (120, true), (150, false), (180, true)),
        Patient(175, true, (60, false), (120, true), (180, false)),
        Patient(100, false, (60, false), (120, true), (180, false)),
    ];

    [Fact]
    public void Aplasia_is_regained_where_a_later_visit_shows_it_in_remission()
    {
        Statistic regained = Reinfusion.Regained(_records, _plan);

        regained.Size.ShouldBe(4);
        regained.Place.ShouldBe(Math.Log(1.5 / 3.5), 1e-12);
    }

    [Fact]
    public void Relapse_is_counted_by_whether_it_was_regained()
    {
        Reinfusion.Relapse(_records, _plan, regained: true).ShouldSatisfyAllConditions(s => s.Size.ShouldBe(1), s => s.Share.ShouldBe(0.25), s => s.Place.ShouldBe(Math.Log(1.5 / 0.5), 1e-12));
        Reinfusion.Relapse(_records, _plan, regained: false).ShouldSatisfyAllConditions(s => s.Size.ShouldBe(3), s => s.Place.ShouldBe(Math.Log(2.5 / 1.5), 1e-12));
    }
}
