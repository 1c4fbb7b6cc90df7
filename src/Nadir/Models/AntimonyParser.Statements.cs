using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <content>Which statement it is; definitions, declarations, submodels, units.</content>
sealed partial class AntimonyParser
{
    static readonly string[] s_statementWords =
        ["model", "end", "species", "formula", "reaction", "compartment", "const", "var", "ext", "substanceOnly", "import", "at", "function", "unit", "delete"];

    static readonly Dictionary<string, string> s_unsupported = new()
    {
        ["import"] = "import",
        ["DNA"] = "a DNA strand",
        ["gene"] = "a gene",
        ["operator"] = "an operator of a DNA strand",
        ["constraint"] = "a constraint",
        ["maximize"] = "an objective (maximize)",
        ["minimize"] = "an objective (minimize)",
    };

    Statement? Statement()
    {
        Token first = _cursor.Current;
        if (first.Kind != TokenKind.Name)
        {
            return first.Kind == TokenKind.Number && _cursor.Peek(1).Kind == TokenKind.Assign
                ? Unsupported("an algebraic rule (0 = …)", "solve it for one of its variables and write a rule for that")
                : IsReaction() || first.Kind != TokenKind.Dollar ? Reaction(null) : Plain();
        }

        string word = _cursor.TextOf(first);
        return s_unsupported.TryGetValue(word, out string? construct) ? Unsupported(construct) : word switch
        {
            "at" => Event(null),
            "unit" => Unit(),
            "delete" => Delete(),
            "const" or "ext" or "var" or "species" or "substanceOnly" or "formula" or "compartment" or "reaction" => Declaration(),
            "model" or "module" => AboutModel(),
            "function" => Misplaced("a function stands outside the model blocks", "a statement of the model", "move it above the model"),
            "end" => Misplaced("there is no model or function that could end here", "a statement"),
            _ => IsLabel() ? Labelled() : IsReaction() ? Reaction(null) : Plain(),
        };
    }

    Statement? Misplaced(string message, string expected, string? hint = null)
    {
        _cursor.Unexpected("ND0208", message, expected, hint);
        _ = _cursor.Next();
        return null;
    }

    bool IsLabel()
    {
        int ahead = ReferenceLength(0);
        if (ahead > 0 && _cursor.Is(_cursor.Peek(ahead), "in"))
        {
            int place = ReferenceLength(ahead + 1);
            ahead = place == 0 ? 0 : ahead + 1 + place;
        }

        return ahead > 0 && _cursor.Peek(ahead).Kind == TokenKind.Colon && _cursor.Peek(ahead + 1).Kind != TokenKind.Assign;
    }

    int ReferenceLength(int from)
    {
        int at = from;
        if (_cursor.Peek(at).Kind == TokenKind.Dollar)
        {
            at++;
        }

        if (_cursor.Peek(at).Kind != TokenKind.Name)
        {
            return 0;
        }

        at++;
        while (_cursor.Peek(at).Kind == TokenKind.Dot && _cursor.Peek(at + 1).Kind == TokenKind.Name)
        {
            at += 2;
        }

        return at - from;
    }

    Statement? Labelled()
    {
        Reference? label = Reference("a label");
        if (label is null || !Place(out Reference? place) || !Expect(TokenKind.Colon, "the label needs a colon", ":"))
        {
            return null;
        }

        return _cursor.Is("at") ? Event(label)
            : _cursor.Is(TokenKind.Name) && _cursor.Peek(1).Kind == TokenKind.OpenParenthesis && !IsReaction() ? Instance(label, place)
            : Reaction(label, place);
    }

    Statement? Plain()
    {
        if (_cursor.Peek(0).Kind == TokenKind.Name && _cursor.Peek(1).Kind == TokenKind.OpenParenthesis)
        {
            return Instance(null);
        }

        if (Reference("a name") is not { } target)
        {
            return null;
        }

        if (About(target) is { } data)
        {
            return data;
        }

        if (IsAnnotation)
        {
            return Annotation(target.At, target);
        }

        if (_cursor.Is("is"))
        {
            return Is(target);
        }

        if (_cursor.Is(TokenKind.Star) || _cursor.Is(TokenKind.Slash))
        {
            return Unsupported("synchronisation with a factor (A.x * f is y)");
        }

        if (Value(target) is not { } definition)
        {
            return null;
        }

        if (definition is { Kind: DefinitionKind.None, Place: null })
        {
            _cursor.Unexpected("ND0201", $"this is not a statement: {target.Name} {_cursor.Show(_cursor.Current)}", "=, :=, ' =, in, is, has, : or an arrow", Hint());
            return null;
        }

        return new DefinitionStatement(definition);
    }

