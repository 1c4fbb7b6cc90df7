using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>The months at which a report reads its curves.</summary>
static class Landmarks
{
    static readonly int[] Survival = [6, 12, 18, 24, 36, 48, 60];
    static readonly int[] Incidence = [12, 24];
    static readonly int[] Aplasia = [6, 12];

    /// <summary>Months for survival, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForSurvival(double horizonDays) => Within(Survival, horizonDays);

    /// <summary>Months for cumulative incidence, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForIncidence(double horizonDays) => Within(Incidence, horizonDays);

    /// <summary>Months for B-cell aplasia, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForAplasia(double horizonDays) => Within(Aplasia, horizonDays);

    /// <summary>The curve's estimate at a month.</summary>
    public static Estimate AtMonth(this SurvivalCurve curve, int month) => curve.At(month * Duration.DaysPerMonth);

    static IEnumerable<int> Within(int[] months, double horizonDays) => months.Where(m => m * Duration.DaysPerMonth <= horizonDays);
}
