using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <content>Reactions, interactions and events.</content>
sealed partial class AntimonyParser
{
    /// <summary>Whether an arrow comes before anything that would make it a definition.</summary>
    bool IsReaction()
    {
        for (int i = 0; ; i++)
        {
            switch (_cursor.Peek(i).Kind)
            {
                case TokenKind.ReversibleArrow or TokenKind.IrreversibleArrow:
                    return true;
                case TokenKind.Minus when IsInteraction(i):
                    return true;
                case TokenKind.Name or TokenKind.Number or TokenKind.Dollar or TokenKind.Plus or TokenKind.Dot:
                    break;
                default:
                    return false;
            }
        }
    }

    bool IsInteraction(int ahead)
    {
        Token minus = _cursor.Peek(ahead), mark = _cursor.Peek(ahead + 1), behind = _cursor.Peek(ahead + 2);
        bool touches = mark.Start == minus.Stop;
        return touches && (mark.Kind is TokenKind.Bar or TokenKind.OpenParenthesis || (_cursor.Is(mark, "o") && behind.Start > mark.Stop));
    }

    Statement? Reaction(Reference? label, Reference? place = null)
    {
        _continues = true;
        SourceLocation at = label?.At ?? Here;
        if (Side() is not { } left)
        {
            return null;
        }

        if (_cursor.Is(TokenKind.Minus) && IsInteraction(0))
        {
            return Interaction(at, left);
        }

        bool reversible = _cursor.Is(TokenKind.ReversibleArrow);
        if (!_cursor.Take(TokenKind.ReversibleArrow) && !_cursor.Take(TokenKind.IrreversibleArrow))
        {
            string hint = left.Count == 1 ? Hint() ?? "a definition needs =, := or ' =" : "a reaction needs => or ->";
            _cursor.Unexpected("ND0210", "an arrow is missing here", "=> or ->", hint);
            return null;
        }

        return Side() is { } right ? Law(new ReactionStatement(at, label, left, right) { Reversible = reversible, Place = place }) : null;
    }

    ReactionStatement? Law(ReactionStatement reaction)
    {
        if (reaction.Left.Count + reaction.Right.Count == 0)
        {
            _cursor.Unexpected("ND0211", "a reaction needs a species on one of its sides", "a species");
            return null;
        }

        if (!_cursor.Is(TokenKind.Semicolon))
        {
            _cursor.Unexpected("ND0212", "a ; is missing between the reaction and its rate law", "; and the rate law on the same line", _cursor.Is(TokenKind.OpenParenthesis) ? "a side of a reaction holds only species and their numbers" : null);
            return null;
        }

        _ = _cursor.Next();
        Formula? law = null;
        if (!AtSeparator && !_cursor.Is("in") && (law = Formula()) is null)
        {
            return null;
        }

        if (!Place(out Reference? place))
        {
            return null;
        }

        _continues = false;
        return reaction with { Law = law, Place = place ?? reaction.Place };
    }

    List<ReactionPart>? Side()
    {
        List<ReactionPart> parts = [];
        if (_cursor.Current.Kind is not (TokenKind.Number or TokenKind.Name or TokenKind.Dollar) && !_cursor.Is(TokenKind.Plus))
        {
            return parts;
        }

        do
        {
            if (Part() is not { } part)
            {
                return null;
            }

            parts.Add(part);
        }
        while (_cursor.Take(TokenKind.Plus));
        return parts;
    }

    ReactionPart? Part()
    {
        Token first = _cursor.Current;
        if (first.Kind == TokenKind.Number)
        {
            double n = _cursor.NumberOf(_cursor.Next());
            return Reference("a species behind its number") is { } species ? new ReactionPart(n, species) : null;
        }

        if (Reference("a species") is not { } name)
        {
            return null;
        }

        if (_cursor.Current.Kind is not (TokenKind.Name or TokenKind.Dollar) || (_cursor.Is(TokenKind.Name) && ReservedWords.Keywords.Contains(_cursor.TextOf(_cursor.Current))))
        {
            return new ReactionPart(Expr.One, name);
        }

        return Reference("a species") is { } counted ? new ReactionPart(new SymbolExpr(name.Name), counted) : null;
    }

    InteractionStatement? Interaction(SourceLocation at, List<ReactionPart> actors)
    {
        _ = _cursor.Next();
        _ = _cursor.Next();
        if (Reference("a reaction's name") is not { } target)
        {
            return null;
        }

        _continues = false;
        return new InteractionStatement(at, actors, target);
    }

    EventStatement? Event(Reference? label)
    {
        _continues = true;
        SourceLocation at = label?.At ?? Here;
        _ = _cursor.Next();
        if (Formula() is not { } first)
        {
            return null;
        }

        Formula? second = null;
        if (_cursor.Take("after") && (second = Formula()) is null)
        {
            return null;
        }

        EventStatement draft = new(at, label, second ?? first, []) { Delay = second is null ? null : first };
        while (_cursor.Take(TokenKind.Comma))
        {
            if (Option(draft) is not { } more)
            {
                return null;
            }

            draft = more;
        }

        if (!Expect(TokenKind.Colon, "the event's trigger is not followed by its assignments", "a comma with an option, or a colon with the assignments") || EventAssignments() is not { } assignments)
        {
            return null;
        }

        _continues = false;
        return draft with { Assignments = assignments };
    }

    EventStatement? Option(EventStatement e)
    {
        string[] options = ["t0", "persistent", "fromTrigger", "priority"];
        Token token = _cursor.Current;
        string name = token.Kind == TokenKind.Name ? _cursor.TextOf(token) : "";
        if (!options.Contains(name))
        {
            _cursor.Unexpected("ND0213", "there is no such event option", string.Join(", ", options), name.Length > 0 ? NearestName.Hint(name, options) : null);
            return null;
        }

        _ = _cursor.Next();
        if (!Expect(TokenKind.Assign, $"the option {name} needs a value", "="))
        {
            return null;
        }

        if (name == "priority")
        {
            return Formula() is { } priority ? e with { Priority = priority } : null;
        }

        string word = _cursor.Is(TokenKind.Name) ? _cursor.TextOf(_cursor.Current) : "";
        if (!ReservedWords.Booleans.Contains(word))
        {
            _cursor.Unexpected("ND0214", $"the option {name} takes only true or false", "true or false");
            return null;
        }

        _ = _cursor.Next();
        bool value = ReservedWords.Constants[word] != 0;
        return name switch
        {
            "t0" => e with { InitiallyTrue = value },
            "persistent" => e with { Persistent = value },
            _ => e with { ValuesFromTrigger = value },
        };
    }

    List<Definition>? EventAssignments()
    {
        List<Definition> assignments = [];
        do
        {
            while (_cursor.Take(TokenKind.NewLine))
            {
            }

            if (Reference("a name the event assigns") is not { } target || !Expect(TokenKind.Assign, $"{target.Name} needs a value here", "=") || Formula() is not { } formula)
            {
                return null;
            }

            assignments.Add(new Definition(target, null, DefinitionKind.Initial, formula));
        }
        while (_cursor.Take(TokenKind.Comma) || _cursor.Take(TokenKind.Colon));
        return assignments;
    }
}
