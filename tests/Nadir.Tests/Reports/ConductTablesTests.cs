using System.Text.Json.Nodes;
using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

/// <summary>What a reader is told of a trial as it would have been run.</summary>
public class ConductTablesTests
{
    static readonly TrialResult Trial = WholeResult.Create();

    static ConductedTrial Conducted => Trial.Conducted!;

    static ConductedTrial With(PrimaryTest test, PrimaryEffect effect) =>
        Conducted with { Design = Conducted.Design with { Analysis = Conducted.Design.Analysis with { Test = test, MilestoneDay = 730.5 } }, Effect = effect };

    static PrimaryEffect Points(double value, double p = 0.18) => new(EffectMeasure.RiskDifference, Estimable<Estimate>.Of(new Estimate(value, value - 0.1, value + 0.1)), p);

    [Theory]
    [InlineData(Endpoint.Relapse, false, "enrolled patients in remission")]
    [InlineData(Endpoint.RelapseFree, true, "infused patients in remission")]
    [InlineData(Endpoint.DurationOfResponse, false, "enrolled patients in remission")]
    [InlineData(Endpoint.EventFree, true, "patients who were infused, from the infusion on")]
    [InlineData(Endpoint.Overall, false, "all who were enrolled, from enrolment on (intention to treat)")]
    public void Every_output_names_the_same_patients(Endpoint endpoint, bool onlyInfused, string who)
    {
        PrimaryAnalysis analysis = Conducted.Design.Analysis with { Endpoint = new ProtocolEndpoint(endpoint, false), OnlyInfused = onlyInfused, Test = endpoint == Endpoint.Relapse ? PrimaryTest.Gray : PrimaryTest.LogRank };
        RandomisedDesign design = Conducted.Design with { Analysis = analysis };
        TrialResult trial = Trial with { Conducted = Conducted with { Design = design }, Power = Trial.Power! with { Design = design with { Analysis = analysis with { TargetPower = 0.8 } } } };
        string[] texts = [ConductTables.Looks(trial.Conducted).Title, PowerTables.Notes(trial.Power)[0], (string)JsonNode.Parse(SummaryJson.Write(trial))!["conducted"]!["analysis"]!];

        texts.ShouldAllBe(t => t.Contains($" {who}, "));
        ReportHtml.Write(trial).ShouldContain($"among {who}, by ");
    }

    [Fact]
    public void The_verdict_has_the_effect_of_the_test_and_the_cause_specific_hazard_ratio_by_their_names() =>
        ConductTables.Verdict(Conducted).ShouldContain("the arm was shown to be better; subdistribution hazard ratio 0.51 (0.28 to 0.94), stratified by BLASTPCT, p 0.0357; cause-specific hazard ratio 0.55 (0.31 to 0.97), stratified by BLASTPCT; not corrected for the looks. With all");

    [Fact]
    public void The_verdict_of_a_milestone_has_the_difference_with_its_interval_and_probability()
    {
        ConductTables.Verdict(With(PrimaryTest.Milestone, Points(-0.123))).ShouldContain("; difference in relapse by month 24 of -12.3 (-22.3 to -2.3) percentage points, p 0.18; cause-specific hazard ratio 0.55");
        ConductTables.Verdict(With(PrimaryTest.Milestone, new(EffectMeasure.RiskDifference, Estimable<Estimate>.Not("a group was not followed until day 730.5"), double.NaN)))
            .ShouldContain("difference in relapse by month 24 not estimable: a group was not followed until day 730.5; cause-specific");
    }

    [Fact]
    public void The_verdict_of_the_log_rank_test_has_one_hazard_ratio()
    {
        string verdict = ConductTables.Verdict(With(PrimaryTest.LogRank, new(EffectMeasure.HazardRatio, Conducted.HazardRatio, 0.00001)));

        verdict.ShouldContain("; cause-specific hazard ratio 0.55 (0.31 to 0.97), stratified by BLASTPCT, p <0.0001, not corrected for the looks.");
        verdict.Split("0.55").Length.ShouldBe(2);
    }

    [Fact]
    public void A_one_sided_test_has_a_one_sided_probability()
    {
        ConductedTrial trial = With(PrimaryTest.Milestone, Points(-0.123));

        ConductTables.Verdict(trial with { Design = trial.Design with { Analysis = trial.Design.Analysis with { Sides = BoundarySides.One } } }).ShouldContain(", one-sided p 0.18");
    }

    [Fact]
    public void The_short_table_ends_with_the_primary_result_in_the_column_of_the_tested_arm()
    {
        TrialTableRow row = ExecutiveTable.Of(Trial with { Conducted = With(PrimaryTest.Milestone, Points(-0.123)) }).Rows[^1];

        row.Label.ShouldBe("Primary analysis of the trial as run, CIR: difference in relapse by month 24, % points");
        row.Cells.ShouldBe(["reference", "", "-12.3 (-22.3 to -2.3), p 0.18: benefit shown"]);
    }

    [Fact]
    public void The_summary_holds_the_effect_and_its_measure()
    {
        JsonNode effect = JsonNode.Parse(SummaryJson.Write(Trial with { Conducted = With(PrimaryTest.Milestone, Points(-0.123)) }))!["conducted"]!["effect"]!;

        ((string)effect["measure"]!).ShouldBe("riskDifference");
        ((double)effect["estimate"]!).ShouldBe(-0.123);
        ((double)effect["pValue"]!).ShouldBe(0.18);
        effect.AsObject().ContainsKey("notEstimable").ShouldBeFalse();
    }

    [Fact]
    public void The_methods_say_how_each_effect_is_estimated()
    {
        ReportHtml.Write(Trial).ShouldContain("The subdistribution hazard ratio is that of Fine and Gray (1999) within the same strata, with the censoring of each stratum (Zhou et al. 2011), and has the robust variance. The hazard ratio is that of a Cox model");
        ReportHtml.Write(Trial with { Conducted = With(PrimaryTest.Milestone, Points(-0.123)) }).ShouldContain("The difference is that of the Aalen-Johansen estimates with a normal interval (Klein et al. 2007), without strata.");
    }

    [Fact]
    public void The_figure_is_of_the_primary_endpoint_from_its_origin()
    {
        string html = ReportHtml.Write(Trial);
        ConductedTrial survival = Conducted with { Design = Conducted.Design with { Analysis = Conducted.Design.Analysis with { Endpoint = new ProtocolEndpoint(Endpoint.EventFree, true), Test = PrimaryTest.LogRank } }, Curves = [.. Trial.Arms.Select(a => a.EventFreeSurvival)] };

        html.ShouldContain("<figcaption>Relapse, censored at transplant, as the trial saw it</figcaption>");
        html.ShouldContain("Aalen-Johansen estimates, with death in remission as a competing event, with pointwise 95% intervals, of enrolled patients in remission, as known on the day of the last analysis");
        ReportHtml.Write(Trial with { Conducted = survival }).ShouldContain("Months from enrolment");
        ReportHtml.Write(Trial with { Conducted = survival with { Design = survival.Design with { Conduct = new TrialConduct() } } }).ShouldNotContain("Months from enrolment");
        ReportHtml.Write(Trial with { Conducted = Conducted with { Curves = [.. Conducted.Curves.Select(_ => KaplanMeier.Estimate(RiskTable.Of(Array.Empty<FollowUp>())))] } }).ShouldContain("No patient had come to the origin of the endpoint");
    }
}
