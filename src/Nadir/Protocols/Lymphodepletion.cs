using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>A lymphodepletion, from <c>library/lymphodepletion/</c>: the state of host and B cells it leaves on day 0, and how the CAR is tolerated.</summary>
public sealed record Lymphodepletion
{
    /// <summary>The regimen's name, for example <c>cyclophosphamide</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What the regimen changes before patients are drawn.</summary>
    public required IReadOnlyList<ParameterChange> Changes { get; init; }

    /// <summary>Sources of what is known about its effect.</summary>
    public required IReadOnlyList<SourceReference> Evidence { get; init; }

    /// <summary>What a reader should know; null where nothing was said.</summary>
    public string? Note { get; init; }

    /// <summary>The regimens that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/lymphodepletion");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Evidence.Concat(Changes.SelectMany(c => c.Basis?.Sources ?? []));

    /// <summary>Reads a regimen that ships.</summary>
    /// <exception cref="ArgumentException">No such regimen ships.</exception>
    public static Checked<Lymphodepletion> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a regimen of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such regimen.</exception>
    public static Checked<Lymphodepletion> Load(Library library, string name) => Read(library.Read($"library/lymphodepletion/{name}.yaml"));

    /// <summary>Reads a lymphodepletion file.</summary>
    public static Checked<Lymphodepletion> Read(SourceText source) => MappingReader.Read(source, root => new Lymphodepletion
    {
        Name = root.Required("name").Text(),
        Title = root.Required("title").Text(),
        Changes = root.Required("changes").List(c => c.Mapping(ParameterChange.ReadWithBasis)),
        Evidence = root.Required("evidence").List(Basis.Reference),
        Note = root.Optional("note")?.Text(),
    });
}
