using Nadir.Faults;

namespace Nadir.Expressions;

/// <summary>Cuts a text into tokens. Comments and blanks vanish, a backslash at a line's end joins the next line.</summary>
sealed class Lexer
{
    /// <summary>Past this many issues the text is not a model; reading on would only repeat that.</summary>
    public const int MaxIssues = 50;

    readonly string _text;
    readonly SourceLocation _origin;
    readonly IssueList _issues;
    readonly List<Token> _tokens = [];
    int _at;
    int _line;
    int _lineStart;

    Lexer(string text, SourceLocation origin, IssueList issues)
    {
        _text = text;
        _origin = origin;
        _issues = issues;
        _line = Math.Max(1, origin.Line);
        _lineStart = 1 - Math.Max(1, origin.Column);
    }

    /// <summary>The tokens of <paramref name="text"/>, whose first character stands at <paramref name="origin"/>; the last one is <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Read(string text, SourceLocation origin, IssueList issues) => new Lexer(text, origin, issues).Run();

    List<Token> Run()
    {
        const char byteOrderMark = '\uFEFF';
        _at = _text.StartsWith(byteOrderMark) ? 1 : 0;
        _lineStart += _at;
        while (_at < _text.Length && _issues.Count < MaxIssues)
        {
            Step();
        }

        _at = _text.Length;
        Add(TokenKind.End, 0);
        return _tokens;
    }

    void Step()
    {
        char c = _text[_at];
        if (c is ' ' or '\t')
        {
            _at++;
        }
        else if (c is '\n' or '\r')
        {
            Add(TokenKind.NewLine, LineEndLength(_at));
            StartLine();
        }
        else if (c == '\\' && LineEndLength(_at + 1) is > 0 and int length)
        {
            _at += 1 + length;
            StartLine();
        }
        else if (c == '#' || (c == '/' && Peek(1) == '/'))
        {
            int end = _text.AsSpan(_at).IndexOfAny('\n', '\r');
            _at = end < 0 ? _text.Length : _at + end;
        }
        else if (c == '/' && Peek(1) == '*')
        {
            SkipBlock("*/", 2, "the comment that starts with /* here");
        }
        else
        {
            Token(c);
        }
    }

    void Token(char c)
    {
        if (char.IsAsciiLetter(c) || c == '_')
        {
            Add(TokenKind.Name, Run(_at, static x => char.IsAsciiLetterOrDigit(x) || x == '_'));
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            Add(TokenKind.Number, NumberLength());
        }
        else if (c == '"')
        {
            QuotedLine();
        }
        else if (c == '`' && Peek(1) == '`' && Peek(2) == '`')
        {
            QuotedBlock();
        }
        else if (Punctuation.At(_text, _at) is { Length: > 0 } mark)
        {
            Add(mark.Kind, mark.Length);
        }
        else
        {
            Foreign();
        }
    }

    int NumberLength()
    {
        int at = _at + Run(_at, char.IsAsciiDigit);
        if (at < _text.Length && _text[at] == '.')
        {
            at += 1 + Run(at + 1, char.IsAsciiDigit);
        }

        if (at < _text.Length && _text[at] is 'e' or 'E')
        {
            int digits = at + 1 < _text.Length && _text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            int count = Run(digits, char.IsAsciiDigit);
            at = count > 0 ? digits + count : at;
        }

        return at - _at;
    }

    void QuotedLine()
    {
        int length = _text.AsSpan(_at + 1).IndexOfAny('"', '\n', '\r');
        if (length >= 0 && _text[_at + 1 + length] == '"')
        {
            Add(TokenKind.Text, length + 2);
            return;
        }

        _issues.Error("ND0103", Here(_at), "the text that starts with a quotation mark here has no closing one on its line", "\"", hint: "for a text over several lines use three backticks on both sides");
        _at = length < 0 ? _text.Length : _at + 1 + length;
    }

    void QuotedBlock()
    {
        int start = _at, line = _line, column = Column(_at);
        SkipBlock("```", 3, "the text that starts with three backticks here");
        _tokens.Add(new Token(TokenKind.Text, start, _at - start, line, column));
    }

    void SkipBlock(string close, int openLength, string what)
    {
        int end = _text.IndexOf(close, _at + openLength, StringComparison.Ordinal);
        if (end < 0)
        {
            _issues.Error("ND0103", Here(_at), $"{what} is never closed", expected: close);
        }

        int stop = end < 0 ? _text.Length : end + close.Length;
        while (_at < stop)
        {
            int length = LineEndLength(_at);
            _at += Math.Max(1, length);
            if (length > 0)
            {
                StartLine();
            }
        }
    }

    void Foreign()
    {
        int length = Run(_at, static x => x is not (' ' or '\t' or '\n' or '\r') && (!char.IsAscii(x) || char.IsControl(x)));
        length = Math.Max(1, length);
        _issues.Error(
            "ND0101", Here(_at), "this character has no meaning here", Quote.Show(_text.AsSpan(_at, length)), "letters, digits, operators; other characters only in comments and texts");
        _at += length;
    }

    int Run(int from, Func<char, bool> belongs)
    {
        int at = from;
        while (at < _text.Length && belongs(_text[at]))
        {
            at++;
        }

        return at - from;
    }

    char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    int LineEndLength(int at) => at >= _text.Length ? 0 : _text[at] switch
    {
        '\n' => 1,
        '\r' => at + 1 < _text.Length && _text[at + 1] == '\n' ? 2 : 1,
        _ => 0,
    };

    void StartLine()
    {
        _line++;
        _lineStart = _at;
    }

    int Column(int at) => at - _lineStart + 1;

    SourceLocation Here(int at) => new(_origin.File, _line, Column(at));

    void Add(TokenKind kind, int length)
    {
        _tokens.Add(new Token(kind, _at, length, _line, Column(_at)));
        _at += length;
    }
}
