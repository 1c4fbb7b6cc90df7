using Nadir.Survival;

namespace Nadir.Tests.Survival;

static class CurveAgreement
{
    /// <summary>The curve equals R's at every time: counts exactly, estimates and bounds within 1e-6 of their size.</summary>
    public static void ShouldEqualReference(this SurvivalCurve curve, string table)
    {
        ReferenceTable expected = ReferenceTable.Read(table);
        curve.Times.ShouldBe(expected.Column("time"));
        curve.AtRisk.Select(n => (double)n).ShouldBe(expected.Column("atrisk"));
        curve.Events.Select(n => (double)n).ShouldBe(expected.Column("events"));
        curve.Censored.Select(n => (double)n).ShouldBe(expected.Column("censored"));
        ShouldAgree(curve.Values, expected.Column("value"), "value");
        ShouldAgree(curve.Lower, expected.Column("lower"), "lower");
        ShouldAgree(curve.Upper, expected.Column("upper"), "upper");
    }

    public static void ShouldAgree(IReadOnlyList<double> found, IReadOnlyList<double> expected, string what)
    {
        found.Count.ShouldBe(expected.Count, what);
        for (int i = 0; i < found.Count; i++)
        {
            bool agrees = double.IsNaN(expected[i]) ? double.IsNaN(found[i]) : Math.Abs(found[i] - expected[i]) <= 1e-6 * Math.Abs(expected[i]);
            agrees.ShouldBeTrue($"{what} at entry {i}: found {found[i]:R}, expected {expected[i]:R}");
        }
    }

    public static void ShouldAgree(double found, double expected, string what) => ShouldAgree([found], [expected], what);

    /// <summary>Made-up patients with ties, from a linear congruential generator so that a run repeats.</summary>
    public static CompetingTime[] Patients(int count, int causes, bool censoring, uint seed)
    {
        uint state = seed;
        uint Next(uint below)
        {
            state = (state * 1664525u) + 1013904223u;
            return (state >> 8) % below;
        }

        return [.. Enumerable.Range(0, count).Select(_ => new CompetingTime(Next(40), (int)Next((uint)(causes + (censoring ? 1 : 0))) + (censoring ? 0 : 1)))];
    }

    public static SurvivalTime[] AnyEvent(IEnumerable<CompetingTime> times) => [.. times.Select(t => new SurvivalTime(t.Time, t.Cause > 0))];

    public static T[] Reversed<T>(this IEnumerable<T> items) => [.. items.Reverse()];
}
