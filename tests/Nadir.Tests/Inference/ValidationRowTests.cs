using Nadir.Inference;

namespace Nadir.Tests.Inference;

public class ValidationRowTests
{
    static readonly Target _target = new() { Trial = "mine", Cohort = 0, Result = MadePatient.Asked("crsAny") with { Estimate = 0.5, Lower = 0.4, Upper = 0.6 } };

    /// <summary>A miss is expected outside, all else inside, and a borderline miss on either side.</summary>
    [Theory]
    [InlineData(0.5, null, false, true)]
    [InlineData(0.7, null, false, false)]
    [InlineData(0.7, "it does", false, true)]
    [InlineData(0.5, "it does", false, false)]
    [InlineData(0.5, "narrowly", true, true)]
    [InlineData(0.7, "narrowly", true, true)]
    [InlineData(double.NaN, "narrowly", true, false)]
    [InlineData(double.NaN, "it does", false, false)]
    public void A_row_is_as_expected_where_its_file_says_so(double median, string? misses, bool borderline, bool expected) =>
        new ValidationRow(_target with { Result = _target.Result with { Misses = misses, IsBorderline = borderline } }, median, 0, 1, 0).AsExpected.ShouldBe(expected);

    [Theory]
    [InlineData(0.61, "outside")]
    [InlineData(0.59, "inside")]
    public void A_borderline_miss_is_printed_as_such(double median, string where)
    {
        ValidationRow row = new(_target with { Result = _target.Result with { Misses = "narrowly", IsBorderline = true } }, median, 0, 1, 0);

        ValidationMarkdown.Write(new Validation([row], 100, 1, 0), "here", "nadir validate", null).ShouldContain($"- **mine/crsAny**: narrowly (borderline, {where} here)");
    }
}
