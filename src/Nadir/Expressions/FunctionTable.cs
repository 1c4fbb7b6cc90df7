using System.Collections.Frozen;

namespace Nadir.Expressions;

/// <summary>A function of the language: how many arguments it takes and what it becomes in the tree.</summary>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Build">The tree for given arguments.</param>
sealed record FunctionEntry(int Least, int Most, Func<IReadOnlyList<Expr>, Expr> Build)
{
    /// <summary>The rewriting uses an argument twice, so nested calls grow fast.</summary>
    public bool CopiesArguments { get; init; }

    /// <summary>How a message names the number of arguments.</summary>
    public string Arity =>
        Most == int.MaxValue ? $"{Count(Least)} or more"
        : Least == Most ? Count(Least)
        : $"{Least} or {Count(Most)}";

    static string Count(int n) => n == 1 ? "1 argument" : $"{n} arguments";
}

/// <summary>
/// The functions of the language. Those without a <see cref="BuiltInFunction"/> of their own are rewritten: <c>sqr(x)</c> is <c>x^2</c>,
/// <c>acot(x)</c> is <c>atan(1/x)</c>, <c>asinh(x)</c> is <c>ln(|x| + sqrt(x^2 + 1))</c> with the sign of x.
/// </summary>
static class FunctionTable
{
    const int Any = int.MaxValue;

    static readonly FrozenDictionary<string, FunctionEntry> s_functions = Entries().ToFrozenDictionary(e => e.Name, e => e.Entry);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => s_functions.Keys;

    /// <summary>Whether <paramref name="name"/> is a function of the language.</summary>
    public static bool Contains(string name) => s_functions.ContainsKey(name);

    /// <summary>The function of that name, or null.</summary>
    public static FunctionEntry? Find(string name) => s_functions.GetValueOrDefault(name);

    static IEnumerable<(string Name, FunctionEntry Entry)> Entries() =>
        [.. Plain(), .. Powers(), .. Arithmetic(), .. Logic(), .. Reciprocals(), .. Inverses()];

    static IEnumerable<(string Name, FunctionEntry Entry)> Plain()
    {
        (string Name, BuiltInFunction Function)[] one =
        [
            ("exp", BuiltInFunction.Exp), ("ln", BuiltInFunction.Ln), ("log10", BuiltInFunction.Log10), ("sqrt", BuiltInFunction.Sqrt),
            ("abs", BuiltInFunction.Abs), ("floor", BuiltInFunction.Floor), ("ceil", BuiltInFunction.Ceiling), ("ceiling", BuiltInFunction.Ceiling),
            ("factorial", BuiltInFunction.Factorial), ("sin", BuiltInFunction.Sin), ("cos", BuiltInFunction.Cos), ("tan", BuiltInFunction.Tan),
            ("asin", BuiltInFunction.Asin), ("arcsin", BuiltInFunction.Asin), ("acos", BuiltInFunction.Acos), ("arccos", BuiltInFunction.Acos),
            ("atan", BuiltInFunction.Atan), ("arctan", BuiltInFunction.Atan), ("sinh", BuiltInFunction.Sinh), ("cosh", BuiltInFunction.Cosh),
            ("tanh", BuiltInFunction.Tanh),
        ];
        foreach ((string name, BuiltInFunction function) in one)
        {
            yield return (name, One(x => Call(function, x)));
        }

        yield return ("quotient", Two((a, b) => Call(BuiltInFunction.Quotient, a, b)));
        yield return ("min", new(1, Any, a => a.Aggregate((x, y) => Call(BuiltInFunction.Min, x, y))));
        yield return ("max", new(1, Any, a => a.Aggregate((x, y) => Call(BuiltInFunction.Max, x, y))));
        yield return ("piecewise", new(1, Any, Piecewise));
    }

    static IEnumerable<(string Name, FunctionEntry Entry)> Powers()
    {
        yield return ("sqr", One(x => Power(x, 2)));
        yield return ("pow", Two(Power));
        yield return ("power", Two(Power));
        yield return ("root", Two((n, x) => n == 2 ? Call(BuiltInFunction.Sqrt, x) : Power(x, 1 / n)));
        yield return ("log", new(1, 2, a => a.Count == 1 ? Call(BuiltInFunction.Ln, a[0]) : Call(BuiltInFunction.Ln, a[1]) / Call(BuiltInFunction.Ln, a[0])));
    }

    static IEnumerable<(string Name, FunctionEntry Entry)> Arithmetic()
    {
        yield return ("plus", new(1, Any, a => a.Aggregate((x, y) => x + y)));
        yield return ("times", new(1, Any, a => a.Aggregate((x, y) => x * y)));
        yield return ("minus", new(1, 2, a => a.Count == 1 ? new UnaryExpr(UnaryOperator.Negate, a[0]) : a[0] - a[1]));
        yield return ("divide", Two((a, b) => a / b));
        yield return ("rem", Two((a, b) => new BinaryExpr(BinaryOperator.Remainder, a, b)));
    }

