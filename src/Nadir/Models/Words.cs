namespace Nadir.Models;

/// <summary>How messages name things.</summary>
static class Words
{
    /// <summary>A kind of symbol, with its article.</summary>
    public static string Of(SymbolKind kind) => kind switch
    {
        SymbolKind.Parameter => "a parameter",
        SymbolKind.Species => "a species",
        SymbolKind.Compartment => "a compartment",
        SymbolKind.Reaction => "a reaction",
        SymbolKind.Event => "an event",
        SymbolKind.Submodel => "a submodel",
        _ => "a name without meaning",
    };

    /// <summary>A kind of definition, with its article.</summary>
    public static string Of(DefinitionKind kind) => kind switch
    {
        DefinitionKind.Initial => "a value",
        DefinitionKind.Rule => "an assignment rule",
        DefinitionKind.Rate => "a rate rule",
        DefinitionKind.Unit => "a unit",
        _ => "nothing",
    };
}
