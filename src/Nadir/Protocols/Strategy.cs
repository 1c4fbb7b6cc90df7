using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>What a strategy costs a patient or a programme.</summary>
/// <param name="Text">The cost, with its numbers.</param>
/// <param name="Basis">What is known about it.</param>
public sealed record StrategyCost(string Text, Basis Basis);

/// <summary>
/// A treatment strategy as data, from <c>library/strategies/</c> or a study file: what changes before patients are drawn, products given beside the
/// arm's own, and rules that decide on observed values.
/// </summary>
public sealed record Strategy
{
    /// <summary>The strategy's name, for example <c>consolidative-transplant</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>True for an allogeneic transplant: follow-up can be censored there, and its deaths are transplant-related.</summary>
    public bool IsTransplant { get; init; }

    /// <summary>Why it has no meaning in these models; null for one that can be used.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>What an arm must have for it to act there; null for a strategy that acts in every arm.</summary>
    public StrategyNeeds? Needs { get; init; }

    /// <summary>The antigen that it means where it touches the second antigen of the model; null where it does not, or means whatever the arm's product binds.</summary>
    public string? SecondAntigen { get; init; }

    /// <summary>What it changes before patients are drawn, after product and lymphodepletion.</summary>
    public IReadOnlyList<ParameterChange> Changes { get; init; } = [];

    /// <summary>The product given instead of the arm's first; null to keep it.</summary>
    public string? Instead { get; init; }

    /// <summary>Products in whose place it gives <see cref="Instead"/>: what the new product is compared with. Empty for every product whose antigens the new one binds as well.</summary>
    public IReadOnlyList<string> InPlaceOf { get; init; } = [];

    /// <summary>Products given on day 0 beside the arm's own.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>What is decided at visits and done then or later.</summary>
    public IReadOnlyList<StrategyRule> Rules { get; init; } = [];

    /// <summary>Names of the relapse mechanisms it is meant to counter.</summary>
    public required IReadOnlyList<string> Counters { get; init; }

    /// <summary>What is published about it.</summary>
    public IReadOnlyList<PublishedFact> Facts { get; init; } = [];

    /// <summary>What it costs.</summary>
    public IReadOnlyList<StrategyCost> Costs { get; init; } = [];

    /// <summary>Sources of what is known about its effect.</summary>
    public required IReadOnlyList<SourceReference> Evidence { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>The strategies that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/strategies");

    /// <summary>Every action of every rule.</summary>
    public IEnumerable<StrategyAction> Actions => Rules.SelectMany(r => r.Actions);

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Evidence
        .Concat(Facts.Select(f => f.Citation)).Concat(Costs.SelectMany(c => c.Basis.Sources)).Concat(Numbers.SelectMany(b => b.Sources));

    /// <summary>Every product it gives.</summary>
    public IEnumerable<string> Given => (Instead is null ? [] : new[] { Instead }).Concat(Products).Concat(Actions.OfType<StrategyAction.Infuse>().Select(i => i.Product).OfType<string>()).Distinct();

    /// <summary>What each of its numbers rests on.</summary>
    public IEnumerable<Basis> Numbers => Changes.Select(c => c.Basis!)
        .Concat(Needs?.DaysBasis is { } days ? [days] : Array.Empty<Basis>())
        .Concat(Rules.SelectMany(r => r.Actions.Select(a => a.Basis).Prepend(r.TimingBasis)));

    /// <summary>Where it is written.</summary>
    public SourceLocation At { get; init; } = new("strategy", 0, 0);

    /// <summary>Reads a strategy that ships.</summary>
    /// <exception cref="ArgumentException">No such strategy ships.</exception>
    public static Checked<Strategy> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a strategy of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such strategy.</exception>
    public static Checked<Strategy> Load(Library library, string name) => Read(library.Read($"library/strategies/{name}.yaml"));

    /// <summary>Reads a strategy file.</summary>
    public static Checked<Strategy> Read(SourceText source) => MappingReader.Read(source, StrategyReader.Read);

    /// <summary>Reads a strategy from a mapping inside a larger document.</summary>
    internal static Strategy Read(MappingReader map) => StrategyReader.Read(map);

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
}
