namespace Nadir.Documents;

/// <summary>Quotes a piece of a document in a message: short, on one line, without control characters.</summary>
public static class Excerpt
{
    const int Longest = 60;

    /// <summary>The text in double quotes, cut after 60 characters, control characters shown as spaces.</summary>
    public static string Of(string text)
    {
        string cut = text.Length > Longest ? text[..Longest] + "…" : text;
        return $"\"{string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c))}\"";
    }
}
