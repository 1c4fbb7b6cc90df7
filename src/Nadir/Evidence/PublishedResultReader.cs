using System.Globalization;
using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Evidence;

/// <summary>Reads one published result and checks that its numbers agree with each other.</summary>
static class PublishedResultReader
{
    static readonly string[] _roles = ["calibration", "validation", "structural", "adjusted"];

    static readonly string[] _origins = ["published", "wilson", "derived", "assumed"];

    public static PublishedResult Read(MappingReader map)
    {
        string quantity = map.Required("quantity").OneOf("quantity", [.. PublishedResult.TimedQuantities, .. PublishedResult.UntimedQuantities, .. PublishedResult.PositiveQuantities, PublishedResult.Other]);
        NumberRange range = quantity == PublishedResult.Other || PublishedResult.PositiveQuantities.Contains(quantity) ? NumberRange.Positive : NumberRange.Probability;
        (double? lower, double? upper) = Interval(map.Optional("interval"), range);
        PublishedResult result = new()
        {
            Quantity = quantity,
            Month = map.Optional("month")?.Number(NumberRange.Positive),
            Cohort = map.Required("cohort").Text(),
            Estimate = (quantity == PublishedResult.Other ? map.Optional("estimate") : map.Required("estimate"))?.Number(range) ?? double.NaN,
            Lower = lower,
            Upper = upper,
            Events = map.Optional("events")?.WholeNumber(0, 1_000_000),
            Patients = map.Optional("patients")?.WholeNumber(1, 1_000_000),
            CensoredAtFurtherTherapy = map.Optional("censored-at-further-therapy")?.Flag(),
            Citation = Basis.Reference(map.Required("citation")),
            Verified = map.Required("verified").Flag(),
            Primary = map.Optional("primary")?.Flag() ?? true,
            Note = map.Optional("note")?.Text(),
            LogSd = map.Optional("log-sd")?.Number(NumberRange.Positive),
            Role = (TargetRole)Math.Max(0, Array.IndexOf(_roles, map.Optional("role")?.OneOf("role", _roles) ?? "validation")),
            Misses = map.Optional("misses")?.Text(),
            IsBorderline = map.Optional("borderline")?.Flag() ?? false,
            Listed = map.Optional("listed")?.Text(),
            AtLeast = map.Optional("at-least")?.Number(),
            AtMost = map.Optional("at-most")?.Number(),
            At = map.At,
        };
        result = result with { Origin = Origin(map.Optional("interval-basis"), result) };
        CheckMonth(result, map);
        CheckInterval(result, map);
        CheckBounds(result, map);
        CheckCounts(result, map);
        CheckRole(result, map);
        return result;
    }

    /// <summary>As the file says; else an interval is published, one of counts is Wilson's, and one of a spread derived.</summary>
    static IntervalOrigin Origin(ValueReader? said, PublishedResult result) => said is not null
        ? (IntervalOrigin)Math.Max(0, Array.IndexOf(_origins, said.OneOf("basis of an interval", _origins)))
        : result.Basis == IntervalBasis.Published ? IntervalOrigin.Published
        : result.LogSd is not null ? IntervalOrigin.Derived : IntervalOrigin.Wilson;

    static (double? Lower, double? Upper) Interval(ValueReader? value, NumberRange range)
    {
        if (value?.List(v => v.Number(range)) is not { } bounds)
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

    /// <summary>
    /// Only what has an uncertainty can be fitted to, and only a structural result has bounds in its place. What no cohort gives
    /// is listed with the reason, and what is listed has no role (ND0439).
    /// </summary>
    static void CheckRole(PublishedResult result, MappingReader map)
    {
        bool isListed = result.Listed is not null;
        if ((result.Quantity == PublishedResult.Other && !isListed) || (isListed && (result.Role != TargetRole.Validation || result.Misses is not null)))
        {
            map.Issues.Error("ND0439", map.At, isListed ? $"\"{result.Id}\" is listed only and has a role or misses as well" : "no virtual cohort gives the quantity \"other\"", expected: isListed ? "listed, or a role" : "listed: why it is not compared");
        }

        bool isBounded = result.AtLeast is not null || result.AtMost is not null;
        if (result.Role == TargetRole.Structural != isBounded)
        {
            map.Issues.Error("ND0431", map.At, "a structural result has at-least or at-most, any other has neither", expected: result.Role == TargetRole.Structural ? "at-least: …" : "role: structural");
        }

        if (result is { IsBorderline: true, Misses: null })
        {
            map.Issues.Error("ND0440", map.At, $"\"{result.Id}\" is borderline without a reason", expected: "misses: why it may lie outside");
        }

        if (result is { Role: TargetRole.Structural, Misses: not null })
        {
            map.Issues.Error("ND0440", map.At, $"\"{result.Id}\" has to hold whatever the numbers of the model are, and is said to be missed", expected: "no misses", hint: "a bound that the model cannot keep is a wrong model or a wrong bound");
        }

        if (result.Role == TargetRole.Calibration && !result.IsComparable)
        {
            string hint = !result.Verified ? "it is not verified: leave the role out, so that it is listed and never used" : !result.Primary ? "it is not primary" : "give an interval, or events and patients";
            map.Issues.Error("ND0432", map.At, $"nothing can be fitted to \"{result.Id}\": it has no uncertainty that could be used", expected: "a verified primary result with an interval or counts", hint: hint);
        }
    }

    static void CheckInterval(PublishedResult result, MappingReader map)
    {
        if (result.Lower > result.Estimate || result.Upper < result.Estimate)
        {
            map.Issues.Error("ND0403", map.At, $"the interval of \"{result.Id}\" does not hold its estimate", Text(result.Estimate), "an estimate between the bounds, the smaller bound first");
        }
    }

    /// <summary>A proportion's interval that ends at 0 or 1 has a width on the logit only where half a patient is known; a bound of a structural result has to leave something allowed.</summary>
    static void CheckBounds(PublishedResult result, MappingReader map)
    {
        bool isProportion = result.Quantity != PublishedResult.Other && !PublishedResult.PositiveQuantities.Contains(result.Quantity);
        if (isProportion && result is { IsComparable: true, Patients: null } && (result.Lower == 0 || result.Upper == 1))
        {
            map.Issues.Error("ND0403", map.At, $"the interval of \"{result.Id}\" ends at 0 or 1, which has no place on the logit", $"[{Text(result.Lower!.Value)}, {Text(result.Upper!.Value)}]", "bounds between 0 and 1, or patients", "with patients a bound of 0 or 1 is moved by half of one");
        }

        double most = isProportion ? 1 : double.PositiveInfinity;
        if (result.AtLeast <= 0 || result.AtLeast >= most || result.AtMost <= 0 || result.AtMost >= most || result.AtLeast > result.AtMost)
        {
            map.Issues.Error("ND0431", map.At, $"the bounds of \"{result.Id}\" allow nothing or everything", string.Join(" to ", new[] { result.AtLeast, result.AtMost }.OfType<double>().Select(Text)), isProportion ? "bounds above 0 and below 1, the smaller as at-least" : "bounds above 0, the smaller as at-least");
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
