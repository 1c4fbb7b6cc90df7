using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Tests.Expressions;

public class ExpressionEvaluatorTests
{
    static double Value(string text) => ExpressionEvaluator.Evaluate(Parsed.Formula(text), Symbol, time: 7);

    static double Symbol(string name) => name switch
    {
        "a" => 2,
        "b" => 3,
        "c" => -5,
        "e" => 11,
        "t" => 13,
        "A.x" => 17,
        _ => throw new InvalidOperationException(name),
    };

    [Theory]
    [InlineData("2^3^2", 512)]
    [InlineData("(2^3)^2", 64)]
    [InlineData("-2^2", -4)]
    [InlineData("(-2)^2", 4)]
    [InlineData("2^-1", 0.5)]
    [InlineData("2^-2^2", 0.0625)]
    [InlineData("--2", 2)]
    [InlineData("+3", 3)]
    [InlineData("1/2", 0.5)]
    [InlineData("3/2/2", 0.75)]
    [InlineData("1 - 2 - 3", -4)]
    [InlineData("2*3%4", 2)]
    [InlineData("-7 % 4", -3)]
    [InlineData("7 % -4", 3)]
    [InlineData("rem(-7, 4)", -3)]
    [InlineData("quotient(-7, 4)", -1)]
    [InlineData("2 + 3*4", 14)]
    [InlineData("(2 + 3)*4", 20)]
    [InlineData("a*b + c", 1)]
    [InlineData("A.x + 1", 18)]
    [InlineData(".5 + 5. + 2e-3 + 2E3", 2005.502)]
    [InlineData("time", 7)]
    [InlineData("e + t", 24)]
    public void Arithmetic_follows_the_precedence_of_the_language(string text, double expected) => Value(text).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData("true || true && false", 0)]
    [InlineData("true || (true && false)", 1)]
    [InlineData("false && true || true", 1)]
    [InlineData("1 < 2 && 2 < 1", 0)]
    [InlineData("1 < 2 < 3", 1)]
    [InlineData("1 < 3 < 2", 0)]
    [InlineData("3 > 2 > 1", 1)]
    [InlineData("3 > 2 == 2", 1)]
    [InlineData("1 + 1 == 2", 1)]
    [InlineData("1 != 1", 0)]
    [InlineData("1 <= 1", 1)]
    [InlineData("2 >= 3", 0)]
    [InlineData("!0", 1)]
    [InlineData("!5", 0)]
    [InlineData("!a == 0", 1)]
    [InlineData("a > 1 and b < 1", 0)]
    [InlineData("(a > 1) or (b < 1)", 1)]
    [InlineData("not a > 1", 0)]
    [InlineData("and(1, 2, 3)", 1)]
    [InlineData("and(1, 0, 3)", 0)]
    [InlineData("and(4)", 1)]
    [InlineData("or(0, 0)", 0)]
    [InlineData("xor(1, 1, 1)", 1)]
    [InlineData("xor(2, 1)", 0)]
    [InlineData("not(0)", 1)]
    [InlineData("implies(1, 0)", 0)]
    [InlineData("implies(0, 0)", 1)]
    [InlineData("lt(1, 2, 3)", 1)]
    [InlineData("lt(1, 3, 2)", 0)]
    [InlineData("geq(2, 2)", 1)]
    [InlineData("gt(1, 2)", 0)]
    [InlineData("leq(1, 2)", 1)]
    [InlineData("eq(1, 1)", 1)]
    [InlineData("equals(1, 2)", 0)]
    [InlineData("neq(1, 2)", 1)]
    [InlineData("nan == nan", 0)]
    [InlineData("nan != nan", 1)]
    [InlineData("nan < 1", 0)]
    public void Logic_gives_one_or_zero(string text, double expected) => Value(text).ShouldBe(expected);

    [Theory]
    [InlineData("exp(1)", Math.E)]
    [InlineData("ln(exponentiale)", 1)]
    [InlineData("log(exponentiale)", 1)]
    [InlineData("log(2, 8)", 3)]
    [InlineData("log10(1000)", 3)]
    [InlineData("sqrt(16)", 4)]
    [InlineData("sqr(5)", 25)]
    [InlineData("root(3, 27)", 3)]
    [InlineData("root(2, 9)", 3)]
    [InlineData("pow(2, 10)", 1024)]
    [InlineData("power(2, 0.5)", 1.4142135623730951)]
    [InlineData("abs(-3)", 3)]
    [InlineData("floor(-1.5)", -2)]
    [InlineData("ceil(-1.5)", -1)]
    [InlineData("ceiling(1.2)", 2)]
    [InlineData("factorial(5)", 120)]
    [InlineData("min(3, 1, 2)", 1)]
    [InlineData("max(3, 1, 4, 2)", 4)]
    [InlineData("sin(pi/6)", 0.5)]
    [InlineData("cos(pi/3)", 0.5)]
    [InlineData("tan(pi/4)", 1)]
    [InlineData("sec(pi/3)", 2)]
    [InlineData("csc(pi/6)", 2)]
    [InlineData("cot(pi/4)", 1)]
    [InlineData("asin(0.5)", Math.PI / 6)]
    [InlineData("arcsin(0.5)", Math.PI / 6)]
    [InlineData("acos(0.5)", Math.PI / 3)]
    [InlineData("arctan(1)", Math.PI / 4)]
    [InlineData("asec(2)", Math.PI / 3)]
    [InlineData("arccsc(2)", Math.PI / 6)]
    [InlineData("acot(1)", Math.PI / 4)]
    [InlineData("sinh(1)", 1.1752011936438014)]
    [InlineData("cosh(1)", 1.5430806348152437)]
    [InlineData("tanh(1)", 0.7615941559557649)]
    [InlineData("sech(1)", 0.6480542736638855)]
    [InlineData("csch(1)", 0.8509181282393216)]
    [InlineData("coth(1)", 1.3130352854993313)]
    [InlineData("asinh(1)", 0.881373587019543)]
    [InlineData("asinh(-1)", -0.881373587019543)]
    [InlineData("asinh(-1e8)", -19.11382792451231)]
    [InlineData("arccosh(2)", 1.3169578969248166)]
    [InlineData("atanh(0.5)", 0.5493061443340549)]
    [InlineData("asech(0.5)", 1.3169578969248166)]
    [InlineData("acsch(1)", 0.881373587019543)]
    [InlineData("acoth(2)", 0.5493061443340549)]
    [InlineData("plus(1, 2, 3)", 6)]
    [InlineData("minus(1, 2)", -1)]
    [InlineData("minus(1)", -1)]
    [InlineData("times(2, 3, 4)", 24)]
    [InlineData("divide(1, 4)", 0.25)]
    [InlineData("avogadro", 6.02214179e23)]
    public void Functions_and_constants_have_their_values(string text, double expected) => Value(text).ShouldBe(expected, Math.Abs(expected) * 1e-14);

    [Theory]
    [InlineData("piecewise(1, a > 1, 2, b > 1, 3)", 1)]
    [InlineData("piecewise(1, a > 5, 2, b > 1, 3)", 2)]
    [InlineData("piecewise(1, a > 5, 2, b > 5, 3)", 3)]
    [InlineData("piecewise(1, a > 5)", double.NaN)]
    [InlineData("piecewise(4)", 4)]
    [InlineData("piecewise(1, nan, 2)", 1)]
    [InlineData("piecewise(1, nan > 0, 2)", 2)]
    [InlineData("factorial(2.5)", double.NaN)]
    [InlineData("factorial(-1)", double.NaN)]
    [InlineData("factorial(171)", double.PositiveInfinity)]
    [InlineData("min(nan, 1)", double.NaN)]
    [InlineData("max(1, nan)", double.NaN)]
    [InlineData("1/0", double.PositiveInfinity)]
    [InlineData("-1/0", double.NegativeInfinity)]
    [InlineData("0/0", double.NaN)]
    [InlineData("inf - infinity", double.NaN)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("notanumber", double.NaN)]
    [InlineData("TRUE + True + FALSE", 2)]
    public void Special_values_and_piecewise_are_exact(string text, double expected) => Value(text).ShouldBe(expected);

    [Fact]
    public void An_undefined_function_arity_in_a_tree_is_misuse()
    {
        Expr e = new CallExpr(BuiltInFunction.Min, [1]);
        Should.Throw<ArgumentException>(() => ExpressionEvaluator.Evaluate(e, Symbol)).Message.ShouldContain("Min");
    }
}

static class Parsed
{
    public static readonly SourceLocation Here = new("test", 1, 1);

    public static Expr Formula(string text) => ExpressionParser.Parse(text, Here).OrThrow();
}
