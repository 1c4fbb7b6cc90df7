using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>
/// Reads a mapping key by key: every key must be asked for, and every key asked for as required must be there.
/// Keys that nobody asked for are errors with the nearest valid key.
/// </summary>
/// <example>
/// A whole reader of a file with a name, an optional dose in cells and a list of phases:
/// <code>
/// public static Checked&lt;Product&gt; Read(SourceText source) => MappingReader.Read(source, root => new Product
/// {
///     Name = root.Required("name").Text(),
///     DoseCells = root.Optional("dose")?.Number(NumberRange.Positive) ?? 1e8,
///     Target = root.Required("target").OneOf("antigen", ["cd19", "cd22"]),
///     Phases = root.Required("phases").List(item => item.Mapping(phase => new Phase(
///         phase.Required("name").Text(),
///         phase.Required("days").WholeNumber(1, 365)))),
/// });
/// </code>
/// Wrong or missing values become issues and placeholders (see <see cref="ValueReader"/>), so the code above needs no checks,
/// and all issues of the file are reported at once. Checks of the caller's own add to <see cref="Issues"/> or call <see cref="ValueReader.Error"/>.
/// A file whose keys are names (parameters, citations) is read with <see cref="Entries"/>.
/// </example>
public sealed class MappingReader
{
    const int MostUnknownKeys = 20;

    readonly MappingNode _node;
    readonly string _path;
    readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    internal MappingReader(MappingNode node, string path, IssueList issues)
    {
        _node = node;
        _path = path;
        Issues = issues;
    }

    /// <summary>Where the mapping starts.</summary>
    public SourceLocation At => _node.At;

    /// <summary>The issues found so far; add to them.</summary>
    public IssueList Issues { get; }

    /// <summary>Reads a YAML file whose top level is a mapping.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="source">The file.</param>
    /// <param name="read">Makes the value; it may meet placeholders, see <see cref="ValueReader"/>.</param>
    /// <returns>The value, or every issue of the file in document order.</returns>
    public static Checked<T> Read<T>(SourceText source, Func<MappingReader, T> read)
        where T : class
    {
        IssueList issues = new();
        if (YamlReader.Read(source, issues) is not { } document)
        {
            return new Checked<T>(null, issues);
        }

        T value = new ValueReader(document, "", issues).Mapping(read);
        IssueList ordered = new();
        ordered.AddRange(issues.OrderBy(i => i.Location.Line).ThenBy(i => i.Location.Column));
        return Checked<T>.From(value, ordered);
    }

    /// <summary>True when the key is there. The key counts as asked for.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key that must be there; a missing key is an issue (ND0020) and reads as a placeholder.</summary>
    public ValueReader Required(string key)
    {
        if (Optional(key) is { } value)
        {
            return value;
        }

        Issues.Error("ND0020", At, $"the key \"{PathOf(key)}\" is missing", expected: $"{key}: …");
        return ValueReader.Placeholder(At, PathOf(key));
    }

    /// <summary>The value of a key, or null when it is absent: <c>root.Optional("seed")?.WholeNumber(0, 9) ?? 1</c>.</summary>
    public ValueReader? Optional(string key) => Find(key) is { } entry ? new ValueReader(entry.Value, PathOf(key), Issues) : null;

    /// <summary>All entries in order, for mappings whose keys are names; every key counts as asked for.</summary>
    public IReadOnlyList<NamedValue> Entries()
    {
        _asked.UnionWith(_node.Entries.Select(e => e.Key));
        return [.. _node.Entries.Select(e => new NamedValue(e.Key, e.KeyAt, new ValueReader(e.Value, PathOf(e.Key), Issues)))];
    }

    internal void ReportUnknownKeys()
    {
        MappingEntry[] unknown = [.. _node.Entries.Where(e => !_asked.Contains(e.Key))];
        string[] free = [.. _asked.Where(k => _node.Find(k) is null)];
        string place = _path.Length == 0 ? "" : $" in \"{_path}\"";
        foreach (MappingEntry entry in unknown.Take(MostUnknownKeys))
        {
            string hint = NearestName.Of(entry.Key, free) is { } nearest ? $"did you mean \"{nearest}\"?" : $"valid keys: {string.Join(", ", _asked)}";
            Issues.Error("ND0021", entry.KeyAt, $"unknown key {Excerpt.Of(entry.Key)}{place}", Excerpt.Of(entry.Key), hint: hint);
        }

        if (unknown.Length > MostUnknownKeys)
        {
            Issues.Error("ND0021", unknown[MostUnknownKeys].KeyAt, $"{unknown.Length - MostUnknownKeys} more unknown keys{place}", hint: "is this the right kind of file?");
        }
    }

    MappingEntry? Find(string key)
    {
        _asked.Add(key);
        return _node.Find(key);
    }

    string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}

/// <summary>An entry of a mapping whose keys are names.</summary>
/// <param name="Name">The key.</param>
/// <param name="At">Where the key stands.</param>
/// <param name="Value">The value.</param>
public readonly record struct NamedValue(string Name, SourceLocation At, ValueReader Value);
