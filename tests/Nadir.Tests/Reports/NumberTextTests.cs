using Nadir.Reports;
using Nadir.Survival;

namespace Nadir.Tests.Reports;

public class NumberTextTests
{
    [Theory]
    [InlineData(34712.4, "34,700")]
    [InlineData(999.6, "1,000")]
    [InlineData(123.4, "123")]
    [InlineData(24, "24.0")]
    [InlineData(9.996, "10.0")]
    [InlineData(9.5, "9.50")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(0, "0")]
    [InlineData(-5.5, "-5.50")]
    [InlineData(2.1e10, "21,000,000,000")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Three_significant_digits(double x, string text) => NumberText.Significant(x).ShouldBe(text);

    [Theory]
    [InlineData(365.25, 182.625, 730.5, "12.0 (6.0 to 24.0)")]
    [InlineData(365.25, 182.625, double.NaN, "12.0 (6.0 to not reached)")]
    [InlineData(double.NaN, 182.625, double.NaN, "not reached (6.0 to not reached)")]
    [InlineData(double.NaN, double.NaN, double.NaN, "not reached")]
    [InlineData(365.25, double.NaN, double.NaN, "12.0 (–)")]
    public void A_time_that_is_not_reached_says_so(double value, double lower, double upper, string text) => NumberText.Months(new Estimate(value, lower, upper)).ShouldBe(text);

    [Fact]
    public void An_interval_says_what_cannot_be_estimated()
    {
        NumberText.PercentInterval(new Estimate(0.8123, 0.75, 0.861)).ShouldBe("81.2% (75.0 to 86.1)");
        NumberText.PercentInterval(new Estimate(1, double.NaN, double.NaN)).ShouldBe("100.0% (–)");
        NumberText.PercentInterval(new Estimate(double.NaN, 0, 1)).ShouldBe("–");
        NumberText.Interval(new Estimate(24, 9.2, 31), "months").ShouldBe("24.0 months (9.20 to 31.0)");
        NumberText.Interval(new Estimate(24, 9.2, double.PositiveInfinity), "months").ShouldBe("24.0 months (9.20 to not reached)");
        NumberText.Interval(new Estimate(24, double.NaN, 31), "months").ShouldBe("24.0 months (–)");
    }
}
