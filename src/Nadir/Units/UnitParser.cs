using System.Globalization;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Units;

/// <summary>Reads one unit by recursive descent: product = power { ("*" | "·" | "/") power }, power = atom [ "^" integer ].</summary>
sealed class UnitParser(string text, SourceLocation at, IssueList issues)
{
    const int LargestPower = 9;

    int _next;

    char Current => _next < text.Length ? text[_next] : '\0';

    public UnitProduct Read()
    {
        UnitProduct product = Product();
        if (!issues.HasErrors && _next < text.Length)
        {
            Unreadable("the end, or *, · or /");
        }

        return product;
    }

    UnitProduct Product()
    {
        UnitProduct product = Power();
        while (!issues.HasErrors && Current is '*' or '·' or '/')
        {
            int sign = Current == '/' ? -1 : 1;
            _next++;
            product = product.Times(Power(), sign);
        }

        return product;
    }

    UnitProduct Power()
    {
        UnitProduct atom = Atom();
        if (Current != '^')
        {
            return atom;
        }

        _next++;
        string digits = Take(c => char.IsAsciiDigit(c) || c == '-');
        SkipSpaces();
        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power) && Math.Abs(power) <= LargestPower)
        {
            return UnitProduct.Number(1).Times(atom, power);
        }

        Unreadable($"a whole power from -{LargestPower} to {LargestPower}");
        return atom;
    }

    UnitProduct Atom()
    {
        SkipSpaces();
        UnitProduct atom = Current switch
        {
            '(' => Bracket(),
            >= '0' and <= '9' => Number(),
            _ => Name(),
        };
        SkipSpaces();
        return atom;
    }

    UnitProduct Bracket()
    {
        _next++;
        UnitProduct inner = Product();
        if (Current == ')')
        {
            _next++;
        }
        else
        {
            Unreadable("a closing bracket");
        }

        return inner;
    }

    UnitProduct Number()
    {
        int start = _next;
        Take(c => char.IsAsciiDigit(c) || c == '.');
        if (Current is 'e' or 'E' && _next + 1 < text.Length && (char.IsAsciiDigit(text[_next + 1]) || text[_next + 1] == '-'))
        {
            _next += 2;
            Take(char.IsAsciiDigit);
        }

        if (double.TryParse(text[start.._next], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value))
        {
            return UnitProduct.Number(value);
        }

        Unreadable("a number above 0");
        return UnitProduct.Number(1);
    }

    UnitProduct Name()
    {
        string name = Take(c => char.IsLetter(c) || c is '_' or '%');
        if (KnownUnits.Find(name) is { } unit)
        {
            return unit;
        }

        if (name.Length == 0)
        {
            Unreadable("the name of a unit");
        }
        else if (!issues.HasErrors)
        {
            issues.Error("ND0045", at, $"there is no unit {Excerpt.Of(name)}", Excerpt.Of(text), hint: NearestName.Hint(name, KnownUnits.Names));
        }

        return UnitProduct.Number(1);
    }

    string Take(Func<char, bool> belongs)
    {
        int start = _next;
        while (_next < text.Length && belongs(text[_next]))
        {
            _next++;
        }

        return text[start.._next];
    }

    void SkipSpaces() => Take(char.IsWhiteSpace);

    /// <summary>Only the first trouble is reported: what follows it is guesswork.</summary>
    void Unreadable(string expected)
    {
        if (!issues.HasErrors)
        {
            string rest = _next < text.Length ? Excerpt.Of(text[_next..]) : "the end";
            issues.Error("ND0046", at, $"the unit {Excerpt.Of(text)} cannot be read", rest, expected, "for example cells/day, 1/day, copies/µg or molecules/cell");
        }
    }
}
