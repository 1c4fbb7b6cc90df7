using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Tests.Expressions;

public class ExpressionParserTests
{
    [Theory]
    [InlineData("a + ", "ND0104", 5, "the end of the text")]
    [InlineData("", "ND0104", 1, "the end of the text")]
    [InlineData("*a", "ND0104", 1, "*")]
    [InlineData("(a + b", "ND0105", 7, "the end of the text")]
    [InlineData("a + b)", "ND0113", 6, ")")]
    [InlineData("a b", "ND0113", 3, "b")]
    [InlineData("2 a", "ND0114", 3, "2 a")]
    [InlineData("2a", "ND0114", 2, "2 a")]
    [InlineData("2(a)", "ND0114", 2, "2 (")]
    [InlineData("a = b", "ND0113", 3, "=")]
    [InlineData("(a = b)", "ND0105", 4, "=")]
    [InlineData("a & b", "ND0101", 3, "&")]
    [InlineData("a + é", "ND0101", 5, "é")]
    [InlineData("a + \u001b[31m", "ND0101", 5, "\\u001B")]
    [InlineData("1e999", "ND0102", 1, "1e999")]
    [InlineData("sqrtt(a)", "ND0106", 1, "sqrtt")]
    [InlineData("1 + min()", "ND0107", 5, "min with 0")]
    [InlineData("sin(a, b)", "ND0107", 1, "sin with 2")]
    [InlineData("species + 1", "ND0112", 1, "species")]
    [InlineData("a + sin", "ND0112", 5, "sin")]
    [InlineData("normal(1, 2)", "ND0110", 1, "normal")]
    [InlineData("delay(a, 2)", "ND0110", 1, "delay")]
    [InlineData("rateOf(a)", "ND0110", 1, "rateOf")]
    [InlineData("{1, 2}", "ND0110", 1, "{")]
    [InlineData("a.", "ND0104", 3, "the end of the text")]
    [InlineData("a /* b", "ND0103", 3, null)]
    [InlineData("a; b", "ND0113", 2, ";")]
    [InlineData("a\n+ b", "ND0113", 2, "the end of the line")]
    [InlineData("a || || b", "ND0104", 6, "||")]
    [InlineData("sin(a,)", "ND0104", 7, ")")]
    public void A_bad_formula_is_reported_with_code_column_and_finding(string text, string code, int column, string? found)
    {
        Checked<Expr> result = ExpressionParser.Parse(text, Parsed.Here);
        result.Value.ShouldBeNull();
        Issue issue = result.Issues[0];
        (issue.Code, issue.Location.Line, issue.Location.Column, issue.Found).ShouldBe((code, 1, column, found));
    }

    [Fact]
    public void Locations_count_from_the_place_the_formula_stands_at()
    {
        Issue issue = ExpressionParser.Parse("a + + ", new SourceLocation("m.yaml", 12, 30)).Issues[0];
        issue.Location.ShouldBe(new SourceLocation("m.yaml", 12, 36));
    }

    [Theory]
    [InlineData("sqrtt(a)", "sqrt")]
    [InlineData("piecwise(1, a)", "piecewise")]
    public void An_unknown_function_names_the_nearest_one(string text, string nearest) =>
        ExpressionParser.Parse(text, Parsed.Here).Issues[0].Hint.ShouldBe($"did you mean \"{nearest}\"?");

    [Theory]
    [InlineData("(")]
    [InlineData("-")]
    [InlineData("!")]
    [InlineData("sin(")]
    [InlineData("2^")]
    [InlineData("2^-(")]
    [InlineData("piecewise(1, ")]
    public void Deep_nesting_is_refused_without_a_crash(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 300_000 / opening.Length));
        ExpressionParser.Parse(text, Parsed.Here).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0108");
    }

    [Fact]
    public void A_sum_of_a_thousand_terms_is_read_and_one_of_ten_thousand_refused()
    {
        string sum = string.Join("+", Enumerable.Repeat("a", 1000));
        ExpressionEvaluator.Evaluate(Parsed.Formula(sum), _ => 1).ShouldBe(1000);
        string tooLong = string.Join("+", Enumerable.Repeat("a", 10_000));
        ExpressionParser.Parse(tooLong, Parsed.Here).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0109");
    }

    [Theory]
    [InlineData("asinh(", ")")]
    [InlineData("1 < (2 < ", " < 3) < 4")]
    [InlineData("lt(1, ", ", 3)")]
    public void Rewritings_that_copy_their_arguments_cannot_grow_without_bound(string before, string after)
    {
        string text = string.Concat(Enumerable.Repeat(before, 100)) + "a" + string.Concat(Enumerable.Repeat(after, 100));
        ExpressionParser.Parse(text, Parsed.Here).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0109");
    }

    [Fact]
    public void Text_of_50_megabytes_is_refused() =>
        ExpressionParser.Parse(new string('(', 50_000_000), Parsed.Here).Issues.ShouldHaveSingleItem().Code.ShouldBe("ND0109");

    [Fact]
    public void Binary_noise_gives_a_bounded_number_of_issues()
    {
        byte[] bytes = new byte[500_000];
        new Random(1).NextBytes(bytes);
        string noise = System.Text.Encoding.Latin1.GetString(bytes);
        ExpressionParser.Parse(noise, Parsed.Here).Issues.Count.ShouldBeInRange(1, 60);
    }

    [Theory]
    [InlineData("a # comment")]
    [InlineData("a // comment")]
    [InlineData("/* before */ a")]
    [InlineData("\uFEFFa")]
    [InlineData("\\\na")]
    [InlineData("\\\r\na")]
    public void Comments_and_line_joins_vanish(string text) => Parsed.Formula(text).ShouldBe(new SymbolExpr("a"));
}
