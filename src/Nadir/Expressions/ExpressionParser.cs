using Nadir.Faults;

namespace Nadir.Expressions;

/// <summary>
/// Reads formulas: <c>^</c> binds tighter than the sign and groups to the right, <c>&amp;&amp;</c> and <c>||</c> have the same level and group to the left,
/// <c>a &lt; b &lt; c</c> means both, division is real, <c>ln</c> and <c>log</c> are natural. Units behind numbers are refused here.
/// </summary>
public static class ExpressionParser
{
    /// <summary>Parses one formula.</summary>
    /// <param name="text">The formula, on one line.</param>
    /// <param name="at">Where its first character stands in the document.</param>
    /// <returns>The tree, or the reasons there is none (codes ND01xx).</returns>
    public static Checked<Expr> Parse(string text, SourceLocation at)
    {
        const int maxLength = 1_000_000;
        IssueList issues = new();
        if (text.Length > maxLength)
        {
            issues.Error("ND0109", at, "the formula is too large", $"{text.Length} characters", $"at most {maxLength} characters");
            return Checked<Expr>.From(null, issues);
        }

        TokenCursor cursor = new(text, at.File, Lexer.Read(text, at, issues), issues);
        if (issues.HasErrors)
        {
            return Checked<Expr>.From(null, issues);
        }

        Expr? e = new ExpressionGrammar(cursor).Read();
        if (e is not null && !cursor.Is(TokenKind.End))
        {
            cursor.Unexpected("ND0113", "the formula should end here", "an operator or the end of the formula", cursor.Is(TokenKind.Assign) ? "write == to compare" : null);
        }

        return Checked<Expr>.From(e, issues);
    }
}
