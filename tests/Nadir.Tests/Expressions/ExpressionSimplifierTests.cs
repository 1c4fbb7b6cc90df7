using Nadir.Expressions;

namespace Nadir.Tests.Expressions;

public class ExpressionSimplifierTests
{
    [Theory]
    [InlineData("1 + 2*3", "7")]
    [InlineData("a*1", "a")]
    [InlineData("1*a", "a")]
    [InlineData("a/1", "a")]
    [InlineData("a^1", "a")]
    [InlineData("a - 0", "a")]
    [InlineData("-(-a)", "a")]
    [InlineData("piecewise(a, 1 < 2, b)", "a")]
    [InlineData("piecewise(a, 1 > 2, b)", "b")]
    [InlineData("piecewise(a, b > 1, c, true, 5)", "piecewise(a, b > 1, c)")]
    [InlineData("a > 1 && true", "a > 1")]
    [InlineData("a > 1 && false", "0")]
    [InlineData("a || 1", "1")]
    [InlineData("!!(a > b)", "a > b")]
    [InlineData("1/0", "inf")]
    [InlineData("exp(0)*a", "a")]
    public void Safe_simplifications_are_made(string text, string expected) =>
        ExpressionPrinter.Print(ExpressionSimplifier.Simplify(Parsed.Formula(text))).ShouldBe(expected);

    [Theory]
    [InlineData("0*a")]
    [InlineData("a + 0")]
    [InlineData("a - a")]
    [InlineData("a/a")]
    [InlineData("a && 1")]
    [InlineData("!!a")]
    [InlineData("a + 1 + 2")]
    public void What_would_change_a_value_stays(string text) =>
        ExpressionSimplifier.Simplify(Parsed.Formula(text)).ShouldBe(Parsed.Formula(text));

    [Fact]
    public void Values_of_random_formulas_stay_the_same_to_the_last_bit()
    {
        Random random = new(7);
        double[] values = [0, -0.0, 1, -1, 0.3, 1e200, double.NaN, double.PositiveInfinity, 5];
        for (int i = 0; i < 5000; i++)
        {
            Expr e = RandomFormula.Next(random, 5);
            Expr simple = ExpressionSimplifier.Simplify(e);
            double a = values[random.Next(values.Length)], b = values[random.Next(values.Length)], c = random.NextDouble();
            double Symbol(string name) => name == "a" ? a : name == "b" ? b : c;
            double before = ExpressionEvaluator.Evaluate(e, Symbol, 2), after = ExpressionEvaluator.Evaluate(simple, Symbol, 2);
            bool same = (double.IsNaN(before) && double.IsNaN(after)) || BitConverter.DoubleToInt64Bits(before) == BitConverter.DoubleToInt64Bits(after);
            same.ShouldBeTrue($"{ExpressionPrinter.Print(e)} is {before}, {ExpressionPrinter.Print(simple)} is {after} at a={a}, b={b}, c={c}");
        }
    }
}
