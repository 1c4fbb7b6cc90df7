using System.Text.Json;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class TrialResultJsonTests
{
    [Fact]
    public void A_result_read_back_has_the_same_report_and_summary()
    {
        TrialResult trial = SampleResult.Create(80);

        TrialResult read = TrialResultJson.Read(TrialResultJson.Write(trial));

        ReportHtml.Write(read).ShouldBe(ReportHtml.Write(trial));
        SummaryJson.Write(read).ShouldBe(SummaryJson.Write(trial));
        OverviewSvg.Write(read).ShouldBe(OverviewSvg.Write(trial));
        TrialResultJson.Write(read).ShouldBe(TrialResultJson.Write(trial));
    }

    [Fact]
    public void What_is_not_estimable_keeps_its_reason()
    {
        TrialResult trial = SampleResult.Create(80);
        ArmContrast contrast = trial.Contrasts[0] with { HazardRatio = Estimable<Estimate>.Not("nobody had the event") };

        TrialResult read = TrialResultJson.Read(TrialResultJson.Write(trial with { Contrasts = [contrast] }));

        read.Contrasts[0].HazardRatio.Reason.ShouldBe("nobody had the event");
        read.Contrasts[0].RestrictedMean.Value.StandardError.ShouldBe(contrast.RestrictedMean.Value.StandardError);
    }

    [Theory]
    [InlineData("{}", "format")]
    [InlineData("[1]", "")]
    [InlineData("{\"format\": 99, \"result\": {}}", "99")]
    [InlineData("{\"format\": 6, \"result\": null}", "no result")]
    [InlineData("{\"format\": 4, \"result\": {}}", "")]
    public void Another_document_is_refused(string text, string says) =>
        Should.Throw<JsonException>(() => TrialResultJson.Read(text)).Message.ShouldContain(says);
}
