using Nadir.Survival;

namespace Nadir.Tests.Survival;

public class ParametricSurvivalTests
{
    const double Z = 1.959963984540054;
    static readonly Dictionary<string, double> Expected = ReferenceTable.Numbers("parametric.csv");

    [Fact]
    public void Exponential_and_Weibull_fits_equal_those_of_survreg()
    {
        FollowUp[] lung = ReferenceTable.Read("lung.cox.csv").FollowUps(null, "time", "status");
        ParametricFit exponential = ParametricSurvival.Fit(lung, SurvivalModel.Exponential).Value;
        ParametricFit weibull = ParametricSurvival.Fit(lung, SurvivalModel.Weibull).Value;

        CurveAgreement.ShouldAgree(
            [exponential.ScaleDays.Value, LogError(exponential.ScaleDays), exponential.LogLikelihood],
            [Expected["lung.exponential"], Expected["lung.exponentialerror"], Expected["lung.exponentialloglik"]], "exponential");
        CurveAgreement.ShouldAgree(
            [weibull.ScaleDays.Value, weibull.Shape.Value, LogError(weibull.ScaleDays), LogError(weibull.Shape), weibull.LogLikelihood],
            [Expected["lung.weibullscale"], Expected["lung.weibullshape"], Expected["lung.weibullerrors.1"], Expected["lung.weibullerrors.2"], Expected["lung.weibullloglik"]],
            "Weibull");
    }

    [Fact]
    public void Late_entry_is_fitted_as_by_the_reference()
    {
        FollowUp[] aged = ReferenceTable.Read("aged.data.csv").FollowUps("entry", "exit", "cause");

        ShouldAgree("aged", ParametricSurvival.Fit(aged, SurvivalModel.Weibull).Value, SurvivalModel.Weibull);
    }

    [Fact]
    public void Cured_shares_are_fitted_as_by_the_reference()
    {
        ReferenceTable table = ReferenceTable.Read("colon.csv");
        FollowUp[] colon = table.FollowUps(null, "time", "status");
        double[] extent = table.Column("extent");
        FollowUp[] late = [.. colon.Select((f, i) => f with { Entry = extent[i] == 3 ? 200 : 150 }).Where(f => f.Exit > 200)];

        ShouldAgree("colon.cure", ParametricSurvival.Fit(colon, SurvivalModel.WeibullCure).Value, SurvivalModel.WeibullCure);
        ShouldAgree("colon.cure1", ParametricSurvival.Fit(colon, SurvivalModel.ExponentialCure).Value, SurvivalModel.ExponentialCure);
        ShouldAgree("colon.late", ParametricSurvival.Fit(late, SurvivalModel.WeibullCure).Value, SurvivalModel.WeibullCure);
    }

    [Fact]
    public void The_exponential_rate_is_events_over_time_observed()
    {
        ParametricFit fit = ParametricSurvival.Fit([new(2, 10, 1), FollowUp.FromOrigin(4, 0), new(1, 3, 1)], SurvivalModel.Exponential).Value;

        fit.ScaleDays.Value.ShouldBe((8 + 4 + 2) / 2.0, 1e-12);
        fit.At(7).ShouldBe(Math.Exp(-1), 1e-12);
        fit.At(0).ShouldBe(1);
    }

    [Fact]
    public void Counts_are_fitted_as_their_patients()
    {
        FollowUp[] colon = ReferenceTable.Read("colon.csv").FollowUps(null, "time", "status");
        EventTable table = new(causes: 1);
        foreach (FollowUp f in colon)
        {
            table.Add(new CompetingTime(f.Exit, f.Cause));
        }

        ParametricSurvival.Fit(table, SurvivalModel.WeibullCure).Value.Cured.Value.ShouldBe(ParametricSurvival.Fit(colon, SurvivalModel.WeibullCure).Value.Cured.Value, 1e-9);
    }

    [Fact]
    public void What_cannot_be_estimated_says_why()
    {
        FollowUp[] steady = [.. Enumerable.Range(1, 60).Select(i => FollowUp.FromOrigin(i * i, 1))];

        ParametricSurvival.Fit([FollowUp.FromOrigin(3, 0)], SurvivalModel.Exponential).Reason!.ShouldContain("0 distinct times for 1");
        ParametricSurvival.Fit([FollowUp.FromOrigin(0, 1), FollowUp.FromOrigin(3, 1)], SurvivalModel.Weibull).Reason!.ShouldContain("day 0");
        ParametricSurvival.Fit(steady, SurvivalModel.WeibullCure).Reason!.ShouldContain("cured share");
    }

    static void ShouldAgree(string name, ParametricFit fit, SurvivalModel model)
    {
        bool shape = model is SurvivalModel.Weibull or SurvivalModel.WeibullCure;
        bool cure = model != SurvivalModel.Weibull;
        int n = 1 + (shape ? 1 : 0) + (cure ? 1 : 0);
        double[] found = [Math.Log(fit.ScaleDays.Value), .. shape ? [Math.Log(fit.Shape.Value)] : Array.Empty<double>(), .. cure ? [Logit(fit.Cured.Value)] : Array.Empty<double>()];
        double[] errors = [LogError(fit.ScaleDays), .. shape ? [LogError(fit.Shape)] : Array.Empty<double>(), .. cure ? [(Logit(fit.Cured.Upper) - Logit(fit.Cured.Lower)) / 2 / Z] : Array.Empty<double>()];
        CurveAgreement.ShouldAgree(found, [.. Enumerable.Range(1, n).Select(i => Expected[$"{name}.at.{i}"])], name);
        CurveAgreement.ShouldAgree(errors, [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(Expected[$"{name}.covariance.{(i * (n + 1)) + 1}"]))], $"{name}, errors");
        CurveAgreement.ShouldAgree(fit.LogLikelihood, Expected[$"{name}.loglik"], $"{name}, log likelihood");
    }

    static double LogError(Estimate e) => Math.Log(e.Upper / e.Lower) / 2 / Z;

    static double Logit(double p) => Math.Log(p / (1 - p));
}
