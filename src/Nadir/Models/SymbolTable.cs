using Nadir.Faults;

namespace Nadir.Models;

/// <summary>The symbols of a model with flat names: <c>A.x</c> has become <c>A_x</c>, synchronised names their common one.</summary>
sealed class SymbolTable
{
    readonly Dictionary<string, SymbolDraft> _byName = new(StringComparer.Ordinal);
    readonly List<SymbolDraft> _symbols = [];
    readonly HashSet<string> _assignedByEvents = new(StringComparer.Ordinal);

    /// <summary>All symbols in order of first mention, submodels left out.</summary>
    public IReadOnlyList<SymbolDraft> Symbols => _symbols;

    /// <summary>Parameters, and names that have no other meaning.</summary>
    public IEnumerable<SymbolDraft> Parameters => _symbols.Where(s => s.Kind is SymbolKind.Parameter or SymbolKind.Unknown);

    /// <summary>Annotations with flat names.</summary>
    public required IReadOnlyList<AnnotationStatement> Annotations { get; init; }

    /// <summary>Interactions with flat names.</summary>
    public required IReadOnlyList<InteractionStatement> Interactions { get; init; }

    /// <summary>The table of a draft.</summary>
    public static SymbolTable Flat(ModelDraft draft, IssueList issues)
    {
        string Name(string name) => draft.Resolve(name).Replace('.', '_');
        SymbolTable table = new()
        {
            Annotations = [.. draft.Annotations.Select(a => a with { Subject = a.Subject?.Renamed(Name) })],
            Interactions = [.. draft.Interactions.Select(i => i with { Actors = [.. i.Actors.Select(a => a with { Species = a.Species.Renamed(Name) })], Target = i.Target.Renamed(Name) })],
        };
        Placement.Inherit(draft);
        foreach (SymbolDraft symbol in draft.Symbols.Where(s => s.Kind != SymbolKind.Submodel))
        {
            table.Add(symbol.Renamed(Name), issues);
        }

        return table;
    }

    /// <summary>All formulas.</summary>
    public IEnumerable<Formula> Formulas => _symbols.SelectMany(s => s.Formulas);

    /// <summary>Symbols of one kind.</summary>
    public IEnumerable<SymbolDraft> Of(SymbolKind kind) => _symbols.Where(s => s.Kind == kind);

    /// <summary>The symbol of that name, or null.</summary>
    public SymbolDraft? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a rule or an event changes the symbol.</summary>
    public bool Changes(SymbolDraft s) => s.Rule is not null || s.Rate is not null || _assignedByEvents.Contains(s.Name);

    void Add(SymbolDraft symbol, IssueList issues)
    {
        if (!_byName.TryAdd(symbol.Name, symbol))
        {
            issues.Error("ND0229", symbol.At, $"two symbols would both be called {symbol.Name}, since A.x is written A_x", symbol.Name, "another name in the model or submodel");
            return;
        }

        if (symbol is { Name: ModelAssembler.DefaultCompartment, Kind: SymbolKind.Unknown or SymbolKind.Parameter })
        {
            symbol.Kind = SymbolKind.Compartment;
        }

        _symbols.Add(symbol);
        _assignedByEvents.UnionWith(symbol.Event?.Assignments.Select(a => a.Target.Name) ?? []);
    }
}
