namespace Nadir.Models;

/// <content>Values, rules, reactions, events, names.</content>
sealed partial class ModelDrafter
{
    void Assign(SymbolDraft symbol, Definition d)
    {
        if (d.Formula is null)
        {
            Clear(symbol, d.Kind);
            return;
        }

        if (symbol.Inherited)
        {
            Override(symbol, d.Kind);
        }

        if (symbol.Kind == SymbolKind.Reaction)
        {
            WarnAboutRepetition(symbol, symbol.Initial ?? symbol.Rule ?? symbol.Reaction?.Law, d);
            (symbol.Initial, symbol.Rule) = (null, d.Formula);
            return;
        }

        if (Conflict(symbol, d.Kind) is { } other)
        {
            _issues.Error(
                "ND0222", d.Target.At, $"{symbol.Name} already has {Words.Of(other)}, so it cannot have {Words.Of(d.Kind)}", symbol.Name, "one of x = …, x := …, x' = … (with a starting value x = …)",
                $"clear the other one with {symbol.Name} {(other == DefinitionKind.Rule ? ":= ;" : "' = ;")}");
            return;
        }

        Store(symbol, d);
    }

    static DefinitionKind? Conflict(SymbolDraft symbol, DefinitionKind kind) =>
        kind != DefinitionKind.Rule && symbol.Rule is not null ? DefinitionKind.Rule
        : kind == DefinitionKind.Rule && symbol.Rate is not null ? DefinitionKind.Rate
        : null;

    void Store(SymbolDraft symbol, Definition d)
    {
        switch (d.Kind)
        {
            case DefinitionKind.Initial:
                WarnAboutRepetition(symbol, symbol.Initial, d);
                symbol.Initial = d.Formula;
                break;
            case DefinitionKind.Rule:
                WarnAboutRepetition(symbol, symbol.Rule ?? symbol.Initial, d);
                (symbol.Initial, symbol.Rule) = (null, d.Formula);
                break;
            default:
                WarnAboutRepetition(symbol, symbol.Rate, d);
                symbol.Rate = d.Formula;
                break;
        }

        symbol.Unit = d.Formula?.Unit ?? symbol.Unit;
    }

    void WarnAboutRepetition(SymbolDraft symbol, Formula? before, Definition d)
    {
        if (before is not null && !symbol.Inherited)
        {
            _issues.Warning("ND0223", d.Target.At, $"{symbol.Name} is defined again; the definition at line {before.At.Line} has no effect", "remove one of the two");
        }
    }

    static void Clear(SymbolDraft symbol, DefinitionKind kind)
    {
        symbol.Initial = kind == DefinitionKind.Initial ? null : symbol.Initial;
        symbol.Rule = kind == DefinitionKind.Rule || symbol.Kind == SymbolKind.Reaction ? null : symbol.Rule;
        symbol.Rate = kind == DefinitionKind.Rate ? null : symbol.Rate;
        if (symbol is { Kind: SymbolKind.Reaction, Reaction: { } reaction })
        {
            symbol.Reaction = reaction with { Law = null };
        }
    }

    static void Override(SymbolDraft symbol, DefinitionKind kind)
    {
        symbol.Rule = null;
        symbol.Rate = kind == DefinitionKind.Rule ? null : symbol.Rate;
        symbol.Initial = kind is DefinitionKind.Initial or DefinitionKind.Rule ? null : symbol.Initial;
        symbol.Inherited = false;
        symbol.Reaction = symbol.Reaction is { } reaction ? reaction with { Law = null } : null;
    }

    void React(ReactionStatement s)
    {
        if (Mention(s.Label ?? _draft.FreeName("_J", s.At)) is not { } symbol || !Become(symbol, SymbolKind.Reaction, s.At))
        {
            return;
        }

        if (symbol.Reaction is { } before)
        {
            _issues.Warning("ND0223", s.At, $"the reaction {symbol.Name} is defined again; the one at line {before.At.Line} has no effect", "give one of the two another name");
        }

        if (s.Law is not null && (symbol.Rule ?? symbol.Initial) is { } outside)
        {
            _issues.Warning("ND0223", s.At, $"the law of {symbol.Name} is defined again; the one at line {outside.At.Line} has no effect", "remove one of the two");
            (symbol.Initial, symbol.Rule) = (null, null);
        }

        symbol.At = s.At;
        symbol.Reaction = s;
        Place(symbol, s.Place);
        foreach (ReactionPart part in s.Left.Concat(s.Right))
        {
            Participate(part);
        }
    }

    void Participate(ReactionPart part)
    {
        if (Mention(part.Species) is { } species)
        {
            _ = Become(species, SymbolKind.Species, part.Species.At);
        }
    }

    void AddEvent(EventStatement s)
    {
        if (Mention(s.Label ?? _draft.FreeName("_E", s.At)) is not { } symbol || !Become(symbol, SymbolKind.Event, s.At))
        {
            return;
        }

        if (symbol.Event is { } before)
        {
            _issues.Warning("ND0223", s.At, $"the event {symbol.Name} is defined again; the one at line {before.At.Line} has no effect", "give one of the two another name");
        }

        symbol.At = s.At;
        symbol.Event = s;
        foreach (Definition assignment in s.Assignments)
        {
            _ = Mention(assignment.Target);
        }
    }

    void Name(NameStatement s)
    {
        if (Mention(s.Subject) is { } symbol)
        {
            symbol.DisplayName = s.Text;
        }
    }

    void Annotate(AnnotationStatement s)
    {
        if (s.Subject is null || Mention(s.Subject) is not null)
        {
            _draft.Annotations.Add(s);
        }
    }
}
