using System.Globalization;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Units;

namespace Nadir.Populations;

/// <summary>What the numbers of a population are called, and how the number with a name is replaced.</summary>
static class HyperParameterNames
{
    public const string InRemission = "mortality.in-remission";

    public const string AfterFailure = "mortality.after-failure";

    const string Odds = "odds";

    static readonly SourceLocation _given = new("population values", 0, 0);

    static string Spread(ParameterEntry entry) => $"{entry.Name}.{(entry.Distribution is ParameterDistribution.Pareto ? "shape" : "sd")}";

    static string Effect(Trait trait, TraitEffect effect) => $"{trait.Name}.{effect.Parameter}";

    static string Share(Trait trait) => trait.Probability is NumberExpr ? trait.Name : $"{trait.Name}.{Odds}";

    static string Change(ParameterChange change, string population) => $"{population}.{change.Target}";

    public static IEnumerable<HyperParameter> Of(ParameterEntry entry, double typical)
    {
        if (entry.TypicalPrior is { } prior)
        {
            yield return new HyperParameter(entry.Name, $"{Words(entry.Name)}, typical", HyperParameterKind.Typical, entry.Unit, typical, prior);
        }

        if (entry.SpreadPrior is { } spread)
        {
            string what = entry.Distribution switch
            {
                ParameterDistribution.Pareto => "tail exponent",
                ParameterDistribution.LogitNormal => "SD of the logit",
                _ => "SD of the logarithm",
            };
            yield return new HyperParameter(Spread(entry), $"{Words(entry.Name)}, {what} between patients", HyperParameterKind.Spread, UnitExpression.One, entry.Distribution.Spread!.Value, spread);
        }
    }

    public static IEnumerable<HyperParameter> Of(Trait trait)
    {
        if (trait.Prior is { } prior)
        {
            yield return trait.Probability is NumberExpr number
                ? new HyperParameter(Share(trait), $"share with {trait.Title}", HyperParameterKind.Share, UnitExpression.One, number.Value, prior)
                : new HyperParameter(Share(trait), $"odds of {trait.Title}, factor", HyperParameterKind.Share, UnitExpression.One, trait.Odds, prior);
        }

        foreach (TraitEffect effect in trait.Effects.Where(e => e.Prior is not null))
        {
            string what = effect is TraitEffect.Multiplied ? "factor" : "median";
            yield return new HyperParameter(Effect(trait, effect), $"{Words(effect.Parameter)} with {trait.Title}, {what}", HyperParameterKind.Effect, UnitExpression.One, effect.Size!.Value, effect.Prior!);
        }
    }

    public static IEnumerable<HyperParameter> Of(ParameterChange change, string population, ParameterTable table)
    {
        if (change.Prior is { } prior)
        {
            UnitExpression unit = change.Kind == ChangeKind.Set ? table.Find(change.Target)?.Unit ?? UnitExpression.One : UnitExpression.One;
            yield return new HyperParameter(Change(change, population), $"{Words(change.Target)} of {Words(population)}", HyperParameterKind.Typical, unit, change.Value, prior);
        }
    }

    public static IEnumerable<HyperParameter> Of(BackgroundMortality mortality, string prefix)
    {
        if (mortality.InRemissionPrior is { } inRemission)
        {
            yield return new HyperParameter(prefix + InRemission, "death in remission within a year, probability", HyperParameterKind.Mortality, UnitExpression.One, mortality.InRemissionPerYear, inRemission);
        }

        if (mortality.AfterFailurePrior is { } afterFailure)
        {
            yield return new HyperParameter(prefix + AfterFailure, "median survival after relapse or non-response", HyperParameterKind.Mortality, UnitExpression.Parse("month", _given).OrThrow(), mortality.AfterFailureMedianMonths, afterFailure);
        }
    }

    /// <summary>True when a solved number can have this name.</summary>
    public static bool CanReplace(PopulationSource source, string name) =>
        source.Typical.ContainsKey(name) || source.Definition.Traits.Any(t => Share(t) == name || t.Effects.Any(e => e.Size is not null && Effect(t, e) == name));

    /// <summary>A number replaced. A value that the number cannot have is an issue (ND0323) and leaves no trace.</summary>
    public static PopulationSource Replace(PopulationSource source, string name, double value, IssueList issues)
    {
        PopulationDefinition definition = source.Definition;
        string mortality = name.StartsWith(definition.MortalityPrefix, StringComparison.Ordinal) ? name[definition.MortalityPrefix.Length..] : name;
        ParameterEntry? spread = source.Table.Entries.FirstOrDefault(e => e.SpreadPrior is not null && Spread(e) == name);
        Trait? trait = definition.Traits.FirstOrDefault(t => Share(t) == name || t.Effects.Any(e => Effect(t, e) == name));
        (bool allowed, string expected) = Limits(source, name, mortality, trait, value);
        if (!allowed || !double.IsFinite(value))
        {
            issues.Error("ND0323", _given, $"\"{name}\" cannot have this value", value.ToString("R", CultureInfo.InvariantCulture), expected);
            return source;
        }

        return mortality switch
        {
            InRemission => source with { Definition = definition with { Mortality = definition.Mortality with { InRemissionPerYear = value } } },
            AfterFailure => source with { Definition = definition with { Mortality = definition.Mortality with { AfterFailureMedianMonths = value } } },
            _ when source.Typical.ContainsKey(name) => source with { Typical = new Dictionary<string, double>(source.Typical, StringComparer.Ordinal) { [name] = value } },
            _ when spread is not null => source with { Table = source.Table with { Entries = [.. source.Table.Entries.Select(e => e.Name == spread.Name ? e with { Distribution = e.Distribution.WithSpread(value) } : e)] } },
            _ when trait is not null => source with { Definition = definition with { Traits = [.. definition.Traits.Select(t => ReferenceEquals(t, trait) ? Replaced(t, name, value) : t)] } },
            _ => source with { Definition = definition with { Changes = [.. definition.Changes.Select(c => c.Prior is not null && Change(c, definition.Name) == name ? c with { Value = value } : c)] } },
        };
    }

    static (bool Allowed, string Expected) Limits(PopulationSource source, string name, string mortality, Trait? trait, double value)
    {
        if (source.Typical.ContainsKey(name) && source.Table.Find(name) is { } entry)
        {
            return (value >= entry.Lower && value <= entry.Upper, string.Create(CultureInfo.InvariantCulture, $"from {entry.Lower} to {entry.Upper}"));
        }

        bool isProbability = mortality == InRemission || (trait is { Probability: NumberExpr } && trait.Name == name);
        return isProbability ? (value is >= 0 and <= 1, "a probability from 0 to 1") : (value >= 0, "a number of at least 0");
    }

    static Trait Replaced(Trait trait, string name, double value) =>
        Share(trait) != name ? trait with { Effects = [.. trait.Effects.Select(e => Effect(trait, e) == name ? e.WithSize(value) : e)] }
        : trait.Probability is NumberExpr ? trait with { Probability = new NumberExpr(value) }
        : trait with { Odds = value };

    static string Words(string name) => name.Replace('_', ' ').Replace('-', ' ');
}
