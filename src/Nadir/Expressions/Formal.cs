namespace Nadir.Expressions;

/// <summary>
/// Builds sums and products as algebra does, where 0 times anything is 0. That differs from IEEE arithmetic for infinite and NaN operands and for
/// the sign of zero, so it serves derived formulas (derivatives, factors), never formulas a user wrote.
/// </summary>
static class Formal
{
    public static Expr Add(Expr a, Expr b) => IsZero(a) ? b : IsZero(b) ? a : a + b;

    public static Expr Subtract(Expr a, Expr b) => IsZero(b) ? a : IsZero(a) ? Negate(b) : a - b;

    public static Expr Multiply(Expr a, Expr b) => IsZero(a) || IsZero(b) ? Expr.Zero : IsOne(a) ? b : IsOne(b) ? a : a * b;

    public static Expr Divide(Expr a, Expr b) => IsZero(a) ? Expr.Zero : IsOne(b) ? a : a / b;

    public static Expr Power(Expr x, Expr n) => IsZero(n) ? Expr.One : IsOne(n) ? x : new BinaryExpr(BinaryOperator.Power, x, n);

    public static Expr Negate(Expr x) => x switch
    {
        NumberExpr { Value: 0 } => Expr.Zero,
        NumberExpr n => new NumberExpr(-n.Value),
        UnaryExpr { Operator: UnaryOperator.Negate } u => u.Operand,
        _ => new UnaryExpr(UnaryOperator.Negate, x),
    };

    public static Expr Call(BuiltInFunction f, params Expr[] arguments) => new CallExpr(f, arguments);

    public static Expr Where(BinaryOperator comparison, Expr a, Expr b, Expr then, Expr otherwise) =>
        then == otherwise ? then : new PiecewiseExpr([new(then, new BinaryExpr(comparison, a, b))], otherwise);

    public static bool IsZero(Expr e) => e is NumberExpr { Value: 0 };

    public static bool IsOne(Expr e) => e is NumberExpr { Value: 1 };
}
