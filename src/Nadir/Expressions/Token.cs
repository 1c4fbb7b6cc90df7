namespace Nadir.Expressions;

/// <summary>What a token is. Names and reserved words are both <see cref="Name"/>.</summary>
enum TokenKind
{
    End,
    NewLine,
    Semicolon,
    Name,
    Number,
    Text,
    Comma,
    Colon,
    Dot,
    Dollar,
    Apostrophe,
    OpenParenthesis,
    CloseParenthesis,
    OpenBrace,
    CloseBrace,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Caret,
    Not,
    Assign,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    Bar,
    ReversibleArrow,
    IrreversibleArrow,
}

/// <summary>A piece of the source text: offset and length in it, and where a person finds it (from 1).</summary>
readonly record struct Token(TokenKind Kind, int Start, int Length, int Line, int Column)
{
    /// <summary>Offset behind the last character.</summary>
    public int Stop => Start + Length;
}
