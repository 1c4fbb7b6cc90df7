using Nadir.Faults;
using Nadir.Units;

namespace Nadir.Tests.Units;

public class DurationTests
{
    static readonly SourceLocation _at = new("study.yaml", 5, 10);

    [Theory]
    [InlineData("1 day", 1)]
    [InlineData("28 days", 28)]
    [InlineData("2 weeks", 14)]
    [InlineData("1 month", 30.4375)]
    [InlineData("24 months", 730.5)]
    [InlineData("24months", 730.5)]
    [InlineData(" 1.5  years ", 547.875)]
    [InlineData("1e2 days", 100)]
    [InlineData("0 days", 0)]
    public void Days_weeks_months_and_years_are_read(string text, double days) => Duration.Parse(text, _at).OrThrow().Days.ShouldBe(days);

    [Theory]
    [InlineData("24 mnths", "ND0041", "did you mean \"months\"?")]
    [InlineData("24 MONTHS", "ND0041", "did you mean \"months\"?")]
    [InlineData("24 fortnights", "ND0041", "valid names: days, months, weeks, years")]
    [InlineData("24", "ND0040", "\"24 days\" or \"24 months\"")]
    [InlineData("two years", "ND0040", "such as 24 months")]
    [InlineData("months", "ND0040", "such as 24 months")]
    [InlineData("", "ND0040", "such as 24 months")]
    [InlineData("1 year 2 months", "ND0040", "not a duration")]
    [InlineData("-3 months", "ND0042", "not below 0")]
    [InlineData("1e308 years", "ND0042", "finite")]
    [InlineData("NaN days", "ND0042", "finite")]
    public void What_is_not_a_duration_is_an_issue(string text, string code, string fragment)
    {
        Checked<Duration> read = Duration.Parse(text, _at);

        read.Value.ShouldBeNull();
        Issue issue = read.Issues.ShouldHaveSingleItem();
        issue.Code.ShouldBe(code);
        issue.Location.ShouldBe(_at);
        issue.ToString().ShouldContain(fragment);
    }
}
