using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class CoxTests
{
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("cox.csv");
    static readonly Dictionary<string, double> StartStop = ReferenceTable.Numbers("cox.startstop.csv");

    [Theory]
    [InlineData("lung.efron", TieMethod.Efron)]
    [InlineData("lung.breslow", TieMethod.Breslow)]
    public void Ties_are_treated_as_in_R(string name, TieMethod ties) =>
        ShouldAgree(name, Cox.Fit(Rows("lung.cox.csv", ["age", "sex", "ecog"]), ties).Value, Expected);

    [Fact]
    public void Strata_have_their_own_baseline_as_in_R()
    {
        ShouldAgree("lung.strata", Cox.Fit(Rows("lung.cox.csv", ["age", "ecog"], stratum: "sex")).Value, Expected);
        ShouldAgree("pbc.edema", Cox.Fit(Biliary()).Value, Expected);
        ShouldAgree("veteran", Cox.Fit(Rows("veteran.cox.csv", ["trt", "karno", "age"], stratum: "cell")).Value, Expected);
    }

    /// <summary>Death, the transplanted censored, within strata of oedema.</summary>
    static CoxRow[] Biliary() =>
        [.. Rows("pbc.csv", ["trt", "age", "bili", "albumin", "edema"], status: "cause").Zip(ReferenceTable.Read("pbc.csv").Column("cause"), (r, cause) =>
            r with { Event = cause == 2, Stratum = (int)(2 * r.Covariates[4]), Covariates = [r.Covariates[0], r.Covariates[1], Math.Log(r.Covariates[2]), Math.Log(r.Covariates[3])] })];

    [Theory]
    [InlineData("lung.cluster", TieMethod.Efron)]
    [InlineData("lung.clusterbreslow", TieMethod.Breslow)]
    public void The_robust_variance_is_that_of_R(string name, TieMethod ties)
    {
        CoxRow[] rows = Rows("lung.cox.csv", ["age", "sex", "ecog"], cluster: "inst");
        CoxFit fit = Cox.Fit(rows, ties).Value;

        ShouldHaveCovariance(fit, Expected, $"{name}.naive");
        ShouldHaveCovariance(SandwichVariance.Of(rows, fit).Value, Expected, $"{name}.covariance");
    }

    [Fact]
    public void Weights_count_as_in_R()
    {
        double[] ecog = ReferenceTable.Read("lung.cox.csv").Column("ecog");
        CoxRow[] rows = [.. Rows("lung.cox.csv", ["age", "sex"]).Select((r, i) => r with { Weight = 1 + (ecog[i] / 2), Cluster = i })];
        CoxFit fit = Cox.Fit(rows).Value;

        ShouldHaveCovariance(fit, Expected, "lung.weights.naive");
        ShouldAgree("lung.weights", SandwichVariance.Of(rows, fit).Value, Expected);
    }

    [Fact]
    public void Recurrences_in_strata_of_their_number_are_fitted_as_in_R()
    {
        CoxRow[] rows = Rows("bladder.cox.csv", ["rx", "size", "number"], stratum: "enum", cluster: "id", start: "start", stop: "stop", status: "event");

        ShouldAgree("bladder", SandwichVariance.Of(rows, Cox.Fit(rows).Value).Value, StartStop);
    }

    [Fact]
    public void Covariates_that_change_are_fitted_as_in_R()
    {
        CoxRow[] rows = Rows("pbcseq.cox.csv", ["bili", "protime"], cluster: "id", start: "start", stop: "stop", status: "death");
        CoxFit fit = Cox.Fit(rows).Value;

        ShouldHaveCovariance(fit, StartStop, "pbcseq.naive");
        ShouldAgree("pbcseq", SandwichVariance.Of(rows, fit).Value, StartStop);
    }

    [Fact]
    public void Late_entry_is_fitted_as_in_R()
    {
        CoxRow[] rows = [.. Rows("aged.data.csv", ["sex01"], start: "entry", stop: "exit", status: "cause")];

        ShouldAgree("aged", Cox.Fit(rows).Value, Expected);
    }

    [Fact]
    public void Groups_from_counts_are_fitted_as_their_patients()
    {
        ShouldAgree("colon.groups", Cox.Compare(ReferenceTable.Read("colon.csv").Groups("time", "status", "rx")).Value, Expected);

        double[] extent = ReferenceTable.Read("colon.csv").Column("extent");
        ShouldAgree("colon.extent", Cox.Compare([.. extent.Distinct().Order().Select(e => ReferenceTable.Read("colon.csv").Groups("time", "status", "rx", keep: i => extent[i] == e))]).Value, Expected);

        FollowUp[] aged = ReferenceTable.Read("aged.data.csv").FollowUps("entry", "exit", "cause");
        double[] sex = ReferenceTable.Read("aged.data.csv").Column("sex01");
        ShouldAgree("aged", Cox.Compare([.. new[] { 0, 1 }.Select(s => RiskTable.Of([.. aged.Where((_, i) => sex[i] == s)], 2))]).Value, Expected);
    }

    [Fact]
    public void A_small_example_with_a_tie_equals_the_hand_calculation()
    {
        // Two events on day 1, one in each group of two; then one more in group 0. With r = e^b the partial likelihood after Efron is
        // r / ((2 + 2r)(2 + 2r - (1 + r)/2)) · 1/(1 + r), that is r/(1 + r)³ up to a constant, largest at r = 1/2.
        CoxFit fit = Cox.Fit([new(0, 1, true, [0]), new(0, 1, true, [1]), new(0, 2, true, [0]), new(0, 2, false, [1])]).Value;

        fit.HazardRatio(0).Value.ShouldBe(0.5, 1e-9);
        fit.LogLikelihood.ShouldBe(Math.Log(0.5 / (3 * 2.25 * 1.5)), 1e-9);
        fit.NullLogLikelihood.ShouldBe(Math.Log(1 / (4.0 * 3 * 2)), 1e-12);
        fit.StandardError(0).ShouldBe(1 / Math.Sqrt(3 * 0.5 / (1.5 * 1.5)), 1e-9);
    }

    [Fact]
    public void A_patient_split_into_rows_weighs_the_same()
    {
        CoxRow[] whole = Rows("lung.cox.csv", ["age", "sex"]);
        CoxRow[] split = [.. whole.SelectMany(r => new[] { r with { Stop = r.Stop / 2, Event = false }, r with { Start = r.Stop / 2 } })];

        CoxFit one = Cox.Fit(whole).Value;
        CoxFit other = Cox.Fit(split).Value;

        other.Coefficients[0].ShouldBe(one.Coefficients[0], 1e-10);
        other.LogLikelihood.ShouldBe(one.LogLikelihood, 1e-8);
    }

    [Fact]
    public void Changing_a_covariates_unit_rescales_its_coefficient()
    {
        CoxFit years = Cox.Fit(Rows("lung.cox.csv", ["age"])).Value;
        CoxFit days = Cox.Fit([.. Rows("lung.cox.csv", ["age"]).Select(r => r with { Covariates = [(r.Covariates[0] * 365.25) + 1e5] })]).Value;

        (days.Coefficients[0] * 365.25).ShouldBe(years.Coefficients[0], 1e-9);
        days.PValue(0).ShouldBe(years.PValue(0), 1e-9);
    }

    [Fact]
    public void What_cannot_be_estimated_says_why()
    {
        Cox.Fit([new(0, 1, false, [0]), new(0, 2, false, [1])]).Reason!.ShouldContain("no event");
        Cox.Fit([new(0, 1, true, [1]), new(0, 2, true, [1])]).Reason!.ShouldContain("constant");
        Cox.Fit([new(0, 1, true, [1, 2]), new(0, 2, true, [2, 4]), new(0, 3, true, [1, 2]), new(0, 4, true, [0, 0])]).Reason!.ShouldContain("follows from the others");
        Cox.Fit([new(0, 1, true, [1]), new(0, 2, true, [1]), new(0, 3, false, [0]), new(0, 4, false, [0])]).Reason!.ShouldContain("no maximum");
        Cox.Compare([RiskTable.Of([FollowUp.FromOrigin(1, 1)]), RiskTable.Of([FollowUp.FromOrigin(2, 0)])]).Reason!.ShouldContain("no maximum");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_group_without_events_has_no_hazard_ratio_whichever_group_it_is_and_however_few_are_in_it(int without)
    {
        Random random = new(7);
        for (int set = 0; set < 400; set++)
        {
            int few = 1 + (set % 10);
            CoxRow[] rows =
            [
                .. Enumerable.Range(0, 40).Select(_ => new CoxRow(0, 1 + (1000 * random.NextDouble()), random.NextDouble() < 0.5, [1 - without])),
                .. Enumerable.Range(0, few).Select(_ => new CoxRow(0, 200 + (800 * random.NextDouble()), false, [without])),
            ];
            FollowUp[] Group(int of) => [.. rows.Where(r => r.Covariates[0] == of).Select(r => FollowUp.FromOrigin(r.Stop, r.Event ? 1 : 0))];

            Cox.Fit(rows).Reason!.ShouldContain("no maximum");
            Cox.Compare([RiskTable.Of([.. Group(0)]), RiskTable.Of([.. Group(1)])]).Reason!.ShouldContain("no maximum");
        }
    }

    [Fact]
    public void Rows_that_are_none_are_refused()
    {
        Should.Throw<ArgumentException>(() => Cox.Fit(Array.Empty<CoxRow>())).Message.ShouldContain("at least one row");
        Should.Throw<ArgumentException>(() => Cox.Fit([new CoxRow(2, 1, true, [0])])).Message.ShouldContain("after it starts");
        Should.Throw<ArgumentException>(() => Cox.Fit([new CoxRow(0, 1, true, [double.NaN])])).Message.ShouldContain("finite");
        Should.Throw<ArgumentException>(() => Cox.Fit([new CoxRow(0, 1, true, [0]), new CoxRow(0, 1, true, [0, 1])])).Message.ShouldContain("Row 1");
        Should.Throw<ArgumentException>(() => Cox.Fit([new CoxRow(0, 1, true, [0]) { Weight = 0 }])).Message.ShouldContain("weight");
    }

    internal static void ShouldAgree(string name, CoxFit fit, Dictionary<string, double> expected)
    {
        for (int i = 0; i < fit.Coefficients.Count; i++)
        {
            CurveAgreement.ShouldAgree(fit.Coefficients[i], Named(expected, $"{name}.beta", i), $"{name}.beta");
        }

        ShouldHaveCovariance(fit, expected, $"{name}.covariance");
        if (expected.ContainsKey($"{name}.score"))
        {
            CurveAgreement.ShouldAgree(fit.NullLogLikelihood, expected[$"{name}.loglik.1"], "null log likelihood");
            CurveAgreement.ShouldAgree(fit.LogLikelihood, expected[$"{name}.loglik.2"], "log likelihood");
            CurveAgreement.ShouldAgree(fit.ScoreTest.Statistic, expected[$"{name}.score"], "score test");
        }
    }

    internal static void ShouldHaveCovariance(CoxFit fit, Dictionary<string, double> expected, string name)
    {
        double[] found = [.. fit.Covariance.SelectMany(r => r)];
        for (int i = 0; i < found.Length; i++)
        {
            // An off-diagonal entry near 0 is compared on the scale of the diagonal.
            int n = fit.Coefficients.Count;
            double scale = Math.Sqrt(fit.Covariance[i / n][i / n] * fit.Covariance[i % n][i % n]);
            found[i].ShouldBe(Named(expected, name, i), 1e-6 * scale, $"{name}, entry {i}");
        }
    }

    static double Named(Dictionary<string, double> expected, string name, int i) => expected.TryGetValue(name, out double only) ? only : expected[$"{name}.{i + 1}"];

    static CoxRow[] Rows(
        string file, string[] covariates, string? stratum = null, string? cluster = null, string? start = null, string stop = "time", string status = "status")
    {
        ReferenceTable table = ReferenceTable.Read(file);
        double[][] x = [.. covariates.Select(table.Column)];
        double[]? strata = stratum is null ? null : table.Column(stratum);
        double[]? clusters = cluster is null ? null : table.Column(cluster);
        double[]? starts = start is null ? null : table.Column(start);
        double[] stops = table.Column(stop);
        double[] events = table.Column(status);
        return [.. stops.Select((s, i) => new CoxRow(starts?[i] ?? double.NegativeInfinity, s, events[i] > 0, [.. x.Select(c => c[i])])
        {
            Stratum = (int)(strata?[i] ?? 0),
            Cluster = (int)(clusters?[i] ?? 0),
        })];
    }
}
