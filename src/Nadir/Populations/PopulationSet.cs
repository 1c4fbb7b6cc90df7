using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;

namespace Nadir.Populations;

/// <summary>The populations of a model, from its <c>population.yaml</c>.</summary>
public sealed class PopulationSet
{
    readonly Dictionary<string, Population> _populations;

    PopulationSet(IEnumerable<Population> populations) => _populations = populations.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>The populations' names, in the file's order.</summary>
    public IReadOnlyCollection<string> Names => _populations.Keys;

    /// <summary>The population with this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Population this[string name] => _populations.TryGetValue(name, out Population? population)
        ? population
        : throw new ArgumentException($"there is no population \"{name}\"; {NearestName.Hint(name, Names)}", nameof(name));

    /// <summary>Reads the populations of a package; one without a population file or parameter table has none.</summary>
    public static Checked<PopulationSet> Read(ModelPackage package) => package is { PopulationFile: { } file, Parameters: { } table }
        ? Read(file, package.Model, table)
        : new Checked<PopulationSet>(new PopulationSet([]), []);

    internal static Checked<PopulationSet> Read(SourceText file, Model model, ParameterTable table) => MappingReader.Read(file, root =>
    {
        List<PopulationDefinition> definitions = [];
        root.Required("populations").Mapping(map =>
        {
            foreach (NamedValue entry in map.Entries())
            {
                definitions.Add(entry.Value.Mapping(m => new PopulationReader(entry.Name, model, m, definitions).Read()));
            }

            return definitions;
        });
        Population[] populations = root.Issues.HasErrors ? [] : [.. definitions.Select(d => Build(d, model, table, root.Issues))];
        return new PopulationSet(root.Issues.HasErrors ? [] : populations);
    });

    static Population Build(PopulationDefinition definition, Model model, ParameterTable table, IssueList issues)
    {
        PopulationSource source = new(definition, model, SameSpread.Apply(definition.SameSpreads, OwnSpread.Apply(definition.Spreads, table, issues)), TypicalValues.Of(model));
        Population population = new(source, issues);
        PopulationChecks.Check(source, issues);
        return population;
    }
}
