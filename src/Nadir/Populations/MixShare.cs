using Nadir.Faults;

namespace Nadir.Populations;

/// <summary>The share that a group of patients is asked to have in a cohort: those with a trait, or those with a covariate in a range.</summary>
/// <param name="Name">The trait or the covariate.</param>
/// <param name="Share">The group's share of the cohort, 0 to 1.</param>
public sealed record MixShare(string Name, double Share)
{
    /// <summary>Whether <see cref="Name"/> is a trait of the population, not a covariate.</summary>
    /// <value>Default: false.</value>
    public bool IsTrait { get; init; }

    /// <summary>The group has at least this value of the covariate; null for no lower bound, and for a covariate that is yes or no.</summary>
    public double? AtLeast { get; init; }

    /// <summary>The group has less than this value of the covariate; null for no upper bound, and for a covariate that is yes or no.</summary>
    public double? Below { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourceLocation At { get; init; }
}
