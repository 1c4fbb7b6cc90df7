using Nadir.Documents;

namespace Nadir.Units;

/// <summary>
/// A unit as people write it, such as <c>1/day</c> or <c>copies/µg/(cell/µL)</c>: a product of powers of named units. Units never convert values;
/// two units are equal when they are the same product, however written (plural or singular, <c>u</c> or <c>µ</c>).
/// </summary>
public sealed record Unit
{
    /// <summary>The unit of a pure number.</summary>
    public static readonly Unit One = new("1", new SortedDictionary<string, int>(StringComparer.Ordinal));

    readonly SortedDictionary<string, int> _powers;

    internal Unit(string text, SortedDictionary<string, int> powers)
    {
        Text = text;
        _powers = powers;
    }

    /// <summary>The names that may stand in a unit, in the singular.</summary>
    public static IReadOnlyList<string> Names => UnitParser.Names;

    /// <summary>The unit as it was written.</summary>
    public string Text { get; }

    /// <summary>The power of each named unit; none is 0.</summary>
    public IReadOnlyDictionary<string, int> Powers => _powers;

    /// <summary>Reads a unit: names, <c>1</c>, <c>*</c>, <c>/</c> (left to right), <c>^</c> with a whole number, and parentheses.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The unit, or null when the text is none.</returns>
    public static Unit? TryParse(string text) => new UnitParser(text).Parse();

    /// <summary>Reads a unit of a document; other text is an issue (ND0303) and reads as a pure number.</summary>
    internal static Unit Read(ValueReader value)
    {
        string text = value.Text();
        Unit? unit = TryParse(text);
        if (text.Length > 0 && unit is null)
        {
            value.Error("ND0303", $"\"{text}\" is not a unit", text, "a product such as 1/day or cells/µL", $"named units: {string.Join(", ", Names)}");
        }

        return unit ?? One;
    }

    /// <inheritdoc/>
    public bool Equals(Unit? other) => other is not null && _powers.SequenceEqual(other._powers);

    /// <inheritdoc/>
    public override int GetHashCode() => _powers.Aggregate(17, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
