using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>Which numbers a study's population has, and that results say so.</summary>
public class CalibratedStudyTests
{
    const string Number = "leukaemia_growth";

    static readonly CalibratedValues _shipped = CalibratedValues.Of(ModelPackage.LoadShipped("b-all").OrThrow())!.OrThrow();

    static double Typical(TrialJob job) => job.Plan.Arms[0].Population.Typical(Number);

    static CalibratedValues Mine(params string[] draws) =>
        CalibratedValues.Read(new SourceText("mine.yaml", $"point:\n  {Number}: 0.123\n{(draws.Length == 0 ? "" : $"draws: [{string.Join(", ", draws.Select(d => $"[{d}]"))}]\n")}")).OrThrow();

    [Fact]
    public void A_study_has_the_shipped_calibration_unless_it_declines_it()
    {
        Typical(Trial.Job(Trial.Small)).ShouldBe(_shipped.Point[Number]);
        Typical(Trial.Job(Trial.Small.Uncalibrated())).ShouldBe(TypicalValues.Of(ModelPackage.LoadShipped("b-all").OrThrow().Model)[Number]);
    }

    [Fact]
    public void A_calibration_of_the_callers_takes_its_place_alone()
    {
        TrialJob job = Trial.Job(Trial.Small, new TrialOverrides { Calibration = Mine() });

        Typical(job).ShouldBe(0.123);
        job.Plan.Arms[0].Population.Typical("kill_maximum").ShouldBe(Trial.Job(Trial.Small.Uncalibrated()).Plan.Arms[0].Population.Typical("kill_maximum"));
    }

    [Fact]
    public void A_number_that_no_population_has_is_an_issue_with_the_nearest_name()
    {
        CalibratedValues wrong = CalibratedValues.Read(new SourceText("mine.yaml", "point: {leukaemia_grwth: 0.1}\n")).OrThrow();

        Issue issue = TrialJob.Create(new SourceText("my-study.yaml", Trial.Small), new TrialOverrides { Calibration = wrong }).Issues.ShouldHaveSingleItem();

        (issue.Code, issue.Location.File, issue.Found).ShouldBe(("ND0322", "mine.yaml", "leukaemia_grwth"));
        issue.Hint!.ShouldContain(Number);
    }

    [Fact]
    public void Results_say_which_calibration_they_rest_on()
    {
        TrialResult calibrated = Trial.Job(Trial.Small, patients: 8).Result();
        TrialResult plain = Trial.Job(Trial.Small.Uncalibrated(), patients: 8).Result();

        calibrated.Provenance.Calibration.ShouldBe(new CalibrationOrigin(_shipped.File, _shipped.Source.Sha256, _shipped.Targets));
        SummaryJson.Write(calibrated).ShouldContain(_shipped.Source.Sha256);
        ReportHtml.Write(calibrated).ShouldContain($"calibrated to {_shipped.Targets} published results");
        plain.Provenance.Calibration.ShouldBeNull();
        SummaryJson.Write(plain).ShouldContain("\"calibration\": null");
        ReportHtml.Write(plain).ShouldNotContain("calibrated to");
    }

    [Fact]
    public void Replicates_take_their_numbers_from_the_draws_of_the_calibration()
    {
        NumberDraws draws = new(Trial.Job(Trial.Small, new TrialOverrides { Calibration = Mine("0.05", "0.07", "0.2") }).Plan);

        double[] seen = [.. Enumerable.Range(0, 60).Select(r => draws.Arm(r, 0).Population.Typical(Number))];

        draws.Posterior.ShouldBe(3);
        seen.Distinct().Order().ShouldBe([0.05, 0.07, 0.2]);
    }

    [Fact]
    public void Without_draws_replicates_take_every_number_from_its_prior()
    {
        NumberDraws draws = new(Trial.Job(Trial.Small.Uncalibrated()).Plan);

        draws.Posterior.ShouldBe(0);
        Enumerable.Range(0, 60).Select(r => draws.Arm(r, 0).Population.Typical(Number)).Distinct().Count().ShouldBe(60);
    }
}
