using Nadir.Faults;
using Nadir.Units;

namespace Nadir.Tests.Units;

public class UnitExpressionTests
{
    static readonly SourceLocation _at = new("parameters.yaml", 3, 9);

    static UnitExpression Unit(string text) => UnitExpression.Parse(text, _at).OrThrow();

    [Theory]
    [InlineData("1", "1", 1)]
    [InlineData("dimensionless", "1", 1)]
    [InlineData("%", "1", 0.01)]
    [InlineData("cells", "cell", 1)]
    [InlineData("cells/day", "cell/day", 1)]
    [InlineData("1/day", "1/day", 1)]
    [InlineData("day^-1", "1/day", 1)]
    [InlineData("1/cell/day", "1/(cell·day)", 1)]
    [InlineData("1/(day*cell)", "1/(cell·day)", 1)]
    [InlineData("1/week", "1/day", 1.0 / 7)]
    [InlineData("copies/ug", "copy/µg", 1)]
    [InlineData("copies/μg/(cell/µL)", "copy·µL/(cell·µg)", 1)]
    [InlineData("cells/L", "cell/µL", 1e-6)]
    [InlineData("1e9 * cells", "cell", 1e9)]
    [InlineData("mg / m^2", "µg/m^2", 1e3)]
    [InlineData("(day^2)^2/day", "day^3", 1)]
    [InlineData("cell/cell", "1", 1)]
    public void Units_are_normalised(string text, string normalised, double factor)
    {
        Unit(text).Normalised.ShouldBe(normalised);
        Unit(text).Factor.ShouldBe(factor, factor * 1e-15);
    }

    [Theory]
    [InlineData("1/day", "1/year", true)]
    [InlineData("cells/uL", "cells/L", true)]
    [InlineData("1", "%", true)]
    [InlineData("cells", "molecules", false)]
    [InlineData("cells", "copies", false)]
    [InlineData("1/day", "day", false)]
    [InlineData("cells/day", "1/day", false)]
    public void Compatible_units_have_the_same_dimension(string one, string other, bool compatible)
    {
        Unit(one).IsCompatibleWith(Unit(other)).ShouldBe(compatible);
        Unit(other).IsCompatibleWith(Unit(one)).ShouldBe(compatible);
    }

    [Theory]
    [InlineData("cels/day", "ND0045", "did you mean \"cell\"?")]
    [InlineData("1/dya", "ND0045", "did you mean \"day\"?")]
    [InlineData("cells per day", "ND0046", "the end, or *, · or /")]
    [InlineData("cells/", "ND0046", "the name of a unit")]
    [InlineData("", "ND0046", "the name of a unit")]
    [InlineData("1/(cells*day", "ND0046", "a closing bracket")]
    [InlineData("day^1.5", "ND0046", "the end")]
    [InlineData("day^x", "ND0046", "a whole power")]
    [InlineData("day^99", "ND0046", "a whole power")]
    [InlineData("0/day", "ND0046", "a number above 0")]
    [InlineData("1..2/day", "ND0046", "a number above 0")]
    public void What_is_not_a_unit_is_one_issue(string text, string code, string fragment)
    {
        Checked<UnitExpression> read = UnitExpression.Parse(text, _at);

        read.Value.ShouldBeNull();
        Issue issue = read.Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe(code);
        issue.ToString().ShouldContain(fragment);
    }

    [Fact]
    public void A_very_long_unit_is_refused_before_it_can_nest_too_deeply() =>
        UnitExpression.Parse(new string('(', 1_000_000), _at).Issues.ShouldHaveSingleItem().Message.ShouldContain("too long");
}
