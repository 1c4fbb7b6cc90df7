using Nadir.Expressions;

namespace Nadir.Models;

/// <content>Reactions, interactions and events.</content>
sealed partial class ModelChecks
{
    void Reactions()
    {
        foreach (SymbolDraft r in _table.Of(SymbolKind.Reaction))
        {
            if (r.Reaction is null)
            {
                _issues.Error("ND0250", r.At, $"the reaction {r.Name} is declared but never written", r.Name, $"{r.Name}: A => B; k*A");
                continue;
            }

            if (r.Law is null)
            {
                _issues.Error("ND0251", r.At, $"the reaction {r.Name} has no rate law", r.Name, "a law behind the ;", "write 0 for a reaction that never happens");
            }

            foreach (ReactionPart part in r.Reaction.Left.Concat(r.Reaction.Right))
            {
                CheckStoichiometry(r, part);
            }
        }

        foreach (InteractionStatement i in _table.Interactions)
        {
            CheckInteraction(i);
        }
    }

    void CheckStoichiometry(SymbolDraft reaction, ReactionPart part)
    {
        if (part.Stoichiometry is not SymbolExpr { Name: string name } || (_table.Find(name) is { Kind: SymbolKind.Parameter, Initial: not null } s && !_table.Changes(s)))
        {
            return;
        }

        string reason = _table.Find(name) is null ? "is not defined" : "is not a parameter with a constant value";
        string? hint = _hints.For(name, _table.Parameters.Select(p => p.Name).Where(n => n != name)) ?? "a + may be missing between two species";
        _issues.Error("ND0252", part.Species.At, $"the number of {part.Species.Name} in {reaction.Name}, {name}, {reason}", name, "a number or a constant parameter", hint);
    }

    void CheckInteraction(InteractionStatement i)
    {
        if (_table.Find(i.Target.Name) is not { Kind: SymbolKind.Reaction } reaction)
        {
            IEnumerable<string> reactions = _table.Of(SymbolKind.Reaction).Select(r => r.Name);
            _issues.Error("ND0253", i.Target.At, $"the interaction acts on {i.Target.Name}, which is not a reaction", i.Target.Name, "a reaction's name", _hints.For(i.Target.Name, reactions));
            return;
        }

        foreach (Reference actor in i.Actors.Select(a => a.Species).Where(a => reaction.Law is { } law && law.Names.All(use => use.Name != a.Name)))
        {
            _issues.Error("ND0254", actor.At, $"{actor.Name} acts on {reaction.Name}, but the rate law of {reaction.Name} does not use it", actor.Name, "a species of the rate law", "an interaction has no effect of its own");
        }
    }

    void Events()
    {
        foreach (SymbolDraft s in _table.Of(SymbolKind.Event))
        {
            EventStatement e = s.Event!;
            if (!e.Trigger.IsTruth)
            {
                _issues.Error("ND0260", e.Trigger.At, $"the trigger of the event {s.Name} is not a condition", ExpressionPrinter.Print(e.Trigger.Tree), "a comparison, such as time >= 1");
            }

            if (e.Priority is { IsTruth: true } priority)
            {
                _issues.Error("ND0261", priority.At, $"the priority of the event {s.Name} is a condition", ExpressionPrinter.Print(priority.Tree), "a number");
            }

            CheckTargets(s, e);
        }
    }

    void CheckTargets(SymbolDraft s, EventStatement e)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (Reference target in e.Assignments.Select(a => a.Target))
        {
            if (!seen.Add(target.Name))
            {
                _issues.Error("ND0262", target.At, $"the event {s.Name} assigns {target.Name} twice", target.Name, "one assignment for each name");
            }
            else if (WrongTarget(_table.Find(target.Name)) is { } reason)
            {
                _issues.Error("ND0263", target.At, $"the event {s.Name} cannot assign {target.Name}: {reason}", target.Name, "a species, parameter or compartment without an assignment rule", NearestTarget(target.Name));
            }
        }
    }

    string? NearestTarget(string name) => _hints.For(name, _table.Symbols.Where(t => WrongTarget(t) is null).Select(t => t.Name));

    static string? WrongTarget(SymbolDraft? target) => target switch
    {
        null => "it is not defined",
        { Kind: SymbolKind.Reaction or SymbolKind.Event } => $"it is {Words.Of(target.Kind)}",
        { Rule: not null } => "it has an assignment rule",
        { Kind: SymbolKind.Parameter or SymbolKind.Unknown, HasDefinition: false } => "it has no value before the event",
        { Kind: SymbolKind.Parameter or SymbolKind.Compartment, Constant: true } => "it is const",
        _ => null,
    };
}
