using static Nadir.Expressions.Formal;

namespace Nadir.Expressions;

/// <summary>
/// Symbolic derivatives. Other names count as independent of the symbol (replace rule variables and reaction names first, with
/// <see cref="Substitution"/>). Steps (comparisons, <c>floor</c>, <c>ceil</c>, <c>quotient</c>) have derivative 0, kinks (<c>abs</c>, <c>min</c>,
/// <c>max</c>, <c>piecewise</c>) that of the branch the value comes from, and <c>factorial</c>, defined on whole numbers only, NaN.
/// <c>u^v</c> with v depending on the symbol is differentiated through <c>ln(u)</c>: NaN where u is not positive.
/// </summary>
public static class Differentiator
{
    /// <summary>The derivative of <paramref name="e"/> by <paramref name="symbol"/>.</summary>
    public static Expr Derivative(Expr e, string symbol) => e switch
    {
        SymbolExpr s => s.Name == symbol ? Expr.One : Expr.Zero,
        _ when !FreeSymbols.Contains(e, symbol) => Expr.Zero,
        UnaryExpr u => u.Operator == UnaryOperator.Negate ? Negate(Derivative(u.Operand, symbol)) : Expr.Zero,
        BinaryExpr b => Binary(b, symbol),
        CallExpr { Arguments: [Expr x] } c => Multiply(Outer(c.Function, x), Derivative(x, symbol)),
        CallExpr { Arguments: [Expr x, Expr y] } c => Pair(c.Function, x, y, symbol),
        PiecewiseExpr p => Piecewise(p, symbol),
        _ => throw new ArgumentException($"A formula holds {e.GetType().Name}, which cannot be differentiated; expected the nodes of Nadir.Expressions.", nameof(e)),
    };

    static Expr Binary(BinaryExpr b, string symbol)
    {
        (Expr u, Expr v) = (b.Left, b.Right);
        (Expr du, Expr dv) = (Derivative(u, symbol), Derivative(v, symbol));
        return b.Operator switch
        {
            BinaryOperator.Add => Add(du, dv),
            BinaryOperator.Subtract => Subtract(du, dv),
            BinaryOperator.Multiply => Add(Multiply(du, v), Multiply(u, dv)),
            BinaryOperator.Divide => Subtract(Divide(du, v), Divide(Multiply(u, dv), Power(v, 2))),
            BinaryOperator.Power => Add(Multiply(Multiply(v, LowerPower(u, v)), du), Multiply(Multiply(b, Call(BuiltInFunction.Ln, u)), dv)),
            BinaryOperator.Remainder => Subtract(du, Multiply(Call(BuiltInFunction.Quotient, u, v), dv)),
            _ => Expr.Zero,
        };
    }

    static Expr LowerPower(Expr u, Expr v) => Power(u, v is NumberExpr n ? new NumberExpr(n.Value - 1) : v - 1);

    static Expr Outer(BuiltInFunction f, Expr x) => f switch
    {
        BuiltInFunction.Exp => Call(BuiltInFunction.Exp, x),
        BuiltInFunction.Ln => 1 / x,
        BuiltInFunction.Log10 => 1 / (x * Call(BuiltInFunction.Ln, 10)),
        BuiltInFunction.Sqrt => 1 / (2 * Call(BuiltInFunction.Sqrt, x)),
        BuiltInFunction.Abs => Where(BinaryOperator.Less, x, 0, -1, 1),
        BuiltInFunction.Floor or BuiltInFunction.Ceiling => Expr.Zero,
        BuiltInFunction.Factorial => double.NaN,
        BuiltInFunction.Sin => Call(BuiltInFunction.Cos, x),
        BuiltInFunction.Cos => Negate(Call(BuiltInFunction.Sin, x)),
        BuiltInFunction.Tan => 1 + Power(Call(BuiltInFunction.Tan, x), 2),
        BuiltInFunction.Asin => 1 / Call(BuiltInFunction.Sqrt, 1 - Power(x, 2)),
        BuiltInFunction.Acos => -1 / Call(BuiltInFunction.Sqrt, 1 - Power(x, 2)),
        BuiltInFunction.Atan => 1 / (1 + Power(x, 2)),
        BuiltInFunction.Sinh => Call(BuiltInFunction.Cosh, x),
        BuiltInFunction.Cosh => Call(BuiltInFunction.Sinh, x),
        BuiltInFunction.Tanh => 1 - Power(Call(BuiltInFunction.Tanh, x), 2),
        _ => throw new ArgumentException($"{f} does not take one argument.", nameof(f)),
    };

    static Expr Pair(BuiltInFunction f, Expr x, Expr y, string symbol)
    {
        (Expr dx, Expr dy) = (Derivative(x, symbol), Derivative(y, symbol));
        return f switch
        {
            BuiltInFunction.Min => Where(BinaryOperator.LessOrEqual, x, y, dx, dy),
            BuiltInFunction.Max => Where(BinaryOperator.GreaterOrEqual, x, y, dx, dy),
            BuiltInFunction.Quotient => Expr.Zero,
            _ => throw new ArgumentException($"{f} does not take two arguments.", nameof(f)),
        };
    }

    static Expr Piecewise(PiecewiseExpr p, string symbol)
    {
        PiecewiseBranch[] branches = [.. p.Branches.Select(b => b with { Value = Derivative(b.Value, symbol) })];
        Expr otherwise = p.Otherwise is NumberExpr { Value: double.NaN } ? p.Otherwise : Derivative(p.Otherwise, symbol);
        return branches.All(b => b.Value == otherwise) ? otherwise : new PiecewiseExpr(branches, otherwise);
    }
}
