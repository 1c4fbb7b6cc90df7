using Nadir.Documents;

namespace Nadir.Models;

/// <summary>What of a patient's hidden state says why a relapse came: symbols of the model, and the mechanism that each state of the CAR-T cells stands for.</summary>
public sealed record CauseReadouts
{
    /// <summary>States of the CAR-T cells at relapse, as files name them.</summary>
    public static readonly IReadOnlyList<string> States = ["rejected", "lost", "starved", "exhausted", "blind", "outgrown"];

    /// <summary>CAR-T cells of every product, exhausted ones included.</summary>
    public required string Cart { get; init; }

    /// <summary>Exhausted CAR-T cells.</summary>
    public required string Exhausted { get; init; }

    /// <summary>Immunity against the CAR, 0 to 1.</summary>
    public required string Rejection { get; init; }

    /// <summary>Sudden failure of the CAR-T cells, 0 to 1.</summary>
    public required string Failure { get; init; }

    /// <summary>By how much memory cells gain under full antigen, per day; not above 0 where they cannot last.</summary>
    public required string MemorySurplus { get; init; }

    /// <summary>The mechanism for each of <see cref="States"/>, in this order.</summary>
    public required IReadOnlyList<string> Mechanisms { get; init; }

    /// <summary>Sensitivities of the leukaemia to killing, 1 where it is normal, and the mechanism that lowers each.</summary>
    public required IReadOnlyList<(string Mechanism, string Symbol)> Resistance { get; init; }

    /// <summary>Mechanisms that act through others and are never named as a cause, and in words what they are counted under.</summary>
    public IReadOnlyList<CauseModifier> Modifiers { get; init; } = [];

    internal static CauseReadouts Read(MappingReader map, string[] symbols) => new()
    {
        Cart = map.Required("cart").OneOf("symbol", symbols),
        Exhausted = map.Required("exhausted").OneOf("symbol", symbols),
        Rejection = map.Required("rejection").OneOf("symbol", symbols),
        Failure = map.Required("failure").OneOf("symbol", symbols),
        MemorySurplus = map.Required("memory-surplus").OneOf("symbol", symbols),
        Mechanisms = map.Required("mechanisms").Mapping(m => (IReadOnlyList<string>)[.. States.Select(s => m.Required(s).Text())]),
        Resistance = map.Required("resistance").Mapping(m => (IReadOnlyList<(string, string)>)[.. m.Entries().Select(e => (e.Name, e.Value.OneOf("symbol", symbols)))]),
        Modifiers = map.Optional("modifiers")?.Mapping(m => (IReadOnlyList<CauseModifier>)[.. m.Entries().Select(e => new CauseModifier(e.Name, e.Value.Text()))]) ?? [],
    };
}

/// <summary>A mechanism that acts through others.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="CountedUnder">What it is counted under, in words.</param>
public sealed record CauseModifier(string Mechanism, string CountedUnder);
