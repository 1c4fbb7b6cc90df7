using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>What an assay must show, or what state a patient must be in, for a strategy to be used.</summary>
public enum PatientStatus
{
    /// <summary>In remission as observed.</summary>
    Remission,

    /// <summary>Alive and not relapsed, in remission or not.</summary>
    WithoutRelapse,
}

/// <summary>How an observed value must stand.</summary>
public enum ObservedComparison
{
    /// <summary>Not detected: below the assay's limit.</summary>
    BelowLimit,

    /// <summary>Detected: at or above the assay's limit.</summary>
    Detected,
}

/// <summary>A condition on what an assay shows; never on the hidden state.</summary>
/// <param name="Assay">The assay's name, for example <c>flow-mrd</c>.</param>
/// <param name="Comparison">How its value must stand.</param>
public sealed record ObservedCondition(string Assay, ObservedComparison Comparison);

/// <summary>When a strategy is decided: at a visit, on what is observed there.</summary>
/// <param name="VisitDay">Day of the visit.</param>
/// <param name="Status">The patient's observed state then.</param>
/// <param name="Observed">What assays must show at that visit; all of them.</param>
public sealed record StrategyTrigger(double VisitDay, PatientStatus Status, IReadOnlyList<ObservedCondition> Observed);

/// <summary>A treatment strategy as data, from <c>library/strategies/</c>.</summary>
public sealed record Strategy
{
    /// <summary>The strategy's name, for example <c>consolidative-transplant</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>True for an allogeneic transplant: follow-up can be censored there, and its deaths are transplant-related.</summary>
    public bool IsTransplant { get; init; }

    /// <summary>When it is decided.</summary>
    public required StrategyTrigger Trigger { get; init; }

    /// <summary>Day after infusion on which it is done.</summary>
    public required double Day { get; init; }

    /// <summary>The patient's observed state that must still hold on that day, else it is not done.</summary>
    public required PatientStatus Still { get; init; }

    /// <summary>What the timing rests on.</summary>
    public required Basis TimingBasis { get; init; }

    /// <summary>What is done, in order.</summary>
    public required IReadOnlyList<StrategyAction> Actions { get; init; }

    /// <summary>Names of the relapse mechanisms it is meant to counter.</summary>
    public required IReadOnlyList<string> Counters { get; init; }

    /// <summary>Sources of what is known about its effect.</summary>
    public required IReadOnlyList<SourceReference> Evidence { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>The strategies that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/strategies");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Evidence.Concat(TimingBasis.Sources).Concat(Actions.SelectMany(a => a.Basis.Sources));

    /// <summary>Reads a strategy that ships.</summary>
    /// <exception cref="ArgumentException">No such strategy ships.</exception>
    public static Checked<Strategy> LoadShipped(string name) => Read(ShippedLibrary.Read($"library/strategies/{name}.yaml"));

    /// <summary>Reads a strategy file.</summary>
    public static Checked<Strategy> Read(SourceText source) => MappingReader.Read(source, StrategyReader.Read);

    /// <summary>Issues (ND0410) for each species and parameter of the actions that a model does not have.</summary>
    /// <param name="package">The model it is to be used with.</param>
    public IReadOnlyList<Issue> Check(ModelPackage package)
    {
        IssueList issues = new();
        foreach (StrategyAction action in Actions)
        {
            StrategyReader.CheckTarget(this, action, package, issues);
        }

        return issues;
    }

    internal SourceLocation At { get; init; } = new("strategy", 0, 0);
}
