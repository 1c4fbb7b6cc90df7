using Nadir.Faults;

namespace Nadir.Expressions;

/// <summary>A name in a formula and where it stands.</summary>
readonly record struct NameUse(string Name, SourceLocation At);

/// <summary>
/// Reads one formula from a cursor by recursive descent, tightest first: call, power (right), sign and not, product, sum, comparison, logic.
/// A null result means that the reason has been reported.
/// </summary>
sealed partial class ExpressionGrammar(TokenCursor cursor)
{
    readonly List<NameUse> _names = [];
    int _depth;
    int _nodes;

    /// <summary>Names used in the formula, in order.</summary>
    public IReadOnlyList<NameUse> Names => _names;

    /// <summary>Whether a name behind a number is its unit, as in <c>40 ml</c>. Otherwise it is an error.</summary>
    public bool AllowsUnits { get; init; }

    /// <summary>Whether unknown functions may be defined elsewhere.</summary>
    public bool AllowsUserFunctions { get; init; }

    /// <summary>Called with each unit behind a number.</summary>
    public Action<Token>? UnitFound { get; init; }

    /// <summary>Reads a formula; stops at the first token that cannot continue it.</summary>
    public Expr? Read()
    {
        Token start = cursor.Current;
        Expr? e = Logic();
        if (e is null)
        {
            return null;
        }

        (int nodes, int height) = ExprTree.Measure(e, ExpressionLimits.Nodes);
        if (nodes <= ExpressionLimits.Nodes && height <= ExpressionLimits.Height)
        {
            return e;
        }

        cursor.Issues.Error(
            "ND0109", cursor.At(start), "the formula is too large", nodes > ExpressionLimits.Nodes ? $"more than {ExpressionLimits.Nodes} parts" : $"{height} operators within each other",
            $"at most {ExpressionLimits.Height} operators within each other and {ExpressionLimits.Nodes} parts", "split it with assignment rules");
        return null;
    }

    Expr? Logic() => LeftChain(Comparison, LogicOperator);

    BinaryOperator? LogicOperator() =>
        cursor.Is(TokenKind.And) || cursor.Is("and") ? BinaryOperator.And
        : cursor.Is(TokenKind.Or) || cursor.Is("or") ? BinaryOperator.Or
        : null;

    Expr? Comparison()
    {
        Expr? left = Sum();
        Expr? all = null;
        while (left is not null && ComparisonOperator() is { } op)
        {
            _ = cursor.Next();
            Expr? right = Sum();
            if (right is null || (all is not null && !Afford(left)))
            {
                return null;
            }

            Expr link = new BinaryExpr(op, left, right);
            all = all is null ? link : new BinaryExpr(BinaryOperator.And, all, link);
            left = right;
        }

        return left is null ? null : all ?? left;
    }

    BinaryOperator? ComparisonOperator() => cursor.Current.Kind switch
    {
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        _ => null,
    };

    Expr? Sum() => LeftChain(Product, () => cursor.Current.Kind switch
    {
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        _ => null,
    });

    Expr? Product() => LeftChain(Signed, () => cursor.Current.Kind switch
    {
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.Percent => BinaryOperator.Remainder,
        _ => null,
    });

    Expr? LeftChain(Func<Expr?> operand, Func<BinaryOperator?> operatorHere)
    {
        Expr? left = operand();
        while (left is not null && operatorHere() is { } op)
        {
            _ = cursor.Next();
            Expr? right = operand();
            left = right is null || !Afford(1) ? null : new BinaryExpr(op, left, right);
        }

        return left;
    }

    Expr? Signed()
    {
        if (!Enter())
        {
            return null;
        }

        Expr? e = cursor.Current.Kind switch
        {
            TokenKind.Minus => Negation(),
            TokenKind.Plus => Prefix(static x => x),
            TokenKind.Not => Prefix(static x => new UnaryExpr(UnaryOperator.Not, x)),
            _ => cursor.Is("not") && cursor.Peek(1).Kind != TokenKind.OpenParenthesis ? Prefix(static x => new UnaryExpr(UnaryOperator.Not, x)) : Power(),
        };
        _depth--;
        return e;
    }

    // -2 is the number, so that what the printer writes for a negative number reads back as one; -2^2 stays -(2^2).
    Expr? Negation() => Prefix(x => x is NumberExpr n && cursor.Previous is { Kind: TokenKind.Number or TokenKind.Name } ? new NumberExpr(-n.Value) : new UnaryExpr(UnaryOperator.Negate, x));

    Expr? Prefix(Func<Expr, Expr> build)
    {
        _ = cursor.Next();
        Expr? operand = Signed();
        return operand is null || !Afford(1) ? null : build(operand);
    }

    Expr? Power()
    {
        Expr? x = Atom();
        if (x is null || !cursor.Take(TokenKind.Caret))
        {
            return x;
        }

        Expr? n = Signed();
        return n is null || !Afford(1) ? null : new BinaryExpr(BinaryOperator.Power, x, n);
    }

    bool Enter()
    {
        if (++_depth <= ExpressionLimits.Nesting)
        {
            return true;
        }

        cursor.Unexpected("ND0108", "the formula is nested too deeply", $"at most {ExpressionLimits.Nesting} parentheses, calls and signs within each other", "split it with assignment rules");
        return false;
    }

    bool Afford(Expr copied) => Afford(ExprTree.Measure(copied, ExpressionLimits.Nodes).Nodes);

    bool Afford(int nodes)
    {
        _nodes += nodes;
        if (_nodes <= ExpressionLimits.Nodes)
        {
            return true;
        }

        cursor.Unexpected("ND0109", "the formula is too large", $"at most {ExpressionLimits.Nodes} parts", "split it with assignment rules");
        return false;
    }
}
