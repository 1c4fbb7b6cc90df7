using System.Globalization;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Reports;

/// <summary>The true effect of a transplant beside what analyses by treatment received show, as figures.</summary>
static class TransplantFigures
{
    public static void Write(Markup body, TransplantEffect effect)
    {
        body.Open("div", ("class", "figures"));
        foreach (EffectForestChart chart in Charts(effect).Where(c => c.HasRows))
        {
            Figure.Add(body, chart.Title, chart.Draw(), chart.Data());
        }

        body.CloseLine();
    }

    public static IEnumerable<EffectForestChart> Charts(TransplantEffect effect)
    {
        string arm = effect.Arm;
        yield return new($"Transplant, hazard ratio of relapse or death: {arm}", "Hazard ratio (below 1: fewer events)", IsRatio: true, Rows(effect, c => c.HazardRatio));
        string until = effect.RestrictedMeanDays.ToString("0.#", CultureInfo.InvariantCulture);
        yield return new($"Transplant, mean days free of relapse and death up to day {until}: {arm}", "Difference, days (above 0: longer)", IsRatio: false, Rows(effect, c => Difference(c.RestrictedMean, 1)));
        foreach (int month in effect.Comparisons[0].Risks.Select(r => r.Month))
        {
            yield return new($"Transplant, risk of relapse or death by month {month}: {arm}", "Difference, % points (below 0: fewer)", IsRatio: false, Rows(effect, c => Difference(c.Risks.First(r => r.Month == month).Difference, 100)));
        }
    }

    static IReadOnlyList<EffectRow> Rows(TransplantEffect effect, Func<TransplantComparison, Estimable<Estimate>> value) =>
        [.. effect.Comparisons.Select(c => new EffectRow("Relapse or death", TransplantTables.Label(effect, c.Analysis), value(c), Kind(c.Analysis)))];

    static EffectKind Kind(TransplantAnalysis analysis) => analysis switch
    {
        TransplantAnalysis.Naive => EffectKind.Naive,
        TransplantAnalysis.True => EffectKind.True,
        _ => EffectKind.Estimated,
    };

    static Estimable<Estimate> Difference(Estimable<Contrast> contrast, double unit) =>
        contrast.Then(c => Estimable<Estimate>.Of(new Estimate(c.Difference.Value * unit, c.Difference.Lower * unit, c.Difference.Upper * unit)));
}
