using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>Reads Antimony text into statements. After an error it goes on behind the end of the statement or line.</summary>
sealed partial class AntimonyParser
{
    /// <summary>The name of the model that statements outside all blocks belong to.</summary>
    public const string OuterName = "__main";

    readonly TokenCursor _cursor;
    readonly IssueList _issues;
    readonly Suggestion _hints = new();
    readonly List<ModelSyntax> _models = [];
    readonly List<FunctionSyntax> _functions = [];
    readonly HashSet<string> _submodels = [];
    Token _first;
    bool _continues;

    AntimonyParser(string text, string file, IssueList issues)
    {
        _issues = issues;
        _cursor = new TokenCursor(text, file, Lexer.Read(text, new SourceLocation(file, 1, 1), issues), issues);
    }

    bool AtSeparator => _cursor.Current.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.End;

    bool Gone => _cursor.Is(TokenKind.End) || _issues.Count >= Lexer.MaxIssues;

    /// <summary>Reads a whole file.</summary>
    public static FileSyntax Parse(string text, string file, IssueList issues) => new AntimonyParser(text, file, issues).File();

    FileSyntax File()
    {
        List<Statement> outer = [];
        SourceLocation start = _cursor.Origin;
        while (!Gone)
        {
            if (_cursor.Is("model") || _cursor.Is("module"))
            {
                Model();
            }
            else if (_cursor.Is("function"))
            {
                Function();
            }
            else
            {
                Add(outer);
            }
        }

        return new FileSyntax(_models, _functions, new ModelSyntax(OuterName, start, Here, [], outer));
    }

    void Model()
    {
        SourceLocation at = _cursor.At(_cursor.Next());
        bool starred = _cursor.Take(TokenKind.Star);
        if (Identifier("a model's name") is not { } name || Interface() is not { } ports)
        {
            SkipLine();
            name = new Reference("?", at);
            ports = [];
        }

        _submodels.Clear();
        List<Statement> statements = [];
        while (!Gone && !_cursor.Is("end") && !AtModelBlock)
        {
            Add(statements);
        }

        SourceLocation end = Here;
        if (!_cursor.Take("end") && _issues.Count < Lexer.MaxIssues)
        {
            _issues.Error("ND0202", at, $"the model {name.Name} that starts here has no end", _cursor.Show(_cursor.Current), "end");
        }

        _submodels.Clear();
        _models.Add(new ModelSyntax(name.Name, name.At, end, ports, statements) { Starred = starred });
    }

    List<Reference>? Interface()
    {
        List<Reference> ports = [];
        if (!_cursor.Take(TokenKind.OpenParenthesis) || _cursor.Take(TokenKind.CloseParenthesis))
        {
            return ports;
        }

        do
        {
            if (Reference("a name of the model's interface") is not { } port)
            {
                return null;
            }

            ports.Add(port);
        }
        while (_cursor.Take(TokenKind.Comma));
        return Expect(TokenKind.CloseParenthesis, "the list of the model's interface is not closed", ", or )") ? ports : null;
    }

    void Function()
    {
        SourceLocation at = _cursor.At(_cursor.Next());
        if (Identifier("a function's name") is not { } name || FunctionParameters() is not { } parameters)
        {
            SkipToEnd();
            return;
        }

        SkipSeparators();
        _cursor.IgnoresLineEnds = true;
        Formula? body = Formula();
        _cursor.IgnoresLineEnds = false;
        SkipSeparators();
        if (body is null)
        {
            SkipToEnd();
        }
        else if (!_cursor.Take("end"))
        {
            _cursor.Unexpected("ND0203", $"the function {name.Name} should end here", "end", "a function holds one formula");
            SkipToEnd();
        }
        else
        {
            _functions.Add(new FunctionSyntax(name.Name, parameters, body, at));
        }
    }

    List<string>? FunctionParameters()
    {
        if (!Expect(TokenKind.OpenParenthesis, "a function needs a list of arguments", "("))
        {
            return null;
        }

        List<string> parameters = [];
        if (_cursor.Take(TokenKind.CloseParenthesis))
        {
            return parameters;
        }

        do
        {
            if (Identifier("an argument's name") is not { } parameter)
            {
                return null;
            }

            parameters.Add(parameter.Name);
        }
        while (_cursor.Take(TokenKind.Comma));
        return Expect(TokenKind.CloseParenthesis, "the list of the function's arguments is not closed", ", or )") ? parameters : null;
    }

    void Add(List<Statement> statements)
    {
        if (AtSeparator)
        {
            _ = _cursor.Next();
            return;
        }

        _first = _cursor.Current;
        _continues = false;
        Statement? statement = Statement();
        if (statement is not null && AtSeparator)
        {
            statements.Add(statement);
            return;
        }

        if (statement is not null)
        {
            _cursor.Unexpected("ND0201", "the statement should end here", "; or the end of the line", Hint());
        }

        Recover();
    }

    /// <summary>The keyword that the statement's first word probably was meant to be.</summary>
    string? Hint()
    {
        string word = _cursor.TextOf(_first);
        return _first.Kind == TokenKind.Name && !ReservedWords.Contains(word) ? _hints.For(word, s_statementWords) : null;
    }
}
