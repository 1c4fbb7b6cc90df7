using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>A parameter that spreads between patients as widely as another, whatever the other's spread becomes by calibration; each is drawn on its own.</summary>
/// <param name="Parameter">The parameter that follows; its spread has no prior.</param>
/// <param name="As">The parameter it follows; its distribution has the same form.</param>
/// <param name="At">Where it stands.</param>
sealed record SameSpread(string Parameter, string As, SourceLocation At)
{
    /// <summary>A table in which they have the spread they follow.</summary>
    public static ParameterTable Apply(IReadOnlyList<SameSpread> same, ParameterTable table) => same.Count == 0 ? table : table with
    {
        Entries = [.. table.Entries.Select(e => same.LastOrDefault(s => s.Parameter == e.Name) is { } follows && Spread(table, follows.As) is { } spread ? e with { Distribution = e.Distribution.WithSpread(spread) } : e)],
    };

    /// <summary>A parameter without a spread is an issue (ND0314), and so is one of another form or whose own spread is calibrated (ND0325).</summary>
    public void Check(ParameterTable table, IssueList issues)
    {
        foreach (string name in new[] { Parameter, As }.Where(n => Spread(table, n) is null))
        {
            issues.Error("ND0314", At, $"no parameter \"{name}\" spreads between patients", name, "a parameter with a spread", NearestName.Hint(name, [.. table.Entries.Where(e => e.Distribution.Spread is not null).Select(e => e.Name)]));
        }

        if (table.Find(Parameter) is { Distribution.Spread: not null } parameter && table.Find(As) is { Distribution.Spread: not null } other
            && (parameter.Distribution.GetType() != other.Distribution.GetType() || parameter.SpreadPrior is not null))
        {
            issues.Error("ND0325", At, $"\"{Parameter}\" cannot spread as \"{As}\" does", Parameter, "two parameters of one kind of distribution, of which the first has no prior for its spread",
                parameter.SpreadPrior is not null ? $"\"{Parameter}\" is calibrated on its own: leave one of the two out" : "log-normal, logit-normal and Pareto are kinds");
        }
    }

    static double? Spread(ParameterTable table, string name) => table.Find(name)?.Distribution.Spread;
}
