using Nadir.Expressions;

namespace Nadir.Tests.Expressions;

public class SubstitutionTests
{
    [Fact]
    public void Names_are_replaced_all_at_once()
    {
        Dictionary<string, Expr> table = new() { ["a"] = Parsed.Formula("b"), ["b"] = Parsed.Formula("a + 1") };
        ExpressionPrinter.Print(Substitution.Apply(Parsed.Formula("a*b + sin(a) + piecewise(a, b > c)"), table))
            .ShouldBe("b*(a + 1) + sin(b) + piecewise(b, a + 1 > c, nan)");
    }

    [Fact]
    public void Free_symbols_come_once_in_order_of_use() =>
        FreeSymbols.Of(Parsed.Formula("b*a + piecewise(c, b > time, sin(d))")).ShouldBe(["b", "a", "c", "d"]);
}
