namespace Nadir.Models;

/// <summary>What a name of a model stands for. Its use decides where nothing is declared.</summary>
enum SymbolKind
{
    /// <summary>Mentioned, but not yet known as anything.</summary>
    Unknown,
    Parameter,
    Species,
    Compartment,
    Reaction,
    Event,
    Submodel,
}
