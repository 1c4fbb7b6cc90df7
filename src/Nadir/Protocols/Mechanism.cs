using Nadir.Documents;
using Nadir.Faults;
using Nadir.Models;
using Nadir.Populations;

namespace Nadir.Protocols;

/// <summary>A published fact.</summary>
/// <param name="Text">The fact, with its numbers.</param>
/// <param name="Citation">Its source.</param>
public sealed record PublishedFact(string Text, SourceReference Citation);

/// <summary>How the reference population has a mechanism.</summary>
public enum MechanismDefault
{
    /// <summary>At the strength of the reference fit.</summary>
    On,

    /// <summary>At a strength that hardly matters.</summary>
    Weak,

    /// <summary>Not at all.</summary>
    Off,
}

/// <summary>A relapse mechanism, from <c>library/mechanisms/</c>: what it is, what reveals it, and how it is switched off.</summary>
public sealed record Mechanism
{
    /// <summary>The classes of relapse, and failure to reach remission.</summary>
    public static readonly IReadOnlyList<string> Classes = ["cd19-positive", "cd19-negative-or-low", "lineage-switch", "non-response"];

    static readonly string[] _defaults = ["on", "weak", "off"];

    /// <summary>The mechanism's name, for example <c>lost-persistence</c>.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>What it leads to; one of <see cref="Classes"/>.</summary>
    public required string RelapseClass { get; init; }

    /// <summary>How the reference population has it.</summary>
    /// <value>Default: <see cref="MechanismDefault.On"/>.</value>
    public MechanismDefault Default { get; init; }

    /// <summary>Names of mechanisms without which it leads to no relapse of its class; empty for most.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>The changes that switch it on, or from weak to strong; empty for one that is on by default. They come before those of <see cref="Off"/>.</summary>
    public IReadOnlyList<ParameterChange> On { get; init; } = [];

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
    public IEnumerable<SourceReference> Sources => Facts.Select(f => f.Citation).Concat(On.SelectMany(c => c.Basis?.Sources ?? []));

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
        Default = ReadDefault(root),
        Needs = root.Optional("needs")?.List(n => n.Text()) ?? [],
        On = ReadOn(root),
        Off = NotEmpty(root.Required("off"), root.Required("off").List(c => c.Mapping(ParameterChange.Read))),
        Parameters = root.Required("parameters").List(p => p.Text()),
        Signals = root.Required("signals").List(s => s.Text()),
        Facts = root.Required("facts").List(f => f.Mapping(m => new PublishedFact(m.Required("text").Text(), Basis.Reference(m.Required("citation"))))),
        Note = root.Required("note").Text(),
    });

    static MechanismDefault ReadDefault(MappingReader root) =>
        root.Optional("default") is { } value ? (MechanismDefault)Math.Max(0, Array.IndexOf(_defaults, value.OneOf("default", _defaults))) : MechanismDefault.On;

    /// <summary>One that is on cannot be switched on, one that is not must say how.</summary>
    static IReadOnlyList<ParameterChange> ReadOn(MappingReader root)
    {
        bool isOn = ReadDefault(root) == MechanismDefault.On;
        IReadOnlyList<ParameterChange> changes = root.Optional("on")?.List(c => c.Mapping(ParameterChange.ReadWithBasis)) ?? [];
        if (isOn == (changes.Count > 0))
        {
            root.Issues.Error("ND0430", root.At, isOn ? "a mechanism that is on by default is switched on once more" : "a mechanism that is not on by default does not say how it is switched on",
                expected: isOn ? "no changes under \"on\"" : "at least one change under \"on\"");
        }

        return changes;
    }

    static IReadOnlyList<T> NotEmpty<T>(ValueReader value, IReadOnlyList<T> items)
    {
        if (value.IsList && items.Count == 0)
        {
            value.Error("ND0409", "a mechanism that nothing switches off cannot be asked about", expected: "at least one change");
        }

        return items;
    }
}
