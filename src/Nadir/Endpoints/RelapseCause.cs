using Nadir.Models;

namespace Nadir.Endpoints;

/// <summary>Why a relapse came, from the hidden state: known in a simulation and never at the bedside.</summary>
/// <param name="Species">Species of the largest clone.</param>
/// <param name="Phenotype">The phenotype of that clone.</param>
/// <param name="Seed">Where its first cells came from.</param>
/// <param name="CarT">What the CAR-T cells were.</param>
/// <param name="Mechanism">The mechanism: that of the clone where it has one and has kept most of its antigen, else that of the CAR-T cells.</param>
public sealed record RelapseCause(string Species, ClonePhenotype Phenotype, CloneSeed Seed, CarTState CarT, string Mechanism)
{
    /// <summary>True where the clone itself is the cause and not what became of the CAR-T cells.</summary>
    public required bool ByClone { get; init; }

    /// <summary>What a rule at the bedside could tell apart.</summary>
    public CauseGroup Group => (ByClone, Phenotype, Seed, CarT) switch
    {
        (true, ClonePhenotype.LineageSwitched, _, _) => CauseGroup.LineageSwitch,
        (true, _, CloneSeed.Manufacture, _) => CauseGroup.Masking,
        (true, _, CloneSeed.Sanctuary, _) => CauseGroup.NotKilled,
        (true, ClonePhenotype.Cd19Dim, _, _) => CauseGroup.AntigenLow,
        (true, _, _, _) => CauseGroup.AntigenLost,
        (_, _, _, CarTState.Rejected or CarTState.Lost or CarTState.Starved) => CauseGroup.CarTGone,
        (_, _, _, CarTState.Exhausted) => CauseGroup.CarTExhausted,
        (_, _, _, CarTState.Blind) => CauseGroup.AntigenLow,
        _ => CauseGroup.NotKilled,
    };
}
