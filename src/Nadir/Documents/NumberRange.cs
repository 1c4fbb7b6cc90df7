using System.Globalization;

namespace Nadir.Documents;

/// <summary>The numbers a document may hold in one place. Infinities and NaN are never allowed.</summary>
public readonly record struct NumberRange
{
    readonly double _least;
    readonly double _most;
    readonly bool _above;

    NumberRange(double least, double most, bool above)
    {
        _least = least;
        _most = most;
        _above = above;
    }

    /// <summary>Every finite number.</summary>
    public static NumberRange Any => new(double.NegativeInfinity, double.PositiveInfinity, above: false);

    /// <summary>Zero and above.</summary>
    public static NumberRange NotNegative => AtLeast(0);

    /// <summary>Above zero.</summary>
    public static NumberRange Positive => new(0, double.PositiveInfinity, above: true);

    /// <summary>From 0 to 1: a probability or a share.</summary>
    public static NumberRange Probability => Between(0, 1);

    /// <summary><paramref name="least"/> and above.</summary>
    public static NumberRange AtLeast(double least) => new(least, double.PositiveInfinity, above: false);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public static NumberRange Between(double least, double most) => new(least, most, above: false);

    /// <summary>Above <paramref name="least"/>, up to and including <paramref name="most"/>.</summary>
    public static NumberRange Above(double least, double most = double.PositiveInfinity) => new(least, most, above: true);

    /// <summary>True when <paramref name="value"/> is finite and allowed.</summary>
    public bool Contains(double value) =>
        double.IsFinite(value) && value <= _most && (_above ? value > _least : value >= _least);

    /// <summary>For messages: <c>a number from 0 to 1</c>.</summary>
    public override string ToString() => (double.IsInfinity(_least), double.IsInfinity(_most)) switch
    {
        (true, true) => "a number",
        (true, false) => $"a number up to {Text(_most)}",
        (false, true) => _above ? $"a number above {Text(_least)}" : $"a number of at least {Text(_least)}",
        _ => _above ? $"a number above {Text(_least)}, at most {Text(_most)}" : $"a number from {Text(_least)} to {Text(_most)}",
    };

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
