using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Units;

/// <summary>
/// A unit such as <c>cells/day</c> or <c>copies/µg/(cell/µL)</c>: powers and products of the units this field uses.
/// Two units are compatible when their dimensions agree; cells, molecules and copies are dimensions of their own.
/// </summary>
/// <param name="Factor">How many normal units one of it is: <c>week</c> is 7 (days), <c>%</c> is 0.01.</param>
/// <param name="Normalised">The same dimension in normal units and one way of writing: <c>cells/day</c>, <c>1/(cell·day)</c>; <c>1</c> without dimension.</param>
/// <param name="Text">The unit as it was written.</param>
public sealed record UnitExpression(double Factor, string Normalised, string Text)
{
    /// <summary>The unit of a pure number.</summary>
    public static readonly UnitExpression One = new(1, "1", "1");

    /// <summary>The longest unit that is read, in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>
    /// Reads a unit: names joined by <c>*</c>, <c>·</c> and <c>/</c>, whole powers (<c>day^-1</c>), brackets and plain numbers.
    /// A slash divides by the next factor only. Issues: an unknown name (ND0045), something unreadable (ND0046).
    /// </summary>
    /// <param name="text">The unit, such as <c>1/day</c>.</param>
    /// <param name="at">Where it stands.</param>
    public static Checked<UnitExpression> Parse(string text, SourceLocation at)
    {
        IssueList issues = new();
        UnitExpression? unit = null;
        if (text.Length > MaxLength)
        {
            issues.Error("ND0046", at, "the unit is too long", Excerpt.Of(text), FormattableString.Invariant($"at most {MaxLength} characters"));
        }
        else
        {
            UnitProduct product = new UnitParser(text, at, issues).Read();
            unit = new UnitExpression(product.Factor, product.Normalised, text);
        }

        return Checked<UnitExpression>.From(unit, issues);
    }

    /// <summary>Reads a value of a document as a unit; null after an issue.</summary>
    /// <param name="value">The value.</param>
    public static UnitExpression? Read(ValueReader value)
    {
        string text = value.Text();
        if (text.Length == 0)
        {
            return null;
        }

        Checked<UnitExpression> unit = Parse(text, value.At);
        value.Issues.AddRange(unit.Issues);
        return unit.Value;
    }

    /// <summary>True when a value in one unit can be written in the other, as days in weeks.</summary>
    public bool IsCompatibleWith(UnitExpression other) => Normalised == other.Normalised;
}
