using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>A piece of a structured document (YAML), with its place in the file.</summary>
/// <param name="At">Where it starts.</param>
public abstract record DocumentNode(SourceLocation At);

/// <summary>A single value: text, a number or nothing.</summary>
/// <param name="Text">The text without quotes.</param>
/// <param name="IsQuoted">True when it stands in quotes or in a block (<c>|</c>, <c>&gt;</c>): then it is text and never a number.</param>
/// <param name="At">Where it starts.</param>
public sealed record ScalarNode(string Text, bool IsQuoted, SourceLocation At) : DocumentNode(At)
{
    /// <summary>True where nothing was written (<c>key:</c>, <c>~</c> or <c>null</c>).</summary>
    public bool IsNothing => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="At">Where it starts.</param>
public sealed record SequenceNode(IReadOnlyList<DocumentNode> Items, SourceLocation At) : DocumentNode(At);

/// <summary>Keys with values, in the order of the document.</summary>
/// <param name="Entries">The entries; no key stands twice.</param>
/// <param name="At">Where it starts.</param>
public sealed record MappingNode(IReadOnlyList<MappingEntry> Entries, SourceLocation At) : DocumentNode(At)
{
    /// <summary>The entry of <paramref name="key"/>, or null.</summary>
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="KeyAt">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record MappingEntry(string Key, SourceLocation KeyAt, DocumentNode Value);
