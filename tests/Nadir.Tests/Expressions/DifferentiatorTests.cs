using Nadir.Expressions;

namespace Nadir.Tests.Expressions;

public class DifferentiatorTests
{
    [Theory]
    [InlineData("a*b", "b")]
    [InlineData("b", "0")]
    [InlineData("a", "1")]
    [InlineData("a^2", "2*a")]
    [InlineData("a^3", "3*a^2")]
    [InlineData("b^a", "b^a*ln(b)")]
    [InlineData("exp(b*a)", "exp(b*a)*b")]
    [InlineData("a/b", "1/b")]
    [InlineData("-a", "-1")]
    [InlineData("abs(a)", "piecewise(-1, a < 0, 1)")]
    [InlineData("min(a, b)", "piecewise(1, a <= b, 0)")]
    [InlineData("piecewise(a*b, a > 1, a)", "piecewise(b, a > 1, 1)")]
    [InlineData("a > 1", "0")]
    [InlineData("floor(a)", "0")]
    [InlineData("factorial(a)", "nan")]
    [InlineData("asin(a)", "1/sqrt(1 - a^2)")]
    [InlineData("acos(a)", "-1/sqrt(1 - a^2)")]
    [InlineData("a % b", "1")]
    public void Derivatives_by_a(string text, string expected) =>
        ExpressionPrinter.Print(Differentiator.Derivative(Parsed.Formula(text), "a")).ShouldBe(expected);

    [Fact]
    public void Derivatives_of_random_formulas_agree_with_central_differences()
    {
        Random random = new(11);
        int compared = 0, singular = 0;
        for (int i = 0; i < 6000; i++)
        {
            Expr e = RandomFormula.Next(random, 4, smooth: true);
            double a = 0.2 + random.NextDouble(), b = 0.2 + random.NextDouble(), c = 0.2 + random.NextDouble();
            double F(double x) => ExpressionEvaluator.Evaluate(e, name => name == "a" ? x : name == "b" ? b : c);
            double Slope(double h) => (F(a + h) - F(a - h)) / (2 * h);
            double fine = Slope(1e-5), coarse = Slope(2e-5), fromRight = (F(a + 1e-5) - F(a)) / 1e-5;
            double scale = 1 + Math.Abs(fine) + Math.Abs(F(a));

            // Where two step widths or the sides disagree there is a kink or a steep place nearby: nothing to compare with.
            if (!(Math.Abs(fine - coarse) < 1e-7 * scale && Math.Abs(fine - fromRight) < 1e-3 * scale && scale < 1e4))
            {
                continue;
            }

            double exact = ExpressionEvaluator.Evaluate(Differentiator.Derivative(e, "a"), name => name == "a" ? a : name == "b" ? b : c);
            if (double.IsNaN(exact))
            {
                // sqrt, ln and their like at the edge of their domain, with an argument that happens not to vary.
                singular++;
                continue;
            }

            exact.ShouldBe(fine, 1e-5 * scale, $"{ExpressionPrinter.Print(e)} at a={a}, b={b}, c={c}");
            compared++;
        }

        compared.ShouldBeGreaterThan(3000);
        singular.ShouldBeLessThan(compared / 100);
    }
}
