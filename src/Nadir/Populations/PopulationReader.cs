using System.Text.RegularExpressions;
using Nadir.Documents;
using Nadir.Expressions;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Units;

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
        map.Required("mortality").Mapping(Mortality))
    {
        Response = Response(),
        Adjusted = Adjusted(),
        Combinations = map.Optional("combinations")?.Mapping(m => m.Entries().Select(ReadCombination).ToArray()) ?? [],
        Solved = map.Optional("solved")?.Mapping(m => m.Entries().Select(e => new SolvedNumber(e.Name, Formula(e.Value), e.At)).ToArray()) ?? [],
        SameSpreads = map.Optional("same-spread")?.Mapping(m => m.Entries().Select(e => new SameSpread(e.Name, e.Value.Text(), e.At)).ToArray()) ?? [],
    };

    NamedAssay? Response() => map.Optional("response") is { } response ? new NamedAssay(response.Text(), response.At) : null;

    string? Adjusted() => map.Optional("adjusted")?.Text();

    Combination ReadCombination(NamedValue entry)
    {
        if (!SymbolPattern().IsMatch(entry.Name) || !_symbols.Add(entry.Name) || model.Species.Any(s => s.Name == entry.Name))
        {
            map.Issues.Error("ND0312", entry.At, $"a combination cannot be called \"{entry.Name}\"", entry.Name, "letters, digits and underscores, and no name of the model, a trait or a combination");
        }

        return entry.Value.Mapping(m =>
        {
            Expr value = Formula(m.Required("value"));
            Dictionary<string, double> typical = TypicalValues.Of(model);
            double present = ExpressionEvaluator.Evaluate(value, s => typical.GetValueOrDefault(s, double.NaN));
            return new Combination(entry.Name, m.Required("title").Text(), value, UnitExpression.Read(m.Required("unit")) ?? UnitExpression.One, Prior.Read(m.Required("prior"), PriorScale.Log, present));
        });
    }

    /// <summary>Another population with other typical values, probabilities, spreads and mortality, but the same traits and covariates.</summary>
    PopulationDefinition Variant(ValueReader based)
    {
        string of = based.Text();
        PopulationDefinition? found = above.FirstOrDefault(d => d.Name == of);
        if (found is null)
        {
            based.Error("ND0317", $"there is no population \"{of}\" above this one", of, "the name of a population above", NearestName.Hint(of, [.. above.Select(d => d.Name)]));
        }

        string title = map.Required("title").Text();
        IReadOnlyList<ParameterChange> changes = map.Required("changes").List(c => c.Mapping(ParameterChange.ReadWithPrior));
        IReadOnlyList<OwnSpread> spreads = map.Optional("spreads")?.List(c => c.Mapping(OwnSpread.Read)) ?? [];
        BackgroundMortality? mortality = map.Optional("mortality")?.Mapping(Mortality);
        NamedAssay? response = Response();
        string? adjusted = Adjusted();
        return found is null
            ? new PopulationDefinition(name, title, [], [], mortality ?? Nothing)
            : found with { Name = name, Title = title, Changes = [.. found.Changes, .. changes], Spreads = [.. found.Spreads, .. spreads], Response = response ?? found.Response, Adjusted = adjusted ?? found.Adjusted, Mortality = mortality ?? found.Mortality, MortalityPrefix = mortality is null ? found.MortalityPrefix : name + "." };
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

    Trait ReadTrait(NamedValue entry, MappingReader m, string[] parameters)
    {
        Expr probability = Formula(m.Required("probability"));
        (PriorScale scale, double present) = probability is NumberExpr number ? (PriorScale.Logit, number.Value) : (PriorScale.Log, 1);
        return new Trait(
            entry.Name,
            m.Required("title").Text(),
            probability,
            m.Required("effects").Mapping(effects => effects.Entries().Select(e => Effect(e, effects, parameters)).ToArray()),
            Basis.Read(m))
        {
            At = entry.At,
            Prior = m.Optional("prior") is { } prior ? Prior.Read(prior, scale, present) : null,
        };
    }

    static TraitEffect Effect(NamedValue entry, MappingReader effects, string[] parameters)
    {
        if (!parameters.Contains(entry.Name))
        {
            effects.Issues.Error("ND0313", entry.At, $"the model gives no parameter \"{entry.Name}\" a number", entry.Name, "a parameter of the model", NearestName.Hint(entry.Name, parameters));
        }

        return entry.Value.Mapping(m =>
        {
            TraitEffect effect = ReadEffect(entry.Name, m);
            if (m.Optional("prior") is not { } prior)
            {
                return effect;
            }

            if (effect.Size is not { } size)
            {
                prior.Error("ND0321", "the effect has nothing that this range could describe", hint: "a log-uniform draw has a range already");
                return effect;
            }

            return effect with { Prior = Prior.Read(prior, PriorScale.Log, size) };
        });
    }

    static TraitEffect ReadEffect(string parameter, MappingReader m)
    {
        if (m.Optional("multiply") is { } factor)
        {
            return new TraitEffect.Multiplied(parameter, factor.Number(NumberRange.NotNegative));
        }

        if (DistributionReader.OnItsOwn(m) is { } drawn)
        {
            return new TraitEffect.Drawn(parameter, drawn.Distribution, drawn.Median);
        }

        const string expected = "{multiply: …}, {lognormal: {median: …, sd: …}} or {log-uniform: {from: …, to: …}}";
        return new TraitEffect.Drawn(parameter, DistributionReader.Refuse(m, expected), 0);
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
        (double inRemission, Basis remissionBasis, Prior? remissionPrior) = m.Required("in-remission").Mapping(r => Risk(r, r.Required("per-year").Number(NumberRange.Probability), PriorScale.Logit));
        (double afterFailure, Basis failureBasis, Prior? failurePrior) = m.Required("after-failure").Mapping(r => Risk(r, r.Required("median-months").Number(NumberRange.Positive), PriorScale.Log));
        (double Months, Basis Basis)? afterSwitch = m.Optional("after-lineage-switch")?.Mapping(r => (r.Required("median-months").Number(NumberRange.Positive), Basis.Read(r)));
        return new BackgroundMortality(inRemission, remissionBasis, afterFailure, failureBasis) { AfterSwitchMedianMonths = afterSwitch?.Months ?? 0, AfterSwitchBasis = afterSwitch?.Basis, InRemissionPrior = remissionPrior, AfterFailurePrior = failurePrior };
    }

    static (double Value, Basis Basis, Prior? Prior) Risk(MappingReader m, double value, PriorScale scale) =>
        (value, Basis.Read(m), m.Optional("prior") is { } prior ? Prior.Read(prior, scale, value) : null);

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
