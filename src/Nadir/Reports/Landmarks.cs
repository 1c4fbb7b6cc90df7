using Nadir.Survival;

namespace Nadir.Reports;

/// <summary>The months at which a report reads its curves. A month is 30.4375 days.</summary>
static class Landmarks
{
    public const double DaysInMonth = 30.4375;

    static readonly int[] Survival = [6, 12, 18, 24];
    static readonly int[] Incidence = [12, 24];
    static readonly int[] Aplasia = [6, 12];

    /// <summary>Months for survival, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForSurvival(double horizonDays) => Within(Survival, horizonDays);

    /// <summary>Months for cumulative incidence, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForIncidence(double horizonDays) => Within(Incidence, horizonDays);

    /// <summary>Months for B-cell aplasia, as far as the follow-up reaches.</summary>
    public static IEnumerable<int> ForAplasia(double horizonDays) => Within(Aplasia, horizonDays);

    /// <summary>The curve's estimate at a month.</summary>
    public static Estimate AtMonth(this SurvivalCurve curve, int month) => curve.At(month * DaysInMonth);

    static IEnumerable<int> Within(int[] months, double horizonDays) => months.Where(m => m * DaysInMonth <= horizonDays);
}
