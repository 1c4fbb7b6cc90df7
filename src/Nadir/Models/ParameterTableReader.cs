using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;
using Nadir.Units;

namespace Nadir.Models;

/// <summary>Reads a parameter file against its model.</summary>
sealed class ParameterTableReader(Model model, MappingReader root)
{
    static readonly string[] _initials = ["rounded", "poisson"];

    readonly Dictionary<string, double> _typical = TypicalValues.Of(model);

    public ParameterTable Read()
    {
        ParameterTable table = new()
        {
            Entries = root.Required("parameters").Mapping(Entries),
            Discrete = root.Optional("discrete")?.Mapping(Discrete) ?? new DiscreteClones(DiscreteClones.DefaultThreshold, []),
            Readouts = root.Optional("readouts")?.Mapping(r => Readouts.Read(r, model)) ?? new Readouts { Symbols = new Dictionary<string, string>(), Clones = [], CartPopulations = [], Panels = [] },
        };
        return table;
    }

    IReadOnlyList<ParameterEntry> Entries(MappingReader map)
    {
        IReadOnlyList<NamedValue> named = map.Entries();
        foreach (NamedValue entry in named.Where(e => !_typical.ContainsKey(e.Name)))
        {
            map.Issues.Error("ND0302", entry.At, $"the model gives no parameter \"{entry.Name}\" a number", entry.Name, "a parameter of the model", NearestName.Hint(entry.Name, _typical.Keys));
        }

        foreach (Parameter parameter in model.Parameters.Where(p => _typical.ContainsKey(p.Name) && named.All(e => e.Name != p.Name)))
        {
            map.Issues.Error("ND0301", map.At, $"the parameter \"{parameter.Name}\" ({parameter.At}) has no entry", expected: $"{parameter.Name}: its unit, distribution, bounds and evidence");
        }

        return [.. named.Select(e => e.Value.Mapping(m => Entry(e, m)))];
    }

    ParameterEntry Entry(NamedValue named, MappingReader map)
    {
        (double lower, double upper) = Bounds(map.Required("bounds"));
        ParameterEntry entry = new(named.Name, UnitExpression.Read(map.Required("unit")) ?? UnitExpression.One, Distribution(map.Required("distribution")), lower, upper, Basis.Read(map)) { At = named.At };
        if (_typical.TryGetValue(named.Name, out double typical))
        {
            CheckTypical(entry, typical, map.Issues);
        }

        return map.Optional("prior")?.Mapping(p => WithPriors(entry, p)) ?? entry;
    }

    ParameterEntry WithPriors(ParameterEntry entry, MappingReader map)
    {
        double typical = _typical.GetValueOrDefault(entry.Name, double.NaN);
        PriorScale scale = entry.Distribution is ParameterDistribution.LogitNormal ? PriorScale.Logit : entry.Lower >= 0 ? PriorScale.Log : PriorScale.Linear;
        Prior? ofTypical = map.Optional("typical") is { } t ? Prior.Read(t, scale, typical) : null;
        if (ofTypical is not null && (ofTypical.Lower < entry.Lower || ofTypical.Upper > entry.Upper))
        {
            map.Issues.Error("ND0320", ofTypical.At, $"the range of \"{entry.Name}\" goes beyond its bounds", Text(ofTypical.Lower, ofTypical.Upper), Text(entry.Lower, entry.Upper));
        }

        return entry with { TypicalPrior = ofTypical, SpreadPrior = SpreadPrior(entry, map) };
    }

    static Prior? SpreadPrior(ParameterEntry entry, MappingReader map)
    {
        string right = entry.Distribution is ParameterDistribution.Pareto ? "shape" : "sd";
        string wrong = right == "sd" ? "shape" : "sd";
        ValueReader? value = map.Optional(right);
        if ((entry.Distribution.Spread is null ? value ?? map.Optional(wrong) : map.Optional(wrong)) is { } senseless)
        {
            senseless.Error("ND0321", $"the distribution of \"{entry.Name}\" has nothing that this range could describe", hint: entry.Distribution.Spread is null ? "give the parameter a distribution first" : $"write {right}");
            return null;
        }

        return value is null ? null : Prior.Read(value, PriorScale.Log, entry.Distribution.Spread!.Value);
    }

    static string Text(double lower, double upper) => string.Create(CultureInfo.InvariantCulture, $"from {lower} to {upper}");

    static void CheckTypical(ParameterEntry entry, double typical, IssueList issues)
    {
        string found = typical.ToString("R", CultureInfo.InvariantCulture);
        if (typical < entry.Lower || typical > entry.Upper)
        {
            issues.Error("ND0308", entry.At, $"the typical value of \"{entry.Name}\" is outside its bounds", found, string.Create(CultureInfo.InvariantCulture, $"from {entry.Lower} to {entry.Upper}"));
        }

        if (entry.Distribution.Refusal(typical) is { } expected)
        {
            issues.Error("ND0310", entry.At, $"the typical value of \"{entry.Name}\" does not suit its distribution", found, expected);
        }
    }

    static ParameterDistribution Distribution(ValueReader value)
    {
        const string expected = "fixed, {lognormal: {sd: …}}, {logit-normal: {sd: …}} or {pareto: {shape: …}}";
        if (!value.IsMapping)
        {
            if (value.Text() is { Length: > 0 } text and not "fixed")
            {
                value.Error("ND0304", $"there is no distribution \"{text}\"", text, expected);
            }

            return new ParameterDistribution.Fixed();
        }

        return value.Mapping(map => DistributionReader.Around(map) ?? DistributionReader.Refuse(map, expected));
    }

    static (double Lower, double Upper) Bounds(ValueReader value)
    {
        IReadOnlyList<double> bounds = value.List(v => v.Number());
        if (bounds.Count == 2 && !(bounds[0] > bounds[1]))
        {
            return (bounds[0], bounds[1]);
        }

        if (value.IsList)
        {
            value.Error("ND0307", "bounds are two numbers, the smaller first", expected: "[lower, upper]");
        }

        return (double.NaN, double.NaN);
    }

    DiscreteClones Discrete(MappingReader map)
    {
        string[] species = [.. model.Species.Select(s => s.Name)];
        double threshold = map.Optional("threshold")?.Number(NumberRange.AtLeast(1)) ?? DiscreteClones.DefaultThreshold;
        return new DiscreteClones(
            threshold,
            map.Required("clones").Mapping(clones => clones.Entries().Select(e => Clone(Readouts.KnownSpecies(clones, e, species), e.Value, threshold)).ToArray()));
    }

    static DiscreteClone Clone(string species, ValueReader value, double threshold) => value.Mapping(c => new DiscreteClone(
        species,
        (InitialNumber)Array.IndexOf(_initials, c.Required("initial").OneOf("initial number", _initials)),
        c.Optional("threshold")?.Number(NumberRange.AtLeast(1)) ?? threshold));
}
