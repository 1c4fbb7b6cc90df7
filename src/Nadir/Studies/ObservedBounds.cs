using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Numerics;
using Nadir.Protocols;

namespace Nadir.Studies;

/// <summary>What a condition on an assay says of the quantity behind it, with room for the assay's noise.</summary>
/// <param name="Assay">The assay.</param>
/// <param name="Least">The smallest value of the quantity with which the condition may hold.</param>
/// <param name="Most">The largest.</param>
sealed record ObservedBounds(Assay Assay, double Least, double Most)
{
    /// <summary>Standard deviations of noise allowed for on each side: two assays both this far out happen to one patient in some ten million.</summary>
    const double Deviations = 3.5;

    /// <summary>The bounds; null where the condition sets none, as for a cut that the assay does not have.</summary>
    public static ObservedBounds? Of(ObservedCondition condition, Assay assay)
    {
        double cut = condition.Threshold is not { } name ? condition.Value : assay.Thresholds.TryGetValue(name, out double named) ? named : double.NaN;
        (double least, double below) = condition.Comparison switch
        {
            ObservedComparison.BelowLimit => (double.NegativeInfinity, assay.Limit),
            ObservedComparison.Below => (double.NegativeInfinity, Math.Max(cut, assay.Limit)),
            ObservedComparison.AtLeast => (Math.Max(cut, assay.Limit), double.PositiveInfinity),
            ObservedComparison.RisesBy => (assay.Limit * Math.Max(1, condition.Value), double.PositiveInfinity),
            _ => (assay.Limit, double.PositiveInfinity),
        };

        // Too few blasts have no phenotype and are shown as below the limit, whatever their share.
        bool unread = assay.Sampling is { Least: > 0 } && double.IsFinite(below);
        return double.IsNaN(cut) && condition.Comparison is ObservedComparison.AtLeast or ObservedComparison.Below || unread ? null
            : new ObservedBounds(assay, True(assay, least, -1), True(assay, below, 1));
    }

    /// <summary>Whether this asks for more of a quantity than the other allows: the same quantity, or a part of it.</summary>
    public bool Excludes(ObservedBounds other) => Assay.Name != other.Assay.Name && IsPart(Assay.Reads, other.Assay.Reads) && Least > other.Most;

    static bool IsPart(string part, string whole) => part == whole || Readouts.IsPart(part, whole);

    /// <summary>The quantity that shows as a value where noise is as far to one side as is allowed for.</summary>
    static double True(Assay assay, double value, int side)
    {
        if (!double.IsFinite(value))
        {
            return value;
        }

        double factor = Elementary.Exp(side * Deviations * assay.NoiseSd);
        double read = assay.NoiseScale == NoiseScale.Log ? value * factor : value * factor / (1 - value + (value * factor));
        return (read - assay.Baseline) / assay.Factor;
    }
}
