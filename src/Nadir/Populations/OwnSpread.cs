using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>How widely a parameter spreads between the patients of one population, in place of what <c>parameters.yaml</c> says for all.</summary>
/// <param name="Parameter">The parameter; its distribution has a spread.</param>
/// <param name="Value">The spread, as the distribution defines it: SD of the logarithm or logit, or tail exponent; above 0.</param>
/// <param name="Basis">What it rests on.</param>
sealed record OwnSpread(string Parameter, double Value, Basis Basis)
{
    /// <summary>Where it is written.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>Reads <c>{parameter: …, sd: …}</c> with its basis.</summary>
    public static OwnSpread Read(MappingReader map) => new(map.Required("parameter").Text(), map.Required("sd").Number(NumberRange.Positive), Basis.Read(map)) { At = map.At };

    /// <summary>A table with the spreads of a population. They have no prior, so that no calibration moves them. A parameter without a spread is an issue (ND0314).</summary>
    public static ParameterTable Apply(IReadOnlyList<OwnSpread> spreads, ParameterTable table, IssueList issues)
    {
        foreach (OwnSpread own in spreads.Where(s => table.Find(s.Parameter)?.Distribution.Spread is null))
        {
            issues.Error("ND0314", own.At, $"no parameter \"{own.Parameter}\" spreads between patients", own.Parameter, "a parameter with a spread", NearestName.Hint(own.Parameter, [.. table.Entries.Where(e => e.Distribution.Spread is not null).Select(e => e.Name)]));
        }

        return table with
        {
            Entries =
            [
                .. table.Entries.Select(e => e.Distribution.Spread is not null && spreads.LastOrDefault(s => s.Parameter == e.Name) is { } own
                    ? e with { Distribution = e.Distribution.WithSpread(own.Value), SpreadPrior = null }
                    : e),
            ],
        };
    }
}
