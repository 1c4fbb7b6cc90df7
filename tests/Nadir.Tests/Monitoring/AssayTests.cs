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
        thresholds: {high: {value: 1e4, evidence: assumed, note: n}}
        evidence: [stein-2019]
        """;

    static Checked<Assay> Read(string yaml) => Assay.Read(new SourceText("a.yaml", yaml));

    [Fact]
    public void A_good_file_is_read_whole()
    {
        Assay assay = Read(Good).OrThrow();

        assay.Unit.Normalised.ShouldBe("copy/µg");
        (assay.Limit, assay.NoiseScale, assay.NoiseSd).ShouldBe((50, NoiseScale.Log, 0.56));
        assay.Threshold("high").ShouldBe(1e4);
        Should.Throw<ArgumentException>(() => assay.Threshold("hihg")).Message.ShouldContain("did you mean \"high\"?");
    }

    [Theory]
    [InlineData("reads: transgene", "reads: transgenes", "ND0025", 3)]
    [InlineData("unit: copies/µg", "unit: copies per µg", "ND0046", 4)]
    [InlineData("value: 50", "value: -50", "ND0023", 5)]
    [InlineData("{log-normal: {sd: 0.56}, ", "{", "ND0020", 6)]
    [InlineData("thresholds: {high: {value: 1e4, evidence: assumed, note: n}}", "thresholds: [1e4]", "ND0022", 7)]
    [InlineData("thresholds: {high: {value: 1e4, evidence: assumed, note: n}}", "thresholds: {high: 1e4}", "ND0022", 7)]
    [InlineData("value: 1e4", "value: 0", "ND0023", 7)]
    [InlineData("evidence: [stein-2019]", "evidence: [stein-2019]\nhighest: {value: 50, evidence: assumed, note: n}", "ND0023", 9)]
    [InlineData("evidence: [stein-2019]", "evidence: [stein-2019]\nhighest: 1e5", "ND0022", 9)]
    public void A_bad_file_is_refused(string good, string bad, string code, int line)
    {
        Checked<Assay> read = Read(Good.Replace(good, bad, StringComparison.Ordinal));

        read.Value.ShouldBeNull();
        read.Issues.ShouldContain(i => i.Code == code && i.Location.Line == line);
    }

    [Fact]
    public void Nobody_shows_more_than_the_highest_value_and_a_fraction_ends_at_one()
    {
        Assay[] all = [.. Assay.ShippedNames.Select(n => Assay.LoadShipped(n).OrThrow())];

        Read(Good).OrThrow().Highest.ShouldBe(double.PositiveInfinity);
        Read($"{Good}\nhighest: {{value: 1e5, evidence: assumed, note: n}}").OrThrow().Highest.ShouldBe(1e5);
        all.Where(a => a.Unit.Text == "1").ShouldAllBe(a => a.Highest == 1);
        all.ShouldAllBe(a => double.IsFinite(a.Highest) && a.Thresholds.Values.All(cut => cut < a.Highest));
    }

    [Theory]
    [InlineData("marrow-blasts", "remission", 0.05)]
    [InlineData("marrow-blasts", "overt", 0.25)]
    [InlineData("flow-mrd", "positive", 1e-4)]
    [InlineData("blood-b-cells", "aplasia", 3)]
    public void The_cuts_are_those_of_the_reference_definitions(string name, string cut, double value) =>
        Assay.LoadShipped(name).OrThrow().Threshold(cut).ShouldBe(value);

    [Theory]
    [InlineData("marrow-blasts")]
    [InlineData("flow-mrd")]
    public void A_fraction_stays_one_whatever_the_noise(string name)
    {
        Assay assay = Assay.LoadShipped(name).OrThrow();

        foreach (double truth in new[] { 0, 1e-6, 0.05, 0.5, 0.95, 1 })
        {
            assay.Observe(truth, 8).ShouldBeInRange(truth, 1);
            assay.Observe(truth, -8).ShouldBeInRange(0, truth);
            assay.Observe(truth, 0).ShouldBe(truth);
        }
    }

    [Fact]
    public void Noise_of_a_small_fraction_is_noise_of_its_logarithm()
    {
        Assay assay = Assay.LoadShipped("flow-mrd").OrThrow();

        (assay.Observe(1e-6, 1.5) / 1e-6).ShouldBe(Math.Exp(1.5 * assay.NoiseSd), 1e-5);
    }

    [Fact]
    public void Noise_on_the_log_scale_multiplies() =>
        Read(Good).OrThrow().Observe(100, 2).ShouldBe(100 * Math.Exp(1.12), 1e-9);

    [Fact]
    public void The_scale_of_the_noise_is_read_and_said_once()
    {
        Read(Good.Replace("log-normal", "logit-normal")).OrThrow().NoiseScale.ShouldBe(NoiseScale.Logit);
        Read(Good.Replace("{log-normal: {sd: 0.56}", "{log-normal: {sd: 0.56}, logit-normal: {sd: 0.56}")).Issues.ShouldContain(i => i.Code == "ND0021" && i.Location.Line == 6);
    }
}
