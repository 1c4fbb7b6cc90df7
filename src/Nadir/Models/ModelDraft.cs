using Nadir.Faults;

namespace Nadir.Models;

/// <summary>A model while its statements are taken in, one after the other. Names of submodels are <c>A.x</c>.</summary>
sealed class ModelDraft(ModelSyntax syntax)
{
    readonly Dictionary<string, string> _aliases = [];
    readonly Dictionary<string, SymbolDraft> _byName = [];
    readonly Dictionary<string, int> _taken = [];
    readonly List<SymbolDraft> _symbols = [];

    /// <summary>Where the model stands in the file.</summary>
    public ModelSyntax Syntax => syntax;

    /// <summary>The symbols in order of first mention.</summary>
    public IReadOnlyList<SymbolDraft> Symbols => _symbols;

    /// <summary>Names that stand for another symbol, after synchronisation.</summary>
    public IReadOnlyDictionary<string, string> Aliases => _aliases;

    /// <summary>Activations and inhibitions.</summary>
    public List<InteractionStatement> Interactions { get; } = [];

    /// <summary>Texts attached to symbols; a null subject is the model.</summary>
    public List<AnnotationStatement> Annotations { get; } = [];

    /// <summary>Unit definitions.</summary>
    public Dictionary<string, string> Units { get; } = [];

    /// <summary>The name that <paramref name="name"/> stands for.</summary>
    public string Resolve(string name)
    {
        if (!_aliases.TryGetValue(name, out string? target))
        {
            return name;
        }

        while (_aliases.TryGetValue(target, out string? further))
        {
            target = further;
        }

        return _aliases[name] = target;
    }

    /// <summary>The symbol of that name, or null.</summary>
    public SymbolDraft? Find(string name) => _byName.GetValueOrDefault(Resolve(name));

    /// <summary>The symbol of that name, made when it is new.</summary>
    public SymbolDraft Symbol(Reference reference)
    {
        if (Find(reference.Name) is { } known)
        {
            return known;
        }

        SymbolDraft symbol = new(reference.Name, reference.At);
        Add(symbol);
        return symbol;
    }

    /// <summary>Adds a symbol whose name is new.</summary>
    public void Add(SymbolDraft symbol)
    {
        _byName.Add(symbol.Name, symbol);
        _symbols.Add(symbol);
    }

    /// <summary>Removes a symbol.</summary>
    public void Remove(SymbolDraft symbol)
    {
        _ = _byName.Remove(symbol.Name);
        _ = _symbols.Remove(symbol);
    }

    /// <summary>Lets the name of <paramref name="left"/> stand for <paramref name="right"/>.</summary>
    public void Merge(SymbolDraft left, SymbolDraft right)
    {
        Remove(left);
        _aliases[left.Name] = right.Name;
    }

    /// <summary>Takes over the aliases inside a submodel.</summary>
    public void AdoptAliases(ModelDraft submodel, string prefix)
    {
        foreach ((string name, string target) in submodel.Aliases)
        {
            _aliases[$"{prefix}.{name}"] = $"{prefix}.{target}";
        }
    }

    /// <summary>The first free name of the form <c>_J0</c>, <c>_J1</c>, …</summary>
    public Reference FreeName(string stem, SourceLocation at)
    {
        int n = _taken.GetValueOrDefault(stem);
        while (_byName.ContainsKey($"{stem}{n}"))
        {
            n++;
        }

        _taken[stem] = n;
        return new Reference($"{stem}{n}", at);
    }
}
