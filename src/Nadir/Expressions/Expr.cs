namespace Nadir.Expressions;

/// <summary>A formula: an immutable tree. Booleans are numbers, true 1 and false 0.</summary>
public abstract record Expr
{
    /// <summary>The number 0.</summary>
    public static readonly Expr Zero = new NumberExpr(0);

    /// <summary>The number 1.</summary>
    public static readonly Expr One = new NumberExpr(1);

    /// <summary>Sum.</summary>
    public static Expr operator +(Expr a, Expr b) => new BinaryExpr(BinaryOperator.Add, a, b);

    /// <summary>Difference.</summary>
    public static Expr operator -(Expr a, Expr b) => new BinaryExpr(BinaryOperator.Subtract, a, b);

    /// <summary>Product.</summary>
    public static Expr operator *(Expr a, Expr b) => new BinaryExpr(BinaryOperator.Multiply, a, b);

    /// <summary>Quotient.</summary>
    public static Expr operator /(Expr a, Expr b) => new BinaryExpr(BinaryOperator.Divide, a, b);

    /// <summary>A literal number.</summary>
    public static implicit operator Expr(double value) => new NumberExpr(value);
}

/// <summary>A literal number; infinities and NaN are allowed.</summary>
public sealed record NumberExpr(double Value) : Expr;

/// <summary>A name: species, parameter, compartment, rule variable or reaction (its current rate).</summary>
public sealed record SymbolExpr(string Name) : Expr;

/// <summary>The model's time, in its time unit (days in the library).</summary>
public sealed record TimeExpr : Expr;

/// <summary>An operator with one operand.</summary>
public sealed record UnaryExpr(UnaryOperator Operator, Expr Operand) : Expr;

/// <summary>An operator with two operands.</summary>
public sealed record BinaryExpr(BinaryOperator Operator, Expr Left, Expr Right) : Expr;

/// <summary>A built-in function applied to its arguments; user functions are inlined by the reader.</summary>
public sealed record CallExpr(BuiltInFunction Function, IReadOnlyList<Expr> Arguments) : Expr
{
    /// <inheritdoc/>
    public bool Equals(CallExpr? other) =>
        other is not null && Function == other.Function && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Arguments.Aggregate(Function.GetHashCode(), (hash, a) => HashCode.Combine(hash, a));
}

/// <summary>The first value whose condition holds, else <paramref name="Otherwise"/> (NaN where the source has none).</summary>
public sealed record PiecewiseExpr(IReadOnlyList<PiecewiseBranch> Branches, Expr Otherwise) : Expr
{
    /// <inheritdoc/>
    public bool Equals(PiecewiseExpr? other) =>
        other is not null && Branches.SequenceEqual(other.Branches) && Otherwise == other.Otherwise;

    /// <inheritdoc/>
    public override int GetHashCode() =>
        Branches.Aggregate(Otherwise.GetHashCode(), (hash, b) => HashCode.Combine(hash, b));
}

/// <summary>One branch of a <see cref="PiecewiseExpr"/>.</summary>
public sealed record PiecewiseBranch(Expr Value, Expr Condition);

/// <summary>Operators with one operand.</summary>
public enum UnaryOperator
{
    /// <summary>-x.</summary>
    Negate,

    /// <summary>1 if x is 0, else 0.</summary>
    Not,
}

/// <summary>Operators with two operands. Comparisons and logic give 1 or 0; any non-zero operand counts as true.</summary>
public enum BinaryOperator
{
    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a to the power b.</summary>
    Power,

    /// <summary>Remainder with the dividend's sign.</summary>
    Remainder,

    /// <summary>a == b.</summary>
    Equal,

    /// <summary>a != b.</summary>
    NotEqual,

    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a &lt;= b.</summary>
    LessOrEqual,

    /// <summary>a &gt;= b.</summary>
    GreaterOrEqual,

    /// <summary>Both.</summary>
    And,

    /// <summary>Either.</summary>
    Or,

    /// <summary>Exactly one.</summary>
    Xor,
}

/// <summary>
/// Built-in functions that have no operator. Others of the language are rewritten by the parser: <c>sqr(x)</c> to <c>x^2</c>,
/// <c>log(b, x)</c> to <c>ln(x)/ln(b)</c>, <c>sec(x)</c> to <c>1/cos(x)</c>, and so on.
/// </summary>
public enum BuiltInFunction
{
    /// <summary>e^x.</summary>
    Exp,

    /// <summary>Natural logarithm.</summary>
    Ln,

    /// <summary>Decimal logarithm.</summary>
    Log10,

    /// <summary>Square root.</summary>
    Sqrt,

    /// <summary>Absolute value.</summary>
    Abs,

    /// <summary>Largest integer not above x.</summary>
    Floor,

    /// <summary>Smallest integer not below x.</summary>
    Ceiling,

    /// <summary>Smaller of two; NaN if either is.</summary>
    Min,

    /// <summary>Larger of two; NaN if either is.</summary>
    Max,

    /// <summary>x! for whole x of at least 0 (infinite past 170), else NaN.</summary>
    Factorial,

    /// <summary>a/b truncated toward zero.</summary>
    Quotient,

    /// <summary>Sine.</summary>
    Sin,

    /// <summary>Cosine.</summary>
    Cos,

    /// <summary>Tangent.</summary>
    Tan,

    /// <summary>Inverse sine.</summary>
    Asin,

    /// <summary>Inverse cosine.</summary>
    Acos,

    /// <summary>Inverse tangent.</summary>
    Atan,

    /// <summary>Hyperbolic sine.</summary>
    Sinh,

    /// <summary>Hyperbolic cosine.</summary>
    Cosh,

    /// <summary>Hyperbolic tangent.</summary>
    Tanh,
}
