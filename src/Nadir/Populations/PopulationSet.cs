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
        IReadOnlyList<PopulationDefinition> definitions = root.Required("populations").Mapping(map =>
            map.Entries().Select(e => e.Value.Mapping(m => new PopulationReader(e.Name, model, m).Read())).ToArray());
        return new PopulationSet(root.Issues.HasErrors ? [] : definitions.Select(d => new Population(d, model, table)));
    });
}
