using System.Text.Json;
using Nadir.Inference;
using Nadir.Tests.Architecture;

namespace Nadir.Tests.Inference;

/// <summary>The predictions as committed: which there have to be, and that their intervals are in order.</summary>
public class BlindPredictionTests
{
    static readonly string[] _reinfusion = ["aplasia-regained", "cir24-if-regained", "cir24-if-not"];

    static readonly string[] _quantities =
    [
        "remission", "efs6", "efs12", "efs18", "efs24", "rfs6", "rfs12", "rfs18", "rfs24", "os6", "os12", "os18", "os24", "relapse-share-cd19-positive", "relapse-share-cd19-negative", "crs-grade3",
    ];

    public static TheoryData<string, bool> Trials { get; } = new()
    {
        { "bicistronic-cd19-cd22", false }, { "bivalent-cd19-cd22", false }, { "coadministered-cd19-cd22", false }, { "felix", false }, { "il18-armoured", false },
        { "reinfusion-at-blood-b-cells", true }, { "reinfusion-at-haematogones", true },
        { "sequential-cd19-cd22", false }, { "tisagenlecleucel-cibmtr-2020", false }, { "tisagenlecleucel-germany", false }, { "zuma-3", false },
    };

    static JsonElement[] Committed()
    {
        using JsonDocument json = JsonDocument.Parse(Repository.Read("docs/blind-predictions.json"));
        return [.. json.RootElement.Clone().EnumerateArray()];
    }

    [Theory]
    [MemberData(nameof(Trials))]
    public void Every_quantity_of_a_trial_is_predicted_once(string trial, bool isReinfusion) =>
        Committed().Where(p => p.GetProperty("trial").GetString() == trial).Select(p => p.GetProperty("quantity").GetString()).Order(StringComparer.Ordinal)
            .ShouldBe((isReinfusion ? _reinfusion : _quantities).Order(StringComparer.Ordinal));

    [Fact]
    public void No_other_trial_is_predicted()
    {
        string[] trials = [.. Trials.Select(t => t.Data.Item1)];

        Committed().Select(p => p.GetProperty("trial").GetString()!).Distinct().Order(StringComparer.Ordinal).ShouldBe(trials);
        BlindPredictions.Studies.Order(StringComparer.Ordinal).ShouldBe(trials);
    }

    [Fact]
    public void Every_median_lies_within_its_interval_and_every_interval_has_a_width()
    {
        foreach (JsonElement p in Committed())
        {
            (double lower, double median, double upper) = (p.GetProperty("lower90").GetDouble(), p.GetProperty("median").GetDouble(), p.GetProperty("upper90").GetDouble());
            string name = $"{p.GetProperty("trial")}/{p.GetProperty("quantity")}";
            median.ShouldBeInRange(lower, upper, name);
            lower.ShouldBeGreaterThanOrEqualTo(0, name);
            upper.ShouldBeInRange(lower + 0.001, 1, name);
            p.EnumerateObject().Select(f => f.Name).ShouldBe(["trial", "quantity", "median", "lower90", "upper90"]);
        }
    }

    [Fact]
    public void The_page_says_that_the_time_to_regained_aplasia_is_immortal() =>
        BlindPredictions.Markdown([], "a population", "2026-11-30").ShouldContain("that time is immortal for those who regained it");
}
