using Nadir.Faults;

namespace Nadir.Models;

/// <summary>Takes the statements of one model into a draft, in order: the last definition of a symbol holds.</summary>
sealed partial class ModelDrafter
{
    /// <summary>Submodels within submodels multiply; past this many symbols the model is refused.</summary>
    const int MaxSymbols = 20_000;

    readonly ModelDraft _draft;
    readonly IReadOnlyDictionary<string, ModelDraft> _models;
    readonly IssueList _issues;
    readonly Suggestion _hints = new();

    ModelDrafter(ModelSyntax syntax, IReadOnlyDictionary<string, ModelDraft> models, IssueList issues)
    {
        _draft = new ModelDraft(syntax);
        _models = models;
        _issues = issues;
    }

    /// <summary>The draft of a model.</summary>
    /// <param name="syntax">Its statements.</param>
    /// <param name="models">The models defined before it, which it may contain.</param>
    /// <param name="issues">Where faults are reported.</param>
    public static ModelDraft Draft(ModelSyntax syntax, IReadOnlyDictionary<string, ModelDraft> models, IssueList issues)
    {
        ModelDrafter drafter = new(syntax, models, issues);
        foreach (Reference port in syntax.Interface)
        {
            _ = drafter.Mention(port);
        }

        foreach (Statement statement in syntax.Statements)
        {
            drafter.Take(statement);
        }

        return drafter._draft;
    }

    void Take(Statement statement)
    {
        switch (statement)
        {
            case DefinitionStatement s:
                Define(s.Definition);
                break;
            case DeclarationStatement s:
                Declare(s);
                break;
            case ReactionStatement s:
                React(s);
                break;
            case EventStatement s:
                AddEvent(s);
                break;
            case InteractionStatement s:
                _draft.Interactions.Add(s);
                break;
            case InstanceStatement s:
                Instantiate(s);
                break;
            case SynchronisationStatement s:
                Synchronise(s);
                break;
            case DeleteStatement s:
                Delete(s);
                break;
            case UnitStatement s:
                _draft.Units[s.Name] = s.Text ?? _draft.Units.GetValueOrDefault(s.Name, "");
                break;
            case NameStatement s:
                Name(s);
                break;
            case AnnotationStatement s:
                Annotate(s);
                break;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} is not handled");
        }
    }

    /// <summary>The symbol a statement speaks of; null, and reported, where it reaches into a submodel that has no such name.</summary>
    SymbolDraft? Mention(Reference reference)
    {
        if (_draft.Find(reference.Name) is null && reference.Name.LastIndexOf('.') is >= 0 and int point)
        {
            string owner = reference.Name[..point];
            IEnumerable<string> inside = _draft.Symbols.Where(s => s.Name.StartsWith(owner + ".", StringComparison.Ordinal)).Select(s => s.Name);
            string message = _draft.Find(owner) is { Kind: SymbolKind.Submodel } ? $"the submodel {owner} has no symbol {reference.Name[(point + 1)..]}" : $"there is no submodel {owner}";
            _issues.Error("ND0220", reference.At, message, reference.Name, "a symbol of a submodel", _hints.For(reference.Name, inside));
            return null;
        }

        SymbolDraft symbol = _draft.Symbol(reference);
        if (reference.Fixed)
        {
            symbol.Constant = true;
            _ = Become(symbol, SymbolKind.Species, reference.At);
        }

        return symbol;
    }

    bool Become(SymbolDraft symbol, SymbolKind kind, SourceLocation at)
    {
        bool allowed = symbol.Kind == kind
            || symbol.Kind == SymbolKind.Unknown
            || (symbol.Kind == SymbolKind.Parameter && kind is SymbolKind.Species or SymbolKind.Compartment or SymbolKind.Reaction);
        if (!allowed)
        {
            _issues.Error("ND0221", at, $"{symbol.Name} is {Words.Of(symbol.Kind)} (line {symbol.At.Line}) and cannot be {Words.Of(kind)} too", symbol.Name, "another name");
            return false;
        }

        symbol.Kind = kind;
        return true;
    }

    void Declare(DeclarationStatement s)
    {
        foreach (Definition item in s.Items)
        {
            if (Mention(item.Target) is not { } symbol || (s.Kind is { } kind && !BecomeDeclared(symbol, kind, item.Target.At)))
            {
                continue;
            }

            symbol.Constant = s.Constant ?? symbol.Constant;
            symbol.SubstanceOnly = s.Kind == SymbolKind.Species ? s.SubstanceOnly : symbol.SubstanceOnly;
            Define(item);
        }
    }

    bool BecomeDeclared(SymbolDraft symbol, SymbolKind kind, SourceLocation at)
    {
        if (symbol.Kind == SymbolKind.Unknown)
        {
            symbol.At = at;
        }

        // "formula S" says only that S has a value, which every species and compartment has as well.
        return kind == SymbolKind.Parameter && symbol.Kind == SymbolKind.Compartment ? Become(symbol, SymbolKind.Compartment, at) : Become(symbol, kind, at);
    }

    void Define(Definition d)
    {
        if (Mention(d.Target) is not { } symbol)
        {
            return;
        }

        Place(symbol, d.Place);
        if (d.Kind == DefinitionKind.Unit)
        {
            symbol.Unit = d.Unit;
            if (string.IsNullOrEmpty(d.Unit))
            {
                _issues.Error("ND0209", d.Target.At, $"the unit of {symbol.Name} is missing", expected: "a unit behind has");
            }
        }
        else if (d.Kind != DefinitionKind.None && MayHold(symbol, d))
        {
            Assign(symbol, d);
        }
    }

    void Place(SymbolDraft symbol, Reference? place)
    {
        if (place is not null && Mention(place) is { } compartment && Become(compartment, SymbolKind.Compartment, place.At))
        {
            symbol.Place = place;
        }
    }

    bool MayHold(SymbolDraft symbol, Definition d)
    {
        if (symbol.Kind == SymbolKind.Unknown && d.Formula is not null)
        {
            symbol.Kind = SymbolKind.Parameter;
            symbol.At = d.Target.At;
        }

        bool fits = symbol.Kind switch
        {
            SymbolKind.Event or SymbolKind.Submodel => false,
            SymbolKind.Reaction => d.Kind != DefinitionKind.Rate,
            _ => true,
        };
        if (!fits)
        {
            _issues.Error("ND0221", d.Target.At, $"{symbol.Name} is {Words.Of(symbol.Kind)} and cannot be given {Words.Of(d.Kind)}", symbol.Name, "a species, parameter or compartment");
        }

        return fits;
    }
}
