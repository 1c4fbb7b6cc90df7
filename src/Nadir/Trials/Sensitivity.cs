using Nadir.Numerics;
using Nadir.Survival;

namespace Nadir.Trials;

/// <summary>What a sensitivity analysis looks at: an endpoint of an arm, or the difference of two arms.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Arm">Index of the arm.</param>
/// <param name="Reference">Index of the arm that is subtracted; null (the default) for none.</param>
public sealed record SensitivityTarget(TrialEndpoint Endpoint, int Arm, int? Reference = null);

/// <summary>How much is simulated for a sensitivity analysis.</summary>
public sealed record SensitivityOptions
{
    /// <summary>The most factors that are told apart by variance.</summary>
    public static int MostFactors => SobolPoints.MostDimensions / 2;

    /// <summary>Rows of the design, at least 16.</summary>
    /// <value>Default: 512.</value>
    public int Rows { get; init; } = 512;

    /// <summary>Patients of each setting of a row, at least 10.</summary>
    /// <value>Default: 64.</value>
    public int PatientsPerSetting { get; init; } = 64;

    /// <summary>How many numbers are told apart by variance, the widest bars of the tornado; the others are one factor together. From 1 to <see cref="MostFactors"/>.</summary>
    /// <value>Default: 10.</value>
    public int Factors { get; init; } = 10;
}

/// <summary>How an endpoint depends on the uncertain numbers of the population.</summary>
public sealed record Sensitivity
{
    /// <summary>What was looked at.</summary>
    public required SensitivityTarget Target { get; init; }

    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The name of the arm that is subtracted; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>Patients of each bar of the tornado.</summary>
    public required int TornadoPatients { get; init; }

    /// <summary>The endpoint with every number at its present value; 95% interval of patient sampling.</summary>
    public required Estimate Present { get; init; }

    /// <summary>One bar a number, the widest first.</summary>
    public required IReadOnlyList<TornadoBar> Bars { get; init; }

    /// <summary>Shares of the variance.</summary>
    public required VarianceShares Shares { get; init; }
}

/// <summary>An endpoint with one number at either end of what is held possible, all others at their present values.</summary>
public sealed record TornadoBar
{
    /// <summary>The number's name.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>Its unit, as it is written; <c>1</c> for none.</summary>
    public required string Unit { get; init; }

    /// <summary>Its present value.</summary>
    public required double Value { get; init; }

    /// <summary>Its value at the lower end: the 5% quantile of its prior.</summary>
    public required double Low { get; init; }

    /// <summary>Its value at the upper end: the 95% quantile of its prior.</summary>
    public required double High { get; init; }

    /// <summary>The endpoint at the lower end; NaN where nobody counts or the population cannot have the value.</summary>
    public required double AtLow { get; init; }

    /// <summary>The endpoint at the upper end; NaN as for <see cref="AtLow"/>.</summary>
    public required double AtHigh { get; init; }

    /// <summary>The endpoint at the upper end less that at the lower, paired by patient.</summary>
    public required Estimable<Contrast> Difference { get; init; }

    /// <summary>The distance between the two ends and the present value together; 0 where they are unknown.</summary>
    internal double Width(double present)
    {
        double[] known = [.. new[] { AtLow, AtHigh, present }.Where(double.IsFinite)];
        return known.Length == 0 ? 0 : known.Max() - known.Min();
    }
}

/// <summary>How the endpoint's variance over the priors is shared among the numbers.</summary>
public sealed record VarianceShares
{
    /// <summary>Rows that were simulated.</summary>
    public required int Rows { get; init; }

    /// <summary>Patients of each setting of a row.</summary>
    public required int PatientsPerSetting { get; init; }

    /// <summary>Rows left out because a population cannot have a combination of values in it.</summary>
    public required int Refused { get; init; }

    /// <summary>Rows left out because the endpoint had too few patients to be estimated somewhere in it.</summary>
    public required int NotEstimable { get; init; }

    /// <summary>Patients whose simulation failed numerically.</summary>
    public required int FailedPatients { get; init; }

    /// <summary>The endpoint's mean over the priors, with the interval over rows.</summary>
    public required Estimate Mean { get; init; }

    /// <summary>The endpoint's variance over the priors, without what chance among the patients of a setting adds.</summary>
    public required SobolIndex Variance { get; init; }

    /// <summary>The share of the variance between settings that was chance among their patients, and was taken out.</summary>
    public required double Noise { get; init; }

    /// <summary>One entry a factor, the largest total share first.</summary>
    public required IReadOnlyList<FactorShare> Factors { get; init; }

    /// <summary>Why there are no shares; null where there are.</summary>
    public string? Reason { get; init; }
}

/// <summary>A factor's share of the variance.</summary>
/// <param name="Name">The number's name; for all others together, how many there are.</param>
/// <param name="Title">For people.</param>
/// <param name="First">Its share by itself.</param>
/// <param name="Total">Its share with all interactions.</param>
/// <param name="TotalWithNoise">The total share before chance among patients was taken out of numerator and denominator.</param>
public sealed record FactorShare(string Name, string Title, SobolIndex First, SobolIndex Total, double TotalWithNoise);
