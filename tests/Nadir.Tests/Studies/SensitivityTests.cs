using System.Text.Json.Nodes;
using Nadir.Faults;
using Nadir.Formats;
using Nadir.Populations;
using Nadir.Reports;
using Nadir.Studies;
using Nadir.Tests.Architecture;
using Nadir.Trials;

namespace Nadir.Tests.Studies;

public class SensitivityTests
{
    static readonly TrialJob _job = Trial.Job(Trial.Small, patients: 30);

    // So many rows that the variance over the priors lies more than four standard errors above 0.
    const int ManyRows = 64;

    static readonly Sensitivity _result = Run(_job, "efs12", 2, ManyRows);
    static readonly Uncertainty _uncertainty = UncertaintyAnalysis.Run(Trial.Job(Trial.Small, patients: 12).Plan, 40, 2, null, default);

    static Sensitivity Run(TrialJob job, string request, int threads, int rows = 16) => SensitivityAnalysis.Run(
        job.Plan, SensitivityRequest.Read(request, job).OrThrow(), new SensitivityOptions { Rows = rows, PatientsPerSetting = 16, Factors = 3 }, threads, null, default);

    [Fact]
    public void A_bar_is_the_trial_at_either_end_of_the_prior()
    {
        _result.Present.Value.ShouldBe(_job.Result().Arms[0].EventFreeSurvival.AtMonth(12).Value, 1e-12);

        TornadoBar bar = _result.Bars[0];
        ArmPlan arm = _job.Plan.Arms[0];
        TrialPlan low = _job.Plan with { Arms = [arm with { Population = arm.Population.WithValues(new Dictionary<string, double> { [bar.Name] = bar.Low }) }] };
        int free = low.Records().Count(r => PatientFate.Of(r.Outcome).FirstEventBy(365.25) == FirstEvent.None);
        bar.AtLow.ShouldBe(free / 30.0, 1e-12);
        bar.Low.ShouldBe(arm.Population.HyperParameters.Single(h => h.Name == bar.Name).Prior.Quantile(0.05));
    }

    [Fact]
    public void Every_uncertain_number_has_a_bar_and_the_widest_are_told_apart()
    {
        _result.Bars.Select(b => b.Name).ShouldBe(_job.Plan.Arms[0].Population.HyperParameters.Select(h => h.Name), ignoreOrder: true);
        _result.Shares.Reason.ShouldBeNull();
        _result.Shares.Factors.Select(f => f.Name).ShouldBe([.. _result.Bars.Take(3).Select(b => b.Name), $"{_result.Bars.Count - 3} others"], ignoreOrder: true);
        _result.Shares.Factors.Select(f => f.Total.Value).ShouldBeInOrder(SortDirection.Descending);
        (_result.Shares.Rows - _result.Shares.Refused - _result.Shares.NotEstimable).ShouldBeGreaterThan(50);
        _result.Shares.Rows.ShouldBe(ManyRows);
    }

    [Fact]
    public void A_number_that_no_endpoint_depends_on_does_nothing()
    {
        // Death after relapse or non-response moves overall survival, but no event-free day.
        TornadoBar bar = _result.Bars.Single(b => b.Name == "mortality.after-failure");
        bar.AtLow.ShouldBe(_result.Present.Value);
        bar.AtHigh.ShouldBe(_result.Present.Value);
        bar.Difference.IsEstimable.ShouldBeFalse();

        TornadoBar survival = Run(_job, "os12", 2).Bars.Single(b => b.Name == "mortality.after-failure");
        survival.AtHigh.ShouldBeGreaterThan(survival.AtLow);
    }

    [Fact]
    public void Mixed_points_take_one_factor_from_b()
    {
        IReadOnlyList<HyperParameter> numbers = _job.Plan.Arms[0].Population.HyperParameters;
        SobolDesign design = new(5, numbers, [numbers[3], numbers[1]]);
        IReadOnlyDictionary<string, double> a = design.Values(7, 0);
        IReadOnlyDictionary<string, double> b = design.Values(7, 1);

        design.Settings.ShouldBe(5);
        a.Keys.ShouldBe(numbers.Select(n => n.Name), ignoreOrder: true);
        numbers.ShouldAllBe(n => n.Prior.Contains(a[n.Name]) && n.Prior.Contains(b[n.Name]) && a[n.Name] != b[n.Name]);
        HashSet<string>[] fromB = [[numbers[3].Name], [numbers[1].Name], [.. numbers.Select(n => n.Name).Except([numbers[1].Name, numbers[3].Name])]];
        for (int f = 0; f < 3; f++)
        {
            design.Values(7, 2 + f).ShouldAllBe(v => v.Value == (fromB[f].Contains(v.Key) ? b[v.Key] : a[v.Key]));
        }
    }

