using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The differences between arms as figures: hazard ratios, restricted means and risks.</summary>
static class ContrastFigures
{
    public static void Write(Markup body, TrialResult trial)
    {
        body.Open("div", ("class", "figures"));
        foreach (EffectForestChart chart in Charts(trial.Contrasts, trial.Arms.Any(a => a.SecondTreatment is not null)).Where(c => c.HasRows))
        {
            Figure.Add(body, chart.Title, chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }

    /// <summary>The charts.</summary>
    /// <param name="contrasts">The differences.</param>
    /// <param name="treatsFailure">Whether an arm treats relapse or non-response, whose overall survival is too high to be a true effect. Default: false.</param>
    public static IEnumerable<EffectForestChart> Charts(IReadOnlyList<ArmContrast> contrasts, bool treatsFailure = false)
    {
        EffectKind Kind(ArmContrast contrast) => treatsFailure && contrast.Endpoint == "overallSurvival" ? EffectKind.Estimated : IsTrue(contrast);

        if (contrasts.Count == 0)
        {
            yield break;
        }

        yield return new("Hazard ratios", "Hazard ratio (below 1: fewer events)", IsRatio: true, Rows(contrasts, c => c.HazardRatio, heading: RatioHeading));
        string until = contrasts[0].RestrictedMeanDays.ToString("0.#", CultureInfo.InvariantCulture);
        yield return new($"Mean days free of the event up to day {until}", "Difference, days (above 0: longer)", IsRatio: false, Rows(contrasts, c => Difference(c.RestrictedMean, 1), Kind));
        foreach (int month in contrasts[0].Risks.Select(r => r.Month))
        {
            yield return new($"Risk of the event by month {month}", "Difference, % points (below 0: fewer)", IsRatio: false, Rows(contrasts, c => Difference(c.Risks.First(r => r.Month == month).Difference, 100), Kind));
        }
    }

    static string RatioHeading(ArmContrast contrast) => contrast.HasCompetingEvent ? "Relapse, from remission: subdistribution hazards" : ContrastTables.EndpointName(contrast.Endpoint);

    // Each virtual patient went through both arms, so that the difference is not estimated from others; but who is in remission differs between arms.
    static EffectKind IsTrue(ArmContrast contrast) => contrast.IsPaired && contrast.Endpoint is not ("relapseFreeSurvival" or ArmContrast.Relapse) ? EffectKind.True : EffectKind.Estimated;

    static IReadOnlyList<EffectRow> Rows(IReadOnlyList<ArmContrast> contrasts, Func<ArmContrast, Estimable<Estimate>> effect, Func<ArmContrast, EffectKind>? kind = null, Func<ArmContrast, string>? heading = null) =>
        [.. contrasts.GroupBy(c => c.Endpoint).SelectMany(g => g).Select(c => new EffectRow(heading?.Invoke(c) ?? ContrastTables.EndpointName(c.Endpoint), c.Arm, effect(c), kind?.Invoke(c) ?? EffectKind.Estimated))];

    static Estimable<Estimate> Difference(Estimable<Contrast> contrast, double unit) =>
        contrast.Then(c => Estimable<Estimate>.Of(new Estimate(c.Difference.Value * unit, c.Difference.Lower * unit, c.Difference.Upper * unit)));
}
