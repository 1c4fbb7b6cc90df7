using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Units;

/// <summary>A length of time as people write it: <c>24 months</c>, <c>1.5 years</c>, <c>28 days</c>.</summary>
/// <param name="Days">Its length in days; never negative.</param>
public sealed record Duration(double Days)
{
    /// <summary>Days in a month, everywhere in Nadir: a twelfth of <see cref="DaysPerYear"/>.</summary>
    public const double DaysPerMonth = 30.4375;

    /// <summary>Days in a year.</summary>
    public const double DaysPerYear = 365.25;

    const string Expected = "a number and a unit, such as 24 months";

    static readonly (string One, string Many, double Days)[] _units =
        [("day", "days", 1), ("week", "weeks", 7), ("month", "months", DaysPerMonth), ("year", "years", DaysPerYear)];

    /// <summary>
    /// Reads a duration. Issues: not a number with a unit (ND0040), an unknown unit (ND0041), negative or not finite (ND0042).
    /// </summary>
    /// <param name="text">The text, such as <c>24 months</c>.</param>
    /// <param name="at">Where it stands.</param>
    public static Checked<Duration> Parse(string text, SourceLocation at)
    {
        IssueList issues = new();
        double days = Parse(text, at, issues);
        return Checked<Duration>.From(new Duration(days), issues);
    }

    /// <summary>Reads a value of a document as a duration in days. Placeholder: NaN.</summary>
    /// <param name="value">The value.</param>
    public static double Read(ValueReader value)
    {
        string text = value.Text();
        return text.Length == 0 ? double.NaN : Parse(text, value.At, value.Issues);
    }

    static double Parse(string text, SourceLocation at, IssueList issues)
    {
        string trimmed = text.Trim();
        string number = trimmed.TrimEnd([.. trimmed.Where(char.IsLetter).Distinct()]);
        string unit = trimmed[number.Length..];
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            issues.Error("ND0040", at, "this is not a duration", Excerpt.Of(text), Expected);
            return double.NaN;
        }

        double scale = DaysPer(unit, text, at, issues);
        double days = value * scale;
        if (!double.IsNaN(scale) && !NumberRange.NotNegative.Contains(days))
        {
            issues.Error("ND0042", at, "a duration must be a finite number, not below 0", Excerpt.Of(text), Expected);
            return double.NaN;
        }

        return days;
    }

    static double DaysPer(string unit, string text, SourceLocation at, IssueList issues)
    {
        foreach ((string one, string many, double days) in _units)
        {
            if (unit == one || unit == many)
            {
                return days;
            }
        }

        if (unit.Length == 0)
        {
            issues.Error("ND0040", at, "the duration has no unit", Excerpt.Of(text), Expected, $"for example \"{text.Trim()} days\" or \"{text.Trim()} months\"");
        }
        else
        {
            issues.Error("ND0041", at, $"there is no unit of time {Excerpt.Of(unit)}", Excerpt.Of(text), Expected, NearestName.Hint(unit, [.. _units.Select(u => u.Many)]));
        }

        return double.NaN;
    }
}
