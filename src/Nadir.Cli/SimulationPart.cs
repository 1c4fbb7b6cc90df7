using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nadir.Documents;
using Nadir.Studies;

namespace Nadir.Cli;

/// <summary>What stands beside a file of some replicates of a simulation, in <c>FILE.part.json</c>: which part of which simulation it is.</summary>
/// <param name="Nadir">Version.</param>
/// <param name="ModelHash">SHA-256 of the model with its parameters and population.</param>
/// <param name="Settings">All that the rows depend on beside the model.</param>
/// <param name="Count">Replicates of all parts.</param>
/// <param name="Shard">Which part, from 1.</param>
/// <param name="Of">Number of parts.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Failed">Replicates that failed numerically, by status; empty where none did.</param>
sealed record SimulationPart(string Nadir, string ModelHash, string Settings, int Count, int Shard, int Of, string Sha256, IReadOnlyDictionary<string, int> Failed)
{
    static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The part that was written to <see cref="SimulateSettings.Out"/>.</summary>
    public static SimulationPart Written(string modelHash, SimulateSettings settings, IReadOnlyDictionary<string, int> failed)
    {
        Shard shard = settings.Shard!.Value;
        return new SimulationPart(NadirVersion.Text, modelHash, Text(settings), settings.Count ?? 1, shard.Number, shard.Of, HashOf(settings.Out!), failed);
    }

    /// <summary>Where the record of a file stands.</summary>
    public static string Beside(string file) => file + ".part.json";

    /// <exception cref="JsonException">The text is no such record.</exception>
    public static SimulationPart Read(string text) => JsonSerializer.Deserialize<SimulationPart>(text, _options) ?? throw new JsonException("The document is null.");

    public static string HashOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public void Write(string file) => AtomicFile.WriteText(Beside(file), JsonSerializer.Serialize(this, _options) + "\n");

    static string Text(SimulateSettings s)
    {
        string times = string.Join(',', s.Times.Values.Select(Number));
        string[] parts =
        [
            $"method {s.Method?.ToString() ?? "default"}",
            $"solver {s.Solver?.Name ?? s.Exact?.Name ?? "default"}",
            $"rtol {Number(s.Relative)}",
            $"atol {Number(s.Absolute)}",
            $"max-steps {s.MaxSteps?.ToString(CultureInfo.InvariantCulture) ?? "default"}",
            $"max-step {Number(s.MaxStep)}",
            $"seed {(s.Seed ?? 1).ToString(CultureInfo.InvariantCulture)}",
            $"shape {s.Shape}",
            $"set {string.Join(' ', s.Set.Select(v => $"{v.Name}={Number(v.Value)}"))}",
            $"discrete {string.Join(' ', s.Discrete.Select(d => $"{d.Name}:{Number(d.Threshold)}"))}",
            $"times {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(times)))}",
        ];
        return string.Join("; ", parts);
    }

    static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "default";

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
