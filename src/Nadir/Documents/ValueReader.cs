using System.Globalization;
using System.Numerics;
using Nadir.Faults;

namespace Nadir.Documents;

/// <summary>
/// Reads one value of a document as the type the caller asks for. A value of another type is an issue, and a placeholder is returned
/// so that the rest of the document is still checked: empty text, NaN, the lowest whole number, false, an empty list.
/// </summary>
/// <remarks>
/// Text that was read is never empty and a number is never NaN, so checks across values can tell placeholders and skip them.
/// A document with an error never yields a value (<see cref="Checked{T}"/>), so placeholders do not escape.
/// </remarks>
public sealed class ValueReader
{
    readonly DocumentNode _node;

    internal ValueReader(DocumentNode node, string path, IssueList issues)
    {
        _node = node;
        Issues = issues;
        Path = path;
    }

    /// <summary>Where the value stands.</summary>
    public SourceLocation At => _node.At;

    /// <summary>The value's place among the keys, such as <c>arms[2].name</c>; items count from 1.</summary>
    public string Path { get; }

    /// <summary>The issues found so far; add to them.</summary>
    public IssueList Issues { get; }

    /// <summary>True when the value is a list.</summary>
    public bool IsList => _node is SequenceNode;

    /// <summary>True when the value is a mapping.</summary>
    public bool IsMapping => _node is MappingNode;

    /// <summary>A reader of nothing whose complaints are not heard: what it returns are placeholders.</summary>
    internal static ValueReader Placeholder(SourceLocation at, string path) => new(new ScalarNode("", false, at), path, []);

    /// <summary>Adds an error about this value.</summary>
    public void Error(string code, string message, string? found = null, string? expected = null, string? hint = null) =>
        Issues.Error(code, At, message, found, expected, hint);

    /// <summary>Text of at least one character; numbers without quotes are text too. Placeholder: empty text.</summary>
    public string Text()
    {
        if (_node is ScalarNode { IsNothing: false } scalar && !string.IsNullOrWhiteSpace(scalar.Text))
        {
            return scalar.Text;
        }

        WrongType("text");
        return "";
    }

    /// <summary>One of the valid names. Placeholder: empty text.</summary>
    /// <param name="what">What is named, for the message: <c>population</c>.</param>
    /// <param name="valid">The valid names.</param>
    public string OneOf(string what, IReadOnlyCollection<string> valid)
    {
        string name = Text();
        if (name.Length == 0 || valid.Contains(name))
        {
            return name;
        }

        Error("ND0025", $"there is no {what} {Excerpt.Of(name)}", Excerpt.Of(name), $"the name of {Article(what)} {what}", NearestName.Hint(name, valid));
        return "";
    }

    static string Article(string what) => "aeiou".Contains(what[0], StringComparison.Ordinal) ? "an" : "a";

    /// <summary>A finite number in a range, without quotes. Placeholder: NaN.</summary>
    /// <param name="range">The range; every finite number when left out.</param>
    public double Number(NumberRange? range = null)
    {
        NumberRange allowed = range ?? NumberRange.Any;
        if (_node is not ScalarNode { IsQuoted: false } scalar || !double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            WrongType(allowed.ToString());
            return double.NaN;
        }

        if (allowed.Contains(value))
        {
            return value;
        }

        OutOfRange(allowed.ToString());
        return double.NaN;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, in digits. Placeholder: <paramref name="least"/>.</summary>
    /// <typeparam name="T">An integer type.</typeparam>
    public T WholeNumber<T>(T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        string expected = string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");
        if (_node is not ScalarNode { IsQuoted: false } scalar || !IsWhole(scalar.Text))
        {
            WrongType(expected);
            return least;
        }

        if (T.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) && value >= least && value <= most)
        {
            return value;
        }

        OutOfRange(expected);
        return least;
    }

    /// <summary><c>true</c> or <c>false</c>. Placeholder: false.</summary>
    public bool Flag()
    {
        if (_node is ScalarNode { IsQuoted: false, Text: "true" or "false" } scalar)
        {
            return scalar.Text == "true";
        }

        WrongType("true or false");
        return false;
    }

    /// <summary>A list, each item read by <paramref name="item"/>. Placeholder: an empty list.</summary>
    public IReadOnlyList<T> List<T>(Func<ValueReader, T> item)
    {
        if (_node is SequenceNode list)
        {
            return [.. list.Items.Select((n, i) => item(new ValueReader(n, $"{Path}[{i + 1}]", Issues)))];
        }

        WrongType("a list");
        return [];
    }

    /// <summary>One item or a list of items, each read by <paramref name="item"/>.</summary>
    public IReadOnlyList<T> OneOrList<T>(Func<ValueReader, T> item) => IsList ? List(item) : [item(this)];

    /// <summary>
    /// A mapping, read by <paramref name="read"/>; keys that <paramref name="read"/> does not ask for are errors.
    /// Placeholder: what <paramref name="read"/> makes of placeholders.
    /// </summary>
    public T Mapping<T>(Func<MappingReader, T> read)
    {
        if (_node is MappingNode mapping)
        {
            MappingReader reader = new(mapping, Path, Issues);
            T value = read(reader);
            reader.ReportUnknownKeys();
            return value;
        }

        WrongType("a mapping (key: value)");
        return read(new MappingReader(new MappingNode([], At), Path, []));
    }

    static bool IsWhole(string text) => text.TrimStart('-', '+') is { Length: > 0 } digits && !digits.AsSpan().ContainsAnyExceptInRange('0', '9');

    void WrongType(string expected)
    {
        string message = Path.Length == 0 ? $"the document must be {expected}" : $"\"{Path}\" must be {expected}";
        Error("ND0022", message, Describe(), expected, Hint(expected));
    }

    string? Hint(string expected) => _node switch
    {
        ScalarNode { IsNothing: true } => "write a value, or remove the key if it is optional",
        ScalarNode { IsQuoted: true } when expected.Contains("number", StringComparison.Ordinal) => "remove the quotes",
        _ => null,
    };

    void OutOfRange(string expected) => Error("ND0023", $"\"{Path}\" is out of range", Describe(), expected);

    string Describe() => _node switch
    {
        SequenceNode list => list.Items.Count == 0 ? "an empty list" : "a list",
        MappingNode => "a mapping (key: value)",
        ScalarNode { IsNothing: true } => "nothing",
        ScalarNode { IsQuoted: true } text => $"the text {Excerpt.Of(text.Text)}",
        ScalarNode scalar => Excerpt.Of(scalar.Text),
        _ => "something else",
    };
}