    Definition? Value(Reference target)
    {
        if (!Place(out Reference? place))
        {
            return null;
        }

        DefinitionKind kind =
            _cursor.Take(TokenKind.Assign) ? DefinitionKind.Initial
            : _cursor.Is(TokenKind.Colon) ? DefinitionKind.Rule
            : _cursor.Is(TokenKind.Apostrophe) ? DefinitionKind.Rate
            : _cursor.Take("has") ? DefinitionKind.Unit
            : DefinitionKind.None;
        if (kind is DefinitionKind.Rule or DefinitionKind.Rate)
        {
            _ = _cursor.Next();
            if (!Expect(TokenKind.Assign, $"{target.Name} needs an = here", "="))
            {
                return null;
            }
        }

        return kind switch
        {
            DefinitionKind.None => new Definition(target, place, kind, null),
            DefinitionKind.Unit => new Definition(target, place, kind, null) { Unit = RestOfStatement(stopsAtComma: true) },
            _ => AtSeparator ? new Definition(target, place, kind, null)
                : Formula() is { } formula ? new Definition(target, place, kind, formula) : null,
        };
    }

    DeclarationStatement? Declaration()
    {
        SourceLocation at = Here;
        bool? constant = _cursor.Take("const") || _cursor.Take("ext") ? true : _cursor.Take("var") ? false : null;
        bool substanceOnly = _cursor.Take("substanceOnly");
        SymbolKind? kind =
            _cursor.Take("species") ? SymbolKind.Species
            : _cursor.Take("formula") ? SymbolKind.Parameter
            : _cursor.Take("compartment") ? SymbolKind.Compartment
            : _cursor.Take("reaction") ? SymbolKind.Reaction
            : substanceOnly ? SymbolKind.Species
            : null;
        if (substanceOnly && kind != SymbolKind.Species)
        {
            _issues.Error("ND0206", at, "only species can be substanceOnly", _cursor.Show(_cursor.Previous), "substanceOnly species");
            return null;
        }

        List<Definition> items = [];
        do
        {
            if (Reference("a name to declare") is not { } target || Value(target) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
        while (_cursor.Take(TokenKind.Comma));
        return new DeclarationStatement(at, items) { Kind = kind, Constant = constant, SubstanceOnly = substanceOnly };
    }

    InstanceStatement? Instance(Reference? label, Reference? before = null)
    {
        SourceLocation at = Here;
        if (Identifier("a model's name") is not { } model || !Expect(TokenKind.OpenParenthesis, "a submodel needs parentheses", "("))
        {
            return null;
        }

        List<InstanceArgument> arguments = [];
        while (!_cursor.Is(TokenKind.CloseParenthesis))
        {
            if ((arguments.Count > 0 && !Expect(TokenKind.Comma, "the list of a submodel's arguments is not closed", ", or )")) || Argument() is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
        }

        _ = _cursor.Next();
        if (_cursor.Is(TokenKind.Comma))
        {
            _ = Unsupported("an option of a submodel (timeconv, extentconv)", "convert the submodel's rate constants");
            return null;
        }

        _ = label is null || _submodels.Add(label.Name);
        return Place(out Reference? place) ? new InstanceStatement(at, label, model, arguments) { Place = place ?? before } : null;
    }

    InstanceArgument? Argument()
    {
        SourceLocation at = Here;
        if (_cursor.Current.Kind is TokenKind.Number or TokenKind.Minus or TokenKind.Plus)
        {
            Formula? number = Formula();
            if (number is { Tree: not NumberExpr })
            {
                _issues.Error("ND0206", at, "a submodel's argument is a name or a number", ExpressionPrinter.Print(number.Tree), "a name or a number", "give the formula a name of its own");
                return null;
            }

            return number is null ? null : new InstanceArgument(at, null, number);
        }

        return Reference("an argument (a name or a number)") is { } name ? new InstanceArgument(at, name, null) : null;
    }

    UnitStatement? Unit()
    {
        SourceLocation at = _cursor.At(_cursor.Next());
        if (_cursor.Current.Kind != TokenKind.Name)
        {
            _cursor.Unexpected("ND0204", "a unit's name is missing here", "a name");
            return null;
        }

        string name = _cursor.TextOf(_cursor.Next());
        if (!_cursor.Take(TokenKind.Assign))
        {
            return new UnitStatement(at, name, null);
        }

        SourceLocation start = Here;
        string text = RestOfStatement();
        if (UnitText.Fault(text) is { } fault)
        {
            _issues.Error("ND0209", start, $"the formula of the unit {name} {fault}", text.Length == 0 ? "nothing" : text, "numbers, units, *, /, ^ and parentheses");
            return null;
        }

        return new UnitStatement(at, name, text);
    }

    DeleteStatement? Delete()
    {
        SourceLocation at = _cursor.At(_cursor.Next());
        List<Reference> targets = [];
        do
        {
            if (Reference("a name to delete") is not { } target)
            {
                return null;
            }

            targets.Add(target);
        }
        while (_cursor.Take(TokenKind.Comma));
        return new DeleteStatement(at, targets);
    }
}
