namespace Nadir.Expressions;

/// <summary>The marks of the language, longest first among those with the same start.</summary>
static class Punctuation
{
    static readonly (string Text, TokenKind Kind)[] s_marks =
    [
        ("<==>", TokenKind.ReversibleArrow), ("->", TokenKind.ReversibleArrow), ("=>", TokenKind.IrreversibleArrow),
        ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual), ("<=", TokenKind.LessOrEqual), (">=", TokenKind.GreaterOrEqual),
        ("&&", TokenKind.And), ("||", TokenKind.Or), ("|", TokenKind.Bar),
        (";", TokenKind.Semicolon), (",", TokenKind.Comma), (":", TokenKind.Colon), (".", TokenKind.Dot), ("$", TokenKind.Dollar), ("'", TokenKind.Apostrophe),
        ("(", TokenKind.OpenParenthesis), (")", TokenKind.CloseParenthesis), ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace),
        ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Star), ("/", TokenKind.Slash), ("%", TokenKind.Percent), ("^", TokenKind.Caret),
        ("!", TokenKind.Not), ("=", TokenKind.Assign), ("<", TokenKind.Less), (">", TokenKind.Greater),
    ];

    static readonly (string Text, TokenKind Kind)[][] s_byFirst =
        [.. Enumerable.Range(0, 128).Select(c => s_marks.Where(m => m.Text[0] == c).ToArray())];

    /// <summary>The mark at <paramref name="at"/>; length 0 where there is none.</summary>
    public static (TokenKind Kind, int Length) At(string text, int at)
    {
        foreach ((string mark, TokenKind kind) in text[at] < s_byFirst.Length ? s_byFirst[text[at]] : [])
        {
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
            {
                return (kind, mark.Length);
            }
        }

        return (TokenKind.End, 0);
    }
}
