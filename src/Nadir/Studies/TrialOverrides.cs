using Nadir.Documents;

namespace Nadir.Studies;

/// <summary>What a caller changes of a study file.</summary>
public sealed record TrialOverrides
{
    /// <summary>Patients in each arm; null for the study's own number.</summary>
    public int? Patients { get; init; }

    /// <summary>Seed; null for the study's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The library whose names the study uses.</summary>
    /// <value>Default: what ships.</value>
    public Library Library { get; init; } = Library.Shipped;

    /// <summary>Values for numbers of the population, by name of its hyper-parameters: a calibrated population. Numbers that the population does not have are passed over.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>Where <see cref="Values"/> come from, for the output; null for nowhere.</summary>
    public string? ValuesFrom { get; init; }

    /// <summary>Names of relapse mechanisms to switch on that the population does not have, or has weakly.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Names of relapse mechanisms to switch off.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];
}
