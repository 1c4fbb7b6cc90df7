using Nadir.Documents;
using Nadir.Faults;
using Nadir.Monitoring;

namespace Nadir.Tests.Monitoring;

public class AssayTests
{
    const string Good = """
        name: an-assay
        title: An assay
        reads: transgene
        unit: copies/µg
        limit: {value: 50, evidence: assumed, note: n}
        noise: {log-normal: {sd: 0.56}, evidence: measured, source: stein-2019}
        thresholds: {high: 1e4}
        evidence: [stein-2019]
        """;

    static Checked<Assay> Read(string yaml) => Assay.Read(new SourceText("a.yaml", yaml));

    [Fact]
    public void A_good_file_is_read_whole()
    {
        Assay assay = Read(Good).OrThrow();

        assay.Unit.Normalised.ShouldBe("copy/µg");
        (assay.Limit, assay.LogSd).ShouldBe((50, 0.56));
        assay.Threshold("high").ShouldBe(1e4);
        Should.Throw<ArgumentException>(() => assay.Threshold("hihg")).Message.ShouldContain("did you mean \"high\"?");
    }

    [Theory]
    [InlineData("reads: transgene", "reads: transgenes", "ND0025", 3)]
    [InlineData("unit: copies/µg", "unit: copies per µg", "ND0046", 4)]
    [InlineData("value: 50", "value: -50", "ND0023", 5)]
    [InlineData("{log-normal: {sd: 0.56}, ", "{", "ND0020", 6)]
    [InlineData("thresholds: {high: 1e4}", "thresholds: [1e4]", "ND0022", 7)]
    [InlineData("high: 1e4", "high: 0", "ND0023", 7)]
    public void A_bad_file_is_refused(string good, string bad, string code, int line)
    {
        Checked<Assay> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    [Theory]
    [InlineData("marrow-blasts", "remission", 0.05)]
    [InlineData("marrow-blasts", "overt", 0.25)]
    [InlineData("flow-mrd", "positive", 1e-4)]
    [InlineData("blood-b-cells", "aplasia", 3)]
    public void The_cuts_are_those_of_the_reference_definitions(string name, string cut, double value) =>
        Assay.LoadShipped(name).OrThrow().Threshold(cut).ShouldBe(value);
}
