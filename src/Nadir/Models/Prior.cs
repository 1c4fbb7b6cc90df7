using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Numerics;

namespace Nadir.Models;

/// <summary>The scale on which a <see cref="Prior"/> is uniform, and on which a calibration moves.</summary>
public enum PriorScale
{
    /// <summary>The number itself.</summary>
    Linear,

    /// <summary>Its natural logarithm.</summary>
    Log,

    /// <summary>The logarithm of its odds.</summary>
    Logit,
}

/// <summary>What is held possible about a number of a population before it is calibrated: uniform over a range, on a scale.</summary>
/// <param name="Lower">The smallest value held possible.</param>
/// <param name="Upper">The largest value held possible.</param>
/// <param name="Scale">The scale on which the range is uniform.</param>
/// <param name="Basis">What the range rests on.</param>
public sealed record Prior(double Lower, double Upper, PriorScale Scale, Basis Basis)
{
    static readonly string[] _scales = ["linear", "log", "logit"];

    /// <summary>Where it is written.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>The range's width on the scale.</summary>
    public double Width => OnScale(Upper) - OnScale(Lower);

    /// <summary>A value on the scale; the inverse of <see cref="FromScale"/>.</summary>
    public double OnScale(double value) => Scale switch
    {
        PriorScale.Log => Elementary.Log(value),
        PriorScale.Logit => Elementary.Log(value / (1 - value)),
        _ => value,
    };

    /// <summary>The value at a place on the scale.</summary>
    public double FromScale(double place) => Scale switch
    {
        PriorScale.Log => Elementary.Exp(place),
        PriorScale.Logit => 1 / (1 + Elementary.Exp(-place)),
        _ => place,
    };

    /// <summary>The prior's quantile.</summary>
    /// <param name="uniform">A number from 0 to 1.</param>
    public double Quantile(double uniform) => Math.Clamp(FromScale(OnScale(Lower) + (uniform * Width)), Lower, Upper);

    /// <summary>True when the value is held possible.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>
    /// Reads <c>{range: [lower, upper], scale: …}</c> with its basis. Issues: a range that is none or does not suit its scale (ND0307), a range
    /// without the present value (ND0319).
    /// </summary>
    /// <param name="value">The mapping.</param>
    /// <param name="usual">The scale where the file names none.</param>
    /// <param name="present">The number's present value; NaN where it is not known.</param>
    internal static Prior Read(ValueReader value, PriorScale usual, double present) => value.Mapping(map =>
    {
        IReadOnlyList<double> range = map.Required("range").List(v => v.Number());
        PriorScale scale = map.Optional("scale") is { } named ? (PriorScale)Math.Max(0, Array.IndexOf(_scales, named.OneOf("scale", _scales))) : usual;
        (double lower, double upper) = range.Count == 2 ? (range[0], range[1]) : (double.NaN, double.NaN);
        Prior prior = new(lower, upper, scale, Basis.Read(map)) { At = map.At };
        if (map.Has("range") && !(range.Count == 2 && lower < upper && double.IsFinite(prior.Width)))
        {
            map.Issues.Error("ND0307", map.At, "a range is two numbers, the smaller first, that its scale can show", expected: $"range: [lower, upper] on a {_scales[(int)scale]} scale");
        }
        else if (present < lower || present > upper)
        {
            map.Issues.Error("ND0319", map.At, "the range does not hold the present value", present.ToString("R", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"from {lower} to {upper}"), "widen the range, or say what is wrong with the value");
        }

        return prior;
    });
}
