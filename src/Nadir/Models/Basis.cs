using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>How well a number is known.</summary>
public enum EvidenceLevel
{
    /// <summary>Published from patients or cells and taken as it is.</summary>
    Measured,

    /// <summary>Computed from published values, or taken over from another setting; the note says how.</summary>
    Derived,

    /// <summary>Not published; the note says why this value.</summary>
    Assumed,
}

/// <summary>A key of <c>library/citations.yaml</c> and where it is used.</summary>
/// <param name="Key">The key, for example <c>maude-2018</c>.</param>
/// <param name="At">Where it stands.</param>
public sealed record SourceReference(string Key, SourceLocation At);

/// <summary>What a number rests on: every number of the library has one.</summary>
/// <param name="Level">How well it is known.</param>
/// <param name="Sources">Sources; at least one unless the number is assumed.</param>
/// <param name="Note">What a reader should know; always there for an assumed number, else null where nothing was said.</param>
public sealed record Basis(EvidenceLevel Level, IReadOnlyList<SourceReference> Sources, string? Note)
{
    static readonly string[] _levels = ["measured", "derived", "assumed"];

    /// <summary>Reads the keys <c>evidence</c>, <c>source</c> and <c>note</c> of a mapping.</summary>
    internal static Basis Read(MappingReader mapping)
    {
        int level = Array.IndexOf(_levels, mapping.Required("evidence").OneOf("evidence level", _levels));
        IReadOnlyList<SourceReference> sources = mapping.Optional("source")?.OneOrList(Reference) ?? [];
        string? note = mapping.Optional("note")?.Text();
        if (level is 0 or 1 && sources.Count == 0)
        {
            mapping.Issues.Error("ND0305", mapping.At, $"a {_levels[level]} number needs its source", expected: "source: a key of citations.yaml");
        }

        if (level == 2 && note is null)
        {
            mapping.Issues.Error("ND0306", mapping.At, "an assumed number needs a note", expected: "note: why this value");
        }

        return new Basis((EvidenceLevel)level, sources, note);
    }

    /// <summary>Reads a citation key.</summary>
    internal static SourceReference Reference(ValueReader value) => new(value.Text(), value.At);
}
