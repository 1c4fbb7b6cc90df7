using System.Globalization;
using System.Text;

namespace Nadir.Reports;

/// <summary>An attribute of an element; numbers keep two decimals, which is a hundredth of a pixel.</summary>
readonly record struct MarkupAttribute(string Name, string Value)
{
    public static implicit operator MarkupAttribute((string Name, string Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator MarkupAttribute((string Name, double Value) pair) => new(pair.Name, Markup.Number(pair.Value));
}

/// <summary>Writes markup that is valid as HTML and well-formed as XML. All text and every attribute value is escaped here and nowhere else.</summary>
sealed class Markup
{
    readonly StringBuilder _text = new();
    readonly Stack<string> _open = new();

    public static string Number(double x) => x.ToString("0.##", CultureInfo.InvariantCulture);

    public Markup Open(string element, params ReadOnlySpan<MarkupAttribute> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    public Markup Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Closes an element whose end is a good place for a line break.</summary>
    public Markup CloseLine()
    {
        Close();
        _text.Append('\n');
        return this;
    }

    /// <summary>An element without content: an SVG shape or an HTML void element.</summary>
    public Markup Leaf(string element, params ReadOnlySpan<MarkupAttribute> attributes)
    {
        Start(element, attributes);
        _text.Append("/>\n");
        return this;
    }

    /// <summary>An element with text only.</summary>
    public Markup Element(string element, string text, params ReadOnlySpan<MarkupAttribute> attributes) =>
        Open(element, attributes).Text(text).CloseLine();

    public Markup Text(string text)
    {
        Escape(text);
        return this;
    }

    /// <summary>Another fragment, which has been escaped already.</summary>
    public Markup Add(Markup fragment)
    {
        _text.Append(fragment._text);
        return this;
    }

    /// <summary>Numbers for the page's script, as JSON in which nothing looks like markup.</summary>
    public Markup Data(string json)
    {
        if (json.AsSpan().ContainsAny("<>&"))
        {
            throw new ArgumentException("found markup in the JSON; expected <, > and & to be escaped", nameof(json));
        }

        Open("script", ("type", "application/json"), ("class", "chart-data"));
        _text.Append(json);
        return CloseLine();
    }

    public override string ToString() =>
        _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"The element {_open.Peek()} is still open.");

    void Start(string element, ReadOnlySpan<MarkupAttribute> attributes)
    {
        _text.Append('<').Append(element);
        foreach (MarkupAttribute attribute in attributes)
        {
            _text.Append(' ').Append(attribute.Name).Append("=\"");
            Escape(attribute.Value);
            _text.Append('"');
        }
    }

    void Escape(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                '\t' or '\n' => _text.Append((char)rune.Value),

                // XML has no other control characters, and lone surrogates arrive here as U+FFFD already.
                < 0x20 or 0xFFFE or 0xFFFF => _text.Append('\uFFFD'),
                _ => _text.Append(rune.ToString()),
            };
        }
    }
}
