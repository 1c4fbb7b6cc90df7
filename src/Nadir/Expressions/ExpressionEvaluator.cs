using Nadir.Numerics;

namespace Nadir.Expressions;

/// <summary>
/// Evaluates a formula by walking its tree: the permanent reference of what a formula means. Arithmetic is IEEE double precision without
/// contraction; comparisons and logic give 1 or 0; a comparison with NaN is false (<c>!=</c> is true); a condition holds when it is not 0, so NaN holds.
/// </summary>
public static class ExpressionEvaluator
{
    /// <summary>The value of <paramref name="e"/>.</summary>
    /// <param name="e">The formula.</param>
    /// <param name="symbols">Gives each name's value; its exceptions pass through.</param>
    /// <param name="time">The model's time, in its time unit; 0 by default.</param>
    /// <exception cref="ArgumentException">The tree holds a node, operator or function that does not exist.</exception>
    public static double Evaluate(Expr e, Func<string, double> symbols, double time = 0) => e switch
    {
        NumberExpr n => n.Value,
        SymbolExpr s => symbols(s.Name),
        TimeExpr => time,
        UnaryExpr u => Unary(u.Operator, Evaluate(u.Operand, symbols, time)),
        BinaryExpr b => Binary(b.Operator, Evaluate(b.Left, symbols, time), Evaluate(b.Right, symbols, time)),
        CallExpr { Arguments: [Expr x] } c => Call(c.Function, Evaluate(x, symbols, time)),
        CallExpr { Arguments: [Expr x, Expr y] } c => Call(c.Function, Evaluate(x, symbols, time), Evaluate(y, symbols, time)),
        PiecewiseExpr p => Piecewise(p, symbols, time),
        _ => throw Unknown(e),
    };

    /// <summary>One operator applied to a value.</summary>
    internal static double Unary(UnaryOperator op, double x) => op switch
    {
        UnaryOperator.Negate => -x,
        UnaryOperator.Not => Truth(x == 0),
        _ => throw Unknown(op),
    };

    /// <summary>One operator applied to two values.</summary>
    internal static double Binary(BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.Power => Elementary.Pow(a, b),
        BinaryOperator.Remainder => a % b,
        BinaryOperator.Equal => Truth(a == b),
        BinaryOperator.NotEqual => Truth(a != b),
        BinaryOperator.Less => Truth(a < b),
        BinaryOperator.Greater => Truth(a > b),
        BinaryOperator.LessOrEqual => Truth(a <= b),
        BinaryOperator.GreaterOrEqual => Truth(a >= b),
        BinaryOperator.And => Truth(a != 0 && b != 0),
        BinaryOperator.Or => Truth(a != 0 || b != 0),
        BinaryOperator.Xor => Truth(a != 0 ^ b != 0),
        _ => throw Unknown(op),
    };

    static double Call(BuiltInFunction f, double x) => f switch
    {
        BuiltInFunction.Exp => Elementary.Exp(x),
        BuiltInFunction.Ln => Elementary.Log(x),
        BuiltInFunction.Log10 => Elementary.Log10(x),
        BuiltInFunction.Sqrt => Math.Sqrt(x),
        BuiltInFunction.Abs => Math.Abs(x),
        BuiltInFunction.Floor => Math.Floor(x),
        BuiltInFunction.Ceiling => Math.Ceiling(x),
        BuiltInFunction.Factorial => Elementary.Factorial(x),
        BuiltInFunction.Sin => Elementary.Sin(x),
        BuiltInFunction.Cos => Elementary.Cos(x),
        BuiltInFunction.Tan => Elementary.Tan(x),
        BuiltInFunction.Asin => Elementary.Asin(x),
        BuiltInFunction.Acos => Elementary.Acos(x),
        BuiltInFunction.Atan => Elementary.Atan(x),
        BuiltInFunction.Sinh => Elementary.Sinh(x),
        BuiltInFunction.Cosh => Elementary.Cosh(x),
        BuiltInFunction.Tanh => Elementary.Tanh(x),
        _ => throw Unknown($"{f} with one argument"),
    };

    static double Call(BuiltInFunction f, double x, double y) => f switch
    {
        BuiltInFunction.Min => Math.Min(x, y),
        BuiltInFunction.Max => Math.Max(x, y),
        BuiltInFunction.Quotient => Math.Truncate(x / y),
        _ => throw Unknown($"{f} with two arguments"),
    };

    static double Piecewise(PiecewiseExpr p, Func<string, double> symbols, double time)
    {
        foreach (PiecewiseBranch branch in p.Branches)
        {
            if (Evaluate(branch.Condition, symbols, time) != 0)
            {
                return Evaluate(branch.Value, symbols, time);
            }
        }

        return Evaluate(p.Otherwise, symbols, time);
    }

    static double Truth(bool b) => b ? 1 : 0;

    static ArgumentException Unknown(object what) =>
        new($"A formula holds {what}, which cannot be evaluated; expected the nodes, operators and functions of Nadir.Expressions with their number of arguments.");
}
