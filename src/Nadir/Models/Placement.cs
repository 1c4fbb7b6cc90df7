namespace Nadir.Models;

/// <summary>Which compartment each species lives in.</summary>
static class Placement
{
    /// <summary>
    /// For each species: the compartment it is placed in, else that of the last reaction with one that it takes part in, else the implicit
    /// compartment.
    /// </summary>
    public static Dictionary<string, string> Of(SymbolTable table)
    {
        Dictionary<string, string> byReaction = new(StringComparer.Ordinal);
        foreach (SymbolDraft reaction in table.Of(SymbolKind.Reaction).Where(r => r.Place is not null))
        {
            foreach (ReactionPart part in reaction.Reaction!.Left.Concat(reaction.Reaction.Right))
            {
                byReaction[part.Species.Name] = reaction.Place!.Name;
            }
        }

        return table.Of(SymbolKind.Species).ToDictionary(
            s => s.Name,
            s => s.Place?.Name ?? byReaction.GetValueOrDefault(s.Name) ?? ModelAssembler.DefaultCompartment,
            StringComparer.Ordinal);
    }

    /// <summary>Gives the compartment of a submodel to its species that neither they nor a reaction place.</summary>
    public static void Inherit(ModelDraft draft)
    {
        HashSet<string> placed = new(StringComparer.Ordinal);
        foreach (SymbolDraft symbol in draft.Symbols.Where(s => s.Place is not null && s.Reaction is not null))
        {
            placed.UnionWith(symbol.Reaction!.Left.Concat(symbol.Reaction.Right).Select(p => draft.Resolve(p.Species.Name)));
        }

        foreach (SymbolDraft species in draft.Symbols.Where(s => s.Place is null && s.Kind == SymbolKind.Species && !placed.Contains(s.Name)))
        {
            species.Place = OfOwner(draft, species.Name);
        }
    }

    static Reference? OfOwner(ModelDraft draft, string name)
    {
        for (int point = name.LastIndexOf('.'); point > 0; point = name.LastIndexOf('.', point - 1))
        {
            if (draft.Find(name[..point])?.Place is { } place)
            {
                return place;
            }
        }

        return null;
    }
}
