using System.Globalization;
using Nadir.Survival;
using Nadir.Units;

namespace Nadir.Reports;

/// <summary>Numbers as a reader sees them, in tables and figures alike.</summary>
static class NumberText
{
    public const string NotEstimable = "–";

    /// <summary>A probability as a percentage, for example <c>81.2%</c>.</summary>
    public static string Percent(double probability) =>
        double.IsFinite(probability) ? (probability * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : NotEstimable;

    /// <summary>A probability with its interval, for example <c>81.2% (77.5 to 84.4)</c>.</summary>
    public static string PercentInterval(Estimate e) => (double.IsFinite(e.Value), double.IsFinite(e.Lower) && double.IsFinite(e.Upper)) switch
    {
        (false, _) => NotEstimable,
        (_, false) => $"{Percent(e.Value)} ({NotEstimable})",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Percent(e.Value)} ({e.Lower * 100:0.0} to {e.Upper * 100:0.0})"),
    };

    /// <summary>A quantity with its interval and unit; a probability where the unit is empty.</summary>
    public static string Interval(Estimate e, string unit)
    {
        if (unit.Length == 0)
        {
            return PercentInterval(e);
        }

        // The upper bound of a median time is often not reached: infinite, not unknown.
        string bounds = (double.IsFinite(e.Lower), e.Upper) switch
        {
            (true, double.PositiveInfinity) => $"{Significant(e.Lower)} to not reached",
            (true, not double.NaN) => $"{Significant(e.Lower)} to {Significant(e.Upper)}",
            _ => NotEstimable,
        };
        return double.IsFinite(e.Value) ? $"{Significant(e.Value)} {unit} ({bounds})" : NotEstimable;
    }

    /// <summary>A time by which a share have had the event, in months with its interval, for example <c>11.2 (8.0 to not reached)</c>.</summary>
    /// <param name="days">Days; NaN for a bound that is not reached.</param>
    public static string Months(Estimate days)
    {
        return (double.IsNaN(days.Value), double.IsNaN(days.Lower)) switch
        {
            (true, true) => NotReached,
            (false, true) => $"{Bound(days.Value)} ({NotEstimable})",
            _ => $"{Bound(days.Value)} ({Bound(days.Lower)} to {Bound(days.Upper)})",
        };

        static string Bound(double x) => double.IsNaN(x) ? NotReached : (x / Duration.DaysPerMonth).ToString("0.0", CultureInfo.InvariantCulture);
    }

    const string NotReached = "not reached";

    /// <summary>Three significant digits without an exponent, thousands apart: <c>34,700</c>, <c>9.52</c>, <c>0.0123</c>.</summary>
    public static string Significant(double x)
    {
        if (!double.IsFinite(x))
        {
            return NotEstimable;
        }

        // Scientific notation rounds to the digits; parsing it back drops the exponent from the text.
        double rounded = double.Parse(x.ToString("E2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        string format = Math.Abs(rounded) switch
        {
            >= 100 or 0 => "#,0",
            >= 10 => "0.0",
            >= 1 => "0.00",
            _ => "0.############",
        };
        return rounded.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A count that fits under a tick: from 100,000 on in thousands, from 10 million on in millions.</summary>
    public static string ShortCount(int n) => n switch
    {
        >= 10_000_000 => $"{Count((int)Math.Round(n / 1e6))}M",
        >= 100_000 => $"{Count((int)Math.Round(n / 1e3))}k",
        _ => Count(n),
    };

    /// <summary>A count.</summary>
    public static string Count(int n) => n.ToString("#,0", CultureInfo.InvariantCulture);
}