    [Fact]
    public void Threads_and_arms_do_not_change_the_numbers()
    {
        SensitivityTable.Of(Run(_job, "efs12", 1, ManyRows)).Csv().ShouldBe(SensitivityTable.Of(_result).Csv());
        UncertaintyTable.Of(UncertaintyAnalysis.Run(Trial.Job(Trial.Small, patients: 12).Plan, 40, 1, null, default)).Csv().ShouldBe(UncertaintyTable.Of(_uncertainty).Csv());
        Sensitivity difference = Run(_job, "efs12:2-1", 2);
        difference.Present.Value.ShouldBe(Run(_job, "efs12:2", 2).Present.Value - _result.Present.Value, 1e-12);
        difference.Reference.ShouldBe("CAR-T, alone");
    }

    [Theory]
    [InlineData("survival24", "ND0572")]
    [InlineData("efs", "ND0572")]
    [InlineData("efs12:", "ND0572")]
    [InlineData("efs12:3", "ND0573")]
    [InlineData("efs12:0", "ND0573")]
    [InlineData("efs12:2-2", "ND0573")]
    [InlineData("relapse24", "ND0574")]
    [InlineData("relapse-by-trogocytosi-12", "ND0572")]
    [InlineData("relapse-by-trogocytosis", "ND0572")]
    [InlineData("transplant12", "ND0572")]
    public void What_cannot_be_asked_is_an_issue(string request, string code) => SensitivityRequest.Read(request, _job).Issues.ShouldHaveSingleItem().Code.ShouldBe(code);

    /// <summary>A lymphoma's remission does not begin without MRD, so a share of 0 would look like a result.</summary>
    [Fact]
    public void MRD_that_comes_back_is_no_endpoint_where_response_is_read_from_imaging()
    {
        string lymphoma = Trial.OneArm("fludarabine-cyclophosphamide").Replace("children-young-adults", "lbcl", StringComparison.Ordinal);

        Issue issue = SensitivityRequest.Read("mrd-relapse12", Trial.Job(lymphoma)).Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe("ND0572");
        issue.Hint.ShouldNotBeNull().ShouldContain("pet-ct");
        SensitivityRequest.Read("mrd-relapse6", _job).Issues.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("relaps24", "did you mean \"relapse24\"?")]
    [InlineData("eff6", "did you mean \"efs6\"?")]
    [InlineData("b-cell-back6", "did you mean \"b-cells-back6\"?")]
    [InlineData("remision", "did you mean \"remission\"?")]
    [InlineData("relapse-by-trogocytosi-12", "did you mean \"trogocytosis\"?")]
    [InlineData("quality-of-life", "relapse-by-MECHANISM-")]
    public void What_is_not_known_is_refused_with_the_nearest_name(string request, string hint) =>
        SensitivityRequest.Read(request, _job).Issues.ShouldHaveSingleItem().Hint.ShouldNotBeNull().ShouldContain(hint);

    [Theory]
    [InlineData("os11")]
    [InlineData("relapse-cd19-negative-7")]
    [InlineData("relapse-by-trogocytosis-6:2")]
    [InlineData("severe-cytokine-release")]
    [InlineData("death-in-remission12:2-1")]
    [InlineData("aplasia3")]
    public void Any_endpoint_at_any_month_that_is_followed_can_be_asked(string request) => SensitivityRequest.Read(request, _job).Issues.ShouldBeEmpty();

