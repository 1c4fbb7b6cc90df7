using static Nadir.Expressions.Formal;

namespace Nadir.Expressions;

/// <summary>
/// Splits a rate law into a population and the rate of one of its members: <c>k*S*(1 - T/K)</c> by S is <c>k*(1 - T/K)</c>. The population counts as
/// not negative, which lets <c>min</c>, <c>max</c> and <c>abs</c> be divided too. The result has no division by S, so it holds at S = 0.
/// </summary>
public static class LinearFactor
{
    /// <summary>The formula f with <c>law = symbol * f</c>, or null where the symbol is not a factor. It may still contain the symbol.</summary>
    /// <param name="law">The rate law.</param>
    /// <param name="symbol">The population's name.</param>
    public static Expr? Of(Expr law, string symbol) => law switch
    {
        NumberExpr n => n.Value is 0 or double.NaN ? n : null,
        SymbolExpr s => s.Name == symbol ? Expr.One : null,
        UnaryExpr { Operator: UnaryOperator.Negate } u => Of(u.Operand, symbol) is { } f ? Negate(f) : null,
        BinaryExpr b => Binary(b, symbol),
        CallExpr { Function: BuiltInFunction.Min or BuiltInFunction.Max, Arguments: [Expr x, Expr y] } c => Both(x, y, symbol, (f, g) => Call(c.Function, f, g)),
        CallExpr { Function: BuiltInFunction.Abs, Arguments: [Expr x] } => Of(x, symbol) is { } f ? Call(BuiltInFunction.Abs, f) : null,
        PiecewiseExpr p => Piecewise(p, symbol),
        _ => null,
    };

    static Expr? Binary(BinaryExpr b, string symbol) => b.Operator switch
    {
        BinaryOperator.Add => Both(b.Left, b.Right, symbol, Add),
        BinaryOperator.Subtract => Both(b.Left, b.Right, symbol, Subtract),
        BinaryOperator.Multiply => Product(b, symbol),
        BinaryOperator.Divide => Of(b.Left, symbol) is { } f ? Divide(f, b.Right) : null,
        BinaryOperator.Power => b.Right is NumberExpr { Value: >= 1 } n && Of(b.Left, symbol) is { } f ? Multiply(f, Power(b.Left, n.Value - 1)) : null,
        _ => null,
    };

    static Expr? Product(BinaryExpr b, string symbol) =>
        Of(b.Left, symbol) is { } left ? Multiply(left, b.Right)
        : Of(b.Right, symbol) is { } right ? Multiply(b.Left, right)
        : null;

    static Expr? Both(Expr x, Expr y, string symbol, Func<Expr, Expr, Expr> combine) =>
        Of(x, symbol) is { } f && Of(y, symbol) is { } g ? combine(f, g) : null;

    static PiecewiseExpr? Piecewise(PiecewiseExpr p, string symbol)
    {
        List<PiecewiseBranch> branches = [];
        foreach (PiecewiseBranch branch in p.Branches)
        {
            if (Of(branch.Value, symbol) is not { } f)
            {
                return null;
            }

            branches.Add(branch with { Value = f });
        }

        return Of(p.Otherwise, symbol) is { } otherwise ? new PiecewiseExpr(branches, otherwise) : null;
    }
}
