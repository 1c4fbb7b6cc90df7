using System.Text.Json;
using Nadir.Documents;

namespace Nadir.Inference;

/// <summary>A sampler's state as a file: numbers with the digits that read back to the same bits.</summary>
public static class Checkpoint
{
    static readonly JsonSerializerOptions _options = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    sealed record Saved(string Problem, SamplerState State);

    /// <summary>Writes a state, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is sampled, from <see cref="Calibration.Identity"/>.</param>
    /// <param name="state">The state.</param>
    public static void Write(string path, string problem, SamplerState state) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(new Saved(problem, state), _options));

    /// <summary>Reads the state of the same problem; null where there is no file, it cannot be read, or it belongs to another problem.</summary>
    public static SamplerState? Read(string path, string problem)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Saved>(File.ReadAllText(path), _options) is { } saved && saved.Problem == problem ? saved.State : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