    static IEnumerable<(string Name, FunctionEntry Entry)> Logic()
    {
        yield return ("and", Fold(BinaryOperator.And));
        yield return ("or", Fold(BinaryOperator.Or));
        yield return ("xor", Fold(BinaryOperator.Xor));
        yield return ("not", One(Not));
        yield return ("implies", Two((a, b) => new BinaryExpr(BinaryOperator.Or, Not(a), b)));
        yield return ("neq", Two((a, b) => new BinaryExpr(BinaryOperator.NotEqual, a, b)));
        (string, BinaryOperator)[] chains =
        [
            ("eq", BinaryOperator.Equal), ("equals", BinaryOperator.Equal), ("gt", BinaryOperator.Greater), ("lt", BinaryOperator.Less),
            ("geq", BinaryOperator.GreaterOrEqual), ("leq", BinaryOperator.LessOrEqual),
        ];
        foreach ((string name, BinaryOperator op) in chains)
        {
            yield return (name, new(2, Any, a => Chain(op, a)) { CopiesArguments = true });
        }
    }

    static IEnumerable<(string Name, FunctionEntry Entry)> Reciprocals()
    {
        (string, BuiltInFunction)[] all =
        [
            ("sec", BuiltInFunction.Cos), ("csc", BuiltInFunction.Sin), ("cot", BuiltInFunction.Tan),
            ("sech", BuiltInFunction.Cosh), ("csch", BuiltInFunction.Sinh), ("coth", BuiltInFunction.Tanh),
        ];
        return all.Select(f => (f.Item1, One(x => 1 / Call(f.Item2, x))));
    }

    static IEnumerable<(string Name, FunctionEntry Entry)> Inverses()
    {
        (string, Func<Expr, Expr>)[] all =
        [
            ("sec", x => Call(BuiltInFunction.Acos, 1 / x)), ("csc", x => Call(BuiltInFunction.Asin, 1 / x)), ("cot", x => Call(BuiltInFunction.Atan, 1 / x)),
            ("sinh", AreaSine), ("cosh", AreaCosine), ("tanh", AreaTangent),
            ("sech", x => AreaCosine(1 / x)), ("csch", x => AreaSine(1 / x)), ("coth", x => AreaTangent(1 / x)),
        ];
        foreach ((string name, Func<Expr, Expr> build) in all)
        {
            FunctionEntry entry = One(build) with { CopiesArguments = true };
            yield return ($"a{name}", entry);
            yield return ($"arc{name}", entry);
        }
    }

    static PiecewiseExpr AreaSine(Expr x)
    {
        Expr positive = Call(BuiltInFunction.Ln, Call(BuiltInFunction.Abs, x) + Call(BuiltInFunction.Sqrt, Power(x, 2) + 1));
        return new PiecewiseExpr([new(new UnaryExpr(UnaryOperator.Negate, positive), new BinaryExpr(BinaryOperator.Less, x, 0))], positive);
    }

    static CallExpr AreaCosine(Expr x) => Call(BuiltInFunction.Ln, x + (Call(BuiltInFunction.Sqrt, x - 1) * Call(BuiltInFunction.Sqrt, x + 1)));

    static Expr AreaTangent(Expr x) => 0.5 * Call(BuiltInFunction.Ln, (1 + x) / (1 - x));

    static PiecewiseExpr Piecewise(IReadOnlyList<Expr> a)
    {
        PiecewiseBranch[] branches = [.. Enumerable.Range(0, a.Count / 2).Select(i => new PiecewiseBranch(a[2 * i], a[(2 * i) + 1]))];
        return new PiecewiseExpr(branches, a.Count % 2 == 1 ? a[^1] : double.NaN);
    }

    static Expr Chain(BinaryOperator op, IReadOnlyList<Expr> a) =>
        Enumerable.Range(0, a.Count - 1)
            .Select(Expr (i) => new BinaryExpr(op, a[i], a[i + 1]))
            .Aggregate((x, y) => new BinaryExpr(BinaryOperator.And, x, y));

    static FunctionEntry One(Func<Expr, Expr> build) => new(1, 1, a => build(a[0]));

    static FunctionEntry Two(Func<Expr, Expr, Expr> build) => new(2, 2, a => build(a[0], a[1]));

    // and(x) with one argument still has to give 1 or 0.
    static FunctionEntry Fold(BinaryOperator op) => new(1, Any, a => a.Count == 1
        ? new BinaryExpr(BinaryOperator.NotEqual, a[0], 0)
        : a.Aggregate((x, y) => new BinaryExpr(op, x, y)));

    static Expr Not(Expr x) => new UnaryExpr(UnaryOperator.Not, x);

    static Expr Power(Expr x, Expr n) => new BinaryExpr(BinaryOperator.Power, x, n);

    static CallExpr Call(BuiltInFunction f, params Expr[] arguments) => new CallExpr(f, arguments);
}
