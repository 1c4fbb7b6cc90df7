using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>Reads one population of a population file.</summary>
sealed partial class PopulationReader(string name, Model model, MappingReader map, IReadOnlyList<PopulationDefinition> above)
{
    readonly HashSet<string> _symbols = [.. TypicalValues.Of(model).Keys];

    public PopulationDefinition Read() => map.Optional("based-on") is { } based ? Variant(based) : new(
        name,
        map.Required("title").Text(),
        map.Required("traits").Mapping(Traits),
        map.Optional("covariates")?.Mapping(m => m.Entries().Select(Covariate).ToArray()) ?? [],
        map.Required("mortality").Mapping(Mortality));

    /// <summary>Another population with other typical values, probabilities and mortality, but the same traits, covariates and spreads.</summary>
    PopulationDefinition Variant(ValueReader based)
    {
        string of = based.Text();
        PopulationDefinition? found = above.FirstOrDefault(d => d.Name == of);
        if (found is null)
        {
            based.Error("ND0317", $"there is no population \"{of}\" above this one", of, "the name of a population above", NearestName.Hint(of, [.. above.Select(d => d.Name)]));
        }

        string title = map.Required("title").Text();
        IReadOnlyList<ParameterChange> changes = map.Required("changes").List(c => c.Mapping(ParameterChange.ReadWithBasis));
        BackgroundMortality? mortality = map.Optional("mortality")?.Mapping(Mortality);
        return found is null
            ? new PopulationDefinition(name, title, [], [], mortality ?? Nothing)
            : found with { Name = name, Title = title, Changes = [.. found.Changes, .. changes], Mortality = mortality ?? found.Mortality };
    }

    static BackgroundMortality Nothing { get; } = new(0, new Basis(EvidenceLevel.Assumed, [], "none"), 1, new Basis(EvidenceLevel.Assumed, [], "none"));

    IReadOnlyList<Trait> Traits(MappingReader traits)
    {
        string[] parameters = [.. _symbols];
        List<Trait> read = [];
        foreach (NamedValue entry in traits.Entries())
        {
            if (!SymbolPattern().IsMatch(entry.Name) || _symbols.Contains(entry.Name) || model.Species.Any(s => s.Name == entry.Name))
            {
                traits.Issues.Error("ND0312", entry.At, $"a trait cannot be called \"{entry.Name}\"", entry.Name, "letters, digits and underscores, and no name of the model");
            }

            read.Add(entry.Value.Mapping(m => ReadTrait(entry, m, parameters)));
            _symbols.Add(entry.Name);
        }

        return read;
    }

    Trait ReadTrait(NamedValue entry, MappingReader m, string[] parameters) => new(
        entry.Name,
        m.Required("title").Text(),
        Formula(m.Required("probability")),
        m.Required("effects").Mapping(effects => effects.Entries().Select(e => Effect(e, effects, parameters)).ToArray()),
        Basis.Read(m))
    {
        At = entry.At,
    };

    static TraitEffect Effect(NamedValue entry, MappingReader effects, string[] parameters)
    {
        if (!parameters.Contains(entry.Name))
        {
            effects.Issues.Error("ND0313", entry.At, $"the model gives no parameter \"{entry.Name}\" a number", entry.Name, "a parameter of the model", NearestName.Hint(entry.Name, parameters));
        }

        return entry.Value.Mapping<TraitEffect>(m =>
        {
            if (m.Optional("multiply") is { } factor)
            {
                return new TraitEffect.Multiplied(entry.Name, factor.Number(NumberRange.NotNegative));
            }

            if (DistributionReader.OnItsOwn(m) is { } drawn)
            {
                return new TraitEffect.Drawn(entry.Name, drawn.Distribution, drawn.Median);
            }

            const string expected = "{multiply: …}, {lognormal: {median: …, sd: …}} or {log-uniform: {from: …, to: …}}";
            return new TraitEffect.Drawn(entry.Name, DistributionReader.Refuse(m, expected), 0);
        });
    }

    Covariate Covariate(NamedValue entry) => entry.Value.Mapping(m =>
    {
        if (!ColumnPattern().IsMatch(entry.Name))
        {
            m.Issues.Error("ND0316", entry.At, $"a column cannot be called \"{entry.Name}\"", entry.Name, "a capital letter, then capital letters and digits, at most 8");
        }

        return new Covariate(entry.Name, m.Required("label").Text(), Formula(m.Required("value")), m.Required("kind").OneOf("kind", ["yes-no", "number"]) == "yes-no");
    });

    static BackgroundMortality Mortality(MappingReader m)
    {
        (double inRemission, Basis remissionBasis) = m.Required("in-remission").Mapping(r => (r.Required("per-year").Number(NumberRange.Probability), Basis.Read(r)));
        (double afterFailure, Basis failureBasis) = m.Required("after-failure").Mapping(r => (r.Required("median-months").Number(NumberRange.Positive), Basis.Read(r)));
        return new BackgroundMortality(inRemission, remissionBasis, afterFailure, failureBasis);
    }

    Expr Formula(ValueReader value)
    {
        string text = value.Text();
        Checked<Expr> formula = ExpressionParser.Parse(text.Length == 0 ? "0" : text, value.At);
        foreach (Issue issue in formula.Issues)
        {
            value.Error(issue.Code, issue.Message, issue.Found, issue.Expected, issue.Hint);
        }

        foreach (string symbol in FreeSymbols.Of(formula.Value ?? Expr.Zero).Where(s => !_symbols.Contains(s)))
        {
            value.Error("ND0311", $"the formula uses \"{symbol}\", which is no parameter and no trait above", symbol, hint: NearestName.Hint(symbol, _symbols));
        }

        return formula.Value ?? Expr.Zero;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex SymbolPattern();

    [GeneratedRegex("^[A-Z][A-Z0-9]{0,7}$", RegexOptions.CultureInvariant)]
    private static partial Regex ColumnPattern();
}
