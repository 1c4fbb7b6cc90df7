using System.Text.Json;
using System.Text.Json.Nodes;
using Nadir.Reports;
using Nadir.Survival;
using Nadir.Tests.Architecture;
using Nadir.Trials;

namespace Nadir.Tests.Reports;

public class SummaryJsonTests
{
    static readonly TrialResult Trial = SampleResult.Create();

    [Fact]
    public void The_document_is_the_verified_one() => SummaryJson.Write(Trial).ShouldMatchVerified("summary.verified.json");

    [Fact]
    public void It_has_the_keys_that_others_rely_on()
    {
        JsonNode json = JsonNode.Parse(SummaryJson.Write(Trial))!;

        Keys(json).ShouldBeSupersetOf("study", "seed", "patientsPerArm", "failedPatients", "arms", "published");
        JsonNode arm = json["arms"]![0]!;
        Keys(arm).ShouldBeSupersetOf(
            "name", "patients", "remission3Months", "relapseFreeSurvival", "eventFreeSurvival", "overallSurvival", "relapse", "bCellAplasia", "transgene");
        Keys(arm["remission3Months"]!).ShouldBeSupersetOf("estimate", "lower", "upper");
        Keys(arm["overallSurvival"]![0]!).ShouldBeSupersetOf("month", "estimate", "lower", "upper");
        Keys(arm["relapse"]![0]!).ShouldBeSupersetOf("phenotype", "count", "cumulativeIncidence");
        Keys(arm["bCellAplasia"]![0]!).ShouldBeSupersetOf("month", "estimate");
        Keys(arm["transgene"]!).ShouldBe(["cmaxGeometricMean", "tmaxMedian", "auc28GeometricMean", "curve"]);
        Keys(json["published"]![0]!).ShouldBeSupersetOf("quantity", "citation", "published", "simulated", "inside");
    }

    [Fact]
    public void Every_key_is_explained_in_the_documentation()
    {
        string page = Repository.Read("docs/summary-json.md");
        foreach (string key in AllKeys(JsonNode.Parse(SummaryJson.Write(Trial))!).Distinct())
        {
            page.ShouldContain($"`{key}`", Case.Sensitive);
        }
    }

    [Fact]
    public void Numbers_come_back_bit_for_bit()
    {
        JsonNode json = JsonNode.Parse(SummaryJson.Write(Trial))!;

        foreach (JsonNode? point in json["arms"]![1]!["eventFreeSurvival"]!.AsArray())
        {
            Estimate expected = Trial.Arms[1].EventFreeSurvival.At((double)point!["month"]! * 30.4375);
            new Estimate((double)point["estimate"]!, (double)point["lower"]!, (double)point["upper"]!).ShouldBe(expected);
        }
    }

    [Fact]
    public void Months_are_those_within_the_follow_up()
    {
        JsonNode year = JsonNode.Parse(SummaryJson.Write(Trial with { HorizonDays = 12 * 30.4375 }))!;

        Months(year["arms"]![0]!["overallSurvival"]!).ShouldBe([6, 12]);
        Months(year["arms"]![0]!["relapse"]![0]!["cumulativeIncidence"]!).ShouldBe([12]);
        Months(JsonNode.Parse(SummaryJson.Write(Trial))!["arms"]![0]!["overallSurvival"]!).ShouldBe([6, 12, 18, 24]);
    }

    [Fact]
    public void What_cannot_be_estimated_is_null()
    {
        ArmResult arm = Trial.Arms[0] with { Remission3Months = Wilson.Interval(0, 0), Transgene = new(double.NaN, double.PositiveInfinity, 1) };

        JsonNode json = JsonNode.Parse(SummaryJson.Write(Trial with { Arms = [arm] }))!["arms"]![0]!;

        json["remission3Months"]!["estimate"].ShouldBeNull();
        json["transgene"]!["cmaxGeometricMean"].ShouldBeNull();
        json["transgene"]!["tmaxMedian"].ShouldBeNull();
        ((double)json["transgene"]!["auc28GeometricMean"]!).ShouldBe(1);
    }

    [Fact]
    public void A_name_with_quotes_and_line_breaks_comes_back_whole()
    {
        const string name = "\"µ\"\n</script> \\ é";

        ((string)JsonNode.Parse(SummaryJson.Write(Trial with { Study = name }))!["study"]!).ShouldBe(name);
    }

    [Fact]
    public void A_seed_of_64_bits_is_kept() =>
        JsonDocument.Parse(SummaryJson.Write(Trial with { Seed = ulong.MaxValue })).RootElement.GetProperty("seed").GetUInt64().ShouldBe(ulong.MaxValue);

    static int[] Months(JsonNode points) => [.. points.AsArray().Select(p => (int)p!["month"]!)];

    static string[] Keys(JsonNode node) => [.. node.AsObject().Select(p => p.Key)];

    static IEnumerable<string> AllKeys(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => AllKeys(p.Value).Prepend(p.Key)),
        JsonArray a => a.SelectMany(AllKeys),
        _ => [],
    };
}
