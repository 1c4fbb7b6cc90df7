using Nadir.Units;

namespace Nadir.Tests.Units;

public class UnitTests
{
    [Theory]
    [InlineData("1", "")]
    [InlineData("1/day", "day^-1")]
    [InlineData("cells/µL", "cell^1 µL^-1")]
    [InlineData("copies/µg/(cell/µL)", "cell^-1 copy^1 µL^1 µg^-1")]
    [InlineData("1/cell/day", "cell^-1 day^-1")]
    [InlineData("mL^2 * kg^-1", "kg^-1 mL^2")]
    [InlineData("cells/cell", "")]
    [InlineData("(cells/day)^2", "cell^2 day^-2")]
    public void Units_are_products_of_powers(string text, string powers) =>
        string.Join(' ', Unit.TryParse(text).ShouldNotBeNull().Powers.Select(p => $"{p.Key}^{p.Value}")).ShouldBe(powers);

    [Theory]
    [InlineData("cells/uL", "cell/µL")]
    [InlineData("1/day", "1/days")]
    [InlineData("copies/ug", "copy/µg")]
    [InlineData("1/day*cells", "cells/day")]
    [InlineData("μL", "µL")]
    public void Spelling_makes_no_difference(string one, string other)
    {
        Unit.TryParse(one).ShouldBe(Unit.TryParse(other));
        Unit.TryParse(one)!.GetHashCode().ShouldBe(Unit.TryParse(other)!.GetHashCode());
    }

    [Fact]
    public void Different_products_differ() => Unit.TryParse("cells/day").ShouldNotBe(Unit.TryParse("day/cells"));

    [Theory]
    [InlineData("")]
    [InlineData("per day")]
    [InlineData("1/")]
    [InlineData("1/fortnight")]
    [InlineData("2/day")]
    [InlineData("(cells")]
    [InlineData("cells)")]
    [InlineData("cells^x")]
    [InlineData("cells^99")]
    [InlineData("cells day")]
    public void What_is_no_unit_is_refused(string text) => Unit.TryParse(text).ShouldBeNull();

    [Fact]
    public void Deep_nesting_is_refused_and_not_overflowed() =>
        Unit.TryParse(new string('(', 100_000) + "day" + new string(')', 100_000)).ShouldBeNull();
}
