using System.Globalization;
using System.Text;

namespace Nadir.Expressions;

/// <summary>Writes a formula as text that <see cref="ExpressionParser"/> reads back as the same tree.</summary>
public static class ExpressionPrinter
{
    const int LogicLevel = 1, ComparisonLevel = 2, SumLevel = 3, ProductLevel = 4, SignLevel = 5, PowerLevel = 6, AtomLevel = 7;

    /// <summary>The formula as text: only the parentheses it needs (and some between <c>&amp;&amp;</c> and <c>||</c>), shortest numbers that read back the same.</summary>
    /// <exception cref="ArgumentException">The tree holds a node or operator that does not exist.</exception>
    public static string Print(Expr e)
    {
        StringBuilder text = new();
        Write(text, e);
        return text.ToString();
    }

    static void Write(StringBuilder text, Expr e)
    {
        switch (e)
        {
            case NumberExpr n:
                _ = text.Append(Number(n.Value));
                break;
            case SymbolExpr s:
                _ = text.Append(s.Name);
                break;
            case TimeExpr:
                _ = text.Append(ReservedWords.Time);
                break;
            case UnaryExpr u:
                Write(text, u);
                break;
            case BinaryExpr { Operator: BinaryOperator.Xor } b:
                WriteCall(text, "xor", [b.Left, b.Right]);
                break;
            case BinaryExpr b:
                Write(text, b);
                break;
            case CallExpr c:
                WriteCall(text, NameOf(c.Function), c.Arguments);
                break;
            case PiecewiseExpr p:
                WriteCall(text, "piecewise", ExprTree.Children(p));
                break;
            default:
                throw new ArgumentException($"A formula holds {e.GetType().Name}, which has no written form.", nameof(e));
        }
    }

    static void Write(StringBuilder text, UnaryExpr u)
    {
        _ = text.Append(u.Operator == UnaryOperator.Not ? '!' : '-');

        // -2 without parentheses would read back as the number -2, --x is hard to read.
        bool bare = Level(u.Operand) >= PowerLevel && (u.Operator == UnaryOperator.Not || u.Operand is not NumberExpr);
        WritePart(text, u.Operand, bare);
    }

    static void Write(StringBuilder text, BinaryExpr b)
    {
        int level = Level(b);
        (bool left, bool right) = level switch
        {
            PowerLevel => (Level(b.Left) == AtomLevel, Level(b.Right) >= SignLevel),
            ComparisonLevel => (Level(b.Left) > level, Level(b.Right) > level),
            LogicLevel => (Level(b.Left) > level || (b.Left is BinaryExpr l && l.Operator == b.Operator), Level(b.Right) > level),
            _ => (Level(b.Left) >= level, Level(b.Right) > level),
        };
        WritePart(text, b.Left, left);
        _ = text.Append(level >= ProductLevel ? Mark(b.Operator) : $" {Mark(b.Operator)} ");
        WritePart(text, b.Right, right);
    }

    static void WritePart(StringBuilder text, Expr e, bool bare)
    {
        _ = text.Append(bare ? "" : "(");
        Write(text, e);
        _ = text.Append(bare ? "" : ")");
    }

    static void WriteCall(StringBuilder text, string name, IEnumerable<Expr> arguments)
    {
        _ = text.Append(name).Append('(');
        string separator = "";
        foreach (Expr argument in arguments)
        {
            _ = text.Append(separator);
            Write(text, argument);
            separator = ", ";
        }

        _ = text.Append(')');
    }

    static string Number(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf")
        : value.ToString("R", CultureInfo.InvariantCulture);

    static int Level(Expr e) => e switch
    {
        NumberExpr n => double.IsNegative(n.Value) && !double.IsNaN(n.Value) ? SignLevel : AtomLevel,
        UnaryExpr => SignLevel,
        BinaryExpr b => b.Operator switch
        {
            BinaryOperator.And or BinaryOperator.Or => LogicLevel,
            BinaryOperator.Add or BinaryOperator.Subtract => SumLevel,
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder => ProductLevel,
            BinaryOperator.Power => PowerLevel,
            BinaryOperator.Xor => AtomLevel,
            _ => ComparisonLevel,
        },
        _ => AtomLevel,
    };

    static string Mark(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Power => "^",
        BinaryOperator.Remainder => "%",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.Greater => ">",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.And => "&&",
        BinaryOperator.Or => "||",
        _ => throw new ArgumentException($"A formula holds the operator {op}, which has no written form.", nameof(op)),
    };

    static string NameOf(BuiltInFunction f) => f switch
    {
        BuiltInFunction.Exp => "exp",
        BuiltInFunction.Ln => "ln",
        BuiltInFunction.Log10 => "log10",
        BuiltInFunction.Sqrt => "sqrt",
        BuiltInFunction.Abs => "abs",
        BuiltInFunction.Floor => "floor",
        BuiltInFunction.Ceiling => "ceil",
        BuiltInFunction.Min => "min",
        BuiltInFunction.Max => "max",
        BuiltInFunction.Factorial => "factorial",
        BuiltInFunction.Quotient => "quotient",
        BuiltInFunction.Sin => "sin",
        BuiltInFunction.Cos => "cos",
        BuiltInFunction.Tan => "tan",
        BuiltInFunction.Asin => "asin",
        BuiltInFunction.Acos => "acos",
        BuiltInFunction.Atan => "atan",
        BuiltInFunction.Sinh => "sinh",
        BuiltInFunction.Cosh => "cosh",
        BuiltInFunction.Tanh => "tanh",
        _ => throw new ArgumentException($"A formula holds the function {f}, which has no written form.", nameof(f)),
    };
}
