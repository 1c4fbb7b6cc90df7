using Nadir.Expressions;

namespace Nadir.Tests.Expressions;

public class LinearFactorTests
{
    [Theory]
    [InlineData("k*S*(1 - T/K)", "k*(1 - T/K)")]
    [InlineData("a*S + b*S", "a + b")]
    [InlineData("S/(K + x)*v", "1/(K + x)*v")]
    [InlineData("v*S/(K + x)", "v/(K + x)")]
    [InlineData("S", "1")]
    [InlineData("-S", "-1")]
    [InlineData("-k*S", "-k")]
    [InlineData("k*(S - S*T)", "k*(1 - T)")]
    [InlineData("k*S*S", "k*S")]
    [InlineData("k*S^2", "k*S")]
    [InlineData("k*S^3", "k*S^2")]
    [InlineData("P*S*(S - 1)/2", "P*(S - 1)/2")]
    [InlineData("k*S*T/(K + S)", "k*T/(K + S)")]
    [InlineData("k*S*(1 - (S + R)/K)", "k*(1 - (S + R)/K)")]
    [InlineData("piecewise(k*S, time > 3, 0)", "piecewise(k, time > 3, 0)")]
    [InlineData("min(k*S, m*S)", "min(k, m)")]
    [InlineData("max(0, k*S)", "max(0, k)")]
    [InlineData("abs(k*S)", "abs(k)")]
    [InlineData("0", "0")]
    public void A_factor_is_divided_out(string law, string expected) =>
        ExpressionPrinter.Print(LinearFactor.Of(Parsed.Formula(law), "S")!).ShouldBe(expected);

    [Theory]
    [InlineData("k")]
    [InlineData("k*T")]
    [InlineData("k*S + 1")]
    [InlineData("k/S")]
    [InlineData("sqrt(S)")]
    [InlineData("S^0.5")]
    [InlineData("S^n")]
    [InlineData("exp(S)")]
    [InlineData("min(k*S, 1)")]
    [InlineData("piecewise(k*S, S > 1, 1)")]
    [InlineData("k*(S - 1)")]
    public void No_factor_gives_null(string law) => LinearFactor.Of(Parsed.Formula(law), "S").ShouldBeNull();

    [Fact]
    public void The_factor_times_the_symbol_is_the_law()
    {
        Random random = new(3);
        int found = 0;
        for (int i = 0; i < 10_000; i++)
        {
            Expr law = RandomFormula.Next(random, 4, smooth: true);
            if (LinearFactor.Of(law, "a") is not { } factor)
            {
                continue;
            }

            found++;
            double a = 0.2 + random.NextDouble(), b = 0.2 + random.NextDouble(), c = 0.2 + random.NextDouble();
            double Symbol(string name) => name == "a" ? a : name == "b" ? b : c;
            double expected = ExpressionEvaluator.Evaluate(law, Symbol), actual = a * ExpressionEvaluator.Evaluate(factor, Symbol);
            if (double.IsFinite(expected) && Math.Abs(expected) < 1e6)
            {
                actual.ShouldBe(expected, 1e-9 * (1 + Math.Abs(expected)), ExpressionPrinter.Print(law));
            }
        }

        found.ShouldBeGreaterThan(500);
    }
}
