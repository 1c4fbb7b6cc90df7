namespace Nadir.Studies;

/// <summary>The names a study file may use, from the shipped library and the user's own files.</summary>
public sealed record StudyNames
{
    /// <summary>Names of models.</summary>
    public required IReadOnlyCollection<string> Models { get; init; }

    /// <summary>Names of populations.</summary>
    public required IReadOnlyCollection<string> Populations { get; init; }

    /// <summary>Names of CAR-T products.</summary>
    public required IReadOnlyCollection<string> Products { get; init; }

    /// <summary>Names of lymphodepleting regimens.</summary>
    public required IReadOnlyCollection<string> Lymphodepletions { get; init; }

    /// <summary>Names of strategies.</summary>
    public required IReadOnlyCollection<string> Strategies { get; init; }

    /// <summary>Names of assays.</summary>
    public required IReadOnlyCollection<string> Assays { get; init; }

    /// <summary>Names of published trials.</summary>
    public required IReadOnlyCollection<string> Trials { get; init; }
}
