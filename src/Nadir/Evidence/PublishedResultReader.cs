using System.Globalization;
using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>Reads one published result and checks that its numbers agree with each other.</summary>
static class PublishedResultReader
{
    public static PublishedResult Read(MappingReader map)
    {
        (double? lower, double? upper) = Interval(map.Optional("interval"));
        PublishedResult result = new()
        {
            Quantity = map.Required("quantity").OneOf("quantity", [.. PublishedResult.TimedQuantities, .. PublishedResult.UntimedQuantities]),
            Month = map.Optional("month")?.Number(NumberRange.Positive),
            Cohort = map.Required("cohort").Text(),
            Estimate = map.Required("estimate").Number(NumberRange.Probability),
            Lower = lower,
            Upper = upper,
            Events = map.Optional("events")?.WholeNumber(0, 1_000_000),
            Patients = map.Optional("patients")?.WholeNumber(1, 1_000_000),
            CensoredAtFurtherTherapy = map.Optional("censored-at-further-therapy")?.Flag(),
            Citation = Basis.Reference(map.Required("citation")),
            Verified = map.Required("verified").Flag(),
            Primary = map.Optional("primary")?.Flag() ?? true,
            Note = map.Optional("note")?.Text(),
        };
        CheckMonth(result, map);
        CheckInterval(result, map);
        CheckCounts(result, map);
        return result;
    }

    static (double? Lower, double? Upper) Interval(ValueReader? value)
    {
        if (value?.List(v => v.Number(NumberRange.Probability)) is not { } bounds)
        {
            return (null, null);
        }

        if (bounds.Count == 2)
        {
            return (bounds[0], bounds[1]);
        }

        if (value.IsList)
        {
            value.Error("ND0403", "an interval is two numbers, the smaller first", expected: "[lower, upper]");
        }

        return (null, null);
    }

    static void CheckMonth(PublishedResult result, MappingReader map)
    {
        bool isTimed = PublishedResult.TimedQuantities.Contains(result.Quantity);
        if (result.Quantity.Length > 0 && isTimed != result.Month is not null)
        {
            map.Issues.Error("ND0405", map.At, isTimed ? $"\"{result.Quantity}\" needs a month" : $"\"{result.Quantity}\" has no month", expected: isTimed ? "month: 12" : "no month");
        }
    }

    static void CheckInterval(PublishedResult result, MappingReader map)
    {
        if (result.Lower > result.Estimate || result.Upper < result.Estimate)
        {
            map.Issues.Error("ND0403", map.At, $"the interval of \"{result.Id}\" does not hold its estimate", Text(result.Estimate), "an estimate between the bounds, the smaller bound first");
        }
    }

    static void CheckCounts(PublishedResult result, MappingReader map)
    {
        // Percentages are published to the nearest whole one, or cut off.
        const double rounding = 0.01;
        if (result.Events is not { } events)
        {
            return;
        }

        if (result.Patients is not { } patients || events > patients)
        {
            map.Issues.Error("ND0404", map.At, $"the counts of \"{result.Id}\" are impossible", $"{events} of {result.Patients?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}", "events of at least as many patients");
        }
        else if (Math.Abs((double)events / patients - result.Estimate) > rounding)
        {
            map.Issues.Error("ND0404", map.At, $"the counts of \"{result.Id}\" disagree with its estimate", $"{events} of {patients}, and {Text(result.Estimate)}", $"an estimate near {Text(Math.Round((double)events / patients, 3))}");
        }
    }

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
