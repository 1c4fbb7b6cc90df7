namespace Nadir.Models;

/// <summary>Looks at the formula of a unit, which is kept as text since units never convert values.</summary>
static class UnitText
{
    /// <summary>What is wrong with <paramref name="text"/>, or null.</summary>
    public static string? Fault(string text)
    {
        int open = 0;
        foreach (char c in text)
        {
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0)
            {
                return "closes a parenthesis that is not open";
            }

            if (!char.IsAsciiLetterOrDigit(c) && !" \t_.*/^()+-".Contains(c, StringComparison.Ordinal))
            {
                return "holds a sign that units do not have";
            }
        }

        return open > 0 ? "has a parenthesis that is not closed" : text.Trim().Length == 0 ? "is empty" : null;
    }
}
