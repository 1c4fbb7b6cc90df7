using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Formats;

/// <summary>Uncertainty by kind over replicates, one row an endpoint of an arm or of a difference: mean, then the bounds of each kind of uncertainty.</summary>
public static class UncertaintyTable
{
    static readonly string[] _numbers =
    [
        "mean", "mean_lower", "mean_upper", "sampling_lower", "sampling_upper", "parameters_lower", "parameters_upper", "trials_lower", "trials_upper", "parameter_variance", "sampling_variance",
    ];

    /// <summary>The whole table, <c>uncertainty</c>.</summary>
    public static ResultTable Of(Uncertainty u) => new(
        "uncertainty",
        [("arm", "TEXT"), ("reference", "TEXT"), ("endpoint", "TEXT"), ("replicates", "INTEGER"), .. _numbers.Select(n => (n, "REAL"))],
        [.. u.Rows.Select(row => (IReadOnlyList<object?>)[row.Arm, row.Reference, row.Endpoint.Name, u.Replicates - row.Missing, .. Numbers(row)])]);

    static IEnumerable<object?> Numbers(UncertainEndpoint row)
    {
        double[] numbers = row.Parts.TryGet(out VarianceParts? p)
            ? [p.Mean.Value, p.Mean.Lower, p.Mean.Upper, p.Sampling.Lower, p.Sampling.Upper, p.Parameters.Lower, p.Parameters.Upper, p.Trials.Lower, p.Trials.Upper, p.ParameterVariance.Value, p.SamplingVariance]
            : [.. Enumerable.Repeat(double.NaN, _numbers.Length)];
        return numbers.Cast<object?>();
    }
}
