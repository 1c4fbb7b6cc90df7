using System.Globalization;
using Nadir.Faults;

namespace Nadir.Expressions;

/// <summary>A reading position in a list of tokens.</summary>
sealed class TokenCursor(string text, string file, IReadOnlyList<Token> tokens, IssueList issues)
{
    int _at;

    /// <summary>Where problems are reported.</summary>
    public IssueList Issues => issues;

    /// <summary>True inside a function body, where a line end is only a blank.</summary>
    public bool IgnoresLineEnds { get; set; }

    /// <summary>Index of the current token; set it to go back.</summary>
    public int Position
    {
        get => _at;
        set => _at = value;
    }

    /// <summary>The start of the text.</summary>
    public SourceLocation Origin => new(file, 1, 1);

    /// <summary>The token to be read next.</summary>
    public Token Current => Peek(0);

    /// <summary>The last token read, or the first one.</summary>
    public Token Previous => tokens[Math.Max(0, _at - 1)];

    /// <summary>The token <paramref name="ahead"/> places behind the current one.</summary>
    public Token Peek(int ahead)
    {
        if (!IgnoresLineEnds)
        {
            return tokens[Math.Min(_at + ahead, tokens.Count - 1)];
        }

        int at = Skip(_at);
        for (int i = 0; i < ahead; i++)
        {
            at = Skip(at + 1);
        }

        return tokens[Math.Min(at, tokens.Count - 1)];
    }

    /// <summary>Reads the current token.</summary>
    public Token Next()
    {
        Token token = Current;
        _at = Math.Min(Skip(_at) + 1, tokens.Count - 1);
        return token;
    }

    /// <summary>Reads the current token if it is a <paramref name="kind"/>.</summary>
    public bool Take(TokenKind kind)
    {
        bool found = Current.Kind == kind;
        if (found)
        {
            _ = Next();
        }

        return found;
    }

    /// <summary>Reads the current token if it is the word <paramref name="word"/>.</summary>
    public bool Take(string word)
    {
        bool found = Is(word);
        if (found)
        {
            _ = Next();
        }

        return found;
    }

    /// <summary>Whether the current token is a <paramref name="kind"/>.</summary>
    public bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether the current token is the word <paramref name="word"/>.</summary>
    public bool Is(string word) => Is(Current, word);

    /// <summary>Whether <paramref name="token"/> is the word <paramref name="word"/>.</summary>
    public bool Is(Token token, string word) => token.Kind == TokenKind.Name && text.AsSpan(token.Start, token.Length).SequenceEqual(word);

    /// <summary>The token's characters.</summary>
    public string TextOf(Token token) => text.Substring(token.Start, token.Length);

    /// <summary>The characters from <paramref name="first"/> up to and including <paramref name="last"/>.</summary>
    public string TextOf(Token first, Token last) => text[first.Start..Math.Max(first.Start, last.Stop)];

    /// <summary>Reads the rest of a name that may reach into submodels, <c>A.x</c>; null, and reported, where it is not complete or too long.</summary>
    public string? Dotted(Token first)
    {
        const int maxLength = 255;
        List<string> parts = [TextOf(first)];
        while (Take(TokenKind.Dot))
        {
            if (Current.Kind != TokenKind.Name)
            {
                Unexpected("ND0104", $"the name {Quote.Show(string.Join('.', parts))}. is not complete", "a name behind the point");
                return null;
            }

            parts.Add(TextOf(Next()));
        }

        string name = string.Join('.', parts);
        if (name.Length <= maxLength)
        {
            return name;
        }

        issues.Error("ND0115", At(first), "the name is too long", Quote.Show(name), $"at most {maxLength} characters");
        return null;
    }

    /// <summary>The value of a number token; infinite when it is too large.</summary>
    public double NumberOf(Token token) => double.Parse(text.AsSpan(token.Start, token.Length), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The content of a text token, without its quotation marks.</summary>
    public string ContentOf(Token token)
    {
        int quotes = text[token.Start] == '`' ? 3 : 1;
        return token.Length < 2 * quotes ? "" : text.Substring(token.Start + quotes, token.Length - (2 * quotes));
    }

    /// <summary>Where the token stands.</summary>
    public SourceLocation At(Token token) => new(file, token.Line, token.Column);

    /// <summary>How a message names the token.</summary>
    public string Show(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the text",
        TokenKind.NewLine => "the end of the line",
        _ => Quote.Show(text.AsSpan(token.Start, token.Length)),
    };

    /// <summary>Reports that the current token is not what belongs here.</summary>
    public void Unexpected(string code, string message, string expected, string? hint = null) =>
        issues.Error(code, At(Current), message, Show(Current), expected, hint);

    int Skip(int at)
    {
        while (IgnoresLineEnds && at < tokens.Count && tokens[at].Kind == TokenKind.NewLine)
        {
            at++;
        }

        return at;
    }
}
