using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>A published fact.</summary>
/// <param name="Text">The fact, with its numbers.</param>
/// <param name="Citation">Its source.</param>
public sealed record PublishedFact(string Text, SourceReference Citation);

/// <summary>A relapse mechanism, from <c>library/mechanisms/</c>: what it is, what reveals it, and how it is switched off.</summary>
public sealed record Mechanism
{
    /// <summary>The classes of relapse, and failure to reach remission.</summary>
    public static readonly IReadOnlyList<string> Classes = ["cd19-positive", "cd19-negative-or-low", "lineage-switch", "non-response"];

    /// <summary>The mechanism's name, for example <c>lost-persistence</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What it leads to; one of <see cref="Classes"/>.</summary>
    public required string RelapseClass { get; init; }

    /// <summary>The changes that switch it off. They come after those of product and lymphodepletion.</summary>
    public required IReadOnlyList<ParameterChange> Off { get; init; }

    /// <summary>Parameters of the model that belong to it.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>What reveals it in a patient.</summary>
    public required IReadOnlyList<string> Signals { get; init; }

    /// <summary>What is published about it.</summary>
    public required IReadOnlyList<PublishedFact> Facts { get; init; }

    /// <summary>How the model has it, and what a reader should know.</summary>
    public required string Note { get; init; }

    /// <summary>The mechanisms that ship.</summary>
    public static IReadOnlyList<string> ShippedNames => ShippedLibrary.Names("library/mechanisms");

    /// <summary>Every source the file names.</summary>
    public IEnumerable<SourceReference> Sources => Facts.Select(f => f.Citation);

    /// <summary>Reads a mechanism that ships.</summary>
    /// <exception cref="ArgumentException">No such mechanism ships.</exception>
    public static Checked<Mechanism> LoadShipped(string name) => Load(Library.Shipped, name);

    /// <summary>Reads a mechanism of a library.</summary>
    /// <exception cref="ArgumentException">The library has no such mechanism.</exception>
    public static Checked<Mechanism> Load(Library library, string name) => Read(library.Read($"library/mechanisms/{name}.yaml"));

    /// <summary>Reads a mechanism file.</summary>
    public static Checked<Mechanism> Read(SourceText source) => MappingReader.Read(source, root => new Mechanism
    {
        Name = root.Required("name").Text(),
        Title = root.Required("title").Text(),
        RelapseClass = root.Required("class").OneOf("relapse class", Classes),
        Off = NotEmpty(root.Required("off"), root.Required("off").List(c => c.Mapping(ParameterChange.Read))),
        Parameters = root.Required("parameters").List(p => p.Text()),
        Signals = root.Required("signals").List(s => s.Text()),
        Facts = root.Required("facts").List(f => f.Mapping(m => new PublishedFact(m.Required("text").Text(), Basis.Reference(m.Required("citation"))))),
        Note = root.Required("note").Text(),
    });

    static IReadOnlyList<T> NotEmpty<T>(ValueReader value, IReadOnlyList<T> items)
    {
        if (value.IsList && items.Count == 0)
        {
            value.Error("ND0409", "a mechanism that nothing switches off cannot be asked about", expected: "at least one change");
        }

        return items;
    }
}