    [Fact]
    public void Replicates_have_patients_of_their_own_and_every_arm()
    {
        _uncertainty.Numbers.ShouldBe(_job.Plan.Arms[0].Population.HyperParameters.Count);
        _uncertainty.Rows.Select(r => (r.Arm, r.Reference)).Distinct().ShouldBe([("CAR-T, alone", null), ("with transplant", null), ("with transplant", "CAR-T, alone")]);

        // A transplant changes nothing about remission in the same patient.
        UncertainEndpoint none = _uncertainty.Rows.Single(r => r.Reference is not null && r.Endpoint.Name == "remission");
        none.Parts.Value.Trials.Lower.ShouldBe(0);
        none.Parts.Value.Trials.Upper.ShouldBe(0);
        _uncertainty.Rows.Where(r => r.Reference is null && r.Endpoint.Name == "remission").ShouldAllBe(r => r.Parts.Value.SamplingVariance > 0);
    }

    [Fact]
    public void Randomised_arms_of_a_replicate_do_not_share_patients()
    {
        TrialPlan plan = Trial.Job(Trial.Small.Replace("seed: 3", "seed: 3\ndesign: randomised", StringComparison.Ordinal), patients: 12).Plan;
        Uncertainty randomised = UncertaintyAnalysis.Run(plan, 40, 2, null, default);

        // Before the transplant the two arms treat alike, so that only other patients make remission differ.
        randomised.Rows.Single(r => r.Reference is not null && r.Endpoint.Name == "remission").Parts.Value.SamplingVariance.ShouldBeGreaterThan(0);
        UncertaintyAnalysis.MostReplicates(plan).ShouldBe(TrialPlan.MostPatientsPerArm / 24);
    }

    [Fact]
    public void Arms_of_unequal_allocation_have_their_own_sizes_and_the_variance_of_these()
    {
        string text = Trial.Small.Replace("seed: 3", "seed: 3\ndesign: randomised\nanalysis: {endpoint: EFS}", StringComparison.Ordinal)
            .Replace("strategies: [consolidative-transplant]", "strategies: [consolidative-transplant]\n    allocation: 3", StringComparison.Ordinal);
        TrialPlan plan = Trial.Job(text, patients: 10).Plan;
        Uncertainty unequal = UncertaintyAnalysis.Run(plan, 60, 2, null, default);
        double Variance(string arm) => unequal.Rows.Single(r => r.Reference is null && r.Arm == arm && r.Endpoint.Name == "remission").Parts.Value.SamplingVariance;

        unequal.ArmSizes.ShouldBe([10, 30]);
        UncertaintyTables.Reading(unequal).ShouldContain("10 and 30 patients in the arms");
        UncertaintyAnalysis.MostReplicates(plan).ShouldBe(TrialPlan.MostPatientsPerArm / 40);

        // Before the transplant the arms treat alike, so that p(1 - p)/(n - 1) differs by the sizes only: 29 to 9, within the scatter of 60 replicates.
        (Variance("CAR-T, alone") / Variance("with transplant")).ShouldBe(29.0 / 9, 0.7);
    }

    [Fact]
    public void Report_and_summary_show_both()
    {
        KnockOutRun knockOut = KnockOutRun.Create(_job).OrThrow();
        TrialResult result = _job.Run(2, knockOut.Study.Add, null, default) with { Sensitivity = _result, Uncertainty = _uncertainty };
        result = result with { KnockOut = knockOut.Run(2, null, default) };
        string html = ReportHtml.Write(result);
        ReportHtml.Write(TrialResultJson.Read(TrialResultJson.Write(result))).ShouldBe(html, "a report is made again from what was kept");
        html.ShouldContain("What the uncertain numbers do");
        html.ShouldContain("Uncertainty by kind");

        JsonNode json = JsonNode.Parse(SummaryJson.Write(result))!;
        ((double)json["sensitivity"]!["tornado"]![0]!["atLow"]!).ShouldBe(_result.Bars[0].AtLow);
        ((double)json["uncertainty"]!["estimates"]![0]!["mean"]!["estimate"]!).ShouldBe(_uncertainty.Rows[0].Parts.Value.Mean.Value);
        string page = Repository.Read("docs/summary-json.md");
        foreach (string key in SummaryKeys.Of(json["sensitivity"]!).Concat(SummaryKeys.Of(json["uncertainty"]!)).Distinct())
        {
            page.ShouldContain($"`{key}`", Case.Sensitive);
        }
    }
}
