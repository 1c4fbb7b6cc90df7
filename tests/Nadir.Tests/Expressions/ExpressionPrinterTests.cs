using Nadir.Expressions;

namespace Nadir.Tests.Expressions;

public class ExpressionPrinterTests
{
    [Theory]
    [InlineData("a+b*c", "a + b*c")]
    [InlineData("(a + b)*c", "(a + b)*c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("a/(b/c)", "a/(b/c)")]
    [InlineData("a*(b/c)", "a*(b/c)")]
    [InlineData("(a*b)/c", "a*b/c")]
    [InlineData("2^3^2", "2^3^2")]
    [InlineData("(2^3)^2", "(2^3)^2")]
    [InlineData("-a^2", "-a^2")]
    [InlineData("(-a)^2", "(-a)^2")]
    [InlineData("(-2)^2", "(-2)^2")]
    [InlineData("-(2)", "-(2)")]
    [InlineData("a^-b", "a^-b")]
    [InlineData("!(a && b)", "!(a && b)")]
    [InlineData("a || b && c", "(a || b) && c")]
    [InlineData("a && (b && c)", "a && (b && c)")]
    [InlineData("(a < b) < c", "(a < b) < c")]
    [InlineData("xor(a, b)", "xor(a, b)")]
    [InlineData("sqr(a)", "a^2")]
    [InlineData("log(2, a)", "ln(a)/ln(2)")]
    [InlineData("piecewise(1, a)", "piecewise(1, a, nan)")]
    [InlineData("min(a, b, c)", "min(min(a, b), c)")]
    [InlineData("1E-300", "1E-300")]
    [InlineData("0.1", "0.1")]
    [InlineData("-inf", "-inf")]
    [InlineData("A.x", "A.x")]
    [InlineData("time", "time")]
    public void Formulas_are_printed_with_the_parentheses_they_need(string text, string expected)
    {
        ExpressionPrinter.Print(Parsed.Formula(text)).ShouldBe(expected);
        Parsed.Formula(expected).ShouldBe(Parsed.Formula(text));
    }

    [Fact]
    public void Random_formulas_read_back_as_they_were()
    {
        Random random = new(20261122);
        for (int i = 0; i < 3000; i++)
        {
            Expr e = RandomFormula.Next(random, 5);
            string text = ExpressionPrinter.Print(e);
            Parsed.Formula(text).ShouldBe(e, text);
        }
    }
}

static class RandomFormula
{
    static readonly double[] s_numbers = [0, 1, 2, 0.5, -1, -3.25, 1e-300, 1e300, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];

    public static readonly string[] Symbols = ["a", "b", "c"];

    public static Expr Next(Random random, int depth, bool smooth = false)
    {
        Expr Part() => Next(random, depth - 1, smooth);
        if (depth == 0 || random.Next(6) == 0)
        {
            return Leaf(random, smooth);
        }

        if (smooth)
        {
            return Smooth(random, Part);
        }

        return random.Next(8) switch
        {
            0 => new UnaryExpr((UnaryOperator)random.Next(2), Part()),
            1 => Call(random, Part),
            2 => new PiecewiseExpr([.. Enumerable.Range(0, random.Next(3)).Select(_ => new PiecewiseBranch(Part(), Part()))], Part()),
            _ => new BinaryExpr((BinaryOperator)random.Next(15), Part(), Part()),
        };
    }

    static Expr Leaf(Random random, bool smooth) => random.Next(3) switch
    {
        0 => smooth ? random.Next(1, 5) : s_numbers[random.Next(s_numbers.Length)],
        1 when !smooth && random.Next(4) == 0 => new TimeExpr(),
        _ => new SymbolExpr(Symbols[random.Next(Symbols.Length)]),
    };

    static CallExpr Call(Random random, Func<Expr> part)
    {
        BuiltInFunction f = (BuiltInFunction)random.Next(20);
        return new CallExpr(f, f is BuiltInFunction.Min or BuiltInFunction.Max or BuiltInFunction.Quotient ? [part(), part()] : [part()]);
    }

    static Expr Smooth(Random random, Func<Expr> part)
    {
        BuiltInFunction[] functions =
        [
            BuiltInFunction.Exp, BuiltInFunction.Sin, BuiltInFunction.Cos, BuiltInFunction.Atan, BuiltInFunction.Tanh, BuiltInFunction.Abs, BuiltInFunction.Tan,
            BuiltInFunction.Sqrt, BuiltInFunction.Ln, BuiltInFunction.Log10, BuiltInFunction.Sinh, BuiltInFunction.Cosh,
        ];
        return random.Next(9) switch
        {
            0 => new UnaryExpr(UnaryOperator.Negate, part()),
            1 or 2 => new CallExpr(functions[random.Next(functions.Length)], [part()]),
            3 => new CallExpr(random.Next(2) == 0 ? BuiltInFunction.Min : BuiltInFunction.Max, [part(), part()]),
            4 => new PiecewiseExpr([new PiecewiseBranch(part(), new BinaryExpr(BinaryOperator.Less, part(), part()))], part()),
            5 => new BinaryExpr(BinaryOperator.Power, new CallExpr(BuiltInFunction.Cosh, [part()]), part()),
            _ => new BinaryExpr((BinaryOperator)random.Next(4), part(), part()),
        };
    }
}
