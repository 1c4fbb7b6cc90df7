namespace Nadir.Expressions;

/// <summary>
/// Simplifies a formula without changing any of its values, to the last bit: constants are folded with <see cref="ExpressionEvaluator"/>,
/// and only those neutral elements vanish that IEEE arithmetic allows (<c>x*1</c>, <c>x/1</c>, <c>x - 0</c>, <c>x^1</c>, <c>-(-x)</c>, decided
/// conditions). <c>0*x</c> stays since x may be infinite or NaN, <c>x + 0</c> stays since it turns -0 into 0, sums are not reordered.
/// The sign and payload of a NaN are not values in this sense.
/// </summary>
public static class ExpressionSimplifier
{
    /// <summary>The simplified formula.</summary>
    public static Expr Simplify(Expr e)
    {
        Expr simple = ExprTree.Map(e, Simplify);
        return IsConstant(simple) ? new NumberExpr(ExpressionEvaluator.Evaluate(simple, NoSymbols)) : simple switch
        {
            UnaryExpr u => Unary(u),
            BinaryExpr b => Binary(b),
            PiecewiseExpr p => Piecewise(p),
            _ => simple,
        };
    }

    static double NoSymbols(string name) => throw new InvalidOperationException($"{name} is not constant");

    // Parts are simplified already, so a constant part is a number. A piecewise decides by its conditions instead.
    static bool IsConstant(Expr e) => e is UnaryExpr or BinaryExpr or CallExpr && ExprTree.Children(e).All(static c => c is NumberExpr);

    static Expr Unary(UnaryExpr u) => u switch
    {
        { Operator: UnaryOperator.Negate, Operand: UnaryExpr { Operator: UnaryOperator.Negate } inner } => inner.Operand,
        { Operator: UnaryOperator.Not, Operand: UnaryExpr { Operator: UnaryOperator.Not } inner } when IsTruth(inner.Operand) => inner.Operand,
        _ => u,
    };

    static Expr Binary(BinaryExpr b) => b.Operator switch
    {
        BinaryOperator.Multiply when IsOne(b.Right) => b.Left,
        BinaryOperator.Multiply when IsOne(b.Left) => b.Right,
        BinaryOperator.Divide or BinaryOperator.Power when IsOne(b.Right) => b.Left,
        BinaryOperator.Subtract when b.Right is NumberExpr { Value: 0 } n && double.IsPositive(n.Value) => b.Left,
        BinaryOperator.Add when b.Right is NumberExpr { Value: 0 } n && double.IsNegative(n.Value) => b.Left,
        BinaryOperator.And or BinaryOperator.Or => Logic(b),
        _ => b,
    };

    static Expr Logic(BinaryExpr b)
    {
        if (b.Left is not NumberExpr && b.Right is not NumberExpr)
        {
            return b;
        }

        (double known, Expr other) = b.Left is NumberExpr n ? (n.Value, b.Right) : (((NumberExpr)b.Right).Value, b.Left);
        bool decides = known != 0 == (b.Operator == BinaryOperator.Or);
        return decides ? (b.Operator == BinaryOperator.Or ? Expr.One : Expr.Zero) : IsTruth(other) ? other : b;
    }

    static Expr Piecewise(PiecewiseExpr p)
    {
        List<PiecewiseBranch> open = [];
        Expr otherwise = p.Otherwise;
        foreach (PiecewiseBranch branch in p.Branches)
        {
            if (branch.Condition is not NumberExpr { Value: double known })
            {
                open.Add(branch);
            }
            else if (known != 0)
            {
                otherwise = branch.Value;
                break;
            }
        }

        return open.Count == 0 ? otherwise : new PiecewiseExpr(open, otherwise);
    }

    static bool IsOne(Expr e) => e is NumberExpr { Value: 1 };

    /// <summary>Whether the formula can only give 0 or 1.</summary>
    internal static bool IsTruth(Expr e) => e switch
    {
        NumberExpr n => n.Value is 0 or 1,
        UnaryExpr u => u.Operator == UnaryOperator.Not,
        BinaryExpr b => b.Operator is >= BinaryOperator.Equal and <= BinaryOperator.Xor,
        PiecewiseExpr p => IsTruth(p.Otherwise) && p.Branches.All(static branch => IsTruth(branch.Value)),
        _ => false,
    };
}
