using Nadir.Numerics;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>
/// What each uncertain number of the population does, one row a number: name, unit, value, low, high, endpoint at low and at high, their paired difference with its interval, and, where the number is a
/// factor by itself, its shares of the variance with theirs. The last row is the factor of all others.
/// </summary>
public static class SensitivityTable
{
    static readonly string[] _numbers =
    [
        "value", "low", "high", "at_low", "at_high", "difference", "difference_lower", "difference_upper", "first", "first_lower", "first_upper", "total", "total_lower", "total_upper",
    ];

    /// <summary>The whole table, <c>sensitivity</c>.</summary>
    public static ResultTable Of(Sensitivity s) => new(
        "sensitivity",
        [("name", "TEXT"), ("unit", "TEXT"), .. _numbers.Select(n => (n, "REAL"))],
        [
            .. s.Bars.Select(b => Row(b.Name, b.Unit, Bar(b), s.Shares.Factors.FirstOrDefault(f => f.Name == b.Name))),
            .. s.Shares.Factors.Where(f => s.Bars.All(b => b.Name != f.Name)).Select(others => Row(others.Name, "", Enumerable.Repeat(double.NaN, 8), others)),
        ]);

    static double[] Bar(TornadoBar b)
    {
        Estimate difference = b.Difference.TryGet(out Contrast? c) ? c.Difference : new Estimate(double.NaN, double.NaN, double.NaN);
        return [b.Value, b.Low, b.High, b.AtLow, b.AtHigh, difference.Value, difference.Lower, difference.Upper];
    }

    static IReadOnlyList<object?> Row(string name, string unit, IEnumerable<double> numbers, FactorShare? share)
    {
        IEnumerable<double> shares = share is null ? Enumerable.Repeat(double.NaN, 6) : [.. Bounds(share.First), .. Bounds(share.Total)];
        return [name, unit, .. numbers.Concat(shares).Cast<object?>()];
    }

    static double[] Bounds(SobolIndex i) => [i.Value, i.Lower, i.Upper];
}
