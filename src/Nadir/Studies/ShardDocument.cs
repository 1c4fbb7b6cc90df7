using System.Text.Json;
using System.Text.Json.Serialization;
using Nadir.Documents;
using Nadir.Populations;
using Nadir.Trials;

namespace Nadir.Studies;

/// <summary>What <c>shard.json</c> holds: which part of which trial, where its tables split by arm, and the arms' tallies. Its numbers are exact.</summary>
sealed record ShardDocument(
    string Nadir,
    string StudyFile,
    string StudyText,
    string ModelHash,
    string? LibraryHash,
    ulong Seed,
    int PatientsPerArm,
    IReadOnlyList<string> With,
    IReadOnlyList<string> Without,
    CalibrationDocument? Calibration,
    double RelativeTolerance,
    double AbsoluteTolerance,
    int MaxSteps,
    string Solver,
    int Shard,
    int Of,
    IReadOnlyDictionary<string, IReadOnlyList<long>> ArmStarts,
    IReadOnlyList<ArmDocument> Arms)
{
    public const string FileName = "shard.json";

    /// <summary>A tally of 50 years with an odd visit schedule is a few megabytes.</summary>
    public const long MaxBytes = 256L << 20;

    static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        NewLine = "\n",
    };

    public static ShardDocument From(TrialJob job, Shard shard, IReadOnlyDictionary<string, IReadOnlyList<long>> armStarts, IReadOnlyList<ArmTally> tallies) => new(
        NadirVersion.Text, Path.GetFileName(job.Study.FileName), job.Source.Text, job.Plan.Package.Hash, job.Library.OwnHash, job.Plan.Seed, job.Plan.PatientsPerArm,
        [.. job.With], [.. job.Without], CalibrationDocument.Of(job),
        job.Plan.Tolerances.Relative, job.Plan.Tolerances.Absolute, job.Plan.Tolerances.MaxSteps, job.Plan.Solver.Name, shard.Number, shard.Of, armStarts, [.. tallies.Select(ArmDocument.Of)]);

    /// <summary>Reads the text of a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static ShardDocument Read(string text) =>
        JsonSerializer.Deserialize<ShardDocument>(text, _options) ?? throw new JsonException("The document is null.");

    public string Write() => JsonSerializer.Serialize(this, _options) + "\n";
}

/// <summary>A calibration that a user gave in the place of the model's.</summary>
sealed record CalibrationDocument(string File, string Text)
{
    public static CalibrationDocument? Of(TrialJob job) => job.OwnCalibration is { } c ? new(c.File, c.Source.Text) : null;

    public CalibratedValues Read() => CalibratedValues.Read(new SourceText(File, Text)).OrThrow();
}
