using System.Text.Json;

namespace Nadir.Tests.Solvers;

/// <summary>Exact extinction probabilities, computed with 50 digits (Data/extinction.json).</summary>
static class ExtinctionReference
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IEnumerable<BirthDeathRow> BirthDeath() => Read("birth_death").Select(e => new BirthDeathRow(
        Number(e, "b"), Number(e, "d"), Number(e, "n0"), Number(e, "t"), Number(e, "p_extinct"), Number(e, "p_lineage_extinct"), Number(e, "mean"), Number(e, "variance")));

    public static IEnumerable<KendallRow> Kendall() => Read("kendall").SelectMany(e => e.GetProperty("points").EnumerateArray().Select(p => new KendallRow(
        Number(e, "b"), Number(e, "d0"), Number(e, "tau"), Number(e, "n0"), Number(p, "t"), Number(p, "p_extinct"), Number(p, "mean"), Number(p, "variance"))));

    public static IEnumerable<ImmigrationRow> Immigration() => Read("mutant_immigration").Select(e => new ImmigrationRow(
        Number(e, "mu"), Number(e, "N0"), Number(e, "decay"), Number(e, "b"), Number(e, "d"), Number(e, "T"), Number(e, "p_at_least_one"), Number(e, "mean_mutants"), Number(e, "variance_mutants")));

    static IEnumerable<JsonElement> Read(string part)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Data", "extinction.json");
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path), Options).GetProperty(part).EnumerateArray();
    }

    static double Number(JsonElement e, string name) => e.GetProperty(name).GetDouble();
}

sealed record BirthDeathRow(double B, double D, double N0, double T, double Extinct, double LineageExtinct, double Mean, double Variance);

sealed record KendallRow(double B, double D0, double Tau, double N0, double T, double Extinct, double Mean, double Variance);

sealed record ImmigrationRow(double Mu, double N0, double Decay, double B, double D, double T, double AtLeastOne, double Mean, double Variance);
