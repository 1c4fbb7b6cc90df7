using Nadir.Faults;

namespace Nadir.Expressions;

/// <content>Numbers, names, calls and parentheses.</content>
sealed partial class ExpressionGrammar
{
    const string Operand = "a number, a name, a function call or (";

    Expr? Atom()
    {
        Token token = cursor.Current;
        return !Afford(1) ? null : token.Kind switch
        {
            TokenKind.Number => Number(),
            TokenKind.Name => Word(),
            TokenKind.OpenParenthesis => Parenthesised(),
            TokenKind.OpenBrace => Refuse(token, "a pair in braces", "write the two numbers as parameters"),
            _ => Missing(),
        };
    }

    Expr? Missing()
    {
        string message = cursor.Is(TokenKind.Assign) ? "a single = cannot compare" : "the formula lacks an operand here";
        cursor.Unexpected("ND0104", message, Operand, cursor.Is(TokenKind.Assign) ? "write == to compare" : null);
        return null;
    }

    NumberExpr? Number()
    {
        Token token = cursor.Next();
        double value = cursor.NumberOf(token);
        if (double.IsInfinity(value))
        {
            cursor.Issues.Error("ND0102", cursor.At(token), "the number is too large for double precision", cursor.Show(token), "a number below 1.8E308, or inf");
            return null;
        }

        return Unit(token) ? new NumberExpr(value) : null;
    }

    bool Unit(Token number)
    {
        Token unit = cursor.Current;
        if (unit.Kind is not (TokenKind.Name or TokenKind.OpenParenthesis) || IsWordOperator(unit))
        {
            return true;
        }

        string text = cursor.TextOf(unit);
        if (unit.Kind == TokenKind.Name && ReservedWords.Keywords.Contains(text))
        {
            return true;
        }

        if (AllowsUnits && unit.Kind == TokenKind.Name && !ReservedWords.Contains(text))
        {
            UnitFound?.Invoke(cursor.Next());
            return true;
        }

        cursor.Issues.Error(
            "ND0114", cursor.At(unit), "a number and what follows it need an operator between them", $"{cursor.Show(number)} {cursor.Show(unit)}", "an operator",
            $"write {cursor.Show(number)}*{cursor.Show(unit)} for a product");
        return false;
    }

    bool IsWordOperator(Token token) => cursor.Is(token, "and") || cursor.Is(token, "or") || cursor.Is(token, "not");

    Expr? Word()
    {
        Token token = cursor.Next();
        string name = cursor.TextOf(token);
        if (cursor.Is(TokenKind.OpenParenthesis) && !ReservedWords.Keywords.Contains(name))
        {
            return Call(token, name);
        }

        if (name == ReservedWords.Time)
        {
            return new TimeExpr();
        }

        if (ReservedWords.Constants.TryGetValue(name, out double value))
        {
            return new NumberExpr(value);
        }

        if (ReservedWords.Contains(name))
        {
            cursor.Issues.Error("ND0112", cursor.At(token), $"{name} is {ReservedWords.KindOf(name)} and cannot stand here", name, Operand, FunctionTable.Contains(name) ? $"write {name}(…) to call it" : null);
            return null;
        }

        return Symbol(token);
    }

    SymbolExpr? Symbol(Token first)
    {
        if (cursor.Dotted(first) is not { } name)
        {
            return null;
        }

        _names.Add(new NameUse(name, cursor.At(first)));
        return new SymbolExpr(name);
    }

    Expr? Parenthesised()
    {
        Token open = cursor.Next();
        Expr? e = Logic();
        return e is not null && Close(open) ? e : null;
    }

    bool Close(Token open)
    {
        if (cursor.Take(TokenKind.CloseParenthesis))
        {
            return true;
        }

        bool assigns = cursor.Is(TokenKind.Assign);
        cursor.Unexpected(
            "ND0105", $"the parenthesis opened at line {open.Line}, column {open.Column} is not closed", "an operator or )",
            assigns ? "write == to compare" : cursor.Is(TokenKind.NewLine) ? "a formula may not cross a line; end the line with a backslash to join the next one" : null);
        return false;
    }

    Expr? Call(Token token, string name)
    {
        if (Arguments() is not { } arguments)
        {
            return null;
        }

        if (FunctionTable.Find(name) is { } entry)
        {
            return Built(token, name, entry, arguments);
        }

        if (ReservedWords.Draws.Contains(name))
        {
            return Refuse(token, $"the random draw {name}(…)", "describe the distribution in parameters.yaml");
        }

        if (name is "rateOf" or "delay")
        {
            return Refuse(token, $"the function {name}(…)", name == "delay" ? "use a chain of transit compartments" : "write the rate out");
        }

        return AllowsUserFunctions ? new UserCallExpr(name, arguments, token) : Unknown(token, name, FunctionTable.Names);
    }

    /// <summary>Reports a call of a function that nobody defines.</summary>
    Expr? Unknown(Token token, string name, IReadOnlyCollection<string> known)
    {
        cursor.Issues.Error("ND0106", cursor.At(token), $"there is no function {name}", name, "a built-in function", NearestName.Of(name, known) is { } near ? $"did you mean \"{near}\"?" : null);
        return null;
    }

    List<Expr>? Arguments()
    {
        Token open = cursor.Next();
        List<Expr> arguments = [];
        if (cursor.Take(TokenKind.CloseParenthesis))
        {
            return arguments;
        }

        do
        {
            if (Logic() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }
        while (cursor.Take(TokenKind.Comma));

        return Close(open) ? arguments : null;
    }

    Expr? Built(Token token, string name, FunctionEntry entry, List<Expr> arguments)
    {
        if (arguments.Count < entry.Least || arguments.Count > entry.Most)
        {
            cursor.Issues.Error("ND0107", cursor.At(token), $"{name} takes {entry.Arity}, not {arguments.Count}", $"{name} with {arguments.Count}", entry.Arity);
            return null;
        }

        const int copies = 3;
        return !entry.CopiesArguments || arguments.TrueForAll(a => Afford(copies * ExprTree.Measure(a, ExpressionLimits.Nodes).Nodes)) ? entry.Build(arguments) : null;
    }

    Expr? Refuse(Token token, string what, string hint)
    {
        cursor.Issues.Error("ND0110", cursor.At(token), $"{what} is not supported", cursor.Show(token), "a formula without it", hint);
        return null;
    }
}
