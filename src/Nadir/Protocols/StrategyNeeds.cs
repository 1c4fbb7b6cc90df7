using Nadir.Documents;
using Nadir.Models;

namespace Nadir.Protocols;

/// <summary>What an arm must have for a strategy to act in it: all that is named.</summary>
public sealed record StrategyNeeds
{
    /// <summary>An antigen that a product of the arm must bind; null for any product.</summary>
    public string? Target { get; init; }

    /// <summary>The kind of cells, one of <see cref="Product.CellKinds"/>, that every product of the arm must be made of; null for any.</summary>
    public string? Cells { get; init; }

    /// <summary>Relapse mechanisms of which the arm's patients must have at least one; empty for none in particular.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>Regimens of which the arm must have one; empty for any.</summary>
    public IReadOnlyList<string> Lymphodepletions { get; init; } = [];

    /// <summary>Days that it takes before the infusion; null where it takes none. It matters where a trial begins at enrolment and its arms say when they infuse.</summary>
    public double? DaysBeforeInfusion { get; init; }

    /// <summary>What those days rest on; null where there are none.</summary>
    public Basis? DaysBasis { get; init; }

    internal static StrategyNeeds Read(MappingReader map)
    {
        (double Days, Basis Basis)? before = map.Optional("before-infusion")?.Mapping(m => (m.Required("days").Number(NumberRange.Positive), Basis.Read(m)));
        StrategyNeeds needs = new()
        {
            DaysBeforeInfusion = before?.Days,
            DaysBasis = before?.Basis,
            Target = map.Optional("target")?.Text(),
            Cells = map.Optional("cells")?.OneOf("kind of cells", Product.CellKinds),
            Mechanisms = map.Optional("mechanism")?.List(m => m.Text()) ?? [],
            Lymphodepletions = map.Optional("lymphodepletion")?.List(m => m.Text()) ?? [],
        };
        if (needs.Target is null && needs.Cells is null && before is null && needs.Mechanisms.Count + needs.Lymphodepletions.Count == 0)
        {
            map.Issues.Error("ND0420", map.At, "a strategy says that it needs something and not what", expected: "one or more of target: cd22, cells: t, mechanism: [sanctuary], lymphodepletion: [fludarabine-cyclophosphamide], before-infusion: {days: 14, …}");
        }

        return needs;
    }
}
