using System.Text;

namespace Nadir.Expressions;

/// <summary>Shows a piece of the source in a message: short, and without characters that would upset a terminal.</summary>
static class Quote
{
    const int MaxLength = 40;

    /// <summary>The piece with control characters as <c>\u001B</c>, cut after 40 characters.</summary>
    public static string Show(ReadOnlySpan<char> text)
    {
        StringBuilder shown = new();
        foreach (char c in text[..Math.Min(text.Length, MaxLength)])
        {
            _ = char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? shown.Append($"\\u{(int)c:X4}") : shown.Append(c);
        }

        return text.Length > MaxLength ? shown.Append('…').ToString() : shown.ToString();
    }
}
