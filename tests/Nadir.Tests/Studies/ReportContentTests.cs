using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Reports;
using Nadir.Tests.Architecture;
using Nadir.Tests.Reports;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

/// <summary>What the report shows of a simulated trial is what happened to its patients.</summary>
public class ReportContentTests
{
    static readonly Nadir.Studies.TrialJob _job = Trial.Job(Trial.Small, 150);
    static readonly PatientRecord[] _records = [.. _job.Plan.Records()];
    static readonly TrialResult _result = _job.Result();

    [Fact]
    public void Causes_and_phenotypes_divide_the_same_relapses()
    {
        foreach (ArmResult arm in _result.Arms)
        {
            arm.CauseIncidence.Sum(c => c.Count).ShouldBe(arm.Relapse.Sum(r => r.Count));
            arm.CauseIncidence.Count.ShouldBeGreaterThan(1);
            foreach (double day in new[] { 60.0, 120, 200, 365 })
            {
                double byCause = arm.CauseIncidence.Sum(c => c.Curve.At(day).Value);
                byCause.ShouldBe(arm.Relapse.Sum(r => r.Curve.At(day).Value), 1e-12);
                byCause.ShouldBe(arm.AnyRelapse!.At(day).Value, 1e-12);
                (1 - byCause - arm.DeathInRemission.At(day).Value).ShouldBe(arm.RelapseFreeSurvival.At(day).Value, 1e-12);
            }
        }
    }

    [Fact]
    public void A_report_warns_of_overall_survival_where_an_arm_treats_failure_and_only_there()
    {
        const string warning = "Overall survival of an arm that treats relapse or non-response is too high";
        TrialResult treated = Trial.Job(Trial.Small.Replace("[consolidative-transplant]", "[cd22-after-failure]"), 30).Result();

        treated.Arms.ShouldContain(a => a.SecondTreatment != null);
        ReportHtml.Write(treated).ShouldContain(warning);
        ReportHtml.Write(_result).ShouldNotContain(warning);
    }

    [Fact]
    public void The_transgene_curve_is_that_of_the_patients()
    {
        PatientOutcome[] patients = [.. _records.Where(r => r.Arm == 0).Select(r => r.Outcome)];
        IReadOnlyList<double> days = TransgeneDays.Until(_job.Plan.HorizonDays);
        _result.Arms[0].TransgeneCurve.Select(p => p.Day).ShouldBe(days);
        foreach ((int i, TransgenePoint point) in _result.Arms[0].TransgeneCurve.Index())
        {
            double[] values = [.. patients.Select(p => p.TransgeneOnDays[i]).Where(v => !double.IsNaN(v)).Order()];
            point.Patients.ShouldBe(values.Length);
            point.GeometricMean.ShouldBe(Math.Exp(values.Average(Math.Log)), 1e-9 * point.GeometricMean);
            point.Lower.ShouldBe(Quantiles.Of(values, 0.05), 0.02 * point.Lower);
            point.Upper.ShouldBe(Quantiles.Of(values, 0.95), 0.02 * point.Upper);
            values.ShouldAllBe(v => v == 25 || v >= 50);
        }
    }

    [Fact]
    public void The_curve_of_the_transgene_reaches_up_to_its_peak_and_no_higher()
    {
        foreach (PatientOutcome patient in _records.Select(r => r.Outcome))
        {
            double top = patient.TransgeneOnDays.Where(v => !double.IsNaN(v)).Max();
            top.ShouldBeLessThanOrEqualTo(Math.Max(patient.TransgeneCmax, 25) * (1 + 1e-6));
            top.ShouldBeGreaterThan(0.7 * patient.TransgeneCmax);
        }
    }

    [Fact]
    public void The_first_patients_are_shown_as_they_fared()
    {
        PatientOutcome[] first = [.. _records.Where(r => r.Arm == 1).Take(30).Select(r => r.Outcome)];

        _result.Arms[1].Swimmers.Select(s => (s.Subject, s.Remission, s.Relapse, s.Transplant, s.Death))
            .ShouldBe(first.Select(o => (Subjects.Identifier(o.Patient), o.RemissionDay, o.RelapseDay, o.TransplantDay, o.DeathDay)));
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void A_result_of_every_shipped_study_can_be_shown_again(string study)
    {
        TrialResult result = Trial.Job(Repository.Read(study), 12).Result();

        TrialResult read = TrialResultJson.Read(TrialResultJson.Write(result));

        ReportHtml.Write(read).ShouldBe(ReportHtml.Write(result));
        SummaryJson.Write(read).ShouldBe(SummaryJson.Write(result));
    }

    public static TheoryData<string> Studies => [.. Repository.Files("studies", "*.yaml").Select(f => f.Path)];

    [Fact]
    public void A_report_does_not_grow_with_the_patients() =>
        ReportHtml.Write(SampleResult.Create(20_000)).Length.ShouldBeLessThan((int)(1.4 * ReportHtml.Write(SampleResult.Create(600)).Length));

    [Fact]
    public void The_methods_say_what_the_study_says()
    {
        string html = ReportHtml.Write(_result);

        html.ShouldContain("150 patients in each of 2 arms");
        html.ShouldContain("Patients were examined on days 28, 60, 90, 180, 270, 365,");
        html.ShouldContain("At each visit: Marrow morphology (limit 0.01; overt at 0.25, remission at 0.05); MRD by flow cytometry (limit 0.0001; positive at 0.0001); Normal B cells in blood (limit 1.00 cells/µL; aplasia at 3.00 cells/µL); CAR transgene in blood by qPCR (limit 50.0 copies/µg).");
        html.ShouldContain("a relative tolerance of 1e-5 a step");
        html.ShouldContain($"Seed {_result.Seed};");
        html.ShouldContain("up to day 365.");
    }
}
