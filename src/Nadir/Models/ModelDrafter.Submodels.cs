using Nadir.Faults;

namespace Nadir.Models;

/// <content>Submodels: a copy of another model's symbols under a prefix.</content>
sealed partial class ModelDrafter
{
    void Instantiate(InstanceStatement s)
    {
        if (!_models.TryGetValue(s.Model.Name, out ModelDraft? model))
        {
            _issues.Error("ND0224", s.At, $"there is no model {s.Model.Name} before this line", s.Model.Name, "a model defined above", NearestName.Hint(s.Model.Name, [.. _models.Keys]));
            return;
        }

        IReadOnlyList<Reference> ports = model.Syntax.Interface;
        if (s.Arguments.Count > ports.Count)
        {
            _issues.Error("ND0225", s.At, $"{s.Model.Name} takes {ports.Count} arguments, not {s.Arguments.Count}", $"{s.Arguments.Count} arguments", $"at most {ports.Count}");
            return;
        }

        if (Mention(s.Label ?? _draft.FreeName("_sys", s.At)) is not { } label)
        {
            return;
        }

        if (label.Kind == SymbolKind.Submodel)
        {
            _issues.Error("ND0221", s.At, $"there is already a submodel {label.Name} (line {label.At.Line})", label.Name, "another label");
            return;
        }

        if (!Become(label, SymbolKind.Submodel, s.At) || !Copy(model, label.Name, s.At))
        {
            return;
        }

        Place(label, s.Place);

        for (int i = 0; i < s.Arguments.Count; i++)
        {
            Connect(new Reference($"{label.Name}.{ports[i].Name}", s.Arguments[i].At), s.Arguments[i]);
        }
    }

    bool Copy(ModelDraft model, string prefix, SourceLocation at)
    {
        if (_draft.Symbols.Count + model.Symbols.Count > MaxSymbols)
        {
            _issues.Error("ND0226", at, "the submodels have too many symbols", $"more than {MaxSymbols}", $"at most {MaxSymbols} symbols");
            return false;
        }

        string Outer(string inner) => $"{prefix}.{inner}";
        foreach (SymbolDraft symbol in model.Symbols)
        {
            SymbolDraft copy = symbol.Renamed(Outer);
            copy.Inherited = true;
            _draft.Add(copy);
        }

        _draft.AdoptAliases(model, prefix);
        _draft.Interactions.AddRange(model.Interactions.Select(i => i with
        {
            Actors = [.. i.Actors.Select(a => a with { Species = a.Species.Renamed(Outer) })],
            Target = i.Target.Renamed(Outer),
        }));
        _draft.Annotations.AddRange(model.Annotations.Where(a => a.Subject is not null).Select(a => a with { Subject = a.Subject!.Renamed(Outer) }));
        foreach ((string name, string text) in model.Units)
        {
            _ = _draft.Units.TryAdd(name, text);
        }

        return true;
    }

    void Connect(Reference port, InstanceArgument argument)
    {
        if (argument.Name is { } outer)
        {
            Synchronise(new SynchronisationStatement(argument.At, port, outer));
        }
        else
        {
            Define(new Definition(port, null, DefinitionKind.Initial, argument.Number));
        }
    }

    void Synchronise(SynchronisationStatement s)
    {
        if (Mention(s.Left) is not { } left || Mention(s.Right) is not { } right || left == right)
        {
            return;
        }

        if (left.Kind == SymbolKind.Submodel || right.Kind == SymbolKind.Submodel)
        {
            _issues.Error("ND0227", s.At, $"submodels cannot be synchronised ({left.Name} is {right.Name})", left.Name, "two symbols that are not submodels");
            return;
        }

        if (left.Kind != SymbolKind.Unknown && !Become(right, Wider(left.Kind, right.Kind), s.At))
        {
            return;
        }

        TakeOver(left, right);
        _draft.Merge(left, right);
    }

    static SymbolKind Wider(SymbolKind left, SymbolKind right) =>
        left == SymbolKind.Parameter && right is SymbolKind.Species or SymbolKind.Compartment or SymbolKind.Reaction ? right : left;

    static void TakeOver(SymbolDraft left, SymbolDraft right)
    {
        if (!right.HasDefinition)
        {
            (right.Initial, right.Rule, right.Rate, right.Reaction, right.Event) = (left.Initial, left.Rule, left.Rate, left.Reaction, left.Event);
            right.SubstanceOnly |= left.SubstanceOnly;
            right.Inherited = true;
        }

        right.Place ??= left.Place;
        right.Constant ??= left.Constant;
        right.Unit ??= left.Unit;
        right.DisplayName ??= left.DisplayName;
    }

    void Delete(DeleteStatement s)
    {
        foreach (Reference target in s.Targets)
        {
            if (Mention(target) is not { } symbol)
            {
                continue;
            }

            if (symbol.Kind == SymbolKind.Submodel || !symbol.Name.Contains('.', StringComparison.Ordinal))
            {
                _issues.Error("ND0228", target.At, $"only a symbol inside a submodel can be deleted, not {target.Name}", target.Name, "a name such as A.x");
                continue;
            }

            Remove(symbol);
        }
    }

    /// <summary>Removes a symbol, the reactions it takes part in and the formulas that use it.</summary>
    void Remove(SymbolDraft removed)
    {
        _draft.Remove(removed);
        bool Uses(Formula? f) => f is not null && f.Names.Any(use => _draft.Resolve(use.Name) == removed.Name);
        bool IsIn(ReactionStatement r) => r.Left.Concat(r.Right).Any(p => _draft.Resolve(p.Species.Name) == removed.Name);
        foreach (SymbolDraft symbol in _draft.Symbols.ToArray())
        {
            symbol.Initial = Uses(symbol.Initial) ? null : symbol.Initial;
            symbol.Rule = Uses(symbol.Rule) ? null : symbol.Rule;
            symbol.Rate = Uses(symbol.Rate) ? null : symbol.Rate;
            symbol.Place = symbol.Place is { } place && _draft.Resolve(place.Name) == removed.Name ? null : symbol.Place;
            bool lost = (symbol.Reaction is { } r && IsIn(r)) || (symbol.Event is { } e && (Uses(e.Trigger) || Uses(e.Delay) || Uses(e.Priority)));
            if (lost)
            {
                _draft.Remove(symbol);
            }
            else
            {
                symbol.Reaction = symbol.Reaction is { } reaction && Uses(reaction.Law) ? reaction with { Law = null } : symbol.Reaction;
                symbol.Event = symbol.Event is { } ev
                    ? ev with { Assignments = [.. ev.Assignments.Where(a => _draft.Resolve(a.Target.Name) != removed.Name && !Uses(a.Formula))] }
                    : null;
            }
        }
    }
}
