using System.Globalization;

namespace Nadir.Units;

/// <summary>Recursive descent over <c>factor {(*|/) factor}</c>, <c>factor = (1 | name | parentheses) [^ whole]</c>.</summary>
sealed class UnitParser(string text)
{
    const int MaxDepth = 16;

    static readonly string[] _names = ["cell", "molecule", "copy", "day", "month", "year", "hour", "µL", "mL", "L", "µg", "mg", "g", "kg"];

    // After the names: initialised in this order.
    static readonly Dictionary<string, string> _aliases = Aliases();

    int _next;
    int _depth;

    public static IReadOnlyList<string> Names => _names;

    public Unit? Parse()
    {
        SortedDictionary<string, int> powers = new(StringComparer.Ordinal);
        bool isRead = Product(powers, 1);
        foreach (string name in powers.Where(p => p.Value == 0).Select(p => p.Key).ToArray())
        {
            powers.Remove(name);
        }

        return isRead && Peek() == '\0' && _next >= text.Length ? new Unit(text.Trim(), powers) : null;
    }

    static Dictionary<string, string> Aliases()
    {
        Dictionary<string, string> aliases = new(StringComparer.Ordinal);
        foreach (string name in _names)
        {
            aliases[name] = name;
            aliases[name.Replace('µ', 'u')] = name;
            aliases[name.Replace('µ', 'μ')] = name;
        }

        foreach (string name in (string[])["cell", "molecule", "day", "month", "year", "hour"])
        {
            aliases[name + "s"] = name;
        }

        aliases["copies"] = "copy";
        return aliases;
    }

    bool Product(SortedDictionary<string, int> powers, int sign)
    {
        if (!Factor(powers, sign))
        {
            return false;
        }

        while (Peek() is '*' or '/')
        {
            int next = text[_next++] == '*' ? sign : -sign;
            if (!Factor(powers, next))
            {
                return false;
            }
        }

        return true;
    }

    bool Factor(SortedDictionary<string, int> powers, int sign)
    {
        SortedDictionary<string, int> inside = new(StringComparer.Ordinal);
        if (!Atom(inside) || Power() is not { } power)
        {
            return false;
        }

        foreach ((string name, int p) in inside)
        {
            powers[name] = powers.GetValueOrDefault(name) + sign * power * p;
        }

        return true;
    }

    bool Atom(SortedDictionary<string, int> inside)
    {
        switch (Peek())
        {
            case '(':
                return Group(inside);
            case '1':
                _next++;
                return true;
            default:
                return Name() is { } name && inside.TryAdd(name, 1);
        }
    }

    bool Group(SortedDictionary<string, int> inside)
    {
        _next++;
        bool isRead = ++_depth <= MaxDepth && Product(inside, 1) && Peek() == ')';
        _next++;
        _depth--;
        return isRead;
    }

    string? Name()
    {
        int start = _next;
        while (_next < text.Length && char.IsLetter(text[_next]))
        {
            _next++;
        }

        return _aliases.GetValueOrDefault(text[start.._next]);
    }

    int? Power()
    {
        if (Peek() != '^')
        {
            return 1;
        }

        int start = ++_next;
        while (_next < text.Length && (char.IsAsciiDigit(text[_next]) || (_next == start && text[_next] == '-')))
        {
            _next++;
        }

        bool isWhole = int.TryParse(text.AsSpan(start, _next - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power);
        return isWhole && power is >= -9 and <= 9 ? power : null;
    }

    char Peek()
    {
        while (_next < text.Length && text[_next] == ' ')
        {
            _next++;
        }

        return _next < text.Length ? text[_next] : '\0';
    }
}
