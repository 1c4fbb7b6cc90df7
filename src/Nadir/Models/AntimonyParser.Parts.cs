using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <content>Names, formulas, ends of statements.</content>
sealed partial class AntimonyParser
{
    SourceLocation Here => _cursor.At(_cursor.Current);

    Formula? Formula()
    {
        Token first = _cursor.Current;
        List<Token> units = [];
        ExpressionGrammar grammar = new(_cursor) { AllowsUnits = true, AllowsUserFunctions = true, UnitFound = units.Add };
        if (grammar.Read() is not { } tree)
        {
            return null;
        }

        bool word = first.Kind == TokenKind.Name && tree is NumberExpr && ReservedWords.Booleans.Contains(_cursor.TextOf(first));
        return new Formula(tree, _cursor.At(first), grammar.Names)
        {
            Units = [.. units.Select(u => new NameUse(_cursor.TextOf(u), _cursor.At(u)))],
            Unit = tree is NumberExpr && units.Count == 1 ? _cursor.TextOf(units[0]) : null,
            IsTruth = word || (tree is not NumberExpr && ExpressionSimplifier.IsTruth(tree)),
        };
    }

    /// <summary>A plain name that is not reserved.</summary>
    Reference? Identifier(string what)
    {
        Token token = _cursor.Current;
        if (token.Kind != TokenKind.Name)
        {
            _cursor.Unexpected("ND0204", $"{what} is missing here", what);
            return null;
        }

        string name = _cursor.TextOf(token);
        if (ReservedWords.Contains(name))
        {
            _cursor.Unexpected("ND0205", $"{name} is {ReservedWords.KindOf(name)} and cannot be {what}", "another name", $"write for example {name}_1");
            return null;
        }

        return new Reference(name, _cursor.At(_cursor.Next()));
    }

    /// <summary>A name that may reach into submodels and may carry a <c>$</c>.</summary>
    Reference? Reference(string what)
    {
        bool isFixed = _cursor.Take(TokenKind.Dollar);
        return Identifier(what) is { } first && _cursor.Dotted(_cursor.Previous) is { } name ? first with { Name = name, Fixed = isFixed } : null;
    }

    bool Place(out Reference? place)
    {
        place = null;
        if (!_cursor.Take("in"))
        {
            return true;
        }

        place = Reference("a compartment's name");
        return place is not null;
    }

    bool Expect(TokenKind kind, string message, string expected, string? hint = null)
    {
        bool found = _cursor.Take(kind);
        if (!found)
        {
            _cursor.Unexpected("ND0206", message, expected, hint);
        }

        return found;
    }

    Statement? Unsupported(string construct, string? hint = null)
    {
        _issues.Error("ND0207", Here, $"{construct} is not supported", _cursor.Show(_cursor.Current), "a model without it", hint);
        return null;
    }

    /// <summary>The source up to the end of the statement, as it is written; empty where there is nothing.</summary>
    string RestOfStatement(bool stopsAtComma = false)
    {
        Token first = _cursor.Current;
        if (AtSeparator)
        {
            return "";
        }

        while (!AtSeparator && !(stopsAtComma && _cursor.Is(TokenKind.Comma)))
        {
            _ = _cursor.Next();
        }

        return _cursor.TextOf(first, _cursor.Previous);
    }

    void SkipSeparators()
    {
        while (_cursor.Is(TokenKind.NewLine) || _cursor.Is(TokenKind.Semicolon))
        {
            _ = _cursor.Next();
        }
    }

    void SkipLine()
    {
        while (!_cursor.Is(TokenKind.NewLine) && !_cursor.Is(TokenKind.End))
        {
            _ = _cursor.Next();
        }
    }

    void SkipToEnd()
    {
        while (!_cursor.Is("end") && !_cursor.Is("model") && !_cursor.Is("module") && !_cursor.Is("function") && !_cursor.Is(TokenKind.End))
        {
            _ = _cursor.Next();
        }

        _ = _cursor.Take("end");
    }

    // A broken reaction takes its law with it, a broken event the lines that continue it: their remains would only give more errors.
    void Recover()
    {
        while (!_cursor.Is(TokenKind.End) && !AtRecoveryPoint())
        {
            _ = _cursor.Next();
        }
    }

    bool AtRecoveryPoint() => _continues
        ? _cursor.Is(TokenKind.NewLine) && _cursor.Previous.Kind is not (TokenKind.Comma or TokenKind.Colon)
        : AtSeparator;
}
